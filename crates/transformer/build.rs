//! Sets `cfg(simd128)` where WebAssembly's 128-bit vectors may be used: by the feature of that name, or because the
//! whole program is compiled for them.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(simd128)");
    let is_wasm = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    let by_feature = env::var_os("CARGO_FEATURE_SIMD128").is_some();
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    if is_wasm && (by_feature || features.split(',').any(|feature| feature == "simd128")) {
        println!("cargo::rustc-cfg=simd128");
    }
}
