//! Everything a reader can take away from a figure: a link, embed code, pictures and numbers.

use chapter::Language;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::browser;
use crate::locale::words;

/// A text about the figure in its present state.
#[derive(Clone, Copy, PartialEq)]
pub enum Text {
    /// Address of the essay with the figure in view.
    Link,
    /// HTML that embeds the figure in another page.
    Embed,
}

/// A file of the figure in its present state.
#[derive(Clone, Copy, PartialEq)]
pub enum File {
    /// The picture, in pixels.
    Png,
    /// The picture, as lines.
    Svg,
    /// The numbers.
    Csv,
}

/// Properties of [`ShareMenu`]. None of them changes with the figure's state, so that the menu stays as it is while
/// something is dragged.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The reader's language.
    pub language: Language,
    /// Writes a text.
    pub write: Callback<Text, AttrValue>,
    /// Makes a file and hands it over.
    pub save: Callback<File, Result<(), String>>,
}

/// What the menu last did.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Copied,
    /// The clipboard is not allowed: the text is shown instead.
    ByHand(AttrValue),
    Failed(String),
}

/// A button that opens the menu.
#[component]
pub fn ShareMenu(props: &Props) -> Html {
    let open = use_state_eq(|| false);
    let outcome = use_state_eq(|| None::<Outcome>);
    let language = props.language;

    let toggle = {
        let (open, outcome) = (open.clone(), outcome.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(!*open);
            outcome.set(None);
        })
    };
    let button = use_node_ref();
    let onkeydown = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                open.set(false);
                // The item that had the focus goes with the menu.
                if let Some(button) = button.cast::<HtmlElement>() {
                    drop(button.focus());
                }
            }
        })
    };
    let copy = |text: Text| {
        let (write, outcome) = (props.write.clone(), outcome.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, outcome) = (write.emit(text), outcome.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let copied = match clipboard() {
                    Some(clipboard) => JsFuture::from(clipboard.write_text(&text)).await.is_ok(),
                    None => false,
                };
                outcome.set(Some(if copied { Outcome::Copied } else { Outcome::ByHand(text) }));
            });
        })
    };
    let save = |file: File| {
        let (save, outcome) = (props.save.clone(), outcome.clone());
        Callback::from(move |_: MouseEvent| {
            outcome.set(save.emit(file).err().map(Outcome::Failed));
        })
    };
    let item = |onclick: Callback<MouseEvent>, words: &'static str| {
        html! { <button type="button" class="share__item" {onclick}>{ words }</button> }
    };

    html! {
        <div class="share" {onkeydown}>
            <button type="button" class="button" aria-expanded={open.to_string()} onclick={toggle} ref={&button}>
                { words::share(language) }
            </button>
            if *open {
                <div class="share__menu">
                    { item(copy(Text::Link), words::copy_link(language)) }
                    { item(copy(Text::Embed), words::copy_embed(language)) }
                    { item(save(File::Png), words::save_png(language)) }
                    { item(save(File::Svg), words::save_svg(language)) }
                    { item(save(File::Csv), words::save_csv(language)) }
                    <div aria-live="polite">{ for outcome.iter().map(|outcome| told(outcome, language)) }</div>
                </div>
            }
        </div>
    }
}

fn told(outcome: &Outcome, language: Language) -> Html {
    match outcome {
        Outcome::Copied => html! { <p class="share__outcome">{ words::copied(language) }</p> },
        Outcome::ByHand(text) => html! {
            <label class="share__outcome">
                { words::copy_by_hand(language) }
                <textarea readonly=true rows="3" value={text.clone()} />
            </label>
        },
        Outcome::Failed(reason) => html! {
            <p class="share__outcome">{ words::not_saved(language) }{ " " }{ reason }</p>
        },
    }
}

/// The clipboard, where the page may use it: not over plain HTTP, nor in every frame.
fn clipboard() -> Option<web_sys::Clipboard> {
    let navigator = browser::window()?.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
    (!clipboard.is_undefined()).then(|| clipboard.into())
}
