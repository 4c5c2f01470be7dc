//! Small words to write deeds with.

use passerelle_model::{Day, Digest, Lang, Name, PartyId, RecordId};
use passerelle_service::joint::{
    Assessment, CommitmentTerms, Deed, Facts, Impact, Likelihood, ObjectRef, Report, Reported,
    Revision, Stage, Stance, Strand, Terms, Texts, Trend, Version, commitment_to,
};

use super::promises::Promise;
use super::turns::Sealed;
use super::voice::Voice;
use super::words::{Four, NOTE, Wording};
use crate::rng;

const LANGS: [Lang; 4] = [Lang::Fr, Lang::Nl, Lang::Ar, Lang::En];

/// A text in the four languages, marked as a demonstration.
pub(super) fn texts(words: &Wording) -> anyhow::Result<Texts> {
    let all = words.title.iter().zip(words.body).zip(NOTE);
    let versions = LANGS.into_iter().zip(all);
    let version = |(lang, ((title, body), note)): (Lang, ((&&str, &str), &str))| {
        Ok(Version {
            lang,
            title: title.parse()?,
            body: Some(format!("{body}\n\n{note}").parse()?),
        })
    };
    let versions: anyhow::Result<_> = versions.map(version).collect();
    Ok(Texts::new(versions?)?)
}

/// One line in the four languages.
pub(super) fn line(words: &Four) -> anyhow::Result<Texts> {
    let version = |(lang, title): (Lang, &&str)| {
        let title = title.parse()?;
        let body = None;
        Ok(Version { lang, title, body })
    };
    let versions: anyhow::Result<_> = LANGS.into_iter().zip(words).map(version).collect();
    Ok(Texts::new(versions?)?)
}

/// So many days from a day; before it where they are less than none.
pub(super) fn days(today: Day, days: i32) -> Day {
    match days {
        0.. => today.plus_days(days.unsigned_abs()),
        _ => today.minus_days(days.unsigned_abs()),
    }
}

pub(super) fn offer(base: Option<Digest>, texts: Texts, terms: Terms) -> Deed {
    let revision = Revision { base, texts, terms };
    Deed::Offer {
        revision: Box::new(revision),
    }
}

pub(super) fn describe(facts: Facts) -> Deed {
    Deed::Describe {
        facts: Box::new(facts),
    }
}

pub(super) fn go(to: Stage) -> Deed {
    Deed::Move { to }
}

pub(super) fn name(text: &str) -> anyhow::Result<Name> {
    Ok(text.parse()?)
}

pub(super) fn position(revision: Digest, stance: Stance, statement: &Four) -> anyhow::Result<Deed> {
    Ok(Deed::Position {
        revision,
        stance,
        statement: Some(line(statement)?),
    })
}

pub(super) fn reported(state: Reported, words: &Four) -> anyhow::Result<Deed> {
    let report = Report {
        state,
        text: line(words)?,
        evidence: Vec::new(),
    };
    Ok(Deed::Report {
        report: Box::new(report),
    })
}

/// What a promise fixes, due so many days from `today` as it says.
pub(super) fn terms(
    promise: &Promise,
    (rabat, brussels): (&PartyId, &PartyId),
    decision: Option<&ObjectRef>,
    today: Day,
) -> anyhow::Result<CommitmentTerms> {
    let responsible = if promise.rabat { rabat } else { brussels };
    Ok(CommitmentTerms {
        decision: decision.cloned(),
        responsible: responsible.clone(),
        function: name(promise.function)?,
        sector: promise.sector,
        strand: promise.strand,
        objective: promise.objective,
        target: Some("10-7".parse()?),
        due: days(today, promise.due),
        indicators: Vec::new(),
        public: promise.public,
        closure: None,
    })
}

pub(super) const DONE: Four = [
    "Terminé et remis aux deux secrétariats.",
    "Afgerond en aan beide secretariaten bezorgd.",
    "أُنجز وسُلِّم إلى كتابتَي المجموعة.",
    "Finished and handed to both secretariats.",
];

