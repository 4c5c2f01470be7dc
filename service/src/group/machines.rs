//! What is public, for machines: Atom feeds, JSON-LD, and IATI files of our own programmes.
//!
//! A programme of several years needs a budget for each year there: it is written as somebody
//! split it, and left out rather than divided by guess. Numbers that people do not see are not in files either, and
//! contested ones say so.

mod money;
mod programmes;

use passerelle_feeds::{
    Alternate, Category, Communique, Content, Entry, Feed, Organisation, atom, communique,
    organisation,
};
use passerelle_group::Version;
use passerelle_iati::{Activities, Activity, write};
use passerelle_model::{Lang, Markdown, PartyId, UtcTime};

pub(super) use money::budgets;
use programmes::{Reporting, activity};

use super::public::{Public, PublicCommunique, PublicHead, PublicProgramme};
use crate::{Error, Node};

/// Most entries of a feed: the newest.
const MAX_FEED: usize = 100;
/// Longest summary, in characters.
const MAX_SUMMARY: usize = 300;
/// Where the codes of our own sectors are explained, below the address of the site.
const OWN_SECTORS: &str = "/en/about";

impl Node {
    /// Communiqués as an Atom feed in one language; `base` is the address of the site without a
    /// slash at its end.
    ///
    /// # Errors
    /// Texts that a feed cannot bear.
    pub fn public_feed(&self, public: &Public, lang: Lang, base: &str) -> Result<String, Error> {
        let at = |lang: Lang| format!("{base}/{lang}/feed.atom");
        let name = self.public_name(lang);
        let mut feed = Feed::new(at(lang), &name, self.feed_time(public));
        feed.lang = lang.to_string();
        feed.author = name;
        feed.page = Some(format!("{base}/{lang}/"));
        feed.alternates = others(lang)
            .map(|lang| Alternate::new(lang.as_str(), at(lang)))
            .collect();
        let newest = public.communiques.iter().take(MAX_FEED);
        feed.entries = newest.map(|one| entry(one, lang, base)).collect();
        atom(&feed).map_err(unfit)
    }

    /// When a communiqué changed last; where there is none, when our own card was issued.
    fn feed_time(&self, public: &Public) -> UtcTime {
        let changed = public.communiques.iter().map(|one| one.head.changed).max();
        changed.unwrap_or(self.own_card().issued)
    }

    /// A communiqué as JSON-LD in one language.
    ///
    /// # Errors
    /// Texts that it cannot bear.
    pub fn public_communique(
        &self,
        one: &PublicCommunique,
        lang: Lang,
        base: &str,
    ) -> Result<String, Error> {
        let version = best(&one.head, lang);
        let page = |lang: Lang| page(base, lang, "communiques", &one.head);
        let publishers = one.parties.iter().map(|party| self.described(party));
        let described = Communique {
            id: page(lang),
            title: version.map_or_else(String::new, |version| plain(version.title.as_str())),
            lang: version.map_or(lang, |version| version.lang).to_string(),
            summary: version.map_or_else(String::new, summary),
            page: page(lang),
            published: one.head.since,
            updated: one.head.changed,
            publishers: publishers.collect(),
            alternates: others(lang)
                .map(|lang| Alternate::new(lang.as_str(), page(lang)))
                .collect(),
            keywords: Vec::new(),
        };
        communique(&described).map_err(unfit)
    }

    /// Who publishes, as JSON-LD: the group with the administrations that it consists of.
    ///
    /// # Errors
    /// Names that it cannot bear.
    pub fn public_organisation(&self, base: &str) -> Result<String, Error> {
        let langs = Lang::ALL.iter().copied();
        let mut parties: Vec<PartyId> = Vec::new();
        for channel in self.group_channels() {
            let members = self.directory().group_members(&channel).unwrap_or_default();
            parties.extend(members);
        }
        parties.sort();
        parties.dedup();
        let group = Organisation {
            names: langs
                .map(|lang| (lang.to_string(), self.public_name(lang)))
                .collect(),
            page: Some(format!("{base}/")),
            country: None,
            members: parties.iter().map(|party| self.described(party)).collect(),
        };
        organisation(&group).map_err(unfit)
    }

    /// What the site is called: the groups that it speaks of.
    pub fn public_name(&self, lang: Lang) -> String {
        let groups = self.group_channels();
        let names: Vec<String> = groups
            .iter()
            .map(|channel| plain(&self.group_name(channel, lang)))
            .collect();
        match names.is_empty() {
            true => self.own_card().names.in_lang(lang).to_owned(),
            false => names.join(" · "),
        }
    }

