//! What is public, for machines: Atom feeds, JSON-LD, and IATI files of our own programmes.
//!
//! A programme of several years needs a budget for each year there: it is written as somebody
//! split it, and left out rather than divided by guess. Numbers that people do not see are not in files either, and
//! contested ones say so.

mod money;

use passerelle_feeds::{
    Alternate, Category, Communique, Content, Entry, Feed, Organisation, atom, communique,
    organisation,
};
use passerelle_group::{ObservationStanding, ProgrammeRole, Stage, Texts, Version};
use passerelle_iati::codes::{
    ActivityStatus, DateKind, Measure, OrganisationKind, ResultKind, Role,
};
use passerelle_iati::{
    Activities, Activity, ActivityDate, Baseline, Country, Description, Dimension, DimensionKind,
    Indicator, Measured, Narrative, Outcome, Participant, Period, Reporter, Sector, Tag, Text,
    read_day, write,
};
use passerelle_model::{Day, Lang, Markdown, Names, PartyId, UtcTime};

pub(super) use money::budgets;

use super::public::{
    Count, Part, Public, PublicCommunique, PublicHead, PublicIndicator, PublicProgramme,
    PublicValue,
};
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

fn narratives(texts: &Texts, text: impl Fn(&Version) -> String) -> Text {
    let all = texts.iter();
    all.map(|version| Narrative::new(version.lang.as_str(), text(version)))
        .collect()
}

fn titles(texts: &Texts) -> Text {
    narratives(texts, |version| plain(version.title.as_str()))
}

fn bodies(texts: &Texts) -> Text {
    narratives(texts, |version| {
        let body = version.body.as_ref().map(Markdown::as_str);
        plain(body.unwrap_or(version.title.as_str()))
    })
}

/// Who publishes.
struct Reporting {
    names: Names,
    /// As an administrator typed it.
    reference: Option<String>,
}

/// One programme as an activity.
fn activity(one: &PublicProgramme, by: &Reporting, base: &str, today: Day) -> Activity {
    let facts = &one.facts;
    let identifier = facts.identifier.to_string();
    // The standard wants identifiers that begin with that of the reporter.
    let before = || match identifier.rsplit_once('-') {
        Some((before, _)) => before.to_owned(),
        None => identifier.clone(),
    };
    let reporter = Reporter {
        reference: by.reference.clone().unwrap_or_else(before),
        kind: OrganisationKind::Government,
        secondary: None,
        name: by
            .names
            .iter()
            .map(|(lang, name)| Narrative::new(lang.as_str(), plain(name.as_str())))
            .collect(),
    };
    let mut activity = Activity::new(identifier, reporter, status(one.stage));
    activity.title = titles(&facts.texts);
    activity.descriptions = vec![Description {
        kind: None,
        text: bodies(&facts.texts),
    }];
    activity.participants = facts
        .partners
        .iter()
        .map(|(name, role)| Participant {
            role: role_of(*role),
            reference: None,
            kind: None,
            activity: None,
            name: vec![Narrative::new("en", plain(name.as_str()))],
        })
        .collect();
    activity.dates = dates(one, today);
    activity.countries = facts
        .countries
        .iter()
        .map(|(country, share)| Country {
            code: country.to_string(),
            percentage: share.to_string().parse().ok(),
            note: Vec::new(),
        })
        .collect();
    activity.sectors = vec![sector(one, base)];
    let objectives = facts.objectives.iter();
    activity.tags = objectives
        .filter_map(|objective| Tag::gcm(*objective, Vec::new()))
        .collect();
    activity.budgets = budgets(&one.facts);
    activity.results = results(one).into_iter().collect();
    activity
}

fn status(stage: Stage) -> ActivityStatus {
    match stage {
        Stage::Implementation => ActivityStatus::Implementation,
        Stage::Finalisation => ActivityStatus::Finalisation,
        Stage::Closed => ActivityStatus::Closed,
        Stage::Cancelled => ActivityStatus::Cancelled,
        Stage::Suspended => ActivityStatus::Suspended,
        _ => ActivityStatus::Pipeline,
    }
}

fn role_of(role: ProgrammeRole) -> Role {
    match role {
        ProgrammeRole::Funding => Role::Funding,
        ProgrammeRole::Accountable => Role::Accountable,
        ProgrammeRole::Extending => Role::Extending,
        ProgrammeRole::Implementing => Role::Implementing,
    }
}

