//! The agreement: a TOML document that people read and nodes enforce.
//!
//! Its hash is SHA-256 of the exact bytes of the file, so anyone can compute it with
//! `sha256sum`. Parsing is strict: an unknown field is an error, never ignored, because a
//! misspelt restriction must not vanish.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    AgreementHash, ChannelId, Code, Day, Error, Lang, Names, PartyId, Recipient, Side, UnitId,
    Urgency, VerifyingKey,
};

/// Largest agreement document, in bytes.
pub const MAX_AGREEMENT_BYTES: usize = 256 * 1024;
/// Most members.
pub const MAX_MEMBERS: usize = 64;

/// An agreement with the exact text that its parties sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    text: String,
    hash: AgreementHash,
    terms: Terms,
}

impl Agreement {
    /// Reads and checks a document.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_AGREEMENT_BYTES {
            return Err(Error::text(
                "agreement",
                format!("more than {MAX_AGREEMENT_BYTES} bytes"),
            ));
        }
        if text.contains('\r') || !unicode_normalization::is_nfc(text) {
            return Err(Error::text(
                "agreement",
                "use LF line ends and Unicode normal form C",
            ));
        }
        let terms: Terms = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
        terms.check()?;
        let hash = AgreementHash::new(Sha256::digest(text.as_bytes()).into());
        Ok(Self {
            text: text.to_owned(),
            hash,
            terms,
        })
    }

    /// The exact text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// SHA-256 of the exact text.
    pub fn hash(&self) -> AgreementHash {
        self.hash
    }

    /// What it says.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }
}

/// Where and why a text is not an agreement; foreign text is repeated short and escaped.
fn unreadable(text: &str, error: &toml::de::Error) -> Error {
    let before = error
        .span()
        .and_then(|span| text.get(..span.start))
        .unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let why: String = error
        .message()
        .chars()
        .take(200)
        .flat_map(char::escape_debug)
        .collect();
    Error::Document(format!("agreement: line {line}: {why}"))
}

/// What an agreement says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Stable identifier through all revisions: the channel.
    pub id: ChannelId,
    /// 1, then one more each time.
    pub revision: u32,
    /// Hash of the revision it replaces; none for revision 1.
    pub replaces: Option<AgreementHash>,
    /// On which side of the wall it stands, the same in every revision.
    #[serde(default)]
    pub side: Side,
    /// Title.
    pub title: Names,
    /// Languages in which records may be written.
    pub languages: Vec<Lang>,
    /// First day in force.
    pub in_force_from: Day,
    /// Last day in force; open-ended where absent.
    pub in_force_until: Option<Day>,
    /// Members, at least two.
    pub member: Vec<Member>,
    /// Purposes records may have.
    pub purpose: Vec<Purpose>,
    /// Legal bases with their dates.
    pub basis: Vec<Basis>,
    /// Offences covered.
    pub scope: Scope,
    /// Data classes and who may receive them.
    pub data_class: Vec<DataClass>,
    /// Hours to answer, per urgency.
    pub deadlines: Deadlines,
    /// How long records may be kept.
    pub retention: Retention,
    /// Use restrictions that records may carry.
    #[serde(default)]
    pub caveat: Vec<Caveat>,
    /// National marking levels and the TLP level each corresponds to.
    #[serde(default)]
    pub marking_map: Vec<MarkingMap>,
    /// Volume limits per member.
    pub quotas: Quotas,
}

/// A member and the units that take part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The party.
    pub party: PartyId,
    /// Its root key, so that the text says who signs and not only what they are called.
    pub root: VerifyingKey,
    /// Units that may receive records.
    pub units: Vec<UnitId>,
}

/// A purpose, and the legal bases that carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: Names,
    /// Codes of legal bases.
    pub bases: Vec<Code>,
}

/// A legal basis with the days it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Its code.
    pub code: Code,
    /// Its title.
    pub title: Names,
    /// First day in force.
    pub from: Day,
    /// Last day in force; open-ended where absent.
    pub until: Option<Day>,
}

