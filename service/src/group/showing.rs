//! From the ledger to what programs see of it.

use passerelle_group::class::Own;
use passerelle_group::{
    Across, Board, Filter, Gap, Kind, Object, ObjectRef, Offer, Row, Stage, Stamp, Texts,
};
use passerelle_model::{ChannelId, Lang, Names, UtcTime};
use serde::Serialize;

use super::GroupRoom;
use super::views::{
    AgreedView, BoardView, BreachView, BriefingView, ColumnView, FieldView, FollowUpView, GapView,
    GroupView, HeadingView, IgnoredView, JudgedView, MatrixView, ObjectLine, ObjectView,
    ObservationView, OddView, OfferView, ParagraphView, PositionView, RejectView, RoundView,
    RowView, StampView, StampedView, TranslationView,
};
use crate::{Error, Node};

impl Node {
    /// Looks at a group for a program that was trusted to read it.
    ///
    /// # Errors
    /// `E_NOT_FOUND` where the channel is no group.
    pub async fn group_for_program<T>(
        &self,
        channel: &ChannelId,
        look: impl FnOnce(&GroupRoom) -> T,
    ) -> Result<T, Error> {
        self.group_unasked(channel, look).await
    }

    /// Every group whose agreement is in force.
    pub async fn group_views(&self) -> Result<Vec<GroupView>, Error> {
        let mut views = Vec::new();
        for channel in self.group_channels() {
            let name = |lang| Some((lang, self.group_name(&channel, lang).parse().ok()?));
            let names = Names::new(Lang::ALL.iter().copied().filter_map(name).collect())?;
            let view = |room: &GroupRoom| room.view(names);
            views.push(self.group_unasked(&channel, view).await?);
        }
        Ok(views)
    }
}

impl GroupRoom {
    fn view(&self, names: Names) -> GroupView {
        let ledger = self.ledger();
        let kinds = Kind::ALL.iter().map(|kind| (kind, ledger.count(*kind)));
        let odd = |(party, record, error): &(_, _, passerelle_group::Error)| OddView {
            party: passerelle_model::PartyId::clone(party),
            record: *record,
            code: error.code().to_owned(),
            why: error.to_string(),
        };
        GroupView {
            channel: self.channel().clone(),
            names,
            parties: ledger.parties().to_vec(),
            kinds: kinds
                .filter(|(_, count)| *count > 0)
                .map(|(kind, count)| (kind.to_string(), count))
                .collect(),
            waiting: ledger.waiting(),
            odd: ledger.odd().iter().map(odd).collect(),
        }
    }

    /// Objects in the order of their names, of one kind or of all, after the one named.
    pub fn lines(
        &self,
        kind: Option<Kind>,
        after: Option<&ObjectRef>,
        most: usize,
    ) -> Vec<ObjectLine> {
        let ledger = self.ledger();
        let later = |object: &&Object| after.is_none_or(|after| object.id() > after);
        match kind {
            Some(kind) => {
                let all = ledger.of_kind(kind).filter(later);
                all.take(most).map(line).collect()
            }
            None => {
                let all = ledger.objects().filter(later);
                all.take(most).map(line).collect()
            }
        }
    }

