//! Reading a form: every field that does not fit is named, and what does is taken.

use std::collections::BTreeSet;
use std::str::FromStr;

use passerelle_model::{
    Answer, Asking, Author, Code, Completeness, Evaluation, Ground, Handling, InformationGrade,
    Intake, Kind, Lang, Markings, Nature, Origin, Pap, Particulars, Permission, PermittedUse,
    Recipient, Reference, SourceGrade, StructuredData, Tlp, Transfer, tidy,
};

use super::form::{Field, Form};
use crate::view::Draft;

/// A field that does not fit, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// The field.
    pub field: Field,
    /// `E_FIELD_EMPTY` or `E_FIELD_INVALID`.
    pub code: &'static str,
    /// For programs and logs, in English; never what was typed.
    pub detail: String,
}

/// Code of a field that is not answered.
pub(super) const FIELD_EMPTY: &str = "E_FIELD_EMPTY";

/// What the form does not hold but the record needs.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) author: Author,
    pub(super) references: Vec<Reference>,
    pub(super) attachments: Vec<String>,
}

/// Reads a form. The draft is complete where there are no faults; otherwise missing fields
/// stand as placeholders that no agreement lists, so that the rules can still be shown while
/// somebody is typing.
pub(super) fn read(form: &Form, frame: Frame) -> (Draft, Vec<Fault>) {
    let mut reader = Reader {
        form,
        faults: Vec::new(),
    };
    let draft = reader.draft(frame);
    (draft, reader.faults)
}