impl Basis {
    /// Whether it is in force on `day`.
    pub fn in_force(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Offences the agreement covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Offence codes.
    pub offences: Vec<Code>,
    /// Lowest maximum penalty, in years, for an offence to be covered.
    pub least_maximum_penalty_years: u32,
}

/// A class of data and the units of each member that may receive it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataClass {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: Names,
    /// `party/unit` of each unit that may receive it.
    #[serde(with = "recipients")]
    pub recipients: BTreeSet<Recipient>,
}

/// Hours within which an answer is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadlines {
    /// Hours for urgent requests.
    pub urgent_hours: u32,
    /// Hours for priority requests.
    pub priority_hours: u32,
    /// Hours for normal requests.
    pub normal_hours: u32,
}

impl Deadlines {
    /// Hours for `urgency`.
    pub fn hours(&self, urgency: Urgency) -> u32 {
        match urgency {
            Urgency::Urgent => self.urgent_hours,
            Urgency::Priority => self.priority_hours,
            Urgency::Normal => self.normal_hours,
        }
    }
}

/// How long records may be kept, counted from their release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Latest review, in days.
    pub review_days: u32,
    /// Latest erasure, in days.
    pub erasure_days: u32,
}

/// A use restriction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caveat {
    /// Its code.
    pub code: Code,
    /// Its text.
    pub text: Names,
    /// Whether every record must carry it.
    #[serde(default)]
    pub always: bool,
}

/// One national level and what it means here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkingMap {
    /// Whose scheme.
    pub party: PartyId,
    /// The level as the party names it.
    pub level: crate::Name,
    /// The TLP level it stands for.
    pub tlp: crate::Tlp,
}

/// Volume limits, per member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotas {
    /// Records a member may release in a UTC day.
    pub records_per_day: u64,
    /// Private hit/no-hit questions a member may ask in a UTC day.
    pub questions_per_day: u64,
    /// Largest attachment, in bytes.
    pub attachment_bytes: u64,
}

impl Terms {
    /// The member, if it is one.
    pub fn member(&self, party: &PartyId) -> Option<&Member> {
        self.member.iter().find(|member| member.party == *party)
    }

    /// The members other than `party`.
    pub fn partners<'a>(&'a self, party: &'a PartyId) -> impl Iterator<Item = &'a Member> {
        self.member
            .iter()
            .filter(move |member| member.party != *party)
    }

    /// The purpose with `code`.
    pub fn purpose(&self, code: &Code) -> Option<&Purpose> {
        self.purpose.iter().find(|purpose| purpose.code == *code)
    }

    /// The legal basis with `code`.
    pub fn basis(&self, code: &Code) -> Option<&Basis> {
        self.basis.iter().find(|basis| basis.code == *code)
    }

    /// The data class with `code`.
    pub fn data_class(&self, code: &Code) -> Option<&DataClass> {
        self.data_class.iter().find(|class| class.code == *code)
    }

    /// The caveat with `code`.
    pub fn caveat(&self, code: &Code) -> Option<&Caveat> {
        self.caveat.iter().find(|caveat| caveat.code == *code)
    }

    /// Whether the agreement is in force on `day`.
    pub fn in_force(&self, day: Day) -> bool {
        self.in_force_from <= day && self.in_force_until.is_none_or(|until| day <= until)
    }

    fn check(&self) -> Result<(), Error> {
        let refuse = |why: String| Err(Error::Document(format!("agreement: {why}")));
        if self.member.len() < 2 || self.member.len() > MAX_MEMBERS {
            return refuse(format!(
                "{} members; between 2 and {MAX_MEMBERS}",
                self.member.len()
            ));
        }
        if self.revision == 0 || (self.revision == 1) != self.replaces.is_none() {
            return refuse("revision 1 replaces nothing, later ones name what they replace".into());
        }
        if self
            .in_force_until
            .is_some_and(|until| until < self.in_force_from)
        {
            return refuse("ends before it begins".into());
        }
        if self.languages.is_empty() || self.purpose.is_empty() || self.data_class.is_empty() {
            return refuse("needs a language, a purpose and a data class".into());
        }
        if self.retention.review_days > self.retention.erasure_days {
            return refuse("review comes after erasure".into());
        }
        self.check_unique()?;
        self.check_links()
    }

