//! Links the page's module so that it can be cut into parts (see `src/figures/parts.rs`).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
        println!("cargo::rustc-link-arg-bin=essay=--emit-relocs");
    }
}
