//! What is said in the joint group: one schema for each kind of deed, of facts and of terms.
//! What they mean is described in `docs/protocol-group.md`.

use passerelle_service::joint;
use serde_json::{Map, Value, json};

use super::shape::{
    Named, count, list, list_up_to, matching, object, of, one_of, pair, text, truth,
};

pub(super) fn schemas() -> Vec<Named> {
    [
        told(DEEDS, "do", "GroupDeed", deed),
        told(FACTS, "of", "GroupFacts", facts),
        told(TERMS, "of", "GroupTerms", terms),
        parts(),
        lists(),
    ]
    .concat()
}

/// Words of a tag, with the name of the schema of each.
type Choices = &'static [(&'static str, &'static str)];

const DEEDS: Choices = &[
    ("open", "DeedOpen"),
    ("offer", "DeedOffer"),
    ("accept", "DeedAccept"),
    ("reject", "DeedReject"),
    ("withdraw", "DeedWithdraw"),
    ("release", "DeedRelease"),
    ("position", "DeedPosition"),
    ("translate", "DeedTranslate"),
    ("describe", "DeedDescribe"),
    ("move", "DeedMove"),
    ("delegates", "DeedDelegates"),
    ("settle", "DeedSettle"),
    ("report", "DeedReport"),
    ("verify", "DeedVerify"),
    ("observe", "DeedObserve"),
    ("judge", "DeedJudge"),
    ("seal", "DeedSeal"),
    ("reveal", "DeedReveal"),
    ("answer", "DeedAnswer"),
    ("review", "DeedReview"),
    ("window", "DeedWindow"),
    ("write", "DeedWrite"),
    ("comment", "DeedComment"),
];

const FACTS: Choices = &[
    ("item", "FactsItem"),
    ("action", "FactsAction"),
    ("topic", "FactsTopic"),
    ("programme", "FactsProgramme"),
    ("practice", "FactsPractice"),
    ("expert", "FactsExpert"),
    ("request", "FactsRequest"),
    ("mission", "FactsMission"),
    ("consultation", "FactsConsultation"),
    ("competence", "FactsCompetence"),
];

const TERMS: Choices = &[
    ("mandate", "TermsMandate"),
    ("meeting", "TermsMeeting"),
    ("decision", "TermsDecision"),
    ("commitment", "TermsCommitment"),
    ("minutes", "TermsMinutes"),
    ("indicator", "TermsIndicator"),
    ("communique", "TermsCommunique"),
];

