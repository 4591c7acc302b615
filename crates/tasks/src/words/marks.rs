//! The words whose tokens are fixed: marks, numbers and letters.

pub(crate) const PAD: &str = "<pad>";
pub(crate) const END: &str = "<end>";
/// Between pairs: English first, then what a Chinese reader sees.
pub(crate) const SEPARATOR: (&str, &str) = (";", "；");

/// What opens rows, in the order of [`Kind::ALL`](crate::Kind::ALL).
pub(crate) const MARKERS: [&str; 8] =
    ["<examples>", "<maps>", "<repeats>", "<arithmetic>", "<code>", "<verse>", "<couplets>", "<facts>"];

/// The numbers of one digit, one after another.
pub(crate) const DIGITS: &str = "0123456789";

/// The numbers of two digits, one after another.
pub(crate) const TWO_DIGITS: &str = "10111213141516171819202122232425262728293031323334353637383940414243444546\
                                     47484950515253545556575859606162636465666768697071727374757677787980818283\
                                     84858687888990919293949596979899";

/// The letters, one after another.
pub(crate) const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
