//! Hands the reader a file or some text.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::browser;

/// Offers `content` as a file.
///
/// # Errors
/// The browser's message when it refuses.
pub fn text(name: &str, media_type: &str, content: &str) -> Result<(), String> {
    bytes(name, media_type, content.as_bytes())
}

/// Offers bytes as a file.
///
/// # Errors
/// The browser's message when it refuses.
pub fn bytes(name: &str, media_type: &str, content: &[u8]) -> Result<(), String> {
    let parts = Array::of1(&Uint8Array::from(content));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let saved = Blob::new_with_u8_array_sequence_and_options(&parts, &options)
        .and_then(|blob| Url::create_object_url_with_blob(&blob))
        .and_then(|address| {
            let followed = follow(&address, name);
            Url::revoke_object_url(&address)?;
            followed
        });
    saved.map_err(|error| browser::message(&error))
}

/// Offers the content of a `data:` address as a file.
///
/// # Errors
/// The browser's message when it refuses.
#[cfg(target_arch = "wasm32")]
pub fn address(name: &str, address: &str) -> Result<(), String> {
    follow(address, name).map_err(|error| browser::message(&error))
}

fn follow(address: &str, name: &str) -> Result<(), JsValue> {
    let document = browser::document().ok_or("no document")?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    anchor.set_href(address);
    anchor.set_download(name);
    anchor.click();
    Ok(())
}
