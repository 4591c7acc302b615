//! `cargo xtask serve`: the page while one works on it.

use std::net::{Ipv4Addr, TcpListener};

use crate::cli::ServeOptions;
use crate::command::{in_project, run};
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::setup;

/// Builds, serves, and rebuilds on change until interrupted.
///
/// # Errors
/// If a tool can't be installed, the port is taken, or Trunk stops.
pub fn run_until_interrupted(project: &Project, options: &ServeOptions) -> Result {
    setup::for_page(project)?;
    let ServeOptions { port, open } = *options;
    // Trunk would find out only after the first build.
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        Failure::new(format!("port {port} cannot be used: {error}"))
            .with_remedy("choose another with `cargo xtask serve --port N`")
    })?;
    println!("Chinese: http://127.0.0.1:{port}/");
    println!("English: http://127.0.0.1:{port}/en/");
    println!(
        "These answer after the first build, which takes some minutes on a new machine. Ctrl-C stops.\n"
    );
    let mut trunk = in_project(project, project.bin().join("trunk"));
    // A folder of its own: dist/ holds release builds only, which tests may be reading.
    trunk.args(["serve", "--port", &port.to_string(), "--dist"]).arg(project.target().join("serve"));
    if open {
        trunk.arg("--open");
    }
    run(&mut trunk)
}
