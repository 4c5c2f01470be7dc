//! What a file would change: row by row against the ledger, nothing said.

use std::collections::BTreeMap;

use passerelle_group::{
    Deed, Event, Facts, Kind, Ledger, Object, ObjectRef, Revision, Stage, transitions,
};
use passerelle_model::{Name, OfficerId, PartyId, RecordId, UtcTime};
use passerelle_tables::Table;

use super::cells::{Cells, Row, Wrong, wrong};
use super::lists::{cells_of, latest, of_facts, of_observation, of_period, of_revision};
use super::reading::{Content, content};
use super::{GroupList, RowBecomes, TableChange, TablePreview, TableRefusal};

/// Who would say it, and when.
pub(super) struct Speaker<'a> {
    pub(super) me: &'a PartyId,
    pub(super) officer: &'a OfficerId,
    pub(super) function: &'a Name,
    pub(super) time: UtcTime,
}

/// One event that a row would become.
pub(super) struct Planned {
    pub(super) object: Option<ObjectRef>,
    pub(super) deeds: Vec<Deed>,
}

/// A row that changes something: what people see, and what would be said.
type Changing = (TableChange, Planned);

/// What a file would change.
pub(super) struct Plan {
    pub(super) preview: TablePreview,
    pub(super) planned: Vec<Planned>,
}

pub(super) fn plan(ledger: &Ledger, speaker: &Speaker<'_>, list: GroupList, table: &Table) -> Plan {
    let columns: BTreeMap<&str, usize> = table
        .headers
        .iter()
        .enumerate()
        .map(|(place, header)| (header.trim(), place))
        .collect();
    let compared = Compared {
        ledger,
        speaker,
        list,
    };
    let mut plan = Plan {
        preview: TablePreview::default(),
        planned: Vec::new(),
    };
    for (place, cells) in table.rows.iter().enumerate() {
        let row = Row {
            columns: &columns,
            cells,
        };
        match compared.row(place + 2, &row) {
            Ok(None) => plan.preview.unchanged += 1,
            Ok(Some((change, planned))) => {
                plan.preview.changes.push(change);
                plan.planned.push(planned);
            }
            Err(Wrong { column, code }) => plan.preview.refused.push(TableRefusal {
                row: place + 2,
                column,
                code: code.to_owned(),
            }),
        }
    }
    plan
}

struct Compared<'a> {
    ledger: &'a Ledger,
    speaker: &'a Speaker<'a>,
    list: GroupList,
}