/// What has not happened is planned, whatever the stage says.
fn dates(one: &PublicProgramme, today: Day) -> Vec<ActivityDate> {
    let from = one.facts.from.day();
    let begun = one.stage != Stage::Pipeline && from.is_some_and(|from| from <= today);
    let over = one.stage == Stage::Closed;
    let start = match begun {
        true => DateKind::ActualStart,
        false => DateKind::PlannedStart,
    };
    let end = one.facts.until.map(|until| match over && until <= today {
        true => (DateKind::ActualEnd, until),
        false => (DateKind::PlannedEnd, until),
    });
    let all = [from.map(|from| (start, from)), end].into_iter().flatten();
    all.filter_map(|(kind, day)| {
        Some(ActivityDate {
            kind,
            day: read_day(&day.to_string())?,
            note: Vec::new(),
        })
    })
    .collect()
}

fn sector(one: &PublicProgramme, base: &str) -> Sector {
    let code = one.facts.code.to_string();
    let dac = code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit());
    let own = |value: String| Some(value).filter(|_| !dac);
    Sector {
        vocabulary: Some(if dac { "1" } else { "99" }.to_owned()),
        vocabulary_uri: own(format!("{base}{OWN_SECTORS}")),
        percentage: None,
        note: match dac {
            true => Vec::new(),
            false => vec![Narrative::new("en", one.facts.sector.to_string())],
        },
        code,
    }
}

fn results(one: &PublicProgramme) -> Option<Outcome> {
    let indicators: Vec<Indicator> = one.indicators.iter().map(indicator).collect();
    (!indicators.is_empty()).then(|| Outcome {
        kind: ResultKind::Output,
        aggregates: None,
        title: titles(&one.facts.texts),
        description: Vec::new(),
        references: Vec::new(),
        indicators,
    })
}

fn indicator(one: &PublicIndicator) -> Indicator {
    use passerelle_group::Measure as M;
    Indicator {
        measure: match one.measure {
            M::Unit => Measure::Unit,
            M::Percentage => Measure::Percentage,
            M::Nominal => Measure::Nominal,
            M::Ordinal => Measure::Ordinal,
            M::Qualitative => Measure::Qualitative,
        },
        ascending: Some(one.ascending),
        aggregates: None,
        title: titles(&one.texts),
        description: Vec::new(),
        references: Vec::new(),
        baselines: one.baseline.iter().filter_map(baseline).collect(),
        periods: one.values.iter().filter_map(period).collect(),
    }
}

fn baseline((year, value): &(u16, Count)) -> Option<Baseline> {
    let value = number(Some(*value))?;
    Some(Baseline {
        year: *year,
        day: None,
        measured: Measured {
            value: Some(value),
            ..Measured::default()
        },
    })
}

fn number(count: Option<Count>) -> Option<passerelle_iati::Decimal> {
    match count? {
        Count::Shown(value) => value.to_string().parse().ok(),
        Count::Hidden => None,
    }
}

/// A period of which there is something to say.
fn period(value: &PublicValue) -> Option<Period> {
    let target = value
        .target
        .and_then(|target| target.to_string().parse().ok());
    let targets = target.map(|target| Measured {
        value: Some(target),
        ..Measured::default()
    });
    let comment = match value.standing {
        ObservationStanding::Contested => {
            vec![Narrative::new("en", "Contested by the other party.")]
        }
        _ => Vec::new(),
    };
    let whole = (number(value.actual), Vec::new());
    let cells = value.cells.iter().map(|(part, count)| {
        let dimension = match part {
            Part::Sex(sex) => (DimensionKind::Sex, sex.to_string()),
            Part::Age(low, high) => (DimensionKind::Age, format!("{low}-{high}")),
            Part::Region(region) => (DimensionKind::Region, plain(region.as_str())),
        };
        let (kind, value) = dimension;
        (number(Some(*count)), vec![Dimension { kind, value }])
    });
    let told = [whole].into_iter().chain(cells);
    let actuals: Vec<Measured> = told
        .filter_map(|(number, dimensions)| {
            Some(Measured {
                value: Some(number?),
                locations: Vec::new(),
                dimensions,
                comment: comment.clone(),
            })
        })
        .collect();
    let targets: Vec<Measured> = targets.into_iter().collect();
    if targets.is_empty() && actuals.is_empty() {
        return None;
    }
    Some(Period {
        start: read_day(&value.from.to_string())?,
        end: read_day(&value.until.to_string())?,
        targets,
        actuals,
    })
}

#[cfg(test)]
mod tests;