    /// Everything about one object.
    pub fn whole(&self, id: &ObjectRef) -> Result<ObjectView, Error> {
        let object = self.ledger().object(id);
        let object = object.ok_or_else(|| Error::not_found("object", id))?;
        let offers = object.offers();
        let (positions, translations) = on_revisions(object);
        let (outcome, outcome_text) = object.outcome().unzip();
        Ok(ObjectView {
            line: line(object),
            chair: object.chair().clone(),
            opened: stamp(object.opened()),
            steps: object.steps(self.me()),
            facts: object.facts().map(|facts| facts.value().clone()),
            agreed: agreed(object),
            replaced: replaced(object),
            offers: all_offers(object),
            positions,
            translations,
            paragraphs: paragraphs(object),
            comments: stamped_all(object.comments())?,
            delegates: object
                .delegates()
                .map(|own| (own.party().clone(), own.value().clone()))
                .collect(),
            outcome,
            outcome_text: outcome_text.flatten().cloned(),
            reports: stamped_all(object.reports())?,
            verified: stamped_all(object.verified())?,
            follow_up: self.follow_up(object),
            observations: self.observations(object),
            total: self
                .ledger()
                .series(object)
                .total
                .map(|total| *total.value()),
            coverage: self
                .ledger()
                .series(object)
                .coverage
                .map(|coverage| *coverage.value()),
            rounds: self.rounds(object)?,
            answers: stamped_all(object.answers())?,
            reviews: stamped_all(object.reviews())?,
            window: object.window(),
            children: self
                .ledger()
                .children(id)
                .map(|child| child.id().clone())
                .collect(),
            ignored: object.ignored().iter().map(ignored).collect(),
            breaches: offers.breaches().iter().map(breach).collect(),
        })
    }

    /// Commitments by how they stand, at most `most` in each column.
    pub fn board(&self, filter: &Filter, most: usize) -> BoardView {
        let board = Board::of(self.rows(), filter, most);
        let column = |column: &passerelle_group::Column| ColumnView {
            progress: column.progress,
            count: column.count,
            rows: column.rows.iter().map(|row| self.row(row)).collect(),
        };
        let flags = board.flags.iter();
        BoardView {
            today: self.today(),
            columns: board.columns.iter().map(column).collect(),
            flags: flags
                .map(|(flag, count)| (flag.to_string(), *count))
                .collect(),
        }
    }

    /// Sectors across strands, or across objectives.
    pub fn matrix(&self, objectives: bool) -> MatrixView {
        let matrix = self.kept_matrix(objectives);
        let fields = matrix.fields.iter();
        MatrixView {
            fields: fields
                .map(|((sector, across), entry)| FieldView {
                    sector: *sector,
                    across: word(*across),
                    commitments: entry.commitments.clone(),
                    programmes: entry.programmes.clone(),
                })
                .collect(),
            gaps: matrix.gaps.iter().cloned().map(gap).collect(),
        }
    }

    /// The minister's page since an instant; since the last meeting where none is named.
    pub fn briefing(&self, since: Option<UtcTime>, now: UtcTime) -> BriefingView {
        let last = || self.last_meeting(now).map(|(_, start)| start);
        let since = since.or_else(last).unwrap_or(UtcTime::from_millis(0));
        let ledger = self.ledger();
        let page = self.kept_briefing(since);
        let heading = |(about, part): (&str, &passerelle_group::Line)| HeadingView {
            about: about.to_owned(),
            count: part.count,
            first: part
                .first
                .iter()
                .filter_map(|id| ledger.object(id))
                .map(line)
                .collect(),
        };
        let headings = [
            ("agreed", &page.agreed),
            ("on-track", &page.on_track),
            ("at-risk", &page.at_risk),
            ("late", &page.late),
            ("disputed", &page.disputed),
            ("fulfilled", &page.fulfilled),
            ("ours-to-sign", &page.ours_to_sign),
            ("theirs-to-sign", &page.theirs_to_sign),
            ("diverging", &page.diverging),
            ("next-due", &page.next_due),
        ];
        BriefingView {
            since,
            today: self.today(),
            headings: headings.into_iter().map(heading).collect(),
            next_meeting: page.next_meeting.clone(),
        }
    }

    /// The last meeting that ended, with its start: what it agreed itself belongs to what came
    /// since.
    pub fn last_meeting(&self, now: UtcTime) -> Option<(ObjectRef, UtcTime)> {
        let meetings = self.ledger().of_kind(Kind::Meeting);
        let over = meetings.filter(|meeting| meeting.stage() == Stage::Ended);
        let starts =
            over.filter_map(|meeting| Some((meeting.id().clone(), meeting.schedule()?.start)));
        let past = starts.filter(|(_, start)| *start <= now);
        past.max_by_key(|(_, start)| *start)
    }

