//! The command line: what can be asked for, and the help that says so.

use crate::failure::{Failure, Result};

const HELP: &str = "\
Developer commands of the essay.

  cargo xtask serve    build the page, serve it, rebuild and reload on every change
  cargo xtask build    build the page for publication into dist/
  cargo xtask test     check everything: format, lints, native, page, browser
  cargo xtask bench    measure how fast it is
  cargo xtask setup    install everything the others need, and nothing more

  cargo xtask train    train the models that the page ships, and publish weights and scores
  cargo xtask evaluate measure the published weights again and compare

Each command first installs what it needs and does not find. `cargo xtask <command> --help` says more.";

const SETUP_HELP: &str = "\
cargo xtask setup

Installs everything that the other commands need, but for the 140 MB of programs that `bench` compares
with. They do it themselves, so there is no need to run this; it is for doing the long part (about 10
minutes on two cores) at a time of your choosing.

Tools go into .tools/ and tests/browser/node_modules/, which can be deleted at any time. Outside them, only
the package managers add something: `rustup target add` for the wasm32 target, and on Debian and Ubuntu
apt-get for Node, a browser and a Chinese font, and for Debian's own Rust compiler where rustup can't
download (as root or with passwordless sudo; otherwise the command to type is printed).";

const SERVE_HELP: &str = "\
cargo xtask serve [--port 8080] [--open]

Builds the page without optimisation, serves it on this machine only, and builds and reloads it whenever a
source file changes. Installs the wasm32 target, wasm-bindgen and Trunk if they are missing.

  --port N    listen on port N instead of 8080
  --open      open the page in the default browser after the first build";

const BUILD_HELP: &str = "\
cargo xtask build

Builds the page for publication into dist/, a folder for any static file server under any path, and prints
what a reader's browser has to fetch. Needs Node for making the module smaller and for the figures printed;
without Node it builds all the same and says what was left out.";

const TEST_HELP: &str = "\
cargo xtask test [--quick]

Runs, stopping at the first that fails: rustfmt, clippy, native tests, the release build, the byte budget,
WebAssembly tests in a browser, and tests that drive a browser over the finished page.

  --quick    leave out what needs a browser";

const BENCH_HELP: &str = "\
cargo xtask bench

Measures the subject crates with Criterion, then in a browser the particles beside the same in plain
JavaScript, the models beside plain JavaScript and onnxruntime-web, and of the finished page start-up,
redraw, frames, answers of the models and memory. Prints; judges nothing. The environment's MINUTES says
how long memory is watched.";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// Print this text.
    Help(&'static str),
    /// Do this.
    Run(Action),
}

/// One developer command with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    /// Install everything.
    Setup,
    /// Build, serve and rebuild on change.
    Serve(ServeOptions),
    /// Build for publication.
    Build,
    /// Run all checks; `quick` leaves out the browser.
    Test {
        /// Leave out what needs a browser.
        quick: bool,
    },
    /// Run all benchmarks.
    Bench,
    /// Train models; the options are the trainer's.
    Train(Vec<String>),
    /// Measure published models; the options are the trainer's.
    Evaluate(Vec<String>),
}

/// Options of `serve`.
#[derive(Debug, PartialEq, Eq)]
pub struct ServeOptions {
    /// TCP port on the loopback address.
    pub port: u16,
    /// Open the default browser after the first build.
    pub open: bool,
}