    fn check_unique(&self) -> Result<(), Error> {
        unique(
            "member",
            self.member.iter().map(|member| member.party.as_str()),
        )?;
        unique(
            "purpose",
            self.purpose.iter().map(|purpose| purpose.code.as_str()),
        )?;
        unique("basis", self.basis.iter().map(|basis| basis.code.as_str()))?;
        unique(
            "data class",
            self.data_class.iter().map(|class| class.code.as_str()),
        )?;
        unique(
            "caveat",
            self.caveat.iter().map(|caveat| caveat.code.as_str()),
        )?;
        self.member
            .iter()
            .try_for_each(|member| unique("unit", member.units.iter().map(UnitId::as_str)))
    }

    /// Every code that is used is defined, and every recipient is a member's unit.
    fn check_links(&self) -> Result<(), Error> {
        for purpose in &self.purpose {
            if purpose.bases.is_empty() {
                return Err(undefined("legal basis for purpose", purpose.code.as_str()));
            }
            if let Some(missing) = purpose.bases.iter().find(|code| self.basis(code).is_none()) {
                return Err(undefined("basis", missing.as_str()));
            }
        }
        for recipient in self.data_class.iter().flat_map(|class| &class.recipients) {
            let listed = self
                .member(&recipient.party)
                .is_some_and(|member| member.units.contains(&recipient.unit));
            if !listed {
                return Err(undefined("unit", &recipient.to_string()));
            }
        }
        match self
            .marking_map
            .iter()
            .find(|entry| self.member(&entry.party).is_none())
        {
            Some(entry) => Err(undefined("member", entry.party.as_str())),
            None => Ok(()),
        }
    }
}

fn unique<'a>(what: &str, items: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for item in items {
        if !seen.insert(item) {
            return Err(Error::Document(format!(
                "agreement: {what} \"{item}\" stands twice"
            )));
        }
    }
    Ok(())
}

fn undefined(what: &str, code: &str) -> Error {
    Error::Document(format!(
        "agreement: {what} \"{code}\" is used but not defined"
    ))
}

/// Recipients as `party/unit` strings, for readers' sake.
mod recipients {
    use std::collections::BTreeSet;

    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::Recipient;

    pub(super) fn serialize<S: Serializer>(
        set: &BTreeSet<Recipient>,
        s: S,
    ) -> Result<S::Ok, S::Error> {
        s.collect_seq(set.iter().map(Recipient::to_string))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        d: D,
    ) -> Result<BTreeSet<Recipient>, D::Error> {
        Vec::<String>::deserialize(d)?
            .iter()
            .map(|text| text.parse().map_err(serde::de::Error::custom))
            .collect()
    }
}

/// What changed between two revisions: one line a field, `path: before → after`.
pub fn diff(before: &Terms, after: &Terms) -> Vec<Change> {
    let (mut left, mut right) = (BTreeMap::new(), BTreeMap::new());
    flatten(
        "",
        &serde_json::to_value(before).unwrap_or_default(),
        &mut left,
    );
    flatten(
        "",
        &serde_json::to_value(after).unwrap_or_default(),
        &mut right,
    );
    let paths: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    paths
        .into_iter()
        .filter(|path| left.get(*path) != right.get(*path))
        .map(|path| Change {
            path: path.clone(),
            before: left.get(path).cloned(),
            after: right.get(path).cloned(),
        })
        .collect()
}

/// One difference between two revisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where, such as `purpose.terrorism.name.fr`.
    pub path: String,
    /// Value before; none where it is new.
    pub before: Option<String>,
    /// Value after; none where it is gone.
    pub after: Option<String>,
}

