//! The form of a draft, from one description: which fields a kind of record has, what can be
//! chosen, what stands there, what is wrong with it.

use passerelle_model::{
    Answer as YesNo, CardContent, Code, Completeness, Ground, Handling, InformationGrade, Kind,
    Lang, Names, Nature, Pap, PermittedUse, PersonCategory, RefusalReason, SourceGrade,
    SpecialCategory, Terms, Tlp, Urgency,
};
use passerelle_service::{Fault, Field, Form};

use crate::frame::Page;

/// A value that is refused and longer than this is refused for its length, in bytes.
pub(crate) const LONG_BYTES: usize = 1_000;

/// One section.
pub(crate) struct Section {
    pub(crate) id: &'static str,
    pub(crate) title: String,
    /// Why it is asked, in a sentence.
    pub(crate) why: String,
    pub(crate) fields: Vec<FieldView>,
}

/// One field.
pub(crate) struct FieldView {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) shape: &'static str,
    pub(crate) value: String,
    pub(crate) options: Vec<Choice>,
    pub(crate) fault: Option<String>,
    pub(crate) changed: bool,
    /// What a reader sees: the labels of what was chosen.
    pub(crate) said: String,
}

impl FieldView {
    /// Whether something is said about it beside its label.
    pub(crate) fn described(&self) -> bool {
        self.hint.is_some() || self.fault.is_some()
    }

    /// Whether somebody wrote it, in whatever script; what is chosen stands in the reader's.
    pub(crate) fn typed(&self) -> bool {
        self.options.is_empty() && self.shape != "date"
    }
}

/// One choice.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) on: bool,
}

/// What a form is drawn from.
pub(crate) struct Sheet<'a> {
    pub(crate) p: &'a Page,
    pub(crate) kind: Kind,
    pub(crate) form: &'a Form,
    pub(crate) faults: &'a [Fault],
    pub(crate) changed: &'a [Field],
    pub(crate) terms: Option<&'a Terms>,
    pub(crate) own: &'a CardContent,
    pub(crate) partners: &'a [CardContent],
}

