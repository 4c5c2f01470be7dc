//! Programmes as others publish them (IATI 2.03, tables of the EU Trust Fund for Africa): looked
//! through, told, taken one by one or together; and written out again.
//!
//! Of a file only the programme is taken: title, partners, dates, budget, countries. Results
//! stay where they are: an indicator is agreed between parties before anybody reports by it.

#[cfg(test)]
pub(super) mod official;
mod out;
mod questions;
mod take;
#[cfg(test)]
mod tests;

use passerelle_group::{Deed, Event, Facts, Kind, Ledger, Object, ObjectRef, Programme};
use passerelle_iati::codes::OrganisationKind;
use passerelle_iati::eutf::{self, Import};
use passerelle_iati::{Activity, Narrative, Reporter};
use passerelle_model::{ChannelId, Lang};

pub use questions::ActivityFinding;

use super::GroupRoom;
use super::tables::{MAX_ROWS_AT_ONCE, TableRefused, TableTrace, broken, no_persons, path};
use crate::{Actor, Error, Node, Wish};

/// What somebody brought.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// A file of IATI activities, version 2.03.
    Xml(&'a [u8]),
    /// Two tables of the EU Trust Fund: projects and results.
    Tables(&'a [u8], &'a [u8]),
}

/// A programme that would be new or change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeChange {
    /// Its identifier.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// The object; none where it is new.
    pub object: Option<ObjectRef>,
    /// Columns of the table of programmes that differ, before and after.
    pub cells: Vec<(String, String, String)>,
}

/// A programme that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeRefusal {
    /// Its identifier.
    pub identifier: String,
    /// Stable code.
    pub code: String,
}

/// What a file would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProgrammesPreview {
    /// Programmes that are as they are here.
    pub unchanged: usize,
    /// New or changed ones.
    pub changes: Vec<ProgrammeChange>,
    /// Not taken.
    pub refused: Vec<ProgrammeRefusal>,
    /// What contradicts itself or should be asked about.
    pub findings: Vec<ActivityFinding>,
    /// Indicators that stay in the file.
    pub indicators: usize,
    /// What looks like a person; the row is the place of the programme in the file.
    pub traces: Vec<TableTrace>,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProgrammesTaken {
    /// How many programmes.
    pub said: usize,
    /// How many were not yet.
    pub left: usize,
    /// Not possible any more.
    pub refused: Vec<ProgrammeRefusal>,
}

struct Plan {
    preview: ProgrammesPreview,
    wishes: Vec<(Option<ObjectRef>, Vec<Deed>)>,
}

impl Node {
    /// Programmes as IATI 2.03 XML; only those that may be published where `public` is set.
    /// Counts below ten of a disaggregated value are left out, and what would betray them.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group; `E_IATI_EMPTY` where there is no
    /// programme: the standard asks for one.
    pub async fn group_iati(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        public: bool,
    ) -> Result<String, Error> {
        let reporter = self.reporter().await?;
        let look = |room: &GroupRoom| out::written(room.ledger(), room.today(), &reporter, public);
        self.group(actor, channel, look).await?
    }

    /// What a file would change. Nothing is said.
    ///
    /// # Errors
    /// `E_NOT_FOUND` for whoever does not see the group.
    pub async fn preview_programmes(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        asked: Asked<'_>,
    ) -> Result<Result<ProgrammesPreview, TableRefused>, Error> {
        let plan = self.plan_programmes(actor, channel, asked).await?;
        Ok(plan.map(|plan| plan.preview))
    }

