//! What elements and their attributes say about the text in them.

use super::main_content::{BY_CLASS, BY_FORM};

/// An element where it begins; where in the source that is, nobody asks.
pub(super) type Tag = html5gum::StartTag<()>;

/// What an element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Holds text.
    Text,
    /// Holds no text to read: programs, styles, controls.
    Never,
    /// Hidden from readers.
    Hidden,
    /// Around the content: menus, the foot of the page.
    Around,
    /// Around the content, most probably.
    Doubtful(u8),
}

impl Role {
    /// `within` an article or the main part, a header holds the article's own title.
    pub(super) fn of(name: &str, tag: &Tag, within: bool) -> Self {
        if NEVER.contains(&name) {
            return Self::Never;
        }
        if is_hidden(tag) {
            return Self::Hidden;
        }
        let role = attribute(tag, b"role");
        if AROUND.contains(&name) || (name == "header" && !within) || role.is_some_and(around) {
            return Self::Around;
        }
        let of_page = matches!(
            name,
            "html" | "body" | "main" | "article" | "title" | "head"
        );
        match name {
            _ if of_page => Self::Text,
            // Some servers put the whole page in one form.
            "form" => Self::Doubtful(BY_FORM),
            _ if is_around_by_class(tag) => Self::Doubtful(BY_CLASS),
            _ => Self::Text,
        }
    }
}

/// Value of an attribute, lower case.
pub(super) fn attribute(tag: &Tag, name: &[u8]) -> Option<String> {
    let value = tag.attributes.get(name)?;
    Some(String::from_utf8_lossy(value).to_lowercase())
}

pub(super) fn is_picture(name: &str) -> bool {
    matches!(name, "img" | "svg" | "canvas" | "video")
}

/// Level of `h1` to `h6`.
pub(super) fn level(name: &str) -> Option<u8> {
    name.strip_prefix('h')?.parse().ok()
}

/// Never has an end (HTML, 13.1.2).
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Begins and ends a block of text. Any other element stands within a line.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Elements that are ended where this one begins, each with those that it does not end across
/// (HTML, 13.1.2.4).
pub(super) fn ended_by(name: &str) -> &'static [(&'static str, &'static [&'static str])] {
    const CELL: &[&str] = &["tr", "table"];
    const P: (&str, &[&str]) = (
        "p",
        &["td", "th", "li", "table", "button", "object", "template"],
    );
    match name {
        "li" => &[("li", &["ul", "ol", "menu"]), P],
        "dt" | "dd" => &[("dt", &["dl"]), ("dd", &["dl"]), P],
        "tr" | "tbody" | "thead" | "tfoot" => &[("tr", &["table"])],
        "td" | "th" => &[("td", CELL), ("th", CELL)],
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &[
            P,
            ("h1", &["div", "td"]),
            ("h2", &["div", "td"]),
            ("h3", &["div", "td"]),
            ("h4", &["div", "td"]),
            ("h5", &["div", "td"]),
            ("h6", &["div", "td"]),
        ],
        "body" => &[("head", &[])],
        "p" | "div" | "ul" | "ol" | "dl" | "table" | "section" | "article" | "blockquote"
        | "pre" | "form" | "header" | "footer" | "nav" | "aside" | "main" | "figure"
        | "address" | "fieldset" | "hr" => &[P],
        _ => &[],
    }
}

fn is_hidden(tag: &Tag) -> bool {
    let style = attribute(tag, b"style")
        .unwrap_or_default()
        .replace([' ', '\n', '\t'], "");
    tag.attributes.contains_key(b"hidden".as_slice())
        || attribute(tag, b"aria-hidden").as_deref() == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn around(role: String) -> bool {
    matches!(
        role.as_str(),
        "navigation"
            | "banner"
            | "contentinfo"
            | "complementary"
            | "search"
            | "menu"
            | "menubar"
            | "dialog"
            | "alertdialog"
            | "toolbar"
            | "tablist"
    )
}

/// A word of a class or of an identifier; `share-buttons` has two.
fn is_around_by_class(tag: &Tag) -> bool {
    [b"class".as_slice(), b"id"].iter().any(|name| {
        let value = attribute(tag, name).unwrap_or_default();
        let mut words = value.split(|char: char| !char.is_alphanumeric());
        words.any(|word| CLASSES.contains(&word))
    })
}

const NEVER: &[&str] = &[
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math",
    "canvas", "video", "audio", "button", "select", "datalist", "textarea", "label", "option",
    "dialog", "frameset", "noframes", "noembed",
];
const AROUND: &[&str] = &["nav", "footer", "aside", "menu"];
const CLASSES: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "fil",
    "footer",
    "gdpr",
    "lang",
    "language",
    "languages",
    "login",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "pager",
    "pagination",
    "partage",
    "popup",
    "promo",
    "related",
    "rgpd",
    "search",
    "share",
    "sharing",
    "sidebar",
    "skip",
    "social",
    "socials",
    "subscribe",
    "tags",
    "toolbar",
];
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];
