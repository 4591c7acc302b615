//! The lab as JavaScript sees it: numbers and bytes in and out, and one session in each program. `assets/lab.js` is the
//! other side. Texts go as UTF-8, since what converts them would have to be fetched with every lab.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::job::in_plain_words;
use crate::session::Session;

/// The lab takes few and large pieces of memory, for which a smaller allocator than the standard library's is as good.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since some moment; the same in workers and on pages.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

thread_local! {
    static SESSION: RefCell<Session> = const { RefCell::new(Session::new()) };
}

/// One function for all calls, so that what borrows is there once.
#[inline(never)]
fn with_session(act: &mut dyn FnMut(&mut Session)) {
    SESSION.with_borrow_mut(act);
}

/// A text that JavaScript encoded.
fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}

/// Takes a request.
#[wasm_bindgen]
pub fn handle(request: &[u8]) {
    with_session(&mut |session| session.handle_bytes(request));
}

/// Works for about so many milliseconds. Returns whether there is more to do.
#[wasm_bindgen]
pub fn advance(milliseconds: f64) -> bool {
    let end = now() + milliseconds;
    let mut is_busy = false;
    with_session(&mut |session| {
        session.advance(|| now() < end);
        is_busy = session.is_busy();
    });
    is_busy
}

/// What happened since the last call, as one message.
#[wasm_bindgen]
pub fn events() -> Option<Vec<u8>> {
    let mut events = None;
    with_session(&mut |session| events = session.take_bytes());
    events
}

/// The name of the next model to fetch.
#[wasm_bindgen]
pub fn wanted() -> Option<Vec<u8>> {
    let mut name = None;
    with_session(&mut |session| name = session.wanted());
    name.map(String::into_bytes)
}

/// Tells how much of a model has come.
#[wasm_bindgen]
pub fn loading(rung: &[u8], loaded: u32, total: u32) {
    with_session(&mut |session| session.loading(text(rung), loaded, total));
}

/// Takes the bytes of a model. Returns what is wrong with them.
#[wasm_bindgen]
pub fn provide(rung: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let mut problem = None;
    with_session(&mut |session| {
        problem = session.provide(text(rung), bytes).err().map(|error| in_plain_words(&error).into());
    });
    problem
}

/// Says that a model cannot be had.
#[wasm_bindgen]
pub fn fail(rung: &[u8], reason: &[u8]) {
    with_session(&mut |session| session.fail(text(rung), text(reason)));
}
