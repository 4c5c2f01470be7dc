//! Values as cells, and cells as values: what is written is read back as it was.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use passerelle_group::{Cell, Texts, Version};
use passerelle_model::{Lang, tidy};

/// Why a cell is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) column: String,
    pub(super) code: &'static str,
}

pub(super) fn wrong(column: &str, code: &'static str) -> Wrong {
    Wrong {
        column: column.to_owned(),
        code,
    }
}

/// A line between two texts of one cell. A line of a text that looks like it gets a backslash.
const BETWEEN: &str = "---";

/// Columns of a text: title and body in each language.
pub(super) fn text_columns(prefix: &str) -> impl Iterator<Item = String> {
    let parts = ["title", "body"].into_iter();
    parts.flat_map(move |part| {
        let langs = Lang::ALL.iter();
        langs.map(move |lang| format!("{prefix}{part}-{lang}"))
    })
}

/// The cells of one row, by column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cells(pub(super) BTreeMap<String, String>);

impl Cells {
    pub(super) fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    pub(super) fn one(&mut self, column: &str, value: impl Display) -> &mut Self {
        self.0.insert(column.to_owned(), value.to_string());
        self
    }

    pub(super) fn maybe<T: Display>(&mut self, column: &str, value: Option<&T>) -> &mut Self {
        match value {
            Some(value) => self.one(column, value),
            None => self,
        }
    }

    pub(super) fn list<T: Display>(&mut self, column: &str, values: &[T]) -> &mut Self {
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        self.one(column, values.join("; "))
    }

    /// Values that may hold any sign but a line break, one a line.
    pub(super) fn lines<T: Display>(&mut self, column: &str, values: &[T]) -> &mut Self {
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        self.one(column, values.join("\n"))
    }

    pub(super) fn truth(&mut self, column: &str, value: bool) -> &mut Self {
        self.one(column, if value { "yes" } else { "no" })
    }

    pub(super) fn texts(&mut self, prefix: &str, texts: Option<&Texts>) -> &mut Self {
        for version in texts.into_iter().flat_map(Texts::iter) {
            let lang = version.lang;
            self.one(&format!("{prefix}title-{lang}"), &version.title);
            self.maybe(&format!("{prefix}body-{lang}"), version.body.as_ref());
        }
        self
    }

    /// Several texts, one below the other in the cell of each language.
    pub(super) fn many_texts(&mut self, column: &str, all: &[Texts]) -> &mut Self {
        for lang in Lang::ALL.iter().copied() {
            let blocks: Vec<String> = all.iter().map(|texts| block(texts.exact(lang))).collect();
            if blocks.iter().any(|block| !block.is_empty()) {
                self.one(
                    &format!("{column}-{lang}"),
                    blocks.join(&format!("\n{BETWEEN}\n")),
                );
            }
        }
        self
    }

    pub(super) fn counts(&mut self, column: &str, cells: &[Cell]) -> &mut Self {
        let lines: Vec<String> = cells.iter().map(count).collect();
        self.one(column, lines.join("\n"))
    }
}

/// Title, then the text; nothing where the language is missing.
fn block(version: Option<&Version>) -> String {
    let Some(version) = version else {
        return String::new();
    };
    let body = version
        .body
        .iter()
        .flat_map(|body| body.as_str().split('\n'));
    let lines = std::iter::once(version.title.as_str()).chain(body);
    let marked = lines.map(|line| match line.trim_start_matches('\\') == BETWEEN {
        true => format!("\\{line}"),
        false => line.to_owned(),
    });
    marked.collect::<Vec<_>>().join("\n")
}

/// `12 female 18-25 Rabat`, with `-` for what is not said.
fn count(cell: &Cell) -> String {
    let sex = cell.sex.map_or("-", passerelle_group::Sex::as_str);
    let age = cell
        .age
        .map_or("-".to_owned(), |(low, high)| format!("{low}-{high}"));
    let region = cell.region.as_ref().map_or("-", |region| region.as_str());
    format!("{} {sex} {age} {region}", cell.value)
}

/// One row of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) columns: &'a BTreeMap<&'a str, usize>,
    pub(super) cells: &'a [String],
}

