//! `content.xml` and `meta.xml`.

use super::{
    Fact, Item, MAX_LEVEL, Minutes, Moment, Party, Said, Version,
    styles::{NAMESPACES, Role, style_name},
    tags::Tags,
};

/// Parties that sign beside one another.
const SIGNING_IN_A_ROW: usize = 3;

/// The text, from the title to the signatures.
pub(super) fn write(minutes: &Minutes) -> String {
    let mut tags = Tags::new();
    let mut attributes = NAMESPACES.to_vec();
    attributes.push(("office:version", "1.3"));
    tags.element("office:document-content", &attributes, |tags| {
        tags.element("office:automatic-styles", &[], automatic_styles);
        tags.element("office:body", &[], |tags| {
            tags.element("office:text", &[], |tags| {
                Text::default().body(tags, minutes)
            });
        });
    });
    tags.finish()
}

/// What the file says of itself.
pub(super) fn meta(minutes: &Minutes) -> String {
    let mut tags = Tags::new();
    let mut attributes = NAMESPACES.to_vec();
    attributes.push(("office:version", "1.3"));
    tags.element("office:document-meta", &attributes, |tags| {
        tags.element("office:meta", &[], |tags| {
            tags.element("meta:generator", &[], |tags| tags.text("Passerelle"));
            if let Some(Version { language, text }) = minutes.title.first() {
                tags.element("dc:title", &[], |tags| tags.text(&text.replace('\n', " ")));
                tags.element("dc:language", &[], |tags| tags.text(language.tag()));
            }
            let written = stamp(minutes.written);
            tags.element("meta:creation-date", &[], |tags| tags.text(&written));
            tags.element("dc:date", &[], |tags| tags.text(&written));
        });
    });
    tags.finish()
}

