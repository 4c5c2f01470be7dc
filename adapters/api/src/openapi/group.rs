//! The joint group. What events hold is described in `docs/protocol-group.md`.

use passerelle_service::joint;
use serde_json::{Value, json};

use super::shape::{Named, count, list, matching, object, of, one_of, or_null, pair, text, truth};

macro_rules! words {
    ($($name:literal: $list:ty,)+) => {
        vec![$(($name, one_of(<$list>::ALL.iter().map(|word| word.as_str()))),)+]
    };
}

pub(super) fn schemas() -> Vec<Named> {
    [lists(), said(), groups(), objects(), follow_up(), pages()].concat()
}

fn lists() -> Vec<Named> {
    words! {
        "GroupKind": joint::Kind,
        "GroupStage": joint::Stage,
        "GroupSector": joint::Sector,
        "GroupStrand": joint::Strand,
        "GroupFlag": joint::Flag,
        "GroupProgress": joint::Progress,
        "GroupOutcome": joint::Outcome,
        "OfferStanding": joint::Standing,
        "Stance": joint::Stance,
        "ObservationStanding": joint::ObservationStanding,
        "Doubt": joint::Doubt,
        "Verdict": joint::Verdict,
    }
}

/// Texts, revisions, and what a program says. Deeds have a file of their own.
fn said() -> Vec<Named> {
    vec![
        (
            "ObjectRef",
            matching("[a-z0-9-]+(\\.[a-z0-9-]+){1,5}~[0-9a-f]{32}"),
        ),
        (
            "GroupVersion",
            object(&[
                ("lang", of("Lang")),
                ("title", of("Name")),
                ("body?", text()),
            ]),
        ),
        ("GroupTexts", list(of("GroupVersion"))),
        (
            "Revision",
            object(&[
                ("base?", of("Digest")),
                ("texts", of("GroupTexts")),
                ("terms", of("GroupTerms")),
            ]),
        ),
        (
            "GroupSaying",
            object(&[
                ("object?", or_null(of("ObjectRef"))),
                ("version?", or_null(count())),
                ("deeds", list(of("GroupDeed"))),
                ("author", of("Author")),
                ("attachments?", list(text())),
                ("lang", of("Lang")),
            ]),
        ),
        (
            "GroupSaid",
            object(&[("object", of("ObjectRef")), ("record", of("RecordId"))]),
        ),
    ]
}

fn groups() -> Vec<Named> {
    vec![
        (
            "GroupView",
            object(&[
                ("channel", of("ChannelId")),
                ("names", of("Names")),
                ("parties", list(of("PartyId"))),
                ("kinds", counts("GroupKind")),
                ("waiting", count()),
                ("odd", list(of("OddEvent"))),
            ]),
        ),
        (
            "OddEvent",
            object(&[
                ("party", of("PartyId")),
                ("record", of("RecordId")),
                ("code", of("ErrorCode")),
                ("why", text()),
            ]),
        ),
        (
            "ObjectLine",
            object(&[
                ("object", of("ObjectRef")),
                ("kind", of("GroupKind")),
                ("parent", or_null(of("ObjectRef"))),
                ("titles", or_null(of("Names"))),
                ("stage", of("GroupStage")),
                ("agreed", or_null(of("Digest"))),
                ("open", or_null(of("Digest"))),
                ("waits_for", list(of("PartyId"))),
                ("version", count()),
                ("changed", of("Time")),
            ]),
        ),
    ]
}

fn objects() -> Vec<Named> {
    vec![
        ("GroupObject", whole()),
        (
            "GroupStamp",
            object(&[
                ("party", of("PartyId")),
                ("record", of("RecordId")),
                ("index", count()),
                ("deed", count()),
                ("time", of("Time")),
                ("officer", of("OfficerId")),
                ("function", of("Name")),
                ("seen", counts("PartyId")),
            ]),
        ),
        ("SaidComment", stamped(&[("said", of("GroupVersion"))])),
        ("SaidReport", stamped(&[("said", of("GroupReport"))])),
        ("SaidVerified", stamped(&[("said", of("GroupVerified"))])),
        (
            "SaidAssessment",
            stamped(&[("said", of("GroupAssessment"))]),
        ),
        ("SaidAnswer", stamped(&[("said", of("GroupAnswer"))])),
        ("SaidReview", stamped(&[("said", of("GroupReview"))])),
        (
            "AgreedRevision",
            object(&[
                ("hash", of("Digest")),
                ("revision", of("Revision")),
                ("signatures", list(of("GroupStamp"))),
            ]),
        ),
        (
            "GroupOffer",
            object(&[
                ("hash", of("Digest")),
                ("revision", of("Revision")),
                ("standing", of("OfferStanding")),
                ("made", of("GroupStamp")),
                ("accepts", list(of("GroupStamp"))),
                ("rejects", list(of("GroupReject"))),
                ("withdrawn", or_null(of("GroupStamp"))),
                ("waits_for", list(of("PartyId"))),
            ]),
        ),
        (
            "GroupReject",
            stamped(&[("reason", or_null(of("GroupTexts")))]),
        ),
        (
            "GroupPosition",
            stamped(&[
                ("revision", of("Digest")),
                ("stance", of("Stance")),
                ("statement", or_null(of("GroupTexts"))),
            ]),
        ),
        (
            "GroupTranslation",
            stamped(&[("revision", of("Digest")), ("version", of("GroupVersion"))]),
        ),
        (
            "GroupParagraph",
            stamped(&[
                ("place", text()),
                ("lang", of("Lang")),
                ("text", or_null(text())),
            ]),
        ),
        (
            "GroupIgnored",
            stamped(&[("code", of("ErrorCode")), ("why", text())]),
        ),
        (
            "GroupBreach",
            object(&[
                ("party", of("PartyId")),
                ("first", of("GroupStamp")),
                ("second", of("GroupStamp")),
            ]),
        ),
    ]
}