    fn row(&self, row: &Row) -> RowView {
        RowView {
            object: row.id.clone(),
            titles: self.ledger().object(&row.id).and_then(titles),
            progress: row.progress,
            flag: row.flag,
            due: row.due,
            responsible: row.responsible.clone(),
            sector: row.sector,
            strand: row.strand,
            objective: row.objective,
            public: row.public,
        }
    }

    fn follow_up(&self, object: &Object) -> Option<FollowUpView> {
        object.commitment()?;
        Some(FollowUpView {
            progress: object.progress().into_value(),
            flag: self.ledger().flag(object, self.today()).into_value(),
            due: object.due_history(),
        })
    }

    fn observations(&self, object: &Object) -> Vec<ObservationView> {
        let series = self.ledger().series(object);
        let doubts = |told: &Stamp| {
            let mut counted = series.values.iter();
            counted.find(|value| value.stamp == *told)
        };
        let view = |held: &passerelle_group::Observation| ObservationView {
            period: held.period().clone(),
            standing: object.standing(held).into_value(),
            doubts: doubts(held.stamp()).map_or_else(Vec::new, |value| value.doubts.clone()),
            stamp: stamp(held.stamp()),
            judged: held
                .judged()
                .map(|(contested, text, by)| JudgedView {
                    contested,
                    text: text.cloned(),
                    stamp: stamp(by),
                })
                .collect(),
        };
        object.observations().iter().map(view).collect()
    }

    fn rounds(&self, object: &Object) -> Result<Vec<RoundView>, Error> {
        let assessed = object.assessed();
        let last = assessed.round().unwrap_or(0);
        let view = |round: u32| -> Result<RoundView, Error> {
            let verdict = assessed.verdict(round, self.ledger().parties());
            Ok(RoundView {
                round,
                sealed: assessed
                    .sealed(round)
                    .map(|own| own.party().clone())
                    .collect(),
                shown: assessed
                    .shown(round)
                    .map(stamped)
                    .collect::<Result<_, _>>()?,
                verdict: verdict.map(|verdict| *verdict.value()),
            })
        };
        (1..=last).map(view).collect()
    }
}

fn line(object: &Object) -> ObjectLine {
    let offers = object.offers();
    let open = offers.open();
    ObjectLine {
        object: object.id().clone(),
        kind: object.kind(),
        parent: object.parent().cloned(),
        titles: titles(object),
        stage: object.stage(),
        agreed: offers.agreed_hash(),
        open: open.map(Offer::hash),
        waits_for: open.map_or_else(Vec::new, |open| {
            open.waits_for(offers.parties()).cloned().collect()
        }),
        version: object.version(),
        changed: object.changed().time,
    }
}

/// The title in every language that its text has.
fn titles(object: &Object) -> Option<Names> {
    let texts: &Texts = match (object.agreed(), object.offers().latest(), object.facts()) {
        (Some(agreed), _, _) => &agreed.value().texts,
        (None, Some(offer), _) => &offer.revision().texts,
        (None, None, facts) => facts?.value().texts(),
    };
    let titles = texts.iter().map(|one| (one.lang, one.title.clone()));
    Names::new(titles.collect()).ok()
}

fn stamp(stamp: &Stamp) -> StampView {
    StampView {
        party: stamp.by.clone(),
        record: stamp.record,
        index: stamp.index,
        deed: stamp.deed,
        time: stamp.time,
        officer: stamp.officer.clone(),
        function: stamp.function.clone(),
        seen: stamp.seen.as_ref().clone(),
    }
}

fn stamped<T: Serialize>(own: &Own<T>) -> Result<StampedView, Error> {
    let said = serde_json::to_value(own.value());
    let malformed = |error: serde_json::Error| {
        Error::Group(passerelle_group::Error::Malformed(error.to_string()))
    };
    Ok(StampedView {
        said: said.map_err(malformed)?,
        stamp: stamp(own.stamp()),
    })
}

