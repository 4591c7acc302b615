//! The page's program: wakes the figures. Everything it does is in [`essay::page`].

fn main() {
    #[cfg(target_arch = "wasm32")]
    essay::page::start();
}
