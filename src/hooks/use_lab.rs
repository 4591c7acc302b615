//! Work in the background for a figure.

use chapter::FigureId;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};
use worker::Visibility;
use yew::prelude::*;

use crate::lab::{Client, Report};
use crate::page::figure_events;

/// A client of the lab (see [`crate::lab`]) for a part of a figure.
///
/// `on_report` is called with every report of the client's present run; it is always the callback of the last
/// rendering. Reports can come several at a time, before the figure is rendered again: keep what they add up to in a
/// reducer or behind a mutable reference, not in a state that the callback captured.
///
/// ```ignore
/// let guesses = use_state(Vec::new);
/// let lab = use_lab(FewShot::ID, {
///     let guesses = guesses.setter();
///     move |report| {
///         if let Report::Reading { next, .. } = report {
///             guesses.set(next.into_iter().next().unwrap_or_default());
///         }
///     }
/// });
/// use_effect_with(prompt.clone(), move |prompt| {
///     lab.start(Work::Read {
///         model: Model::Rung("4x64".to_owned()),
///         prompt: Prompt::Tokens(prompt.clone()),
///         ablated: vec![],
///         top: 5,
///         places: Places::Last,
///         attention: Attention::Last,
///     });
/// });
/// ```
#[hook]
pub fn use_lab(figure: FigureId, on_report: impl Fn(Report) + 'static) -> Client {
    let latest = use_mut_ref(Callback::noop);
    *latest.borrow_mut() = Callback::from(on_report);
    let client = use_memo((), |()| {
        Client::join(Callback::from(move |report| {
            // Cloned first: the callback may render the figure, which writes the next one.
            let on_report: Callback<Report> = latest.borrow().clone();
            on_report.emit(report);
        }))
    });
    {
        let client = (*client).clone();
        use_effect_with((), move |()| {
            let observed = observe(figure, client.clone());
            move || {
                if let Some((observer, _)) = observed {
                    observer.disconnect();
                }
                client.leave();
            }
        });
    }
    (*client).clone()
}

type OnIntersection = Closure<dyn Fn(Array)>;

/// Tells the lab whenever the figure enters or leaves the screen.
fn observe(figure: FigureId, client: Client) -> Option<(IntersectionObserver, OnIntersection)> {
    let element = figure_events::element(figure)?;
    let on_change = OnIntersection::new(move |entries: Array| {
        // Several entries tell of several changes; the last is how things are.
        if let Ok(entry) = entries.at(-1).dyn_into::<IntersectionObserverEntry>() {
            let is_seen = entry.is_intersecting();
            client.set_visibility(if is_seen { Visibility::Visible } else { Visibility::Hidden });
        }
    });
    let observer = IntersectionObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some((observer, on_change))
}
