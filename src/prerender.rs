//! Renders the site. Trunk runs it after each build (`Trunk.toml`); everything it does is in `essay::site`.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match essay::site::render() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// A browser has nothing to render; tests of the package for WebAssembly build every one of its programs.
#[cfg(target_arch = "wasm32")]
fn main() {}
