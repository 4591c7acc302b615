//! The theme button: follow the device, light, dark. The choice is kept; `theme.js` applies it before the first paint.

use chapter::Language;
use web_sys::HtmlElement;

use crate::browser;
use crate::locale::words;

/// Name under which the choice is stored; `theme.js` reads the same.
const STORED: &str = "theme";

/// A theme that the reader can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Theme {
    Auto,
    Light,
    Dark,
}

impl Theme {
    const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    const fn label(self, language: Language) -> &'static str {
        match self {
            Self::Auto => words::theme_auto(language),
            Self::Light => words::theme_light(language),
            Self::Dark => words::theme_dark(language),
        }
    }
}

fn current() -> Theme {
    let code = browser::root_data("theme");
    Theme::ALL.into_iter().find(|theme| Some(theme.code()) == code.as_deref()).unwrap_or(Theme::Auto)
}

fn show(button: &HtmlElement, theme: Theme, language: Language) {
    browser::set_attribute(button, "aria-label", theme.label(language));
    browser::set_attribute(button, "title", theme.label(language));
}

pub(super) fn start(language: Language) {
    for button in browser::all::<HtmlElement>("[data-theme-button]") {
        show(&button, current(), language);
        let target = button.clone();
        super::forever(&target, "click", move |_| {
            let theme = current().next();
            browser::set_root_data("theme", theme.code());
            show(&button, theme, language);
            // Without storage the choice lasts as long as the page.
            if let Some(storage) = browser::window().and_then(|window| window.local_storage().ok().flatten())
            {
                drop(storage.set_item(STORED, theme.code()));
            }
        });
    }
}