/// Lists are keyed by what names their items, so that an inserted purpose does not make all
/// later ones look changed.
fn flatten(path: &str, value: &serde_json::Value, out: &mut BTreeMap<String, String>) {
    use serde_json::Value;
    let below = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match value {
        Value::Null => {}
        Value::Object(fields) => fields
            .iter()
            .for_each(|(key, v)| flatten(&below(key), v, out)),
        Value::Array(items) => items.iter().for_each(|item| {
            let key = ["code", "party"]
                .iter()
                .find_map(|key| item.get(key)?.as_str());
            match (key, item.as_str()) {
                (Some(key), _) => flatten(&below(key), item, out),
                (None, Some(text)) => drop(out.insert(below(text), "listed".to_owned())),
                (None, None) => drop(out.insert(below(&item.to_string()), "listed".to_owned())),
            }
        }),
        Value::String(text) => drop(out.insert(path.to_owned(), text.clone())),
        other => drop(out.insert(path.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) const SAMPLE: &str = include_str!("../tests/data/agreement.toml");

    #[test]
    fn sample_reads_and_hashes() {
        let agreement = Agreement::parse(SAMPLE).unwrap();
        assert_eq!(agreement.terms().id.as_str(), "ma-be-security");
        assert_eq!(agreement.hash(), Agreement::parse(SAMPLE).unwrap().hash());
        let spaced = SAMPLE.replacen("revision = 1", "revision =  1", 1);
        assert_ne!(Agreement::parse(&spaced).unwrap().hash(), agreement.hash());
    }

    #[test]
    fn each_fault_is_named() {
        let cases = [
            (
                "revision = 1",
                "revision = 2",
                "revision 1 replaces nothing",
            ),
            ("revision = 1", "revison = 1", "unknown field"),
            (
                "bases = [\"convention-2014\"]",
                "bases = [\"nothing\"]",
                "not defined",
            ),
            ("be.interior/police\"", "be.interior/navy\"", "not defined"),
            (
                "review_days = 365",
                "review_days = 9999",
                "review comes after erasure",
            ),
            (
                "in_force_from = \"2022-06-01\"",
                "in_force_from = \"2099-01-01\"",
                "ends before",
            ),
            (
                "code = \"trafficking\"",
                "code = \"terrorism\"",
                "stands twice",
            ),
            ("id = \"ma-be-security\"", "id = \"MA BE\"", "not valid"),
        ];
        for (good, bad, why) in cases {
            let text = SAMPLE.replacen(good, bad, 1);
            assert_ne!(text, SAMPLE, "{good} not in sample");
            let error = Agreement::parse(&text).unwrap_err().to_string();
            assert!(error.contains(why), "{bad}: {error}");
        }
        assert!(Agreement::parse(&SAMPLE.replace('\n', "\r\n")).is_err());
        assert!(Agreement::parse(&"#".repeat(MAX_AGREEMENT_BYTES + 1)).is_err());
    }

    #[test]
    fn a_side_is_cases_where_none_is_said() {
        let cases = Agreement::parse(SAMPLE).unwrap();
        assert_eq!(cases.terms().side, Side::Cases);
        let text = SAMPLE.replacen("revision = 1", "revision = 1\nside = \"group\"", 1);
        let group = Agreement::parse(&text).unwrap();
        assert_eq!(group.terms().side, Side::Group);
        let changes = diff(cases.terms(), group.terms());
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].path, "side");
        let unknown = text.replace("\"group\"", "\"both\"");
        assert!(Agreement::parse(&unknown).is_err());
    }

    #[test]
    fn diff_names_what_changed() {
        let before = Agreement::parse(SAMPLE).unwrap();
        let after = SAMPLE.replace("urgent_hours = 8", "urgent_hours = 6");
        let changes = diff(before.terms(), Agreement::parse(&after).unwrap().terms());
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].path, "deadlines.urgent_hours");
        assert_eq!(changes[0].after.as_deref(), Some("6"));
    }
}