fn stamped_all<T: Serialize>(all: &[Own<T>]) -> Result<Vec<StampedView>, Error> {
    all.iter().map(stamped).collect()
}

fn agreed(object: &Object) -> Option<AgreedView> {
    let agreed = object.agreed()?;
    Some(AgreedView {
        hash: object.offers().agreed_hash()?,
        revision: agreed.value().clone(),
        signatures: agreed.signatures().iter().map(stamp).collect(),
    })
}

/// Each agreed revision names the one before.
fn replaced(object: &Object) -> Vec<passerelle_model::Digest> {
    let history = object.offers().history().iter();
    history.filter_map(|agreed| agreed.value().base).collect()
}

/// By their authors' clocks, in one order on every node.
fn all_offers(object: &Object) -> Vec<OfferView> {
    let mut all: Vec<&Offer> = object.offers().all().iter().collect();
    all.sort_by_key(|offer| {
        let made = offer.made();
        (made.time, made.by.clone(), made.index, made.deed)
    });
    all.into_iter().map(|one| offer(object, one)).collect()
}

fn offer(object: &Object, offer: &Offer) -> OfferView {
    OfferView {
        hash: offer.hash(),
        revision: offer.revision().clone(),
        standing: offer.standing(),
        made: stamp(offer.made()),
        accepts: offer.accepts().iter().map(stamp).collect(),
        rejects: offer
            .rejects()
            .iter()
            .map(|(by, reason)| RejectView {
                stamp: stamp(by),
                reason: reason.clone(),
            })
            .collect(),
        withdrawn: offer.withdrawn().map(stamp),
        waits_for: offer
            .waits_for(object.offers().parties())
            .cloned()
            .collect(),
    }
}

/// Positions and translations, revision by revision; a text can be offered more than once.
fn on_revisions(object: &Object) -> (Vec<PositionView>, Vec<TranslationView>) {
    let (mut positions, mut translations) = (Vec::new(), Vec::new());
    let hashes = object.offers().all().iter().map(Offer::hash);
    for revision in hashes.collect::<std::collections::BTreeSet<_>>() {
        let held = object.positions(&revision);
        positions.extend(held.map(|(stance, statement, by)| PositionView {
            revision,
            stance,
            statement: statement.cloned(),
            stamp: stamp(by),
        }));
        let held = object.translations(&revision);
        translations.extend(held.map(|(version, by)| TranslationView {
            revision,
            version: version.clone(),
            stamp: stamp(by),
        }));
    }
    (positions, translations)
}

fn paragraphs(object: &Object) -> Vec<ParagraphView> {
    let all = object.paragraphs().flat_map(|(place, lang, versions)| {
        versions.versions().iter().map(move |own| ParagraphView {
            place: place.as_str().to_owned(),
            lang,
            text: own.value().clone(),
            stamp: stamp(own.stamp()),
        })
    });
    all.collect()
}

fn ignored((by, error): &(Stamp, passerelle_group::Error)) -> IgnoredView {
    IgnoredView {
        stamp: stamp(by),
        code: error.code().to_owned(),
        why: error.to_string(),
    }
}

fn breach(breach: &passerelle_group::Breach) -> BreachView {
    BreachView {
        party: breach.party.clone(),
        first: stamp(&breach.first),
        second: stamp(&breach.second),
    }
}

fn word(across: Across) -> String {
    match across {
        Across::Strand(strand) => strand.to_string(),
        Across::Objective(objective) => objective.to_string(),
    }
}

fn gap(gap: Gap) -> GapView {
    let mut view = GapView {
        what: "nobody".to_owned(),
        sector: None,
        across: None,
        action: None,
        on: None,
    };
    match gap {
        Gap::Nobody(across) => view.across = Some(word(across)),
        Gap::Together(sector, across) => {
            view.what = "together".to_owned();
            (view.sector, view.across) = (Some(sector), Some(word(across)));
        }
        Gap::Depends { action, on } => {
            view.what = "depends".to_owned();
            (view.action, view.on) = (Some(action), Some(on));
        }
    }
    view
}
