//! Which experts, practices and offers of competence fit a request, and why. A proposal to
//! people, in an order they can follow; nothing is chosen here.

use passerelle_model::Day;

use crate::macros::words;
use crate::{Facts, Kind, Ledger, Object, ObjectRef, Request, Sector, Stage, Strand};

words! {
    /// Why something fits.
    Reason {
        /// The same sector.
        Sector = "sector",
        /// The same strand.
        Strand = "strand",
        /// A language of work in common.
        Language = "language",
        /// There before the request ends.
        InTime = "in-time",
        /// Its evidence was evaluated by others.
        Evaluated = "evaluated",
    }
}

/// Something that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// What.
    pub object: ObjectRef,
    /// Why, in the order of the list.
    pub reasons: Vec<Reason>,
}

/// What of an expert, a practice or an offer counts.
struct Offered<'a> {
    sectors: &'a [Sector],
    strands: &'a [Strand],
    /// None where it has no language of work.
    languages: Option<&'a [passerelle_model::Lang]>,
    in_time: bool,
    evaluated: bool,
}

impl Ledger {
    /// What fits the request on `today`, the best first: something of its sector or strand, in
    /// one of its languages, that is there in time.
    pub fn matches(&self, request: &Request, today: Day) -> Vec<Match> {
        let kinds = [Kind::Expert, Kind::Practice, Kind::Competence];
        let all = kinds.into_iter().flat_map(|kind| self.of_kind(kind));
        let mut found: Vec<Match> = all
            .filter_map(|object| fits(object, request, today))
            .collect();
        found.sort_by_key(|one| std::cmp::Reverse(one.reasons.len()));
        found
    }
}

fn fits(object: &Object, request: &Request, today: Day) -> Option<Match> {
    let offered = offered(object, request, today)?;
    let both =
        |list: &[passerelle_model::Lang]| list.iter().any(|lang| request.languages.contains(lang));
    let speaks = offered.languages.map(both);
    let near = offered.sectors.contains(&request.sector);
    let strand = offered.strands.contains(&request.strand);
    if !(near || strand) || speaks == Some(false) || !offered.in_time {
        return None;
    }
    let all = [
        (Reason::Sector, near),
        (Reason::Strand, strand),
        (Reason::Language, speaks == Some(true)),
        (Reason::InTime, offered.languages.is_some()),
        (Reason::Evaluated, offered.evaluated),
    ];
    let reasons = all.into_iter().filter(|(_, holds)| *holds);
    Some(Match {
        object: object.id().clone(),
        reasons: reasons.map(|(reason, _)| reason).collect(),
    })
}

/// Experts and offers that stand, practices that a peer has looked at.
fn offered<'a>(object: &'a Object, request: &Request, today: Day) -> Option<Offered<'a>> {
    let stage = object.stage();
    let offered = |sectors, strands, languages, in_time, evaluated| Offered {
        sectors,
        strands,
        languages,
        in_time,
        evaluated,
    };
    match object.facts()?.value() {
        Facts::Expert(it) if stage == Stage::Active => {
            let free = it.from.is_none_or(|from| from <= request.until);
            Some(offered(
                &it.sectors,
                &it.strands,
                Some(&it.languages),
                free,
                false,
            ))
        }
        Facts::Competence(it) if stage == Stage::Active => {
            let stands = it.until >= today;
            Some(offered(
                &it.sectors,
                &[Strand::Diaspora],
                Some(&it.languages),
                stands,
                false,
            ))
        }
        Facts::Practice(it) if matches!(stage, Stage::Reviewed | Stage::Published) => {
            let (sector, strand) = (&it.sector, &it.strand);
            let seen = it.evidence >= crate::Evidence::Evaluated;
            Some(offered(one(sector), one(strand), None, true, seen))
        }
        _ => None,
    }
}

fn one<T>(value: &T) -> &[T] {
    std::slice::from_ref(value)
}
