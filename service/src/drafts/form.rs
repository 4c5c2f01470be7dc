//! What an officer typed: kept as it was typed, whether it is valid or not, so that nothing
//! is ever lost; and read into a draft record, naming every field that does not fit.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Most bytes of one form, all fields together (1 MiB).
pub const MAX_FORM_BYTES: usize = 1024 * 1024;
/// Most values of one field.
pub const MAX_FIELD_VALUES: usize = 64;

macro_rules! fields {
    ($($(#[$meta:meta])* $variant:ident = $name:literal,)+) => {
        /// A field of the form, named alike in HTML, JSON and messages.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Field { $($(#[$meta])* #[serde(rename = $name)] $variant,)+ }

        impl Field {
            /// Every field, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

fields! {
    /// Agreement, by its channel.
    Channel = "channel",
    /// Sending unit.
    Unit = "unit",
    /// Recipient units (several).
    To = "to",
    /// Urgency of a request.
    Urgency = "urgency",
    /// Why it cannot wait.
    UrgencyReason = "urgency-reason",
    /// Subject line.
    Subject = "subject",
    /// Text.
    Text = "text",
    /// Language of subject and text.
    Lang = "lang",
    /// Purpose.
    Purpose = "purpose",
    /// Legal basis.
    Basis = "basis",
    /// Offences (several).
    Offences = "offences",
    /// Why the other side is thought to hold it.
    HeldBecause = "held-because",
    /// Link between persons and purpose.
    Link = "link",
    /// Limits of use.
    Limits = "limits",
    /// File number.
    File = "file",
    /// Reason of a refusal.
    Reason = "reason",
    /// Whether an answer is partial or final.
    Part = "part",
    /// Record of ours that an answer gives a permission for.
    PermitRecord = "permit-record",
    /// What it permits (several).
    PermitUses = "permit-uses",
    /// The other purpose it permits.
    PermitPurpose = "permit-purpose",
    /// Parties it permits passing on to (several).
    PermitParties = "permit-parties",
    /// Data class.
    Class = "class",
    /// Whether persons are concerned: `yes` or `no`.
    Personal = "personal",
    /// How many.
    Persons = "persons",
    /// Person categories (several).
    Categories = "categories",
    /// Fact or assessment.
    Nature = "nature",
    /// Body behind an assessment.
    Assessor = "assessor",
    /// As of which day.
    AsOf = "as-of",
    /// Complete, partial, unknown.
    Completeness = "completeness",
    /// Best-interests reason where minors are concerned.
    Minors = "minors",
    /// Special categories (several).
    Special = "special",
    /// Why they are strictly necessary.
    Necessity = "necessity",
    /// Ground of the transfer.
    Ground = "ground",
    /// Reference of the ground.
    GroundReference = "ground-reference",
    /// Reason of the ground.
    GroundReason = "ground-reason",
    /// Why no fundamental right outweighs it.
    Balance = "balance",
    /// State the data came from.
    Origin = "origin",
    /// Its authorisation.
    OriginConsent = "origin-consent",
    /// The threat that left no time to ask it.
    OriginThreat = "origin-threat",
    /// Could it come from torture?
    Tainted = "tainted",
    /// Is a person seeking protection concerned?
    Protection = "protection",
    /// Source grade of the 4x4 evaluation.
    Source = "source",
    /// Information grade of the 4x4 evaluation.
    Information = "information",
    /// Traffic light.
    Tlp = "tlp",
    /// Permissible actions.
    Pap = "pap",
    /// Handling code.
    Handling = "handling",
    /// Caveats (several).
    Caveats = "caveats",
    /// Review day.
    Review = "review",
    /// Erasure day.
    Erasure = "erasure",
}

impl Field {
    /// The field of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }
}

/// What stands in the fields. A field with no value is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form(BTreeMap<Field, Vec<String>>);

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// The form with these fields as a browser sends them; unknown names are left aside, and
    /// so is what goes beyond the limits, which is told by `false`.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, bool) {
        let (mut form, mut bytes, mut whole) = (Self::default(), 0_usize, true);
        for (name, value) in pairs {
            let Some(field) = Field::named(name) else {
                continue;
            };
            bytes = bytes.saturating_add(value.len());
            let values = form.0.entry(field).or_default();
            if bytes > MAX_FORM_BYTES || values.len() >= MAX_FIELD_VALUES {
                whole = false;
            } else if !value.trim().is_empty() {
                values.push(value.replace("\r\n", "\n"));
            }
        }
        form.0.retain(|_, values| !values.is_empty());
        (form, whole)
    }

    /// The first value of a field; empty where there is none.
    pub fn text(&self, field: Field) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// All values of a field.
    pub fn all(&self, field: Field) -> &[String] {
        self.0.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Whether one of the values of a field is `value`.
    pub fn has(&self, field: Field, value: &str) -> bool {
        self.all(field).iter().any(|held| held == value)
    }

    /// The same with one field replaced; no values remove it.
    #[must_use]
    pub fn with<S: ToString>(mut self, field: Field, values: impl IntoIterator<Item = S>) -> Self {
        let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        match values.is_empty() {
            true => self.0.remove(&field),
            false => self.0.insert(field, values),
        };
        self
    }

    /// Fields that differ between this form and another.
    pub fn changed(&self, other: &Self) -> BTreeSet<Field> {
        let both = self.0.keys().chain(other.0.keys()).copied();
        both.filter(|field| self.all(*field) != other.all(*field))
            .collect()
    }

    /// Fields with their values, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &[String])> {
        self.0
            .iter()
            .map(|(field, values)| (*field, values.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_typed_and_leaves_foreign_fields_aside() {
        let pairs = [
            ("subject", "  a\r\nb "),
            ("to", "be.interior/police"),
            ("to", "be.interior/liaison"),
            ("csrf", "x"),
            ("text", "  "),
        ];
        let (form, whole) = Form::from_pairs(pairs);
        assert!(whole);
        assert_eq!(form.text(Field::Subject), "  a\nb ");
        assert_eq!(form.all(Field::To).len(), 2);
        assert!(form.all(Field::Text).is_empty());
    }

    #[test]
    fn limits_are_told() {
        let long = "x".repeat(MAX_FORM_BYTES + 1);
        assert!(!Form::from_pairs([("text", long.as_str())]).1);
        let many = vec![("to", "a"); MAX_FIELD_VALUES + 1];
        let (form, whole) = Form::from_pairs(many);
        assert_eq!(
            (form.all(Field::To).len(), whole),
            (MAX_FIELD_VALUES, false)
        );
    }

    #[test]
    fn differences_are_found_both_ways() {
        let before = Form::new()
            .with(Field::Subject, ["a"])
            .with(Field::Text, ["t"]);
        let after = Form::new()
            .with(Field::Subject, ["b"])
            .with(Field::Limits, ["l"]);
        let changed: Vec<Field> = before.changed(&after).into_iter().collect();
        assert_eq!(changed, [Field::Subject, Field::Text, Field::Limits]);
        assert!(before.changed(&before).is_empty());
    }

    #[test]
    fn names_are_unique() {
        let names: BTreeSet<&str> = Field::ALL.iter().map(|field| field.name()).collect();
        assert_eq!(names.len(), Field::ALL.len());
    }
}
