//! `styles.xml`: one style for each role, and below it one for each language that says which
//! language it is and which way it runs. Whoever edits the file changes a role once.

use std::collections::BTreeSet;

use crate::Language;

use super::{Fact, Item, MAX_LEVEL, Minutes, Said, tags::Tags};

/// Namespaces of OpenDocument 1.3, part 3, 1.4.
pub(super) const NAMESPACES: &[(&str, &str)] = &[
    (
        "xmlns:office",
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    ),
    (
        "xmlns:style",
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    ),
    (
        "xmlns:text",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    ),
    (
        "xmlns:table",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    ),
    (
        "xmlns:fo",
        "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    ),
    (
        "xmlns:svg",
        "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    ),
    (
        "xmlns:meta",
        "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    ),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Heading(u8),
    Body,
    Head,
    Cell,
}

impl Role {
    fn all() -> impl Iterator<Item = Self> {
        let headings = (1..=MAX_LEVEL).map(Self::Heading);
        [Self::Title, Self::Body, Self::Head, Self::Cell]
            .into_iter()
            .chain(headings)
    }

    /// Names that office programs know, and show in the language of their user.
    fn name(self) -> String {
        match self {
            Self::Title => "Title".to_owned(),
            Self::Heading(level) => format!("Heading_20_{level}"),
            Self::Body => "Text_20_body".to_owned(),
            Self::Head => "Table_20_Heading".to_owned(),
            Self::Cell => "Table_20_Contents".to_owned(),
        }
    }

    /// Size of its letters, and the space above and below.
    fn measures(self) -> [&'static str; 3] {
        match self {
            Self::Title => ["18pt", "0cm", "0.5cm"],
            Self::Heading(1) => ["14pt", "0.6cm", "0.2cm"],
            Self::Heading(2) => ["12pt", "0.5cm", "0.2cm"],
            Self::Heading(_) => ["11pt", "0.4cm", "0.2cm"],
            Self::Body => ["11pt", "0cm", "0.25cm"],
            Self::Head | Self::Cell => ["10pt", "0cm", "0.1cm"],
        }
    }

    fn is_bold(self) -> bool {
        matches!(self, Self::Title | Self::Heading(_) | Self::Head)
    }
}

/// Name of the style of a role in a language.
pub(super) fn style_name(role: Role, language: Language) -> String {
    format!("{}_{}", role.name(), language.tag())
}

/// All styles that `content.xml` names, and the page.
pub(super) fn write(minutes: &Minutes) -> String {
    let mut tags = Tags::new();
    let mut attributes = NAMESPACES.to_vec();
    attributes.push(("office:version", "1.3"));
    let first = minutes
        .title
        .first()
        .map_or(Language::Unknown, |version| version.language);
    let mut languages = languages(minutes);
    languages.insert(first);
    tags.element("office:document-styles", &attributes, |tags| {
        tags.element("office:styles", &[], |tags| {
            default_style(tags, first);
            plain_style(tags, "Standard");
            plain_style(tags, "Footer");
            for role in Role::all() {
                role_style(tags, role);
                for language in &languages {
                    language_style(tags, role, *language);
                }
            }
            list_styles(tags);
        });
        tags.element("office:automatic-styles", &[], page_layout);
        tags.element("office:master-styles", &[], master_page);
    });
    tags.finish()
}

fn languages(minutes: &Minutes) -> BTreeSet<Language> {
    let facts = minutes
        .facts
        .iter()
        .flat_map(|Fact { label, value }| [label, value]);
    let parties = minutes
        .parties
        .iter()
        .flat_map(|party| [&party.name, &party.under]);
    let items = minutes.items.iter().flat_map(words_of);
    let all = [&minutes.title]
        .into_iter()
        .chain(facts)
        .chain(items)
        .chain(parties);
    all.flatten().map(|version| version.language).collect()
}

fn words_of(item: &Item) -> Vec<&Said> {
    match item {
        Item::Heading(_, words) | Item::Numbered(words) | Item::Paragraph(words) => vec![words],
        Item::List(items) => items.iter().collect(),
        Item::Table(head, rows) => head.iter().chain(rows.iter().flatten()).collect(),
    }
}

/// Fonts that free office programs bring along; others take what they have.
fn default_style(tags: &mut Tags, language: Language) {
    tags.element(
        "style:default-style",
        &[("style:family", "paragraph")],
        |tags| {
            tags.empty(
                "style:paragraph-properties",
                &[("style:writing-mode", "page")],
            );
            let mut attributes = vec![
                ("fo:font-family", "'Liberation Sans'"),
                ("style:font-family-complex", "'Noto Sans Arabic'"),
                ("fo:font-size", "11pt"),
                ("style:font-size-complex", "12pt"),
            ];
            attributes.extend(language_attributes(language));
            tags.empty("style:text-properties", &attributes);
        },
    );
}

fn plain_style(tags: &mut Tags, name: &str) {
    tags.empty(
        "style:style",
        &[("style:name", name), ("style:family", "paragraph")],
    );
}

fn role_style(tags: &mut Tags, role: Role) {
    let name = role.name();
    let shown = name.replace("_20_", " ");
    let level;
    let mut attributes = vec![
        ("style:name", name.as_str()),
        ("style:display-name", shown.as_str()),
        ("style:family", "paragraph"),
        ("style:parent-style-name", "Standard"),
    ];
    if let Role::Heading(at) = role {
        level = at.to_string();
        attributes.push(("style:default-outline-level", &level));
    }
    tags.element("style:style", &attributes, |tags| {
        let [size, above, below] = role.measures();
        let mut paragraph = vec![("fo:margin-top", above), ("fo:margin-bottom", below)];
        let mut text = vec![("fo:font-size", size), ("style:font-size-complex", size)];
        if role.is_bold() {
            paragraph.push(("fo:keep-with-next", "always"));
            text.extend([
                ("fo:font-weight", "bold"),
                ("style:font-weight-complex", "bold"),
            ]);
        }
        tags.empty("style:paragraph-properties", &paragraph);
        tags.empty("style:text-properties", &text);
    });
}

fn language_style(tags: &mut Tags, role: Role, language: Language) {
    let (name, parent) = (style_name(role, language), role.name());
    let shown = name.replace("_20_", " ").replace('_', " ");
    let attributes = [
        ("style:name", name.as_str()),
        ("style:display-name", shown.as_str()),
        ("style:family", "paragraph"),
        ("style:parent-style-name", parent.as_str()),
    ];
    let mode = if language.is_right_to_left() {
        "rl-tb"
    } else {
        "lr-tb"
    };
    tags.element("style:style", &attributes, |tags| {
        let paragraph = [("fo:text-align", "start"), ("style:writing-mode", mode)];
        tags.empty("style:paragraph-properties", &paragraph);
        tags.empty("style:text-properties", &language_attributes(language));
    });
}

/// Arabic is of the complex scripts, which have their own attributes. No country is meant.
fn language_attributes(language: Language) -> [(&'static str, &'static str); 2] {
    match language {
        Language::Ar => [
            ("style:language-complex", "ar"),
            ("style:country-complex", "none"),
        ],
        Language::Unknown => [("fo:language", "zxx"), ("fo:country", "none")],
        _ => [("fo:language", language.tag()), ("fo:country", "none")],
    }
}

fn list_styles(tags: &mut Tags) {
    tags.element("text:list-style", &[("style:name", "Numbers")], |tags| {
        let level = [
            ("text:level", "1"),
            ("style:num-format", "1"),
            ("style:num-suffix", "."),
        ];
        tags.element("text:list-level-style-number", &level, label);
    });
    tags.element("text:list-style", &[("style:name", "Bullets")], |tags| {
        let level = [("text:level", "1"), ("text:bullet-char", "•")];
        tags.element("text:list-level-style-bullet", &level, label);
    });
}

/// The mark hangs before the text.
fn label(tags: &mut Tags) {
    let mode = [("text:list-level-position-and-space-mode", "label-alignment")];
    tags.element("style:list-level-properties", &mode, |tags| {
        let label = [
            ("text:label-followed-by", "listtab"),
            ("text:list-tab-stop-position", "1cm"),
            ("fo:text-indent", "-1cm"),
            ("fo:margin-left", "1cm"),
        ];
        tags.empty("style:list-level-label-alignment", &label);
    });
}

/// A4 (ISO 216).
fn page_layout(tags: &mut Tags) {
    tags.element("style:page-layout", &[("style:name", "Page")], |tags| {
        let page = [
            ("fo:page-width", "21cm"),
            ("fo:page-height", "29.7cm"),
            ("style:print-orientation", "portrait"),
            ("fo:margin-top", "2cm"),
            ("fo:margin-bottom", "2cm"),
            ("fo:margin-left", "2.5cm"),
            ("fo:margin-right", "2.5cm"),
        ];
        tags.empty("style:page-layout-properties", &page);
        tags.element("style:footer-style", &[], |tags| {
            let footer = [("fo:min-height", "0.8cm"), ("fo:margin-top", "0.5cm")];
            tags.empty("style:header-footer-properties", &footer);
        });
    });
    let centred = [
        ("style:name", "Centred"),
        ("style:family", "paragraph"),
        ("style:parent-style-name", "Footer"),
    ];
    tags.element("style:style", &centred, |tags| {
        tags.empty("style:paragraph-properties", &[("fo:text-align", "center")]);
    });
}

/// Number of the page and of all pages, in any language.
fn master_page(tags: &mut Tags) {
    let page = [
        ("style:name", "Standard"),
        ("style:page-layout-name", "Page"),
    ];
    tags.element("style:master-page", &page, |tags| {
        tags.element("style:footer", &[], |tags| {
            tags.element("text:p", &[("text:style-name", "Centred")], |tags| {
                let current = [("text:select-page", "current")];
                tags.element("text:page-number", &current, |tags| tags.text("1"));
                tags.raw(" / ");
                tags.element("text:page-count", &[], |tags| tags.text("1"));
            });
        });
    });
}