pub(super) const BEGUN: Four = [
    "Le travail a commencé ; la première étape est en cours.",
    "Het werk is begonnen; de eerste stap loopt.",
    "بدأ العمل، والمرحلة الأولى جارية.",
    "Work has begun; the first step is under way.",
];

pub(super) const FOUND: Four = [
    "Consulté par nos services : complet et à jour.",
    "Door onze diensten geraadpleegd: volledig en actueel.",
    "اطلعت عليه مصالحنا: كامل ومحيَّن.",
    "Used by our services: complete and up to date.",
];

pub(super) const NAME_TRAINERS: Four = [
    "Désigner les services dont viennent les formateurs",
    "De diensten aanwijzen waar de opleiders vandaan komen",
    "تعيين المصالح التي ينتمي إليها المكونون",
    "Name the services that the trainers come from",
];

pub(super) const SESSION: Four = [
    "Préparer la session de Bruxelles",
    "De sessie in Brussel voorbereiden",
    "إعداد دورة بروكسل",
    "Prepare the session in Brussels",
];

pub(super) const PRINT: Four = [
    "Imprimer et distribuer le dépliant",
    "De folder drukken en verspreiden",
    "طبع المطوية وتوزيعها",
    "Print and hand out the leaflet",
];

pub(super) fn view(
    (likelihood, impact, trend): (Likelihood, Impact, Trend),
    why: &Four,
) -> anyhow::Result<Assessment> {
    Ok(Assessment {
        likelihood,
        impact,
        trend,
        reasons: line(why)?,
    })
}

pub(super) fn topic(words: &Wording, strand: Strand) -> anyhow::Result<Deed> {
    let texts = texts(words)?;
    Ok(describe(Facts::Topic { texts, strand }))
}

/// The seal of a first round, and the salt that opens it.
pub(super) fn seal(assessment: &Assessment) -> anyhow::Result<(Deed, Digest)> {
    use rand_core::Rng as _;
    let mut salt = [0; 32];
    rng::system().fill_bytes(&mut salt);
    let salt = Digest::new(salt);
    let digest = commitment_to(assessment, &salt)?;
    Ok((Deed::Seal { round: 1, digest }, salt))
}

pub(super) async fn reveal(by: &Voice<'_>, sealed: &[Sealed]) -> anyhow::Result<()> {
    for held in sealed {
        let reveal = Deed::Reveal {
            round: 1,
            assessment: Box::new(held.assessment.clone()),
            salt: held.salt,
        };
        by.say(&held.topic, vec![reveal]).await?;
    }
    Ok(())
}

pub(super) fn delegates(functions: &[&str]) -> anyhow::Result<Deed> {
    let functions: anyhow::Result<_> = functions.iter().map(|one| name(one)).collect();
    Ok(Deed::Delegates {
        functions: functions?,
    })
}

/// Records in which a party reported values of an indicator.
pub(super) async fn observed(
    by: &Voice<'_>,
    indicator: &ObjectRef,
    party: &PartyId,
) -> anyhow::Result<Vec<RecordId>> {
    let records = by.look(|room| {
        let object = room.ledger().object(indicator);
        let all = object.into_iter().flat_map(|object| object.observations());
        let theirs = all.filter(|one| one.stamp().by == *party);
        theirs.map(|one| one.stamp().record).collect()
    });
    Ok(records.await?)
}

/// Found right, or contested for a reason.
pub(super) fn judged(
    party: &PartyId,
    records: Vec<RecordId>,
    why: Option<&Four>,
) -> anyhow::Result<Vec<Deed>> {
    let text = why.map(line).transpose()?;
    let judge = |record| Deed::Judge {
        party: party.clone(),
        record,
        contested: text.is_some(),
        text: text.clone(),
    };
    Ok(records.into_iter().map(judge).collect())
}