/// Reads the arguments that follow `cargo xtask`.
///
/// # Errors
/// If a command, an option or a port is not known.
pub fn parse(arguments: &[String]) -> Result<Request> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some((&name, options)) = words.split_first() else { return Ok(Request::Help(HELP)) };
    let passed_on = || options.iter().map(|&option| option.to_owned()).collect();
    let help = match name {
        "train" => return Ok(Request::Run(Action::Train(passed_on()))),
        "evaluate" => return Ok(Request::Run(Action::Evaluate(passed_on()))),
        "setup" => SETUP_HELP,
        "serve" => SERVE_HELP,
        "build" => BUILD_HELP,
        "test" => TEST_HELP,
        "bench" => BENCH_HELP,
        "help" | "--help" | "-h" => return Ok(Request::Help(HELP)),
        _ => return Err(unknown("command", name, "cargo xtask --help")),
    };
    if options.contains(&"--help") || options.contains(&"-h") {
        return Ok(Request::Help(help));
    }
    let action = match name {
        "serve" => Action::Serve(serve_options(options)?),
        "test" => Action::Test { quick: test_is_quick(options)? },
        _ => {
            no_options(name, options)?;
            match name {
                "setup" => Action::Setup,
                "build" => Action::Build,
                _ => Action::Bench,
            }
        }
    };
    Ok(Request::Run(action))
}

fn serve_options(options: &[&str]) -> Result<ServeOptions> {
    let mut parsed = ServeOptions { port: 8080, open: false };
    let mut rest = options.iter();
    while let Some(&option) = rest.next() {
        match option {
            "--open" => parsed.open = true,
            "--port" => {
                let text = rest.next().copied().unwrap_or("nothing");
                parsed.port = text.parse().map_err(|_| {
                    Failure::new(format!("--port wants a number from 1 to 65535 and got {text}"))
                })?;
            }
            _ => return Err(unknown("option", option, "cargo xtask serve --help")),
        }
    }
    Ok(parsed)
}

fn test_is_quick(options: &[&str]) -> Result<bool> {
    match options.iter().find(|&&option| option != "--quick") {
        Some(option) => Err(unknown("option", option, "cargo xtask test --help")),
        None => Ok(!options.is_empty()),
    }
}

fn no_options(name: &str, options: &[&str]) -> Result {
    match options.first() {
        Some(option) => Err(unknown("option", option, &format!("cargo xtask {name} --help"))),
        None => Ok(()),
    }
}

fn unknown(kind: &str, word: &str, help: &str) -> Failure {
    Failure::new(format!("there is no {kind} `{word}`")).with_remedy(format!("`{help}` lists what there is"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Request> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words)
    }

    #[test]
    fn serve_takes_its_options_in_any_order() {
        let wanted = Request::Run(Action::Serve(ServeOptions { port: 9000, open: true }));
        assert_eq!(parse_line("serve --open --port 9000").unwrap(), wanted);
        assert_eq!(parse_line("serve --port 9000 --open").unwrap(), wanted);
    }

    #[test]
    fn every_command_has_help_of_its_own() {
        let texts: Vec<Request> = ["setup", "serve", "build", "test", "bench"]
            .map(|name| parse_line(&format!("{name} --help")).unwrap())
            .into();
        for (i, text) in texts.iter().enumerate() {
            assert!(matches!(text, Request::Help(_)));
            assert!(!texts[..i].contains(text), "two commands share {text:?}");
        }
    }

    #[test]
    fn options_of_the_trainer_are_passed_on_with_its_help() {
        let options = ["--size", "4x64", "--help"].map(str::to_owned).to_vec();
        assert_eq!(parse_line("train --size 4x64 --help").unwrap(), Request::Run(Action::Train(options)));
        assert_eq!(parse_line("evaluate").unwrap(), Request::Run(Action::Evaluate(Vec::new())));
    }

    #[test]
    fn without_a_command_the_overview_is_shown() {
        assert_eq!(parse_line("").unwrap(), Request::Help(HELP));
    }

    #[test]
    fn what_is_not_known_is_an_error_that_names_it() {
        for line in ["sevre", "build --fast", "serve --port many", "serve --port", "test --slow"] {
            let failure = parse_line(line).unwrap_err().to_string();
            let word = line.split_whitespace().last().unwrap();
            assert!(failure.contains(word) || line.ends_with("--port"), "{failure}");
        }
    }
}