impl Compared<'_> {
    fn row(&self, at: usize, row: &Row<'_>) -> Result<Option<Changing>, Wrong> {
        let content = content(self.list, row)?;
        let object: Option<ObjectRef> = row.maybe("object")?;
        let held = match &object {
            Some(id) => Some(self.held(id)?),
            None => None,
        };
        let found = match (content, held) {
            (Content::Period(period), Some(indicator)) => self.observed(row, indicator, *period)?,
            (Content::Period(_), None) => return Err(wrong("object", "E_TABLE_MISSING")),
            (content, Some(object)) => self.changed(row, object, &content)?,
            (content, None) => self.opened(row, content)?,
        };
        let Some((becomes, before, after, deeds)) = found else {
            return Ok(None);
        };
        let planned = Planned { object, deeds };
        self.possible(&planned)?;
        let change = TableChange {
            row: at,
            object: planned.object.clone(),
            title: title(&after).to_owned(),
            becomes,
            cells: differing(self.list, &before, &after),
        };
        Ok(Some((change, planned)))
    }

    fn held(&self, id: &ObjectRef) -> Result<&Object, Wrong> {
        let object = self.ledger.object(id);
        let object = object.ok_or_else(|| wrong("object", "E_UNKNOWN"))?;
        match object.kind() == self.list.kind() {
            true => Ok(object),
            false => Err(wrong("object", "E_KIND")),
        }
    }

    /// A row about something that is there.
    fn changed(&self, row: &Row<'_>, object: &Object, content: &Content) -> Result<Found, Wrong> {
        let before = cells_of(object).unwrap_or_default();
        let parent: Option<ObjectRef> = row.maybe("parent")?;
        if parent.as_ref() != object.parent() {
            return Err(wrong("parent", "E_TABLE_PARENT"));
        }
        let mut deeds = Vec::new();
        let mut after = match content {
            Content::Terms(texts, terms) => {
                let same = latest(object)
                    .is_some_and(|held| held.texts == *texts && held.terms == **terms);
                let revision = Revision {
                    base: object.offers().agreed_hash(),
                    texts: texts.clone(),
                    terms: terms.as_ref().clone(),
                };
                let after = of_revision(&revision).unwrap_or_default();
                if !same {
                    deeds.push(offer(revision));
                }
                after
            }
            Content::Facts(facts) => {
                let same = object.facts().is_some_and(|held| *held.value() == **facts);
                if !same {
                    deeds.push(describe(facts.as_ref().clone()));
                }
                of_facts(facts)
            }
            Content::Period(_) => Cells::default(),
        };
        let becomes = match deeds.first() {
            Some(Deed::Offer { .. }) => RowBecomes::Offer,
            Some(_) => RowBecomes::Description,
            None => RowBecomes::Step,
        };
        let stage: Option<Stage> = row.maybe("stage")?;
        if let Some(stage) = stage.filter(|stage| self.has_stages() && *stage != object.stage()) {
            deeds.extend(self.path(object.stage(), stage, &object.id().party)?);
            after.one("stage", stage);
        }
        carry(&before, &mut after);
        Ok((!deeds.is_empty()).then_some((becomes, before, after, deeds)))
    }

    /// A row without a name opens something, unless it is there already: a file that is taken
    /// twice says nothing twice.
    fn opened(&self, row: &Row<'_>, content: Content) -> Result<Found, Wrong> {
        let kind = self.list.kind();
        let parent: Option<ObjectRef> = row.maybe("parent")?;
        let mine = |object: &&Object| {
            object.id().party == *self.speaker.me && object.parent() == parent.as_ref()
        };
        let mut same = self.ledger.of_kind(kind).filter(mine);
        if same.any(|object| says(object, &content)) {
            return Ok(None);
        }
        let mut deeds = vec![Deed::Open {
            kind,
            parent: parent.clone(),
            chair: self.speaker.me.clone(),
        }];
        let mut after = match content {
            Content::Terms(texts, terms) => {
                let terms = *terms;
                let base = None;
                let revision = Revision { base, texts, terms };
                let after = of_revision(&revision).unwrap_or_default();
                deeds.push(offer(revision));
                after
            }
            Content::Facts(facts) => {
                let after = of_facts(&facts);
                deeds.push(describe(*facts));
                after
            }
            Content::Period(_) => Cells::default(),
        };
        after.maybe("parent", parent.as_ref());
        let stage: Option<Stage> = row.maybe("stage")?;
        if let Some(stage) = stage.filter(|_| self.has_stages()) {
            deeds.extend(self.path(transitions(kind).0, stage, self.speaker.me)?);
            after.one("stage", stage);
        }
        Ok(Some((RowBecomes::New, Cells::default(), after, deeds)))
    }

    /// A value of an indicator: one that is there, or a new one of ours.
    fn observed(
        &self,
        row: &Row<'_>,
        indicator: &Object,
        period: passerelle_group::Period,
    ) -> Result<Found, Wrong> {
        let record: Option<RecordId> = row.maybe("record")?;
        let reporter: Option<PartyId> = row.maybe("reporter")?;
        let mut all = indicator.observations().iter();
        let of = |stamp: &passerelle_group::Stamp| match &record {
            Some(record) => stamp.record == *record && reporter.as_ref() == Some(&stamp.by),
            None => stamp.by == *self.speaker.me,
        };
        if all
            .clone()
            .any(|seen| of(seen.stamp()) && *seen.period() == period)
        {
            return Ok(None);
        }
        let mut before = Cells::default();
        if record.is_some() {
            let seen = all.find(|seen| of(seen.stamp()));
            let seen = seen.ok_or_else(|| wrong("record", "E_UNKNOWN"))?;
            if seen.stamp().by != *self.speaker.me {
                return Err(wrong("reporter", "E_NOT_THEIRS"));
            }
            before = of_observation(indicator, seen);
        }
        let mut after = of_period(indicator.id(), &period);
        carry(&before, &mut after);
        let deeds = vec![Deed::Observe {
            period: Box::new(period),
        }];
        Ok(Some((RowBecomes::Observation, before, after, deeds)))
    }

    fn has_stages(&self) -> bool {
        !transitions(self.list.kind()).1.is_empty()
    }

    fn path(&self, from: Stage, to: Stage, opener: &PartyId) -> Result<Vec<Deed>, Wrong> {
        let mine = opener == self.speaker.me;
        let steps = path(self.list.kind(), from, to, mine);
        let steps = steps.ok_or_else(|| wrong("stage", "E_STAGE"))?;
        Ok(steps.into_iter().map(|to| Deed::Move { to }).collect())
    }

    fn possible(&self, planned: &Planned) -> Result<(), Wrong> {
        let event = Event {
            object: planned.object.clone(),
            seen: self.ledger.seen(self.speaker.me),
            deeds: planned.deeds.clone(),
        };
        let who = (self.speaker.officer, self.speaker.function);
        let may = self
            .ledger
            .may(self.speaker.me, who, self.speaker.time, &event);
        may.map_err(|error| wrong("object", error.code()))
    }
}

