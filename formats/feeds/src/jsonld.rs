//! Descriptions in words of schema.org, as JSON-LD that can stand in a page.

use passerelle_model::UtcTime;
use serde_json::{Map, Value, json};

use crate::check::{identifier, language, link, list, needed, optional};
use crate::{Alternate, Error, MAX_TITLE_BYTES};

/// An administration, or a group of them: `GovernmentOrganization`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its names, each with its language; at least one.
    pub names: Vec<(String, String)>,
    /// Its page.
    pub page: Option<String>,
    /// Its country, in two capitals (ISO 3166-1).
    pub country: Option<String>,
    /// Of whom it consists, where it is a group.
    pub members: Vec<Organisation>,
}

/// A communiqué in one language: `NewsArticle`, whose publishers are all who signed it. Words for
/// governments in schema.org (`GovernmentService`) are about services to the public, which a
/// communiqué is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Communique {
    /// Identifier of this language version.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// A few sentences; may be empty.
    pub summary: String,
    /// Its page.
    pub page: String,
    /// When it was published.
    pub published: UtcTime,
    /// When it last changed.
    pub updated: UtcTime,
    /// Who signed it; at least one.
    pub publishers: Vec<Organisation>,
    /// Its other language versions.
    pub alternates: Vec<Alternate>,
    /// Its subjects.
    pub keywords: Vec<String>,
}

/// A meeting whose date is public: `Event`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its name.
    pub name: String,
    /// Language of the name.
    pub lang: String,
    /// Its beginning.
    pub start: UtcTime,
    /// Its end.
    pub end: UtcTime,
    /// Where it stands.
    pub state: EventState,
    /// Where it takes place.
    pub place: Place,
    /// Who holds it; at least one.
    pub organisers: Vec<Organisation>,
    /// Its page.
    pub page: Option<String>,
}

/// Where a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventState {
    /// Takes place.
    Scheduled,
    /// Takes place later, not yet known when.
    Postponed,
    /// Does not take place.
    Cancelled,
}

/// Where a meeting takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A place with a name.
    Named(String),
    /// A link.
    Online(String),
}

/// A communiqué as JSON-LD, for a `script` element of type `application/ld+json`.
///
/// # Errors
/// A field is missing, too long, or holds what a page cannot bear.
pub fn communique(communique: &Communique) -> Result<String, Error> {
    judge_communique(communique)?;
    let others = communique
        .alternates
        .iter()
        .map(|other| json!({"@type": "NewsArticle", "inLanguage": other.lang, "url": other.link}));
    let mut thing = json!({
        "@type": "NewsArticle",
        "@id": communique.id,
        "headline": communique.title,
        "inLanguage": communique.lang,
        "url": communique.page,
        "datePublished": communique.published.to_string(),
        "dateModified": communique.updated.to_string(),
        "publisher": organisations(&communique.publishers),
        "workTranslation": others.collect::<Vec<_>>(),
        "keywords": communique.keywords,
        "isAccessibleForFree": true,
    });
    set(&mut thing, "description", text(&communique.summary));
    Ok(embeddable(thing))
}

/// A meeting as JSON-LD.
///
/// # Errors
/// As [`communique`].
pub fn meeting(meeting: &Meeting) -> Result<String, Error> {
    judge_meeting(meeting)?;
    let state = match meeting.state {
        EventState::Scheduled => "https://schema.org/EventScheduled",
        EventState::Postponed => "https://schema.org/EventPostponed",
        EventState::Cancelled => "https://schema.org/EventCancelled",
    };
    let (mode, place) = match &meeting.place {
        Place::Named(name) => ("Offline", json!({"@type": "Place", "name": name})),
        Place::Online(link) => ("Online", json!({"@type": "VirtualLocation", "url": link})),
    };
    let mut thing = json!({
        "@type": "Event",
        "name": {"@language": meeting.lang, "@value": meeting.name},
        "startDate": meeting.start.to_string(),
        "endDate": meeting.end.to_string(),
        "eventStatus": state,
        "eventAttendanceMode": format!("https://schema.org/{mode}EventAttendanceMode"),
        "location": place,
        "organizer": organisations(&meeting.organisers),
    });
    set(&mut thing, "url", meeting.page.clone().map(Value::from));
    Ok(embeddable(thing))
}

