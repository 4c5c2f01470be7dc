//! Texts in several languages: read from forms, shown with their direction.

use passerelle_model::{Lang, Markdown, Name, tidy};
use passerelle_service::joint::{Texts, Version};

use super::dir;
use crate::answer::Fault;
use crate::frame::{Page, visible};
use crate::guard::Call;
use crate::words;

/// One language version on a page.
pub(crate) struct Shown {
    pub(crate) tag: &'static str,
    pub(crate) dir: &'static str,
    pub(crate) language: &'static str,
    pub(crate) title: String,
    /// Paragraphs.
    pub(crate) body: Vec<String>,
    /// Who translated it, where it is a courtesy translation.
    pub(crate) courtesy: Option<String>,
}

/// A version as pages show it.
pub(crate) fn shown(version: &Version) -> Shown {
    let body = version.body.as_ref().map_or("", Markdown::as_str);
    Shown {
        tag: words::tag(version.lang),
        dir: dir(version.lang),
        language: words::own_name(version.lang),
        title: visible(version.title.as_str()),
        body: body
            .split("\n\n")
            .filter(|block| !block.trim().is_empty())
            .map(visible)
            .collect(),
        courtesy: None,
    }
}

/// All versions, the reader's language first.
pub(crate) fn all(p: &Page, texts: &Texts) -> Vec<Shown> {
    let mut versions: Vec<&Version> = texts.iter().collect();
    versions.sort_by_key(|version| version.lang != p.lang);
    versions.into_iter().map(shown).collect()
}

/// A field of a form for each language: what was typed stays.
pub(crate) struct TextField {
    pub(crate) lang: Lang,
    pub(crate) tag: &'static str,
    pub(crate) dir: &'static str,
    pub(crate) language: &'static str,
    pub(crate) title: String,
    pub(crate) body: String,
}

/// Fields for all four languages, the reader's first, filled from `texts`.
pub(crate) fn fields(p: &Page, texts: Option<&Texts>) -> Vec<TextField> {
    let mut langs = Lang::ALL.to_vec();
    langs.sort_by_key(|lang| *lang != p.lang);
    let field = |lang| {
        let version = texts.and_then(|texts| texts.exact(lang));
        let body = version.and_then(|version| version.body.as_ref());
        TextField {
            lang,
            tag: words::tag(lang),
            dir: dir(lang),
            language: words::own_name(lang),
            title: version.map_or_else(String::new, |version| version.title.to_string()),
            body: body.map_or_else(String::new, ToString::to_string),
        }
    };
    langs.into_iter().map(field).collect()
}

/// What was typed in `<prefix>title-fr`, `<prefix>body-fr`, …; `None` where nothing was.
pub(crate) fn given(call: &Call, prefix: &str) -> Result<Option<Texts>, Fault> {
    let mut versions = Vec::new();
    for lang in Lang::ALL.iter().copied() {
        let typed = |part: &str| tidy(call.field(&format!("{prefix}{part}-{lang}")).trim());
        let (title, body) = (typed("title"), typed("body"));
        if title.is_empty() && body.is_empty() {
            continue;
        }
        let wrong = |part: &str| Fault::field(&format!("{prefix}{part}-{lang}"));
        let title: Name = title.parse().map_err(|_| wrong("title"))?;
        let body: Option<Markdown> = match body.is_empty() {
            true => None,
            false => Some(body.parse().map_err(|_| wrong("body"))?),
        };
        versions.push(Version { lang, title, body });
    }
    match versions.is_empty() {
        true => Ok(None),
        false => Ok(Some(
            Texts::new(versions).map_err(passerelle_service::Error::from)?,
        )),
    }
}

/// The same where something must be there.
pub(crate) fn required(call: &Call, prefix: &str) -> Result<Texts, Fault> {
    given(call, prefix)?.ok_or_else(|| Fault::field(&format!("{prefix}title-{}", call.page.lang)))
}

/// A remark in the reader's language: its first line is the title.
pub(crate) fn remark(call: &Call, name: &str) -> Result<Option<Version>, Fault> {
    let typed = tidy(call.field(name).trim());
    if typed.is_empty() {
        return Ok(None);
    }
    let (first, rest) = typed.split_once('\n').unwrap_or((&typed, ""));
    let (title, cut) = line(first);
    let rest = format!("{cut}{rest}");
    let body = match rest.trim().is_empty() {
        true => None,
        false => Some(rest.trim().parse().map_err(|_| Fault::field(name))?),
    };
    Ok(Some(Version {
        lang: call.page.lang,
        title: title.parse().map_err(|_| Fault::field(name))?,
        body,
    }))
}

/// As much of a line as a title takes; what is cut goes on in the body.
fn line(text: &str) -> (&str, String) {
    let most = 200;
    if text.len() <= most {
        return (text, String::new());
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (title, rest) = text.split_at(end);
    (title, format!("…{rest}\n"))
}

/// A remark as texts in one language.
pub(crate) fn remark_texts(call: &Call, name: &str) -> Result<Option<Texts>, Fault> {
    let version = remark(call, name)?;
    version
        .map(|version| Texts::new(vec![version]).map_err(passerelle_service::Error::from))
        .transpose()
        .map_err(Fault::from)
}