fn whole() -> Value {
    object(&[
        ("line", of("ObjectLine")),
        ("chair", of("PartyId")),
        ("opened", of("GroupStamp")),
        ("steps", list(of("GroupStage"))),
        ("facts", or_null(of("GroupFacts"))),
        ("agreed", or_null(of("AgreedRevision"))),
        ("replaced", list(of("Digest"))),
        ("offers", list(of("GroupOffer"))),
        ("positions", list(of("GroupPosition"))),
        ("translations", list(of("GroupTranslation"))),
        ("paragraphs", list(of("GroupParagraph"))),
        ("comments", list(of("SaidComment"))),
        ("delegates", map("PartyId", list(of("Name")))),
        ("outcome", or_null(of("GroupOutcome"))),
        ("outcome_text", or_null(of("GroupTexts"))),
        ("reports", list(of("SaidReport"))),
        ("verified", list(of("SaidVerified"))),
        ("follow_up", or_null(of("FollowUp"))),
        ("observations", list(of("GroupObservation"))),
        ("total", or_null(of("Decimal"))),
        ("coverage", or_null(of("Coverage"))),
        ("rounds", list(of("AssessmentRound"))),
        ("answers", list(of("SaidAnswer"))),
        ("reviews", list(of("SaidReview"))),
        ("window", or_null(of("Day"))),
        ("children", list(of("ObjectRef"))),
        ("ignored", list(of("GroupIgnored"))),
        ("breaches", list(of("GroupBreach"))),
    ])
}

fn follow_up() -> Vec<Named> {
    vec![
        ("Decimal", matching("-?[0-9]{1,13}(\\.[0-9]{1,6})?")),
        ("Coverage", object(&[("known", count()), ("of", count())])),
        (
            "FollowUp",
            object(&[
                ("progress", of("GroupProgress")),
                ("flag", of("GroupFlag")),
                ("due", list(pair(of("Day"), of("Time")))),
            ]),
        ),
        (
            "GroupObservation",
            stamped(&[
                ("period", of("GroupPeriod")),
                ("standing", of("ObservationStanding")),
                ("doubts", list(of("Doubt"))),
                ("judged", list(of("GroupJudged"))),
            ]),
        ),
        (
            "GroupJudged",
            stamped(&[("contested", truth()), ("text", or_null(of("GroupTexts")))]),
        ),
        (
            "AssessmentRound",
            object(&[
                ("round", count()),
                ("sealed", list(of("PartyId"))),
                ("shown", list(of("SaidAssessment"))),
                ("verdict", or_null(of("Verdict"))),
            ]),
        ),
        ("GroupRow", row()),
    ]
}

fn row() -> Value {
    object(&[
        ("object", of("ObjectRef")),
        ("titles", or_null(of("Names"))),
        ("progress", of("GroupProgress")),
        ("flag", of("GroupFlag")),
        ("due", of("Day")),
        ("responsible", of("PartyId")),
        ("sector", of("GroupSector")),
        ("strand", of("GroupStrand")),
        ("objective", or_null(of("Objective"))),
        ("public", truth()),
    ])
}

fn pages() -> Vec<Named> {
    let objective = json!({ "type": "integer", "minimum": 1, "maximum": 23 });
    vec![
        ("Objective", objective),
        ("MatrixAcross", one_of(["strands", "objectives"])),
        (
            "GroupBoard",
            object(&[
                ("today", of("Day")),
                ("columns", list(of("GroupColumn"))),
                ("flags", counts("GroupFlag")),
            ]),
        ),
        (
            "GroupColumn",
            object(&[
                ("progress", of("GroupProgress")),
                ("count", count()),
                ("rows", list(of("GroupRow"))),
            ]),
        ),
        (
            "GroupMatrix",
            object(&[
                ("fields", list(of("GroupField"))),
                ("gaps", list(of("GroupGap"))),
            ]),
        ),
        (
            "GroupField",
            object(&[
                ("sector", of("GroupSector")),
                ("across", text()),
                ("commitments", counts("PartyId")),
                ("programmes", counts("PartyId")),
            ]),
        ),
        (
            "GroupGap",
            object(&[
                ("what", one_of(["nobody", "together", "depends"])),
                ("sector", or_null(of("GroupSector"))),
                ("across", or_null(text())),
                ("action", or_null(of("ObjectRef"))),
                ("on", or_null(of("ObjectRef"))),
            ]),
        ),
        (
            "GroupBriefing",
            object(&[
                ("since", of("Time")),
                ("today", of("Day")),
                ("headings", list(of("GroupHeading"))),
                ("next_meeting", or_null(of("ObjectRef"))),
            ]),
        ),
        (
            "GroupHeading",
            object(&[
                ("about", text()),
                ("count", count()),
                ("first", list(of("ObjectLine"))),
            ]),
        ),
    ]
}

/// Members, and who said so when.
fn stamped(members: &[(&str, Value)]) -> Value {
    let stamp = [("stamp", of("GroupStamp"))];
    object(&[members, &stamp].concat())
}

fn counts(names: &str) -> Value {
    map(names, count())
}

fn map(names: &str, values: Value) -> Value {
    json!({ "type": "object", "propertyNames": of(names), "additionalProperties": values })
}