    fn described(&self, party: &PartyId) -> Organisation {
        let own = self.own_card();
        let (names, country) = match own.party == *party {
            true => (Some(own.names), own.country.to_string()),
            false => {
                let mut partners = self.partner_places().into_iter();
                let found = partners.find(|(other, _, _)| other == party);
                found.map_or((None, String::new()), |(_, names, country)| {
                    (Some(names), country)
                })
            }
        };
        let named = names.map(|names| {
            let all = names.iter();
            all.map(|(lang, name)| (lang.to_string(), plain(name.as_str())))
                .collect()
        });
        Organisation {
            names: named.unwrap_or_else(|| vec![("en".to_owned(), party.to_string())]),
            page: None,
            country: Some(country).filter(|country| !country.is_empty()),
            members: Vec::new(),
        }
    }

    /// Our own public programmes, or one of them, as an IATI 2.03 file; `None` where there is
    /// none. Each party publishes its own, so that none is counted twice.
    ///
    /// # Errors
    /// What the standard cannot bear.
    pub async fn public_iati<'a>(
        &self,
        programmes: impl Iterator<Item = &'a PublicProgramme>,
        base: &str,
    ) -> Result<Option<String>, Error> {
        let today = self.now().day();
        // The standard asks for a start; where nobody stated one, the programme stays out.
        let own = programmes
            .filter(|one| one.head.id.party == self.party && one.facts.from.day().is_some());
        let reporter = Reporting {
            names: self.own_card().names,
            reference: self.settings().await?.publisher,
        };
        let made = |one| activity(one, &reporter, base, today);
        let activities: Vec<Activity> = own.map(made).collect();
        if activities.is_empty() {
            return Ok(None);
        }
        let file = Activities {
            generated: None,
            activities,
        };
        write(&file).map(Some).map_err(unfit)
    }
}

fn others(lang: Lang) -> impl Iterator<Item = Lang> {
    Lang::ALL
        .iter()
        .copied()
        .filter(move |other| *other != lang)
}

fn page(base: &str, lang: Lang, room: &str, head: &PublicHead) -> String {
    format!("{base}/{lang}/{room}/{}", head.id)
}

/// The version in a language, authentic before courtesy, else the first.
fn best(head: &PublicHead, lang: Lang) -> Option<&Version> {
    let courtesy = head.courtesy.iter().map(|(_, version)| version);
    head.texts
        .exact(lang)
        .or_else(|| courtesy.into_iter().find(|version| version.lang == lang))
        .or_else(|| head.texts.best(lang))
}

fn entry(one: &PublicCommunique, lang: Lang, base: &str) -> Entry {
    let version = best(&one.head, lang);
    let title = version.map_or_else(String::new, |version| plain(version.title.as_str()));
    let mut entry = Entry::new(uuid(&one.head), title, one.head.changed);
    entry.published = Some(one.head.since);
    entry.page = Some(page(base, lang, "communiques", &one.head));
    entry.alternates = others(lang)
        .map(|lang| Alternate::new(lang.as_str(), page(base, lang, "communiques", &one.head)))
        .collect();
    let body = version.and_then(|version| version.body.as_ref());
    entry.content = body.map(|body| Content::Text(plain(body.as_str())));
    entry.summary = version.map_or_else(String::new, summary);
    entry.categories = one
        .head
        .strand
        .iter()
        .map(|strand| Category {
            term: strand.to_string(),
            scheme: None,
            label: String::new(),
        })
        .collect();
    entry
}

/// A name that stays when the address of the site changes.
fn uuid(head: &PublicHead) -> String {
    let hex = head.id.record.to_string();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32)
    )
}

/// The beginning of a text, to the end of a word.
fn summary(version: &Version) -> String {
    let body = plain(version.body.as_ref().map_or("", Markdown::as_str));
    if body.chars().count() <= MAX_SUMMARY {
        return body;
    }
    let cut: String = body.chars().take(MAX_SUMMARY).collect();
    let end = cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or_default())
}

/// Text without signs that turn it or that files cannot hold.
fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}');
    let bare = |c: char| c.is_control() && c != '\n' && c != '\t';
    text.chars().filter(|c| !turns(*c) && !bare(*c)).collect()
}

fn unfit(error: impl std::fmt::Display) -> Error {
    Error::Input(error.to_string())
}

#[cfg(test)]
mod tests;
