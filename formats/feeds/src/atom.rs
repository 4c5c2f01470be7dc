//! Atom feeds (RFC 4287).

use std::collections::BTreeSet;

use passerelle_model::UtcTime;

use crate::check::{identifier, language, link, list, needed, optional};
use crate::{Error, MAX_CONTENT_BYTES, MAX_ENTRIES, MAX_TITLE_BYTES};

/// A feed in one language. Empty texts are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Where it is found; also its identifier.
    pub link: String,
    /// Its title.
    pub title: String,
    /// The language of its texts.
    pub lang: String,
    /// When something in it last changed.
    pub updated: UtcTime,
    /// Who speaks: an administration or a group, not a person.
    pub author: String,
    /// The page that it follows.
    pub page: Option<String>,
    /// Terms of use.
    pub rights: String,
    /// The same feed in other languages.
    pub alternates: Vec<Alternate>,
    /// Its entries, in the order they are written.
    pub entries: Vec<Entry>,
}

/// One entry, in the language of its feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identifier that never changes: `tag:` (RFC 4151), `urn:uuid:` or a link.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it last changed in a way that matters.
    pub updated: UtcTime,
    /// When it was first published.
    pub published: Option<UtcTime>,
    /// Its page.
    pub page: Option<String>,
    /// Its pages in other languages.
    pub alternates: Vec<Alternate>,
    /// A few sentences.
    pub summary: String,
    /// The whole.
    pub content: Option<Content>,
    /// Its subjects.
    pub categories: Vec<Category>,
}

/// The same in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// That language.
    pub lang: String,
    /// Where it is found.
    pub link: String,
}

/// What an entry holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text without marks.
    Text(String),
    /// HTML, which must be safe for whoever shows it: it is escaped as a whole, not cleaned.
    Html(String),
}

/// A subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its word, the same in every language.
    pub term: String,
    /// The list it is of, if any.
    pub scheme: Option<String>,
    /// What people read.
    pub label: String,
}

/// The feed as XML in UTF-8.
///
/// # Errors
/// A field is missing, too long, or holds what XML or a reader cannot bear.
pub fn atom(feed: &Feed) -> Result<String, Error> {
    judge(feed)?;
    let mut xml = Xml::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.raw("<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    xml.attribute("xml:lang", &feed.lang);
    xml.raw(">\n");
    xml.element("id", &feed.link);
    xml.element("title", &feed.title);
    xml.element("updated", &feed.updated.to_string());
    xml.optional("rights", &feed.rights);
    xml.raw("<author>");
    xml.element("name", &feed.author);
    xml.raw("</author>\n");
    xml.link("self", "application/atom+xml", &feed.lang, &feed.link);
    if let Some(page) = &feed.page {
        xml.link("alternate", "text/html", &feed.lang, page);
    }
    for other in &feed.alternates {
        xml.link(
            "alternate",
            "application/atom+xml",
            &other.lang,
            &other.link,
        );
    }
    for entry in &feed.entries {
        xml.entry(entry, &feed.lang);
    }
    xml.raw("</feed>\n");
    Ok(xml.0)
}

impl Feed {
    /// A feed without entries, in English until it is said otherwise.
    #[must_use]
    pub fn new(link: impl Into<String>, title: impl Into<String>, updated: UtcTime) -> Self {
        Self {
            link: link.into(),
            title: title.into(),
            lang: "en".to_owned(),
            updated,
            author: String::new(),
            page: None,
            rights: String::new(),
            alternates: Vec::new(),
            entries: Vec::new(),
        }
    }
}

impl Entry {
    /// An entry of which nothing else is known yet.
    #[must_use]
    pub fn new(id: impl Into<String>, title: impl Into<String>, updated: UtcTime) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            updated,
            published: None,
            page: None,
            alternates: Vec::new(),
            summary: String::new(),
            content: None,
            categories: Vec::new(),
        }
    }
}

impl Alternate {
    /// The same in another language.
    #[must_use]
    pub fn new(lang: impl Into<String>, link: impl Into<String>) -> Self {
        Self {
            lang: lang.into(),
            link: link.into(),
        }
    }
}

fn judge(feed: &Feed) -> Result<(), Error> {
    link("link", &feed.link)?;
    language(&feed.lang)?;
    needed("title", &feed.title, MAX_TITLE_BYTES)?;
    needed("author", &feed.author, MAX_TITLE_BYTES)?;
    optional("rights", &feed.rights, MAX_TITLE_BYTES)?;
    feed.page
        .as_deref()
        .map_or(Ok(()), |page| link("page", page))?;
    judge_alternates(&feed.alternates, &feed.lang)?;
    if feed.entries.len() > MAX_ENTRIES {
        return Err(Error::Limit("entries"));
    }
    let mut known = BTreeSet::new();
    for entry in &feed.entries {
        judge_entry(entry, &feed.lang)?;
        if !known.insert(entry.id.as_str()) {
            return Err(Error::Twice);
        }
    }
    Ok(())
}

