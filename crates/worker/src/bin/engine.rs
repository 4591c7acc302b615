//! The lab's program for browsers without vectors. What it offers to `assets/lab.js` is `worker::Lab`.

use worker as _;

fn main() {}