struct Reader<'a> {
    form: &'a Form,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn draft(&mut self, frame: Frame) -> Draft {
        let request = frame.kind == Kind::Request;
        let recall = frame.kind == Kind::Recall;
        Draft {
            channel: self.optional(Field::Channel),
            kind: frame.kind,
            author: frame.author,
            purpose: self.code(Field::Purpose),
            basis: self.code(Field::Basis),
            class: self.code(Field::Class),
            markings: self.markings(),
            evaluation: self.evaluation(),
            review: self.optional(Field::Review),
            erasure: self.optional(Field::Erasure),
            to: self.recipients(),
            references: frame.references,
            urgency: self.when(request, Field::Urgency),
            reason: self.when(frame.kind == Kind::Refusal, Field::Reason),
            lang: self.required(Field::Lang, Lang::En),
            subject: self.subject(),
            text: self.body(recall),
            data: self.data(frame.kind),
            attachments: frame.attachments,
            offences: self.list(Field::Offences),
            particulars: self.particulars(recall),
            asking: if request { self.asking() } else { None },
            permission: match frame.kind {
                Kind::Answer => self.permission(),
                _ => None,
            },
            intake: self.intake(),
        }
    }

    fn markings(&mut self) -> Markings {
        Markings {
            tlp: self.required(Field::Tlp, Tlp::Red),
            pap: self.required(Field::Pap, Pap::Red),
            handling: self.required(Field::Handling, Handling::H3),
            caveats: self.list(Field::Caveats),
        }
    }

    /// Not assessed is X4.
    fn evaluation(&mut self) -> Evaluation {
        let source: Option<SourceGrade> = self.optional(Field::Source);
        let information: Option<InformationGrade> = self.optional(Field::Information);
        Evaluation {
            source: source.unwrap_or(SourceGrade::X),
            information: information.unwrap_or(InformationGrade::Four),
        }
    }

    fn recipients(&mut self) -> Vec<Recipient> {
        let to: Vec<Recipient> = self.list(Field::To);
        if to.is_empty() {
            self.empty(Field::To);
        }
        to
    }

    fn subject(&mut self) -> String {
        let text = tidy(self.form.text(Field::Subject)).trim().to_owned();
        if text.is_empty() {
            self.empty(Field::Subject);
        } else {
            self.check::<passerelle_model::Subject>(Field::Subject, &text);
        }
        text
    }

    fn body(&mut self, may_lack: bool) -> Option<String> {
        let text = tidy(self.form.text(Field::Text));
        if text.trim().is_empty() {
            if !may_lack {
                self.empty(Field::Text);
            }
            return None;
        }
        self.check::<passerelle_model::Markdown>(Field::Text, &text);
        Some(text)
    }

    /// Whether an answer is partial travels as data, so that both sides count alike.
    fn data(&mut self, kind: Kind) -> Option<StructuredData> {
        let part = self.form.text(Field::Part);
        if kind != Kind::Answer || part.is_empty() {
            return None;
        }
        if !["partial", "final"].contains(&part) {
            self.invalid(Field::Part, "is partial or final");
            return None;
        }
        Some(StructuredData {
            schema: "answer/1".parse().ok()?,
            json: format!("{{\"part\":\"{part}\"}}"),
        })
    }

    fn particulars(&mut self, recall: bool) -> Option<Particulars> {
        match self.form.text(Field::Personal) {
            "yes" => Some(self.personal()),
            "no" => None,
            "" if recall => None,
            "" => {
                self.empty(Field::Personal);
                None
            }
            _ => {
                self.invalid(Field::Personal, "is yes or no");
                None
            }
        }
    }

    fn personal(&mut self) -> Particulars {
        Particulars {
            persons: self.required(Field::Persons, 0),
            categories: self.list(Field::Categories),
            nature: self.required(Field::Nature, Nature::Assessment),
            assessor: self.optional(Field::Assessor),
            as_of: self.required(Field::AsOf, passerelle_model::UtcTime::from_millis(0).day()),
            completeness: self.required(Field::Completeness, Completeness::Unknown),
            minors: self.optional(Field::Minors),
            special: self.list(Field::Special),
            necessity: self.optional(Field::Necessity),
            transfer: Transfer {
                ground: self.required(Field::Ground, Ground::Derogation),
                reference: self.optional(Field::GroundReference),
                reason: self.optional(Field::GroundReason),
                balance: self.optional(Field::Balance),
            },
            origin: self.origin(),
        }
    }

    fn origin(&mut self) -> Option<Origin> {
        let country = self.optional(Field::Origin)?;
        Some(Origin {
            country,
            consent: self.optional(Field::OriginConsent),
            threat: self.optional(Field::OriginThreat),
        })
    }

    fn asking(&mut self) -> Option<Asking> {
        let held_because = self.optional(Field::HeldBecause);
        if held_because.is_none() {
            self.empty(Field::HeldBecause);
        }
        let (link, urgency_reason) = (
            self.optional(Field::Link),
            self.optional(Field::UrgencyReason),
        );
        let (limits, file) = (self.optional(Field::Limits), self.optional(Field::File));
        held_because.map(|held_because| Asking {
            held_because,
            link,
            urgency_reason,
            limits,
            file,
        })
    }

    /// An answer gives a permission exactly where it says what is permitted.
    fn permission(&mut self) -> Option<Permission> {
        let uses: Vec<PermittedUse> = self.list(Field::PermitUses);
        if uses.is_empty() {
            return None;
        }
        let other = uses.contains(&PermittedUse::OtherPurpose);
        let purpose = self.when(other, Field::PermitPurpose);
        let parties = match uses.contains(&PermittedUse::Dissemination) {
            true => self.list(Field::PermitParties),
            false => Vec::new(),
        };
        let record = self.when(true, Field::PermitRecord)?;
        Some(Permission {
            record,
            uses,
            purpose,
            parties,
        })
    }

    fn intake(&mut self) -> Option<Intake> {
        if self.form.text(Field::Personal) != "yes" {
            return None;
        }
        let tainted: Option<Answer> = self.optional(Field::Tainted);
        let protection: Option<Answer> = self.optional(Field::Protection);
        for (field, answer) in [(Field::Tainted, tainted), (Field::Protection, protection)] {
            if answer.is_none() && self.form.text(field).is_empty() {
                self.empty(field);
            }
        }
        Some(Intake {
            tainted: tainted?,
            protection: protection?,
        })
    }

    fn code(&mut self, field: Field) -> Code {
        match self.optional(field) {
            Some(code) => code,
            None => {
                self.empty_where_untold(field);
                placeholder()
            }
        }
    }

    fn when<T: FromStr<Err = passerelle_model::Error>>(
        &mut self,
        needed: bool,
        field: Field,
    ) -> Option<T> {
        if !needed {
            return None;
        }
        let value = self.optional(field);
        if value.is_none() {
            self.empty_where_untold(field);
        }
        value
    }

    fn required<T: FromStr>(&mut self, field: Field, fallback: T) -> T
    where
        T::Err: std::fmt::Display,
    {
        match self.optional(field) {
            Some(value) => value,
            None => {
                self.empty_where_untold(field);
                fallback
            }
        }
    }

    fn optional<T: FromStr>(&mut self, field: Field) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        let text = tidy(self.form.text(field)).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        match text.parse() {
            Ok(value) => Some(value),
            Err(_) => {
                self.invalid(field, "is not one of its values, or too long");
                None
            }
        }
    }

    fn list<T: FromStr + Ord>(&mut self, field: Field) -> Vec<T> {
        let mut values = BTreeSet::new();
        for text in self.form.all(field) {
            match text.trim().parse() {
                Ok(value) => {
                    values.insert(value);
                }
                Err(_) => self.invalid(field, "holds a value that is none of its"),
            }
        }
        values.into_iter().collect()
    }

    fn check<T: FromStr>(&mut self, field: Field, text: &str)
    where
        T::Err: std::fmt::Display,
    {
        if let Err(error) = text.parse::<T>() {
            self.invalid(field, &error.to_string());
        }
    }

    fn empty(&mut self, field: Field) {
        self.faults.push(Fault {
            field,
            code: FIELD_EMPTY,
            detail: format!("{} is empty", field.name()),
        });
    }

    fn empty_where_untold(&mut self, field: Field) {
        if !self.faults.iter().any(|fault| fault.field == field) {
            self.empty(field);
        }
    }

    fn invalid(&mut self, field: Field, why: &str) {
        self.faults.push(Fault {
            field,
            code: "E_FIELD_INVALID",
            detail: format!("{} {why}", field.name()),
        });
    }
}

/// A code that no agreement lists.
#[expect(clippy::expect_used, reason = "the literal is a code; a test reads it")]
fn placeholder() -> Code {
    "not-chosen".parse().expect("a code")
}

#[cfg(test)]
mod tests;