fn judge_entry(entry: &Entry, lang: &str) -> Result<(), Error> {
    identifier(&entry.id)?;
    needed("title", &entry.title, MAX_TITLE_BYTES)?;
    optional("summary", &entry.summary, MAX_TITLE_BYTES)?;
    if let Some(Content::Text(text) | Content::Html(text)) = &entry.content {
        needed("content", text, MAX_CONTENT_BYTES)?;
    }
    if entry
        .published
        .is_some_and(|published| published > entry.updated)
    {
        return Err(Error::Order("updated"));
    }
    entry
        .page
        .as_deref()
        .map_or(Ok(()), |page| link("page", page))?;
    // An entry must have content or a page (RFC 4287 §4.1.2), and a summary says enough for us.
    if entry.content.is_none() && entry.page.is_none() && entry.summary.is_empty() {
        return Err(Error::Missing("content"));
    }
    judge_alternates(&entry.alternates, lang)?;
    list("categories", &entry.categories)?;
    for category in &entry.categories {
        needed("category", &category.term, MAX_TITLE_BYTES)?;
        optional("category", &category.label, MAX_TITLE_BYTES)?;
        category
            .scheme
            .as_deref()
            .map_or(Ok(()), |scheme| link("scheme", scheme))?;
    }
    Ok(())
}

/// One link for each language (RFC 4287 §4.1.1), and none for the feed's own.
fn judge_alternates(alternates: &[Alternate], own: &str) -> Result<(), Error> {
    list("alternates", alternates)?;
    let mut known = BTreeSet::from([own]);
    for other in alternates {
        language(&other.lang)?;
        link("alternate", &other.link)?;
        if !known.insert(other.lang.as_str()) {
            return Err(Error::Twice);
        }
    }
    Ok(())
}

/// The document so far.
#[derive(Default)]
struct Xml(String);

impl Xml {
    fn entry(&mut self, entry: &Entry, lang: &str) {
        self.raw("<entry>\n");
        self.element("id", &entry.id);
        self.element("title", &entry.title);
        self.element("updated", &entry.updated.to_string());
        if let Some(published) = entry.published {
            self.element("published", &published.to_string());
        }
        if let Some(page) = &entry.page {
            self.link("alternate", "text/html", lang, page);
        }
        for other in &entry.alternates {
            self.link("alternate", "text/html", &other.lang, &other.link);
        }
        for category in &entry.categories {
            self.category(category);
        }
        self.optional("summary", &entry.summary);
        self.content(entry);
        self.raw("</entry>\n");
    }

    /// A summary stands as content too where there is nothing else: RFC 4287 §4.1.2 asks for
    /// content or a page.
    fn content(&mut self, entry: &Entry) {
        let (kind, text) = match &entry.content {
            Some(Content::Text(text)) => ("text", text),
            Some(Content::Html(text)) => ("html", text),
            None if entry.page.is_none() => ("text", &entry.summary),
            None => return,
        };
        self.raw("<content");
        self.attribute("type", kind);
        self.raw(">");
        self.escaped(text);
        self.raw("</content>\n");
    }

    fn category(&mut self, category: &Category) {
        self.raw("<category");
        self.attribute("term", &category.term);
        if let Some(scheme) = &category.scheme {
            self.attribute("scheme", scheme);
        }
        if !category.label.is_empty() {
            self.attribute("label", &category.label);
        }
        self.raw("/>\n");
    }

    fn link(&mut self, rel: &str, kind: &str, lang: &str, href: &str) {
        self.raw("<link");
        self.attribute("rel", rel);
        self.attribute("type", kind);
        self.attribute("hreflang", lang);
        self.attribute("href", href);
        self.raw("/>\n");
    }

    fn optional(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.element(name, text);
        }
    }

    fn element(&mut self, name: &str, text: &str) {
        self.raw(&format!("<{name}>"));
        self.escaped(text);
        self.raw(&format!("</{name}>\n"));
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.raw(&format!(" {name}=\""));
        self.escaped(value);
        self.raw("\"");
    }

    /// Quotes, tabulators and line breaks too, so that the same serves in attributes.
    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\n' => self.raw("&#10;"),
                '\t' => self.raw("&#9;"),
                _ => self.0.push(c),
            }
        }
    }

    fn raw(&mut self, text: &str) {
        self.0.push_str(text);
    }
}
