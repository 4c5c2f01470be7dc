//! What can be said of an object.

use passerelle_model::{Day, Digest, Lang, Markdown, Name, PartyId, RecordId};
use serde::{Deserialize, Serialize};

use crate::macros::words;
use crate::{
    Assessment, Facts, Kind, ObjectRef, Period, Place, Report, Revision, Stage, Texts, Verified,
    Version,
};

words! {
    /// What a party thinks of a revision.
    Stance {
        /// Agrees.
        Agrees = "agrees",
        /// Agrees with a reservation.
        Reservation = "with-reservation",
        /// Objects.
        Objects = "objects",
        /// Has no position.
        None = "no-position",
    }
}

words! {
    /// What came of an agenda item.
    Outcome {
        /// Information taken note of.
        Information = "information",
        /// A decision.
        Decision = "decision",
        /// Something to do.
        Action = "action",
        /// Nothing.
        None = "none",
    }
}

/// An organisation's answer to a consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The organisation; never a person.
    pub organisation: Name,
    /// Language of its answer.
    pub lang: Lang,
    /// What it says.
    pub text: Markdown,
}

/// What somebody else thinks of a practice, a mission or a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// One (poor) to five (excellent).
    pub grade: u8,
    /// Why.
    pub text: Texts,
}

/// One deed. Which class of field it writes stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Deed {
    /// Opens the object; first deed of its first event.
    Open {
        /// Its kind.
        kind: Kind,
        /// What it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<ObjectRef>,
        /// Who chairs it.
        chair: PartyId,
    },
    /// Agreed: offers a revision.
    Offer {
        /// The revision.
        revision: Box<Revision>,
    },
    /// Agreed: accepts a revision.
    Accept {
        /// Its hash.
        revision: Digest,
    },
    /// Agreed: rejects a revision and says what is asked instead.
    Reject {
        /// Its hash.
        revision: Digest,
        /// Why, or what should be changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Texts>,
    },
    /// Agreed: asks to take one's own offer back.
    Withdraw {
        /// Its hash.
        revision: Digest,
    },
    /// Agreed: lets the other take its offer back.
    Release {
        /// Its hash.
        revision: Digest,
    },
    /// Own: what this party thinks of a revision.
    Position {
        /// Its hash.
        revision: Digest,
        /// What it thinks.
        stance: Stance,
        /// In its own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        statement: Option<Texts>,
    },
    /// Own: a courtesy translation of a revision.
    Translate {
        /// Its hash.
        revision: Digest,
        /// The translation.
        version: Version,
    },
    /// Own: what the object is.
    Describe {
        /// The facts.
        facts: Box<Facts>,
    },
    /// Own: moves it on.
    Move {
        /// To this stage.
        to: Stage,
    },
    /// Own: who comes, by function.
    Delegates {
        /// Official functions.
        functions: Vec<Name>,
    },
    /// Own, of the chair: what came of an agenda item.
    Settle {
        /// The outcome.
        outcome: Outcome,
        /// In words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Texts>,
    },
    /// Own, of the responsible party: how far it is.
    Report {
        /// The report.
        report: Box<Report>,
    },
    /// Own, of the other parties: whether what is reported is so.
    Verify {
        /// What was found.
        verified: Box<Verified>,
    },
    /// Own: a value of an indicator for a period.
    Observe {
        /// The value.
        period: Box<Period>,
    },
    /// Own, of the other parties: whether an observation stands.
    Judge {
        /// The record of the observation.
        party: PartyId,
        /// Which.
        record: RecordId,
        /// Whether it is contested.
        contested: bool,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Texts>,
    },
    /// Own: seals an assessment without showing it.
    Seal {
        /// Which round.
        round: u32,
        /// Hash of the assessment and its salt.
        digest: Digest,
    },
    /// Own: shows what was sealed.
    Reveal {
        /// Which round.
        round: u32,
        /// The assessment.
        assessment: Box<Assessment>,
        /// The salt.
        salt: Digest,
    },
    /// Own: an organisation's answer to a consultation.
    Answer {
        /// The answer.
        answer: Answer,
    },
    /// Own: a review or an evaluation.
    Review {
        /// The review.
        review: Review,
    },
    /// Own, of the chair: amendments are taken until this day.
    Window {
        /// Last day.
        until: Day,
    },
    /// Convergent: a paragraph of a draft.
    Write {
        /// Where it stands.
        place: Place,
        /// In which language.
        lang: Lang,
        /// Its text; absent where it is struck out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Markdown>,
    },
    /// Convergent: a comment.
    Comment {
        /// The comment.
        version: Version,
    },
}
