//! A font with Chinese characters: without one, screenshots and line lengths in tests mean nothing.

use std::process::Command;

use super::apt;
use crate::command::{find, output};
use crate::failure::Result;

/// Installs one where the system is known to have none; macOS always has.
///
/// # Errors
/// If none is there and none can be installed.
pub fn ensure_chinese() -> Result {
    if find("apt-get").is_none() || has_chinese_font() {
        return Ok(());
    }
    apt::ensure("a Chinese font for the tests", &["fontconfig", "fonts-noto-cjk"], "about 30 seconds")
}

fn has_chinese_font() -> bool {
    output(Command::new("fc-list").arg(":lang=zh")).is_some_and(|fonts| !fonts.is_empty())
}
