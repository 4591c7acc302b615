//! For the page, compiles the kernel once more, with WebAssembly's vectors, into a module of its own.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

fn main() {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=simd");
    if env::var("TARGET").expect("Cargo names the target") == "wasm32-unknown-unknown" {
        let module = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo gives a folder")).join("simd.wasm");
        compile(&module);
        check(&fs::read(&module).expect("the compiler has written the module"));
    }
}

fn compile(module: &Path) {
    let mut rustc = Command::new(env::var_os("RUSTC").expect("Cargo names the compiler"));
    rustc
        .args([
            "--edition=2024",
            "--crate-name=simd",
            "--crate-type=cdylib",
            "--target=wasm32-unknown-unknown",
        ])
        .args(["-Copt-level=3", "-Clto=fat", "-Ccodegen-units=1", "-Cpanic=abort", "-Cstrip=symbols"])
        .args(["-Ctarget-feature=+simd128", "-Clink-arg=--import-memory"])
        // A stack of no size at address 0: whatever would use it traps instead of writing into the importer's memory.
        .args(["-Clink-arg=--initial-memory=65536", "-Clink-arg=-zstack-size=0"])
        .arg("-o")
        .arg(module)
        .arg("simd/module.rs");
    let status = rustc.status().expect("the compiler can be started");
    assert!(status.success(), "simd/module.rs does not compile");
}

/// The module lives in the memory of another program, and may bring no data there.
fn check(module: &[u8]) {
    const DATA: u8 = 11;
    assert!(!sections(module).contains(&DATA), "simd/module.rs needs constants in memory");
}

/// The numbers of a WebAssembly module's sections: after magic and version, each is a number, a length and as many
/// bytes.
fn sections(module: &[u8]) -> Vec<u8> {
    let mut numbers = Vec::new();
    let mut rest = &module[8..];
    while let [number, after @ ..] = rest {
        numbers.push(*number);
        // The length in base 128, lowest digit first; all but the last digit have the top bit set.
        let digits = after.iter().take_while(|digit| **digit >= 128).count() + 1;
        let length = after[..digits].iter().rev().fold(0, |sum, digit| sum << 7 | usize::from(digit & 127));
        rest = &after[digits + length..];
    }
    numbers
}