fn stamp(moment: Moment) -> String {
    let Moment {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = moment;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

/// Tables have their looks here: only named styles of paragraphs are of use to who edits.
fn automatic_styles(tags: &mut Tags) {
    let whole = [
        ("style:rel-width", "100%"),
        ("table:align", "margins"),
        ("fo:margin-top", "0.3cm"),
        ("fo:margin-bottom", "0.3cm"),
    ];
    style(tags, "Whole", "table", "style:table-properties", &whole);
    let lines = [
        ("fo:border", "0.5pt solid #808080"),
        ("fo:padding", "0.1cm"),
    ];
    style(
        tags,
        "Lined",
        "table-cell",
        "style:table-cell-properties",
        &lines,
    );
    let open = [("fo:border", "none"), ("fo:padding", "0.1cm")];
    style(
        tags,
        "Open",
        "table-cell",
        "style:table-cell-properties",
        &open,
    );
    let sign = [
        ("fo:border", "none"),
        ("fo:border-bottom", "0.5pt solid #000000"),
    ];
    style(
        tags,
        "ToSign",
        "table-cell",
        "style:table-cell-properties",
        &sign,
    );
    let kept = [("fo:keep-together", "always")];
    style(
        tags,
        "Kept",
        "table-row",
        "style:table-row-properties",
        &kept,
    );
    let tall = [
        ("style:min-row-height", "2cm"),
        ("fo:keep-together", "always"),
    ];
    style(
        tags,
        "Tall",
        "table-row",
        "style:table-row-properties",
        &tall,
    );
}

fn style(tags: &mut Tags, name: &str, family: &str, kind: &str, properties: &[(&str, &str)]) {
    let attributes = [("style:name", name), ("style:family", family)];
    tags.element("style:style", &attributes, |tags| {
        tags.empty(kind, properties)
    });
}

/// What is counted while the text is written.
#[derive(Default)]
struct Text {
    numbered: usize,
    tables: usize,
}

impl Text {
    fn body(mut self, tags: &mut Tags, minutes: &Minutes) {
        said(tags, Role::Title, &minutes.title);
        if !minutes.facts.is_empty() {
            self.facts(tags, &minutes.facts);
        }
        for item in &minutes.items {
            self.item(tags, item);
        }
        for parties in minutes.parties.chunks(SIGNING_IN_A_ROW) {
            self.signatures(tags, parties);
        }
    }

    fn item(&mut self, tags: &mut Tags, item: &Item) {
        match item {
            Item::Heading(level, words) => {
                said(tags, Role::Heading((*level).clamp(1, MAX_LEVEL)), words);
            }
            Item::Paragraph(words) => said(tags, Role::Body, words),
            Item::Numbered(words) => self.numbered(tags, words),
            Item::List(items) => list(tags, items),
            Item::Table(head, rows) => self.table(tags, head, rows),
        }
    }

    /// Each says its number by itself, so that a paragraph inserted by hand changes no other.
    fn numbered(&mut self, tags: &mut Tags, words: &Said) {
        self.numbered += 1;
        let number = self.numbered.to_string();
        tags.element("text:list", &[("text:style-name", "Numbers")], |tags| {
            let start = [("text:start-value", number.as_str())];
            tags.element("text:list-item", &start, |tags| {
                said(tags, Role::Body, words)
            });
        });
    }

    fn facts(&mut self, tags: &mut Tags, facts: &[Fact]) {
        self.grid(tags, 2, |tags| {
            for fact in facts {
                row(tags, "Kept", |tags| {
                    cell(tags, "Open", Role::Head, &fact.label);
                    cell(tags, "Open", Role::Cell, &fact.value);
                });
            }
        });
    }

    fn table(&mut self, tags: &mut Tags, head: &[Said], rows: &[Vec<Said>]) {
        let columns = rows
            .iter()
            .map(Vec::len)
            .chain([head.len()])
            .max()
            .unwrap_or_default();
        if columns == 0 {
            return;
        }
        let cells = |tags: &mut Tags, role: Role, words: &[Said]| {
            let empty = Said::new();
            let filled = words.iter().chain(std::iter::repeat(&empty)).take(columns);
            filled.for_each(|words| cell(tags, "Lined", role, words));
        };
        self.grid(tags, columns, |tags| {
            if !head.is_empty() {
                tags.element("table:table-header-rows", &[], |tags| {
                    row(tags, "Kept", |tags| cells(tags, Role::Head, head));
                });
            }
            for words in rows {
                row(tags, "Kept", |tags| cells(tags, Role::Cell, words));
            }
        });
    }

    /// For each party its name, room for a signature over a line, and what stands under it.
    fn signatures(&mut self, tags: &mut Tags, parties: &[Party]) {
        self.grid(tags, parties.len(), |tags| {
            row(tags, "Kept", |tags| {
                parties
                    .iter()
                    .for_each(|party| cell(tags, "Open", Role::Head, &party.name));
            });
            row(tags, "Tall", |tags| {
                parties
                    .iter()
                    .for_each(|_| cell(tags, "ToSign", Role::Cell, &Said::new()));
            });
            row(tags, "Kept", |tags| {
                parties
                    .iter()
                    .for_each(|party| cell(tags, "Open", Role::Cell, &party.under));
            });
        });
    }

    fn grid(&mut self, tags: &mut Tags, columns: usize, rows: impl FnOnce(&mut Tags)) {
        self.tables += 1;
        let name = format!("Table{}", self.tables);
        let attributes = [("table:name", name.as_str()), ("table:style-name", "Whole")];
        tags.element("table:table", &attributes, |tags| {
            let columns = columns.to_string();
            let repeated = [("table:number-columns-repeated", columns.as_str())];
            tags.empty("table:table-column", &repeated);
            rows(tags);
        });
    }
}

fn row(tags: &mut Tags, style: &str, cells: impl FnOnce(&mut Tags)) {
    tags.element("table:table-row", &[("table:style-name", style)], cells);
}

fn cell(tags: &mut Tags, style: &str, role: Role, words: &Said) {
    let attributes = [("table:style-name", style), ("office:value-type", "string")];
    tags.element("table:table-cell", &attributes, |tags| {
        if words.is_empty() {
            tags.empty("text:p", &[]);
        }
        said(tags, role, words);
    });
}

fn list(tags: &mut Tags, items: &[Said]) {
    tags.element("text:list", &[("text:style-name", "Bullets")], |tags| {
        for words in items {
            tags.element("text:list-item", &[], |tags| said(tags, Role::Body, words));
        }
    });
}

/// A paragraph for each language.
fn said(tags: &mut Tags, role: Role, words: &Said) {
    for version in words {
        let name = style_name(role, version.language);
        let mut attributes = vec![("text:style-name", name.as_str())];
        let level;
        let mut element = "text:p";
        if let Role::Heading(at) = role {
            element = "text:h";
            level = at.to_string();
            attributes.push(("text:outline-level", &level));
        }
        tags.element(element, &attributes, |tags| tags.text(&version.text));
    }
}
