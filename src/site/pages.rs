//! The pages: the essay in each language, each figure alone for embedding, and the page for wrong addresses.

use std::collections::BTreeMap;
use std::path::Path;

use crate::figures::visit;
use crate::locale::words;
use crate::prose::{Context, FigureMarkup, chapter_body, contents, endnotes, figure_frame, reference_list};
use chapter::{Chapter, FigureBlock, FigureId, Language};
use chapter_compiler::Essay;
use yew::prelude::*;

use super::error::{self, Error};
use super::figures::{Measurements, Published, island};
use super::markup::{escape, to_text};
use super::opening;
use super::template::{Page, Template};

/// Everything that pages are made from.
pub struct Site<'a> {
    /// The compiled content.
    pub essay: &'a Essay,
    /// The figures' data.
    pub figures: &'a BTreeMap<FigureId, Published>,
    /// The picture between title and text.
    pub opening: &'a str,
    /// The frame of a page.
    pub template: &'a Template,
    /// The site's absolute address, when it is known.
    pub address: Option<String>,
}

/// Path of the essay in a language, relative to the site's folder.
const fn essay_path(language: Language) -> &'static str {
    match language {
        Language::Zh => "index.html",
        Language::En => "en/index.html",
    }
}

fn embed_path(figure: FigureId, language: Language) -> String {
    let folder = match language {
        Language::Zh => "embed",
        Language::En => "en/embed",
    };
    format!("{folder}/{}.html", figure.slug())
}

/// From a page to the site's folder.
fn up(path: &str) -> &'static str {
    match path.matches('/').count() {
        0 => "",
        1 => "../",
        _ => "../../",
    }
}

/// Writes all pages, and the sitemap when the site's address is known.
pub fn write(site: &Site<'_>, staging: &Path) -> Result<(), Error> {
    let mut paths = Vec::new();
    for language in Language::ALL {
        let chapter = site.essay.chapter(language);
        let path = essay_path(language);
        write_page(staging, path, &essay_page(site, chapter))?;
        paths.push(path.to_owned());
        for figure in chapter.figures() {
            let path = embed_path(figure.figure, language);
            write_page(staging, &path, &embed_page(site, chapter, figure))?;
        }
    }
    write_page(staging, "404.html", &missing_page(site))?;
    if let Some(address) = &site.address {
        let entries: String = paths
            .iter()
            .map(|path| format!("<url><loc>{}</loc></url>", escape(&absolute(address, path))))
            .collect();
        let sitemap = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{entries}</urlset>"
        );
        error::write(&staging.join("sitemap.xml"), sitemap)?;
    }
    Ok(())
}

fn write_page(staging: &Path, path: &str, html: &str) -> Result<(), Error> {
    error::write(&staging.join(path), html)
}

fn absolute(address: &str, path: &str) -> String {
    format!("{}/{}", address.trim_end_matches('/'), path.trim_end_matches("index.html"))
}

/// Attributes of the root element that scripts and program read.
fn root(language: Language, path: &str, other: &str, embed: Option<FigureId>) -> String {
    let up = up(path);
    let embeds = match language {
        Language::Zh => "embed/",
        Language::En => "en/embed/",
    };
    let embed = embed.map_or_else(String::new, |figure| format!(" data-embed=\"{}\"", figure.slug()));
    format!(
        "lang=\"{}\" data-language=\"{}\" data-theme=\"auto\" data-other=\"{up}{other}\" data-essay=\"{up}{}\" data-embeds=\"{up}{embeds}\"{embed}",
        language.tag(),
        language.folder(),
        essay_path(language),
    )
}

fn head(title: &str, description: &str) -> String {
    let (title, description) = (escape(title), escape(description));
    format!("<title>{title}</title>\n<meta name=\"description\" content=\"{description}\" />\n")
}

fn essay_page(site: &Site<'_>, chapter: &Chapter) -> String {
    let language = chapter.language;
    let path = essay_path(language);
    let up = up(path);
    let context_figures = |figure| figure_markup(site, figure, language, up);
    let context = Context::new(chapter, &context_figures, "");
    let text = chapter_body(&context);
    let references = reference_list(&context);
    let endnotes = endnotes(&context);
    let other = language.other();
    let nav = contents(chapter);

    let body = html! {
        <>
            <a class="skip" href="#chapter">{ words::skip_to_text(language) }</a>
            <header class="bar">
                <details class="bar__contents">
                    <summary>{ words::contents(language) }</summary>
                    <nav aria-label={words::contents(language)}>{ nav.clone() }</nav>
                </details>
                <a class="bar__title" href="#top">{ words::essay(language) }</a>
                <div class="bar__tools">
                    <button type="button" class="bar__button theme-button" data-theme-button="" aria-label={words::theme_auto(language)}>
                        <span class="theme-button__icon" aria-hidden="true"></span>
                    </button>
                    <a
                        class="bar__button"
                        href={format!("{up}{}", essay_path(other))}
                        hreflang={other.tag()} lang={other.tag()}
                        data-language-switch=""
                    >{ words::language_name(other) }</a>
                </div>
                <div class="bar__progress" aria-hidden="true"></div>
            </header>
            { notices(language) }
            <div class="page" id="top">
                <nav class="contents" aria-label={words::contents(language)}>
                    <p class="contents__label">{ words::contents(language) }</p>
                    { nav }
                </nav>
                <main id="chapter" class="prose" tabindex="-1">
                    <header class="title">
                        <h1>{ &chapter.title }</h1>
                        <p class="title__description">{ &chapter.description }</p>
                        { opening::strip(chapter, site.opening) }
                    </header>
                    { text }
                    { references }
                    { endnotes }
                </main>
            </div>
        </>
    };
    let mut head = head(&format!("{} · {}", chapter.title, words::essay(language)), &chapter.description);
    head += &preview(site, chapter, path);
    let page =
        Page { root: root(language, path, essay_path(other), None), head: &head, body: &to_text(body), up };
    site.template.fill(&page)
}