    /// Says what chosen programmes of a file change (all where `chosen` is empty), at most
    /// [`MAX_ROWS_AT_ONCE`]. What was said before is not said again.
    ///
    /// # Errors
    /// As [`Node::say`]; the code for which the whole file is refused; `E_TABLE_TRACES` where
    /// something looks like a person and nobody `confirmed` that it is none.
    pub async fn take_programmes(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        (asked, chosen, confirmed): (Asked<'_>, &[String], bool),
        lang: Lang,
    ) -> Result<ProgrammesTaken, Error> {
        let plan = self.plan_programmes(actor, channel, asked).await?;
        let plan = plan.map_err(super::tables::refused)?;
        if !plan.preview.traces.is_empty() && !confirmed {
            let why = "something looks like data of a person: confirm that it is none";
            return Err(Error::state("E_TABLE_TRACES", why));
        }
        let names = plan
            .preview
            .changes
            .into_iter()
            .map(|change| change.identifier);
        let wanted: Vec<_> = names
            .zip(plan.wishes)
            .filter(|(name, _)| chosen.is_empty() || chosen.contains(name))
            .collect();
        let mut taken = ProgrammesTaken {
            left: wanted.len().saturating_sub(MAX_ROWS_AT_ONCE),
            ..ProgrammesTaken::default()
        };
        for (identifier, (object, deeds)) in wanted.into_iter().take(MAX_ROWS_AT_ONCE) {
            let wish = match object {
                Some(object) => Wish::about(object, None, deeds, lang),
                None => Wish::opening(deeds, lang),
            };
            match self.say(actor, channel, wish).await {
                Ok(_) => taken.said += 1,
                Err(Error::Group(error)) => taken.refused.push(ProgrammeRefusal {
                    identifier,
                    code: error.code().to_owned(),
                }),
                Err(error) => return Err(error),
            }
        }
        Ok(taken)
    }

    async fn plan_programmes(
        &self,
        actor: &Actor,
        channel: &ChannelId,
        asked: Asked<'_>,
    ) -> Result<Result<Plan, TableRefused>, Error> {
        self.seen_group(actor, channel)?;
        let day = self.now().day();
        let read = match asked {
            Asked::Xml(bytes) => questions::of_xml(bytes, day),
            Asked::Tables(projects, results) => {
                let reporter = self.reporter().await?;
                self.tables(projects, results, reporter)
            }
        };
        let (activities, findings) = match read {
            Ok(read) => read,
            Err(refused) => return Ok(Err(refused)),
        };
        let time = self.now();
        let look = |room: &GroupRoom| {
            let may = |object: &Option<ObjectRef>, deeds: &[Deed]| {
                let event = Event {
                    object: object.clone(),
                    seen: room.ledger().seen(room.me()),
                    deeds: deeds.to_vec(),
                };
                let who = (actor.officer(), actor.function());
                room.ledger().may(room.me(), who, time, &event)
            };
            plan(room, &activities, findings, may)
        };
        self.group(actor, channel, look).await.map(Ok)
    }

    fn tables(
        &self,
        projects: &[u8],
        results: &[u8],
        reporter: Reporter,
    ) -> Result<(Vec<Activity>, Vec<ActivityFinding>), TableRefused> {
        for bytes in [projects, results] {
            let table = passerelle_tables::read(bytes).map_err(broken)?;
            no_persons(&table)?;
        }
        let import = Import {
            reporter,
            day: take::date(self.now().day()).ok_or_else(|| questions::refused("E_DAY", 0))?,
        };
        let imported = eutf::import(projects, results, &import)
            .map_err(|error| questions::refused(error.code(), error.line))?;
        let findings = questions::of_tables(&imported);
        Ok((imported.activities, findings))
    }

    /// Who publishes: ourselves.
    async fn reporter(&self) -> Result<Reporter, Error> {
        let publisher = self.settings().await?.publisher;
        let card = self.own_card();
        let name = |lang: &Lang| Narrative::new(lang.as_str(), card.names.in_lang(*lang));
        Ok(Reporter {
            reference: publisher.unwrap_or_else(|| card.party.to_string()),
            kind: OrganisationKind::Government,
            secondary: None,
            name: Lang::ALL.iter().map(name).collect(),
        })
    }
}

fn plan(
    room: &GroupRoom,
    activities: &[Activity],
    findings: Vec<ActivityFinding>,
    may: impl Fn(&Option<ObjectRef>, &[Deed]) -> Result<(), passerelle_group::Error>,
) -> Plan {
    let mut plan = Plan {
        preview: ProgrammesPreview {
            findings,
            ..ProgrammesPreview::default()
        },
        wishes: Vec::new(),
    };
    for (place, activity) in activities.iter().enumerate() {
        let results = activity.results.iter();
        plan.preview.indicators += results.map(|result| result.indicators.len()).sum::<usize>();
        match compared(room, activity) {
            Ok(None) => plan.preview.unchanged += 1,
            Ok(Some((change, deeds))) => match may(&change.object, &deeds) {
                Ok(()) => {
                    plan.preview.traces.extend(traces(place + 1, &deeds));
                    plan.wishes.push((change.object.clone(), deeds));
                    plan.preview.changes.push(change);
                }
                Err(error) => refuse(&mut plan, activity, error.code()),
            },
            Err(code) => refuse(&mut plan, activity, code),
        }
    }
    plan
}

fn refuse(plan: &mut Plan, activity: &Activity, code: &str) {
    plan.preview.refused.push(ProgrammeRefusal {
        identifier: activity.identifier.clone(),
        code: code.to_owned(),
    });
}

fn compared(
    room: &GroupRoom,
    activity: &Activity,
) -> Result<Option<(ProgrammeChange, Vec<Deed>)>, &'static str> {
    let held = programme_named(room.ledger(), &activity.identifier);
    let before = held.and_then(programme_of);
    let programme = take::programme(activity, before)?;
    let stage = take::stage(&activity.status);
    let mut deeds = Vec::new();
    if held.is_none() {
        deeds.push(Deed::Open {
            kind: Kind::Programme,
            parent: None,
            chair: room.me().clone(),
        });
    }
    if before != Some(&programme) {
        deeds.push(Deed::Describe {
            facts: Box::new(Facts::Programme(programme.clone())),
        });
    }
    let from = held.map_or(
        passerelle_group::transitions(Kind::Programme).0,
        Object::stage,
    );
    let steps = path(Kind::Programme, from, stage, true).ok_or("E_STAGE")?;
    deeds.extend(steps.into_iter().map(|to| Deed::Move { to }));
    if deeds.is_empty() {
        return Ok(None);
    }
    let mut cells = super::tables::differing(before, &programme);
    if from != stage {
        cells.push(("stage".to_owned(), from.to_string(), stage.to_string()));
    }
    let title = programme.texts.iter().next();
    let change = ProgrammeChange {
        identifier: activity.identifier.clone(),
        title: title.map_or_else(String::new, |version| version.title.to_string()),
        object: held.map(|object| object.id().clone()),
        cells,
    };
    Ok(Some((change, deeds)))
}

fn programme_named<'a>(ledger: &'a Ledger, identifier: &str) -> Option<&'a Object> {
    let named = |object: &&Object| {
        programme_of(object).is_some_and(|it| it.identifier.as_str() == identifier)
    };
    ledger.of_kind(Kind::Programme).find(named)
}

pub(super) fn programme_of(object: &Object) -> Option<&Programme> {
    match object.facts()?.value() {
        Facts::Programme(programme) => Some(programme),
        _ => None,
    }
}

fn traces(place: usize, deeds: &[Deed]) -> Vec<TableTrace> {
    let facts = deeds.iter().filter_map(|deed| match deed {
        Deed::Describe { facts } => Some(facts),
        _ => None,
    });
    let versions = facts.flat_map(|facts| facts.texts().iter());
    let texts = versions.flat_map(|version| {
        let body = version.body.as_ref().map(|body| ("body", body.as_str()));
        std::iter::once(("title", version.title.as_str()))
            .chain(body)
            .map(|(part, text)| (format!("{part}-{}", version.lang), text))
    });
    let found = texts.flat_map(|(column, text)| {
        let found = super::personal(text).into_iter();
        found.map(move |found| TableTrace {
            row: place,
            column: column.clone(),
            found,
        })
    });
    found.collect()
}