impl Row<'_> {
    fn raw(&self, column: &str) -> &str {
        let place = self.columns.get(column);
        let cell = place.and_then(|place| self.cells.get(*place));
        cell.map_or("", String::as_str)
    }

    pub(super) fn maybe<T: FromStr>(&self, column: &str) -> Result<Option<T>, Wrong> {
        let text = self.raw(column).trim();
        match text.is_empty() {
            true => Ok(None),
            false => value(column, text).map(Some),
        }
    }

    pub(super) fn one<T: FromStr>(&self, column: &str) -> Result<T, Wrong> {
        let missing = || wrong(column, "E_TABLE_MISSING");
        self.maybe(column)?.ok_or_else(missing)
    }

    /// A line of text as it stands, spaces included.
    pub(super) fn line<T: FromStr>(&self, column: &str) -> Result<T, Wrong> {
        match self.raw(column) {
            "" => Err(wrong(column, "E_TABLE_MISSING")),
            text => value(column, &tidy(text)),
        }
    }

    pub(super) fn list<T: FromStr>(&self, column: &str) -> Result<Vec<T>, Wrong> {
        let parts = self.raw(column).split(';').map(str::trim);
        let parts = parts.filter(|part| !part.is_empty());
        parts.map(|part| value(column, part)).collect()
    }

    pub(super) fn lines(&self, column: &str) -> Vec<String> {
        let text = tidy(self.raw(column));
        let lines = text.split('\n').filter(|line| !line.trim().is_empty());
        lines.map(str::to_owned).collect()
    }

    pub(super) fn truth(&self, column: &str) -> Result<bool, Wrong> {
        match self.raw(column).trim() {
            "yes" => Ok(true),
            "no" | "" => Ok(false),
            _ => Err(wrong(column, "E_TABLE_YES_NO")),
        }
    }

    pub(super) fn texts(&self, prefix: &str) -> Result<Option<Texts>, Wrong> {
        let mut versions = Vec::new();
        for lang in Lang::ALL.iter().copied() {
            let (title, body) = (
                format!("{prefix}title-{lang}"),
                format!("{prefix}body-{lang}"),
            );
            if self.raw(&title).is_empty() && self.raw(&body).is_empty() {
                continue;
            }
            let text = Some(self.raw(&body)).filter(|text| !text.is_empty());
            versions.push(Version {
                lang,
                title: self.line(&title)?,
                body: text.map(|text| value(&body, &tidy(text))).transpose()?,
            });
        }
        match versions.is_empty() {
            true => Ok(None),
            false => Ok(Some(
                Texts::new(versions).map_err(|e| wrong(prefix, e.code()))?,
            )),
        }
    }

    /// Texts where at least one language is needed.
    pub(super) fn some_texts(&self, prefix: &str) -> Result<Texts, Wrong> {
        let first = || wrong(&format!("{prefix}title-fr"), "E_TABLE_MISSING");
        self.texts(prefix)?.ok_or_else(first)
    }

    pub(super) fn many_texts(&self, column: &str) -> Result<Vec<Texts>, Wrong> {
        let mut all: Vec<Vec<Version>> = Vec::new();
        for lang in Lang::ALL.iter().copied() {
            let column = format!("{column}-{lang}");
            let text = tidy(self.raw(&column));
            if text.is_empty() {
                continue;
            }
            for (place, block) in blocks(&text).into_iter().enumerate() {
                if all.len() <= place {
                    all.push(Vec::new());
                }
                let version = version(&column, lang, &block)?;
                if let Some(held) = all.get_mut(place) {
                    held.extend(version);
                }
            }
        }
        let texts = all.into_iter().map(Texts::new);
        texts
            .map(|texts| texts.map_err(|e| wrong(column, e.code())))
            .collect()
    }

    pub(super) fn counts(&self, column: &str) -> Result<Vec<Cell>, Wrong> {
        let lines = self.lines(column).into_iter();
        lines
            .map(|line| counted(&line).ok_or_else(|| wrong(column, "E_TABLE_CELLS")))
            .collect()
    }
}

pub(super) fn value<T: FromStr>(column: &str, text: &str) -> Result<T, Wrong> {
    text.parse().map_err(|_| wrong(column, "E_TABLE_VALUE"))
}

fn blocks(text: &str) -> Vec<String> {
    let mut all = vec![Vec::new()];
    for line in text.split('\n') {
        if line == BETWEEN {
            all.push(Vec::new());
            continue;
        }
        let marked = line.starts_with('\\') && line.trim_start_matches('\\') == BETWEEN;
        let line = if marked {
            line.get(1..).unwrap_or(line)
        } else {
            line
        };
        if let Some(last) = all.last_mut() {
            last.push(line);
        }
    }
    all.into_iter().map(|lines| lines.join("\n")).collect()
}

fn version(column: &str, lang: Lang, block: &str) -> Result<Option<Version>, Wrong> {
    if block.is_empty() {
        return Ok(None);
    }
    let (title, body) = match block.split_once('\n') {
        Some((title, body)) => (title, Some(body)),
        None => (block, None),
    };
    Ok(Some(Version {
        lang,
        title: value(column, title)?,
        body: body.map(|body| value(column, body)).transpose()?,
    }))
}

fn counted(line: &str) -> Option<Cell> {
    let mut parts = line.splitn(4, ' ');
    let (number, sex, age) = (parts.next()?, parts.next()?, parts.next()?);
    let region = parts.next()?;
    let said = |text: &str| text != "-";
    let age = match said(age) {
        true => {
            let (low, high) = age.split_once('-')?;
            Some((low.parse().ok()?, high.parse().ok()?))
        }
        false => None,
    };
    Some(Cell {
        sex: if said(sex) {
            Some(sex.parse().ok()?)
        } else {
            None
        },
        age,
        region: if said(region) {
            Some(region.parse().ok()?)
        } else {
            None
        },
        value: number.parse().ok()?,
    })
}