/// Columns of a list whose cells differ.
pub(super) fn differing(
    list: GroupList,
    before: &Cells,
    after: &Cells,
) -> Vec<(String, String, String)> {
    let all = list.columns().into_iter();
    all.filter(|column| before.get(column) != after.get(column))
        .map(|column| {
            let (old, new) = (before.get(&column), after.get(&column));
            let (old, new) = (old.to_owned(), new.to_owned());
            (column, old, new)
        })
        .collect()
}

/// What it becomes, the cells before and after, and what is said.
type Found = Option<(RowBecomes, Cells, Cells, Vec<Deed>)>;

fn offer(revision: Revision) -> Deed {
    Deed::Offer {
        revision: Box::new(revision),
    }
}

fn describe(facts: Facts) -> Deed {
    Deed::Describe {
        facts: Box::new(facts),
    }
}

/// Cells that the row does not say are as before.
fn carry(before: &Cells, after: &mut Cells) {
    let kept = [
        "object", "party", "parent", "stage", "progress", "reporter", "record", "standing",
    ];
    for column in kept {
        if let Some(cell) = before.0.get(column) {
            let cell = cell.clone();
            after.0.entry(column.to_owned()).or_insert(cell);
        }
    }
}

fn says(object: &Object, content: &Content) -> bool {
    match content {
        Content::Facts(facts) => object.facts().is_some_and(|held| *held.value() == **facts),
        Content::Terms(texts, terms) => {
            latest(object).is_some_and(|held| held.texts == *texts && held.terms == **terms)
        }
        Content::Period(_) => false,
    }
}

fn title(cells: &Cells) -> &str {
    let mut titles = passerelle_model::Lang::ALL
        .iter()
        .map(|lang| cells.get(&format!("title-{lang}")));
    titles.find(|title| !title.is_empty()).unwrap_or_default()
}

/// The shortest way from one stage to another by steps that the opener may take, or any other.
pub(crate) fn path(kind: Kind, from: Stage, to: Stage, opener: bool) -> Option<Vec<Stage>> {
    use passerelle_group::Who;
    let mut ways = vec![vec![from]];
    for _ in 0..Stage::ALL.len() {
        if let Some(way) = ways.iter().find(|way| way.last() == Some(&to)) {
            return Some(way.get(1..).unwrap_or_default().to_vec());
        }
        let mut longer = Vec::new();
        for way in &ways {
            for (at, aim, who) in transitions(kind).1 {
                let may = match who {
                    Who::Opener | Who::Chair => opener,
                    Who::Other => !opener,
                    Who::Any => true,
                };
                if may && way.last() == Some(at) && !way.contains(aim) {
                    let mut next = way.clone();
                    next.push(*aim);
                    longer.push(next);
                }
            }
        }
        ways = longer;
    }
    None
}