/// An administration as JSON-LD.
///
/// # Errors
/// As [`communique`].
pub fn organisation(organisation: &Organisation) -> Result<String, Error> {
    judge_organisation(organisation, true)?;
    Ok(embeddable(described(organisation)))
}

fn judge_communique(it: &Communique) -> Result<(), Error> {
    identifier(&it.id)?;
    needed("title", &it.title, MAX_TITLE_BYTES)?;
    optional("summary", &it.summary, MAX_TITLE_BYTES)?;
    language(&it.lang)?;
    link("page", &it.page)?;
    if it.updated < it.published {
        return Err(Error::Order("updated"));
    }
    list("alternates", &it.alternates)?;
    for other in &it.alternates {
        language(&other.lang)?;
        link("alternate", &other.link)?;
    }
    list("keywords", &it.keywords)?;
    for keyword in &it.keywords {
        needed("keyword", keyword, MAX_TITLE_BYTES)?;
    }
    judge_all(&it.publishers)
}

fn judge_meeting(it: &Meeting) -> Result<(), Error> {
    needed("name", &it.name, MAX_TITLE_BYTES)?;
    language(&it.lang)?;
    if it.end < it.start {
        return Err(Error::Order("end"));
    }
    it.page
        .as_deref()
        .map_or(Ok(()), |page| link("page", page))?;
    match &it.place {
        Place::Named(name) => needed("place", name, MAX_TITLE_BYTES)?,
        Place::Online(url) => link("place", url)?,
    }
    judge_all(&it.organisers)
}

fn judge_all(organisations: &[Organisation]) -> Result<(), Error> {
    if organisations.is_empty() {
        return Err(Error::Missing("organisation"));
    }
    list("organisations", organisations)?;
    organisations
        .iter()
        .try_for_each(|one| judge_organisation(one, true))
}

/// Groups have members; members of groups have none.
fn judge_organisation(it: &Organisation, may_have_members: bool) -> Result<(), Error> {
    if it.names.is_empty() {
        return Err(Error::Missing("name"));
    }
    list("names", &it.names)?;
    for (lang, name) in &it.names {
        language(lang)?;
        needed("name", name, MAX_TITLE_BYTES)?;
    }
    it.page
        .as_deref()
        .map_or(Ok(()), |page| link("page", page))?;
    let capitals = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    if it.country.as_ref().is_some_and(|code| !capitals(code)) {
        return Err(Error::Missing("country"));
    }
    if !may_have_members && !it.members.is_empty() {
        return Err(Error::Limit("members"));
    }
    list("members", &it.members)?;
    it.members
        .iter()
        .try_for_each(|one| judge_organisation(one, false))
}

fn organisations(all: &[Organisation]) -> Vec<Value> {
    all.iter().map(described).collect()
}

fn described(it: &Organisation) -> Value {
    let names = it.names.iter();
    let names = names.map(|(lang, name)| json!({"@language": lang, "@value": name}));
    let mut thing = json!({
        "@type": "GovernmentOrganization",
        "name": names.collect::<Vec<_>>(),
    });
    set(&mut thing, "url", it.page.clone().map(Value::from));
    let country = it.country.as_ref();
    let country = country.map(|code| json!({"@type": "Country", "identifier": code}));
    set(&mut thing, "areaServed", country);
    let members = organisations(&it.members);
    set(
        &mut thing,
        "member",
        (!members.is_empty()).then(|| members.into()),
    );
    thing
}

fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| text.into())
}

fn set(thing: &mut Value, name: &str, value: Option<Value>) {
    if let (Some(fields), Some(value)) = (thing.as_object_mut(), value) {
        fields.insert(name.to_owned(), value);
    }
}

/// JSON whose text closes no element and opens none: `<`, `>` and `&` only stand in its strings,
/// where they can be written as escapes (HTML, "Restrictions for contents of script elements").
fn embeddable(thing: Value) -> String {
    let mut whole = Map::new();
    whole.insert("@context".to_owned(), "https://schema.org".into());
    if let Value::Object(fields) = thing {
        whole.extend(fields);
    }
    let mut out = String::new();
    for c in Value::Object(whole).to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out
}
