//! `.tools/bin`: the programs to call, each bringing along what it needs.
//!
//! They find everything relative to themselves, so that the checkout can be moved.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::debian_std;
use super::install_folder::failure;
use super::wasm_compiler::WasmCompiler;
use crate::failure::Result;
use crate::project::Project;

const HEAD: &str = "#!/bin/sh
# Written by `cargo xtask setup`.
root=$(CDPATH= cd -- \"$(dirname -- \"$0\")/../..\" && pwd)
";

/// Binaryen's wasm-opt; or, where Node could not be had, a stand-in that hands the module on as it is,
/// because Trunk knows no optional wasm-opt and would go and download one.
const WASM_OPT: &str = r#"
optimizer="$root/tests/browser/node_modules/.bin/wasm-opt"
if [ -x "$optimizer" ] && command -v node > /dev/null; then
    exec "$optimizer" "$@"
fi
for argument in "$@"; do
    case "$argument" in
    --version) echo "wasm-opt version 0 (stand-in)"; exit ;;
    --output=*) output=${argument#--output=} ;;
    *.wasm) input=$argument ;;
    esac
done
echo "note: wasm-opt is not installed; the page works, but its module stays about a fifth larger" >&2
exec cp "$input" "$output"
"#;

/// wasm-bindgen, which first cuts the page's module into the parts that `src/figures/parts.rs` names. Trunk knows nothing
/// of parts, but hands on the folder `snippets`; from there `prerender` publishes them.
const WASM_BINDGEN: &str = r#"
for argument in "$@"; do
    case "$argument" in
    --out-dir=*) out=${argument#--out-dir=} ;;
    --out-name=*) name=${argument#--out-name=} ;;
    *.wasm) input=$argument ;;
    esac
done
case "$input" in
*/essay.wasm)
    parts="$out/snippets/parts"
    rm -rf "$parts"
    "$split" "$input" "$parts" --out-name "$name" || exit
    main="$out/$name-main.wasm"
    mv "$parts/$name.wasm" "$main" || exit
    case "$input" in
    */release/essay.wasm)
        for part in "$parts"/*.wasm; do
            "$root/.tools/bin/wasm-opt" -Oz --enable-bulk-memory --enable-mutable-globals \
                --enable-nontrapping-float-to-int --enable-sign-ext --enable-reference-types --enable-multivalue \
                --strip-debug --output="$part" "$part" || exit
        done
        ;;
    esac
    for argument in "$@"; do
        shift
        case "$argument" in *.wasm) argument=$main ;; esac
        set -- "$@" "$argument"
    done
    set -- "$@" --keep-lld-exports
    ;;
esac
"#;

/// Panic messages in the module name source files: as the registry and the project call them, not by where they lie
/// on this machine. Left out where a path holds a space, at which Cargo would cut the flags.
const NEUTRAL_PATHS: &str = r#"
crates="${CARGO_HOME:-$HOME/.cargo}/registry/src"
case "$crates$root" in
*" "*) ;;
*) export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$crates=crates --remap-path-prefix=$root=essay" ;;
esac
"#;

/// Folders of the programs that are started by launchers.
pub struct Tools {
    /// wasm-bindgen and its test runner.
    pub wasm_bindgen: PathBuf,
    /// What cuts a module into parts.
    pub wasm_split: PathBuf,
    /// Trunk.
    pub trunk: PathBuf,
}

/// Writes the launchers that differ from what is there.
///
/// # Errors
/// Those of the file system.
pub fn write_all(project: &Project, compiler: WasmCompiler, tools: &Tools) -> Result {
    let bin = project.bin();
    fs::create_dir_all(&bin).map_err(|error| failure(&bin, &error))?;
    let exec =
        |folder: &Path, program| format!("exec {} \"$@\"\n", from_root(project, &folder.join(program)));
    let split = from_root(project, &tools.wasm_split.join("wasm-split-cli"));
    let bindgen = exec(&tools.wasm_bindgen, "wasm-bindgen");
    write(&bin.join("wasm-bindgen"), &format!("{HEAD}split={split}\n{WASM_BINDGEN}{bindgen}"))?;
    let runner = exec(&tools.wasm_bindgen, "wasm-bindgen-test-runner");
    write(&bin.join("wasm-bindgen-test-runner"), &format!("{HEAD}{runner}"))?;
    write(&bin.join("wasm-opt"), &format!("{HEAD}{WASM_OPT}"))?;
    let mut rustc = String::new();
    if let Some(program) = compiler.rustc(project) {
        // A compiler started by `cargo run` inherits a library path for rustup's compiler.
        let script = format!(
            "{HEAD}unset LD_LIBRARY_PATH\nexec {} --sysroot \"$root/.tools/sysroot\" \"$@\"\n",
            debian_std::RUSTC
        );
        write(&program, &script)?;
        rustc = format!("export RUSTC={}\n", from_root(project, &program));
    }
    let exec = exec(&tools.trunk, "trunk");
    let trunk = format!("{HEAD}{rustc}{NEUTRAL_PATHS}export PATH=\"$root/.tools/bin:$PATH\"\n{exec}");
    write(&bin.join("trunk"), &trunk)
}

/// `path` as a shell word that starts at the checkout.
fn from_root(project: &Project, path: &Path) -> String {
    let relative = path.strip_prefix(&project.root).expect("every tool lies inside the checkout");
    format!("\"$root/{}\"", relative.display())
}

fn write(path: &Path, script: &str) -> Result {
    if fs::read_to_string(path).is_ok_and(|present| present == script) {
        return Ok(());
    }
    let temporary = path.with_extension("unfinished");
    fs::write(&temporary, script)
        .and_then(|()| fs::set_permissions(&temporary, fs::Permissions::from_mode(0o755)))
        .and_then(|()| fs::rename(&temporary, path))
        .map_err(|error| failure(path, &error))
}
