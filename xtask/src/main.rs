//! Every developer command of the project: set-up, serve, build, test, benchmarks and training.
//!
//! Compiled first on every new machine, so it depends on nothing but the standard library.

mod bench;
mod build;
mod cli;
mod command;
mod failure;
mod page_weight;
mod project;
mod report;
mod serve;
mod session;
mod setup;
mod tally;
mod test;
mod train;
mod versions;

use std::process::ExitCode;

use cli::{Action, Request};
use failure::Result;
use project::Project;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match cli::parse(&arguments).and_then(perform) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(request: Request) -> Result {
    let action = match request {
        Request::Help(text) => {
            println!("{text}");
            return Ok(());
        }
        Request::Run(action) => action,
    };
    let project = Project::here();
    match action {
        Action::Setup => setup::all(&project),
        Action::Serve(options) => serve::run_until_interrupted(&project, &options),
        Action::Build => build::run_with_setup(&project),
        Action::Test { quick } => test::run_all(&project, quick),
        Action::Bench => bench::run_all(&project),
        Action::Train(options) => train::run_trainer(&project, "train", &options),
        Action::Evaluate(options) => train::run_trainer(&project, "evaluate", &options),
    }
}
