//! The lab as JavaScript sees it: bytes in, bytes out. `assets/lab.js` is the other side.

use wasm_bindgen::prelude::wasm_bindgen;

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

/// A session.
#[wasm_bindgen]
#[derive(Default)]
pub struct Lab(Session);

#[wasm_bindgen]
impl Lab {
    /// A lab without clients.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a request.
    pub fn handle(&mut self, request: &[u8]) {
        self.0.handle_bytes(request);
    }

    /// Works for about so many milliseconds. Returns whether there is more to do.
    pub fn advance(&mut self, milliseconds: f64) -> bool {
        let end = now() + milliseconds;
        self.0.advance(|| now() < end);
        self.0.is_busy()
    }

    /// What happened since the last call, as one message.
    pub fn events(&mut self) -> Option<Vec<u8>> {
        self.0.take_bytes()
    }

    /// The name of the next model to fetch.
    pub fn wanted(&mut self) -> Option<String> {
        self.0.wanted()
    }

    /// Tells how much of a model has come.
    pub fn loading(&mut self, rung: &str, loaded: u32, total: u32) {
        self.0.loading(rung, loaded, total);
    }

    /// Takes the bytes of a model. Returns what is wrong with them.
    pub fn provide(&mut self, rung: &str, bytes: &[u8]) -> Option<String> {
        self.0.provide(rung, bytes).err().map(|error| error.to_string())
    }

    /// Says that a model cannot be had.
    pub fn fail(&mut self, rung: &str, reason: &str) {
        self.0.fail(rung, reason);
    }
}