/// What link previews and search engines read. Links between the languages must be absolute, so they need the address.
fn preview(site: &Site<'_>, chapter: &Chapter, path: &str) -> String {
    let mut tags = format!(
        "<meta property=\"og:type\" content=\"article\" />\n<meta property=\"og:title\" content=\"{}\" />\n<meta property=\"og:description\" content=\"{}\" />\n<meta property=\"og:locale\" content=\"{}\" />\n",
        escape(&chapter.title),
        escape(&chapter.description),
        chapter.language.tag().replace('-', "_"),
    );
    if let Some(address) = &site.address {
        tags += &format!(
            "<link rel=\"canonical\" href=\"{0}\" />\n<meta property=\"og:url\" content=\"{0}\" />\n",
            escape(&absolute(address, path))
        );
        for language in Language::ALL {
            let href = escape(&absolute(address, essay_path(language)));
            tags += &format!("<link rel=\"alternate\" hreflang=\"{}\" href=\"{href}\" />\n", language.tag());
        }
    }
    tags
}

/// What the reader is told when something does not work; the style sheet shows each in its case.
fn notices(language: Language) -> Html {
    html! {
        <div class="notices">
            <noscript><p class="notice">{ words::needs_script(language) }</p></noscript>
            <p class="notice notice--stopped" role="status">
                { words::stopped(language) }{ " " }<a href="">{ words::reload(language) }</a>
            </p>
            <p class="notice notice--offline" role="status">{ words::offline(language) }</p>
        </div>
    }
}

fn figure_markup(site: &Site<'_>, figure: FigureId, language: Language, up: &str) -> FigureMarkup {
    let published = &site.figures[&figure];
    FigureMarkup {
        island: island(figure, published, language),
        source: format!("{up}{}", published.source),
        references: published.data.references.iter().map(|work| work.key.clone()).collect(),
        own: visit(figure, Measurements),
    }
}

/// One figure alone: its title, caption and sources, and the way to the essay.
fn embed_page(site: &Site<'_>, chapter: &Chapter, block: &FigureBlock) -> String {
    let language = chapter.language;
    let path = embed_path(block.figure, language);
    let up = up(&path);
    let essay = format!("{up}{}", essay_path(language));
    let context_figures = |figure| figure_markup(site, figure, language, up);
    let context = Context::new(chapter, &context_figures, &essay);
    let body = html! {
        <>
            { notices(language) }
            <main class="embed" id="chapter">
                <h1 class="visually-hidden">{ &chapter.title }</h1>
                { figure_frame(block, &context) }
                <p class="embed__essay">
                    <a href={format!("{essay}#fig-{}", block.figure.slug())} target="_blank" rel="noopener">
                        { words::labelled(words::read_essay(language), &chapter.title, language) }
                    </a>
                </p>
            </main>
        </>
    };
    let other = embed_path(block.figure, language.other());
    let title = crate::prose::plain_text(&block.title);
    // The essay is the page to be found; an embed repeats a part of it.
    let head = head(&format!("{title} · {}", words::essay(language)), &chapter.description)
        + "<meta name=\"robots\" content=\"noindex\" />\n";
    let root = root(language, &path, &other, Some(block.figure));
    site.template.fill(&Page { root, head: &head, body: &to_text(body), up })
}

/// A host shows this page at any depth, so it links by absolute path where the address is known.
fn missing_page(site: &Site<'_>) -> String {
    let home = site.address.as_deref().map_or_else(|| "./".to_owned(), |address| absolute(address, ""));
    let body = html! {
        <main class="missing" id="chapter">
            { for Language::ALL.into_iter().map(|language| html! {
                <section lang={language.tag()}>
                    <h1>{ words::not_found(language) }</h1>
                    <p>
                        { words::not_found_hint(language) }{ " " }
                        <a href={format!("{home}{}", essay_path(language))}>{ words::essay(language) }</a>
                    </p>
                </section>
            }) }
        </main>
    };
    let head = head(words::not_found(Language::Zh), words::not_found_hint(Language::Zh));
    let root = root(Language::Zh, "404.html", "404.html", None);
    site.template.fill(&Page { root, head: &head, body: &to_text(body), up: "" })
}