type Members = Vec<(&'static str, Value)>;

/// One schema for each word of a tag, and the choice between them.
fn told(
    choices: Choices,
    tag: &'static str,
    name: &'static str,
    members: fn(&str) -> Members,
) -> Vec<Named> {
    let made = |(word, name): &(&'static str, &'static str)| {
        let tagged = [(tag, one_of([*word]))];
        let mut schema = object(&[&tagged[..], &members(word)].concat());
        if let (true, Some(schema)) = (tag == "do", schema.as_object_mut()) {
            let example = serde_json::from_str(&super::examples::of_deed(word));
            let examples = Value::Array(example.into_iter().collect());
            schema.insert("examples".to_owned(), examples);
        }
        (*name, schema)
    };
    let mapping: Map<String, Value> = choices
        .iter()
        .map(|(word, name)| {
            let place = format!("#/components/schemas/{name}");
            ((*word).to_owned(), Value::from(place))
        })
        .collect();
    let refs: Vec<Value> = choices.iter().map(|(_, name)| of(name)).collect();
    let choice = json!({
        "oneOf": refs,
        "discriminator": { "propertyName": tag, "mapping": mapping },
    });
    choices.iter().map(made).chain([(name, choice)]).collect()
}

fn texts() -> Value {
    of("GroupTexts")
}

fn indicators() -> (&'static str, Value) {
    ("indicators?", list_up_to(joint::MAX_NAMED, of("ObjectRef")))
}

fn deed(word: &str) -> Members {
    match word {
        "open" => vec![
            ("kind", of("GroupKind")),
            ("parent?", of("ObjectRef")),
            ("chair", of("PartyId")),
        ],
        "offer" => vec![("revision", of("Revision"))],
        "accept" | "withdraw" | "release" => vec![("revision", of("Digest"))],
        "reject" => vec![("revision", of("Digest")), ("reason?", texts())],
        "position" => vec![
            ("revision", of("Digest")),
            ("stance", of("Stance")),
            ("statement?", texts()),
        ],
        "translate" => vec![("revision", of("Digest")), ("version", of("GroupVersion"))],
        "describe" => vec![("facts", of("GroupFacts"))],
        "move" => vec![("to", of("GroupStage"))],
        "delegates" => vec![("functions", list_up_to(joint::MAX_NAMED, of("Name")))],
        "settle" => vec![("outcome", of("GroupOutcome")), ("text?", texts())],
        "report" => vec![("report", of("GroupReport"))],
        "verify" => vec![("verified", of("GroupVerified"))],
        "observe" => vec![("period", of("GroupPeriod"))],
        "judge" => vec![
            ("party", of("PartyId")),
            ("record", of("RecordId")),
            ("contested", truth()),
            ("text?", texts()),
        ],
        "seal" => vec![("round", count()), ("digest", of("Digest"))],
        "reveal" => vec![
            ("round", count()),
            ("assessment", of("GroupAssessment")),
            ("salt", of("Digest")),
        ],
        "answer" => vec![("answer", of("GroupAnswer"))],
        "review" => vec![("review", of("GroupReview"))],
        "window" => vec![("until", of("Day"))],
        "write" => vec![
            ("place", matching("[a-z]{0,63}[b-z]")),
            ("lang", of("Lang")),
            ("text?", text()),
        ],
        _ => vec![("version", of("GroupVersion"))],
    }
}

fn facts(word: &str) -> Members {
    let mut members = vec![("texts", texts())];
    let objects = || list_up_to(joint::MAX_NAMED, of("ObjectRef"));
    let (sector, strand) = (("sector", of("GroupSector")), ("strand", of("GroupStrand")));
    let sectors = ("sectors", list(of("GroupSector")));
    let languages = ("languages", list(of("Lang")));
    members.extend(match word {
        "item" => vec![("sector?", of("GroupSector")), strand, ("minutes", count())],
        "action" => vec![
            sector,
            ("planned", of("Day")),
            ("revised?", of("Day")),
            ("achieved?", of("Day")),
            ("after?", objects()),
        ],
        "topic" => vec![strand],
        "programme" => programme(),
        "practice" => vec![
            sector,
            strand,
            ("audience", of("Name")),
            ("evidence", of("EvidenceGrade")),
            ("transfer", texts()),
            ("contact", of("Name")),
            ("refresh", of("Day")),
        ],
        "expert" => vec![
            sectors,
            ("strands", list(of("GroupStrand"))),
            languages,
            ("from?", of("Day")),
        ],
        "request" => vec![
            sector,
            strand,
            languages,
            ("host", of("Name")),
            ("until", of("Day")),
            ("matched?", objects()),
        ],
        "mission" => vec![
            ("functions", list(of("Name"))),
            ("from", of("Day")),
            ("until", of("Day")),
            ("recommendations?", list(texts())),
        ],
        "consultation" => vec![
            ("audience", of("Name")),
            strand,
            ("from", of("Time")),
            ("until", of("Time")),
            ("reply?", texts()),
        ],
        _ => vec![
            ("organisation", of("Name")),
            sectors,
            languages,
            ("until", of("Day")),
        ],
    });
    members
}

fn programme() -> Members {
    vec![
        ("identifier", of("Name")),
        ("partners", list(pair(of("Name"), of("ProgrammeRole")))),
        ("sector", of("GroupSector")),
        ("strand", of("GroupStrand")),
        ("code", of("Code")),
        ("objectives?", list(of("Objective"))),
        ("countries", list(pair(matching("[A-Z]{2}"), count()))),
        ("from?", of("Day")),
        ("until?", of("Day")),
        ("budget?", pair(of("Decimal"), matching("[a-z]{3}"))),
        ("instalments?", list(of("Instalment"))),
        indicators(),
        ("public", truth()),
    ]
}

fn terms(word: &str) -> Members {
    match word {
        "mandate" => vec![("sectors", list(of("GroupSector")))],
        "meeting" => vec![
            ("kind", of("MeetingKind")),
            ("start", of("Time")),
            ("end", of("Time")),
            ("zones", list(of("Name"))),
            ("place", of("Name")),
            ("agenda", list(of("ObjectRef"))),
        ],
        "decision" => vec![
            ("meeting?", of("ObjectRef")),
            ("effect?", of("Day")),
            ("strand?", of("GroupStrand")),
            ("ended?", truth()),
        ],
        "commitment" => vec![
            ("decision?", of("ObjectRef")),
            ("responsible", of("PartyId")),
            ("function", of("Name")),
            ("sector", of("GroupSector")),
            ("strand", of("GroupStrand")),
            ("objective?", of("Objective")),
            ("target?", of("Code")),
            ("due", of("Day")),
            indicators(),
            ("public?", truth()),
            ("closure?", of("Closure")),
        ],
        "indicator" => vec![
            ("code", of("Code")),
            ("unit", of("Name")),
            ("measure", of("Measure")),
            ("ascending", truth()),
            ("aggregation", of("Aggregation")),
            ("baseline?", pair(count(), of("Decimal"))),
            ("target?", of("Decimal")),
            ("parts?", list(of("ObjectRef"))),
        ],
        "communique" => vec![("embargo", of("Time"))],
        _ => Vec::new(),
    }
}

fn parts() -> Vec<Named> {
    let age = json!({ "type": "integer", "minimum": 0, "maximum": 255 });
    let grade = json!({ "type": "integer", "minimum": 1, "maximum": 5 });
    vec![
        (
            "GroupReport",
            object(&[
                ("state", of("Reported")),
                ("text", texts()),
                ("evidence?", list(pair(of("FileName"), of("Digest")))),
            ]),
        ),
        (
            "GroupVerified",
            object(&[("found", of("GroupFinding")), ("text?", texts())]),
        ),
        (
            "GroupPeriod",
            object(&[
                ("from", of("Day")),
                ("until", of("Day")),
                ("target?", of("Decimal")),
                ("actual?", of("Decimal")),
                ("source", of("Name")),
                ("cells?", list(of("GroupCell"))),
                ("text?", texts()),
            ]),
        ),
        (
            "GroupCell",
            object(&[
                ("sex?", of("Sex")),
                ("age?", pair(age.clone(), age)),
                ("region?", of("Name")),
                ("value", of("Decimal")),
            ]),
        ),
        (
            "GroupAssessment",
            object(&[
                ("likelihood", of("Likelihood")),
                ("impact", of("Impact")),
                ("trend", of("Trend")),
                ("reasons", texts()),
            ]),
        ),
        (
            "GroupAnswer",
            object(&[
                ("organisation", of("Name")),
                ("lang", of("Lang")),
                ("text", text()),
            ]),
        ),
        (
            "GroupReview",
            object(&[("grade", grade), ("text", texts())]),
        ),
        (
            "Instalment",
            object(&[
                ("from", of("Day")),
                ("until", of("Day")),
                ("amount", of("Decimal")),
            ]),
        ),
    ]
}

fn lists() -> Vec<Named> {
    fn words<T>(all: &[T], word: fn(&T) -> &'static str) -> Value {
        one_of(all.iter().map(word))
    }
    vec![
        (
            "EvidenceGrade",
            words(joint::Evidence::ALL, |it| it.as_str()),
        ),
        (
            "ProgrammeRole",
            words(joint::ProgrammeRole::ALL, |it| it.as_str()),
        ),
        (
            "MeetingKind",
            words(joint::MeetingKind::ALL, |it| it.as_str()),
        ),
        ("Closure", words(joint::Closure::ALL, |it| it.as_str())),
        ("Measure", words(joint::Measure::ALL, |it| it.as_str())),
        (
            "Aggregation",
            words(joint::Aggregation::ALL, |it| it.as_str()),
        ),
        ("Reported", words(joint::Reported::ALL, |it| it.as_str())),
        (
            "GroupFinding",
            words(joint::Verification::ALL, |it| it.as_str()),
        ),
        ("Sex", words(joint::Sex::ALL, |it| it.as_str())),
        (
            "Likelihood",
            words(joint::Likelihood::ALL, |it| it.as_str()),
        ),
        ("Impact", words(joint::Impact::ALL, |it| it.as_str())),
        ("Trend", words(joint::Trend::ALL, |it| it.as_str())),
    ]
}
