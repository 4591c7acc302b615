//! The lab's program for browsers with 128-bit vectors. What it offers to `assets/lab.js` is `worker::web`.
// Nothing runs at the start; a `main` would bring along what the standard library prepares for one.
#![no_main]

use worker as _;
