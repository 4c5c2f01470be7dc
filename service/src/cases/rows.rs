//! Rows of lists: what each shows of a case, and the keys under which it sorts.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_cases::{Case, CaseId, Circle, Line, Wait};
use passerelle_model::{PartyId, UnitId, UtcTime};

use super::{Awaited, CaseDocument, Listed, need_word};
use crate::Node;

/// Most of what waits in one case that is listed.
const MAX_WAITS: usize = 64;
/// Longest time, for keys that sort the newest first.
const LAST_MILLIS: u64 = 9_999_999_999_999;

impl Node {
    /// What lists show of a case.
    pub(super) fn row_of(&self, document: &CaseDocument, waits: &[Wait]) -> Listed {
        let case = &document.case;
        let parties = case
            .lines()
            .iter()
            .flat_map(|line| line.to.iter().chain(std::iter::once(&line.party)))
            .filter(|party| **party != self.party);
        let parties: BTreeSet<&PartyId> = parties.collect();
        let mut ours = case.lines().iter().filter(|line| line.party == self.party);
        let latest = ours.rfind(|line| !line.to.is_empty());
        Listed {
            stage: case.stage(),
            urgency: case.urgency(),
            parties: parties.into_iter().cloned().collect(),
            records: case.lines().len(),
            circles: circles(case),
            changed: case.changed(),
            ours_to_do: waits.iter().any(|wait| wait.on == self.party),
            classes: document.classes.clone().unwrap_or_default(),
            latest: latest.and_then(|line| Some((line.record, line.to.first()?.clone()))),
            latest_circle: latest.and_then(|line| line.circle.clone()),
        }
    }

    /// `w/<unit>/<what>/<due>/<case>/<about>`: the first to fall due come first.
    pub(super) fn waiting(
        &self,
        document: &CaseDocument,
        id: &CaseId,
        waits: &[Wait],
    ) -> BTreeMap<String, Awaited> {
        let lines = document.case.lines().iter();
        let lines: BTreeMap<_, _> = lines
            .map(|line| ((&line.party, &line.record), line))
            .collect();
        let mut waiting = BTreeMap::new();
        let mut waits: Vec<&Wait> = waits.iter().collect();
        // Whatever else waits in a long case, what is owed first is listed.
        waits.sort_by_key(|wait| (wait.need, wait.on != self.party, wait.since));
        waits.truncate(MAX_WAITS);
        for wait in waits {
            let (party, record) = &wait.about;
            let Some(line) = lines.get(&(party, record)) else {
                continue;
            };
            let word = need_word(wait.need, wait.on == self.party);
            let hours = wait
                .urgency
                .map_or(24 * 30, |urgency| self.hours(&document.channel, urgency));
            let due = wait.since.millis() + u64::from(hours) * 3_600_000;
            let awaited = self.awaited(document, line);
            let units: BTreeSet<&UnitId> = awaited.classes.iter().map(|(unit, _)| unit).collect();
            for unit in units {
                let key = format!("w/{unit}/{word}/{due:013}/{id}/{party}~{record}");
                waiting.insert(key, awaited.clone());
            }
        }
        waiting
    }

    fn awaited(&self, document: &CaseDocument, line: &Line) -> Awaited {
        Awaited {
            kind: line.kind,
            channel: document.channel.clone(),
            other: match line.party == self.party {
                true => line.to.first().cloned(),
                false => Some(line.party.clone()),
            },
            urgency: line.urgency,
            since: line.time,
            classes: match &line.circle {
                Some(circle) => circle
                    .units_of(&self.party)
                    .map(|unit| (unit.clone(), circle.class.clone()))
                    .collect(),
                None => document.all_classes(),
            },
        }
    }

    /// Hours that the agreement gives for an urgency.
    pub(crate) fn hours(
        &self,
        channel: &passerelle_model::ChannelId,
        urgency: passerelle_model::Urgency,
    ) -> u32 {
        use passerelle_model::Urgency::{Normal, Priority, Urgent};
        let deadlines = self.deadlines(channel);
        match urgency {
            Urgent => deadlines.urgent_hours,
            Priority => deadlines.priority_hours,
            Normal => deadlines.normal_hours,
        }
    }

    /// Deadlines of a channel: of the newest revision that all signed.
    pub(crate) fn deadlines(
        &self,
        channel: &passerelle_model::ChannelId,
    ) -> passerelle_model::Deadlines {
        let directory = self.directory();
        let held = directory.newest(channel, self.now().day());
        held.map_or(
            passerelle_model::Deadlines {
                urgent_hours: 8,
                priority_hours: 72,
                normal_hours: 168,
            },
            |held| held.agreement.terms().deadlines.clone(),
        )
    }
}

/// How many records of a case concern the same people.
fn circles(case: &Case) -> Vec<(Circle, usize)> {
    let mut counts: BTreeMap<&Circle, usize> = BTreeMap::new();
    for line in case.lines() {
        let Some(circle) = &line.circle else {
            // Nobody could be told how many: as before, all are told of all.
            return Vec::new();
        };
        *counts.entry(circle).or_default() += 1;
    }
    let counts = counts.into_iter();
    counts.map(|(circle, n)| (circle.clone(), n)).collect()
}

/// `<unit>/<newest first>/<case>`.
pub(super) fn listed(document: &CaseDocument, id: &CaseId) -> Vec<String> {
    let newest = inverse(document.case.changed());
    let key = |unit| format!("{unit}/{newest}/{id}");
    document.units.iter().map(key).collect()
}

/// Sorts the newest first.
pub(crate) fn inverse(time: UtcTime) -> String {
    format!("{:013}", LAST_MILLIS.saturating_sub(time.millis()))
}
