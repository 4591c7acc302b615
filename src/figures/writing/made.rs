//! At build time: what the published models write, for readers without a running program.

use std::path::Path;
use std::rc::Rc;

use worker::{ClientId, Request, RunId, Session};
use yew::Reducible;

use super::{Action, Live};
use crate::lab::Work;

/// Where the published weights and the list of them are.
const MODELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/content/models");

/// What comes of these works, by the same program as in the page.
pub fn written(works: &[Work]) -> Live {
    let mut live = Rc::new(Live::default()).reduce(Action::Ask(works.to_vec()));
    let mut session = Session::new();
    while let Some(work) = live.work().cloned() {
        session.handle(Request::Start { client: ClientId(1), run: RunId(1), work });
        session.advance(|| true);
        while let Some(name) = session.wanted() {
            match weights(&name) {
                Some(weights) => {
                    if let Err(error) = session.provide(&name, &weights) {
                        session.fail(&name, &error.to_string());
                    }
                }
                None => session.fail(&name, "there are no such weights"),
            }
            session.advance(|| true);
        }
        for event in session.take_events() {
            live = live.reduce(Action::Hear(event.report));
        }
    }
    (*live).clone()
}

/// The published weights of a size.
fn weights(rung: &str) -> Option<Vec<u8>> {
    let folder = Path::new(MODELS);
    let manifest = std::fs::read_to_string(folder.join("manifest.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&manifest).ok()?;
    let model = manifest["models"].as_array()?.iter().find(|model| model["size"] == rung)?;
    let runs = model["runs"].as_array()?;
    let shipped = runs.iter().find(|run| run["settings"]["seed"] == model["shipped_seed"])?;
    std::fs::read(folder.join(shipped["weights"]["file"].as_str()?)).ok()
}
