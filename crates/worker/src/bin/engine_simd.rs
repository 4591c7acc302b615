//! The lab's program for browsers with 128-bit vectors. What it offers to `assets/lab.js` is `worker::Lab`.

use worker as _;

fn main() {}
