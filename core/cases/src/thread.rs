//! Who names whom in a case, worked out once: a case may hold thousands of records, and every
//! question about one of them looks only at those that name it.

use std::collections::BTreeMap;

use passerelle_model::{Kind, PartyId, RecordId, Relation};

use crate::case::{Case, Need, Wait};
use crate::line::{Line, Part};

/// A case with its lines by what they name, each oldest first.
pub(crate) struct Thread<'a> {
    naming: BTreeMap<(&'a PartyId, &'a RecordId), Vec<(Relation, &'a Line)>>,
}

impl<'a> Thread<'a> {
    pub(crate) fn of(case: &'a Case) -> Self {
        let mut naming: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for line in case.lines() {
            for reference in &line.references {
                let named = (&reference.party, &reference.record);
                naming
                    .entry(named)
                    .or_default()
                    .push((reference.relation, line));
            }
        }
        Self { naming }
    }

    /// Lines that name `line` so, oldest first.
    fn naming<'b>(&'b self, relation: Relation, line: &'b Line) -> impl Iterator<Item = &'b Line> {
        self.names(line)
            .filter(move |(held, _)| *held == relation)
            .map(|(_, other)| other)
    }

    fn names<'b>(&'b self, line: &'b Line) -> impl Iterator<Item = (Relation, &'b Line)> {
        let named = self.naming.get(&(&line.party, &line.record));
        named.into_iter().flatten().copied()
    }

    /// Whether its sender took it back.
    pub(crate) fn is_recalled(&self, line: &Line) -> bool {
        self.naming(Relation::Recalls, line)
            .any(|other| other.party == line.party)
    }

    /// The line with which `party` gave its final answer to, or declined, a request.
    pub(crate) fn settling<'b>(&'b self, request: &'b Line, party: &PartyId) -> Option<&'b Line> {
        self.naming(Relation::Answers, request).find(|line| {
            let last = match line.kind {
                Kind::Answer => line.part == Part::Final,
                Kind::Refusal => true,
                _ => false,
            };
            last && line.party == *party && !self.is_recalled(line)
        })
    }

    pub(crate) fn request_waits(&self, request: &Line) -> Vec<Wait> {
        let open = request
            .to
            .iter()
            .filter(|party| self.settling(request, party).is_none());
        open.map(|party| match self.question(request, party) {
            Some(question) => Wait {
                on: request.party.clone(),
                need: Need::Clarification,
                about: (question.party.clone(), question.record),
                since: question.time,
                urgency: request.urgency,
            },
            None => Wait {
                on: party.clone(),
                need: Need::Answer,
                about: (request.party.clone(), request.record),
                since: request.time,
                urgency: request.urgency,
            },
        })
        .collect()
    }

    /// What the asked side wants explained and the asker has not explained yet.
    fn question<'b>(&'b self, request: &'b Line, party: &PartyId) -> Option<&'b Line> {
        let clarifies = |line: &Line, by: &PartyId| {
            line.kind == Kind::Clarification && line.party == *by && !self.is_recalled(line)
        };
        let asked = self
            .naming(Relation::Answers, request)
            .filter(|line| clarifies(line, party))
            .last()?;
        let direct = self.naming(Relation::Answers, asked);
        let later = self
            .naming(Relation::Answers, request)
            .filter(|line| line.time > asked.time);
        let explained = direct
            .chain(later)
            .any(|line| clarifies(line, &request.party));
        (!explained).then_some(asked)
    }

    pub(crate) fn acknowledgements(&self, line: &Line) -> Vec<Wait> {
        if line.kind == Kind::Answer && line.part == Part::Partial {
            return Vec::new();
        }
        let open = line
            .to
            .iter()
            .filter(|party| !self.acknowledged(line, party));
        open.map(|party| Wait {
            on: party.clone(),
            need: Need::Acknowledgement,
            about: (line.party.clone(), line.record),
            since: line.time,
            urgency: None,
        })
        .collect()
    }

    fn acknowledged(&self, line: &Line, party: &PartyId) -> bool {
        self.names(line).any(|(relation, other)| {
            let speaks = match relation {
                Relation::Acknowledges | Relation::Answers => true,
                Relation::Relates => other.kind == Kind::Request,
                Relation::Corrects | Relation::Recalls => false,
            };
            other.party == *party && speaks
        })
    }
}