impl Sheet<'_> {
    /// The sections of this kind, in the order in which a letter is written.
    pub(crate) fn sections(&self) -> Vec<Section> {
        let (asks, answers) = (self.kind == Kind::Request, self.kind == Kind::Answer);
        let mut first = vec![Field::Unit, Field::To];
        first.extend(asks.then_some(Field::Urgency));
        first.extend(asks.then_some(Field::UrgencyReason));
        let mut text = vec![Field::Lang, Field::Subject, Field::Text];
        text.extend(answers.then_some(Field::Part));
        if answers {
            text.extend([
                Field::PermitUses,
                Field::PermitRecord,
                Field::PermitPurpose,
                Field::PermitParties,
            ]);
        }
        text.extend((self.kind == Kind::Refusal).then_some(Field::Reason));
        let mut law = vec![Field::Purpose, Field::Basis, Field::Offences, Field::Class];
        if asks {
            law.extend([Field::HeldBecause, Field::Link, Field::Limits, Field::File]);
        }
        let persons = [
            Field::Personal,
            Field::Persons,
            Field::Categories,
            Field::Nature,
            Field::Assessor,
            Field::AsOf,
            Field::Completeness,
            Field::Minors,
            Field::Special,
            Field::Necessity,
            Field::Ground,
            Field::GroundReference,
            Field::GroundReason,
            Field::Balance,
            Field::Origin,
            Field::OriginConsent,
            Field::OriginThreat,
            Field::Tainted,
            Field::Protection,
        ];
        let marks = [
            Field::Source,
            Field::Information,
            Field::Tlp,
            Field::Pap,
            Field::Handling,
            Field::Caveats,
            Field::Review,
            Field::Erasure,
        ];
        vec![
            self.section("to", &first),
            self.section("text", &text),
            self.section("law", &law),
            self.section("persons", &persons),
            self.section("marks", &marks),
        ]
    }

    fn section(&self, id: &'static str, fields: &[Field]) -> Section {
        Section {
            id,
            title: self.p.t(&format!("section-{id}")),
            why: self.p.t(&format!("section-{id}-why")),
            fields: fields.iter().map(|field| self.field(*field)).collect(),
        }
    }

    fn field(&self, field: Field) -> FieldView {
        let (shape, options) = self.choices(field);
        let name = field.name();
        let hint = self.p.t(&format!("hint-{name}"));
        let fault = self.faults.iter().find(|fault| fault.field == field);
        let said: Vec<String> = match options.is_empty() {
            true => self
                .form
                .all(field)
                .iter()
                .map(|typed| match shape {
                    "date" => self.p.day(typed),
                    _ => crate::frame::visible(typed),
                })
                .collect(),
            false => options
                .iter()
                .filter(|option| option.on && !option.value.is_empty())
                .map(|option| option.label.clone())
                .collect(),
        };
        FieldView {
            name,
            label: self.p.t(&format!("field-{name}")),
            hint: Some(hint).filter(|hint| !hint.starts_with('[')),
            shape,
            value: self.form.text(field).to_owned(),
            options,
            fault: fault.map(|fault| match fault.code {
                "E_FIELD_EMPTY" => self.p.t("fault-empty"),
                _ if self.form.text(field).len() > LONG_BYTES => self.p.t("fault-long"),
                _ => self.p.t("fault-invalid"),
            }),
            changed: self.changed.contains(&field),
            said: said.join(" · "),
        }
    }

    fn choices(&self, field: Field) -> (&'static str, Vec<Choice>) {
        match field {
            Field::Text => ("area", Vec::new()),
            Field::HeldBecause
            | Field::Link
            | Field::Limits
            | Field::UrgencyReason
            | Field::Minors
            | Field::Necessity
            | Field::GroundReason
            | Field::Balance
            | Field::OriginThreat => ("note", Vec::new()),
            Field::AsOf | Field::Review | Field::Erasure => ("date", Vec::new()),
            Field::Persons => ("number", Vec::new()),
            Field::Unit => ("select", self.units(field)),
            Field::To => ("checks", self.recipients(field)),
            Field::Lang => ("select", self.languages(field)),
            Field::Urgency => ("radios", self.words(field, "urgency", Urgency::ALL)),
            Field::Reason => ("radios", self.words(field, "reason", RefusalReason::ALL)),
            Field::Part => ("radios", self.words(field, "part", &["final", "partial"])),
            Field::Personal => ("radios", self.words(field, "answer", &["no", "yes"])),
            Field::PermitUses => ("checks", self.words(field, "permit", PermittedUse::ALL)),
            Field::PermitParties => ("checks", self.parties(field)),
            Field::Categories => ("checks", self.words(field, "category", PersonCategory::ALL)),
            Field::Nature => ("radios", self.words(field, "nature", Nature::ALL)),
            Field::Completeness => (
                "radios",
                self.words(field, "completeness", Completeness::ALL),
            ),
            Field::Special => ("checks", self.words(field, "special", SpecialCategory::ALL)),
            Field::Ground => ("radios", self.words(field, "ground", Ground::ALL)),
            Field::Tainted | Field::Protection => {
                ("radios", self.words(field, "answer", YesNo::ALL))
            }
            Field::Source => ("select", self.words(field, "source", SourceGrade::ALL)),
            Field::Information => (
                "select",
                self.words(field, "information", InformationGrade::ALL),
            ),
            Field::Tlp => ("select", self.labels(field, "TLP:", Tlp::ALL)),
            Field::Pap => ("select", self.labels(field, "PAP:", Pap::ALL)),
            Field::Handling => ("select", self.words(field, "handling", Handling::ALL)),
            Field::Purpose
            | Field::PermitPurpose
            | Field::Basis
            | Field::Class
            | Field::Offences
            | Field::Caveats => self.terms_field(field),
            _ => ("text", Vec::new()),
        }
    }

    fn terms_field(&self, field: Field) -> (&'static str, Vec<Choice>) {
        let Some(terms) = self.terms else {
            return ("text", Vec::new());
        };
        let named = |(code, names): (&Code, &Names)| {
            self.choice(field, code.as_str(), names.in_lang(self.p.lang).to_string())
        };
        match field {
            Field::Purpose | Field::PermitPurpose => {
                let all = terms.purpose.iter().map(|one| (&one.code, &one.name));
                ("radios", all.map(named).collect())
            }
            Field::Basis => {
                let all = terms.basis.iter().map(|one| (&one.code, &one.title));
                ("radios", all.map(named).collect())
            }
            Field::Class => {
                let all = terms.data_class.iter().map(|one| (&one.code, &one.name));
                ("radios", all.map(named).collect())
            }
            Field::Caveats => {
                let all = terms.caveat.iter().map(|one| (&one.code, &one.text));
                ("checks", all.map(named).collect())
            }
            _ => {
                let all = terms.scope.offences.iter();
                let choice =
                    |code: &Code| self.choice(field, code.as_str(), self.p.code("offence", code));
                ("checks", all.map(choice).collect())
            }
        }
    }

    fn units(&self, field: Field) -> Vec<Choice> {
        unit_names(self.own, self.p.lang)
            .map(|(unit, label)| self.choice(field, &unit, label))
            .collect()
    }

    fn recipients(&self, field: Field) -> Vec<Choice> {
        let of = |card: &CardContent| {
            let party = card.names.in_lang(self.p.lang).to_string();
            unit_names(card, self.p.lang)
                .map(|(unit, label)| {
                    let value = format!("{}/{unit}", card.party);
                    self.choice(field, &value, format!("{party} — {label}"))
                })
                .collect::<Vec<_>>()
        };
        self.partners.iter().flat_map(of).collect()
    }

    /// Parties of the agreement that somebody else could pass a record of ours on to.
    fn parties(&self, field: Field) -> Vec<Choice> {
        let members = self.terms.map(|terms| terms.member.as_slice());
        members
            .unwrap_or_default()
            .iter()
            .filter(|member| member.party != self.own.party)
            .map(|member| {
                let card = self.partners.iter().find(|one| one.party == member.party);
                let label = card.map_or_else(
                    || member.party.to_string(),
                    |card| card.names.in_lang(self.p.lang).to_string(),
                );
                self.choice(field, member.party.as_str(), label)
            })
            .collect()
    }

    fn languages(&self, field: Field) -> Vec<Choice> {
        let allowed = |lang: &Lang| {
            self.terms
                .is_none_or(|terms| terms.languages.contains(lang))
        };
        Lang::ALL
            .iter()
            .filter(|lang| allowed(lang))
            .map(|lang| {
                self.choice(
                    field,
                    &lang.to_string(),
                    crate::words::own_name(*lang).to_owned(),
                )
            })
            .collect()
    }

    fn words<T: ToString>(&self, field: Field, list: &str, all: &[T]) -> Vec<Choice> {
        all.iter()
            .map(|one| {
                let value = one.to_string();
                let label = self.p.word(list, &value);
                self.choice(field, &value, label)
            })
            .collect()
    }

    fn labels<T: ToString>(&self, field: Field, prefix: &str, all: &[T]) -> Vec<Choice> {
        all.iter()
            .map(|one| {
                let value = one.to_string();
                let label = format!("{prefix}{}", value.to_uppercase());
                self.choice(field, &value, label)
            })
            .collect()
    }

    fn choice(&self, field: Field, value: &str, label: String) -> Choice {
        Choice {
            on: self.form.has(field, value),
            value: value.to_owned(),
            label,
        }
    }
}

fn unit_names(card: &CardContent, lang: Lang) -> impl Iterator<Item = (String, String)> + '_ {
    card.units
        .iter()
        .filter(|unit| unit.unit.as_str() != passerelle_model::NODE_UNIT)
        .map(move |unit| (unit.unit.to_string(), unit.names.in_lang(lang).to_string()))
}
