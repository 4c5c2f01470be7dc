//! What the law asks to be said about a record, in the reader's words.

use passerelle_model::{Code, Names, Record, Terms};
use passerelle_service::view::AgreementView;

use crate::frame::{Page, visible};

/// What facts are told with.
pub(crate) struct Facts<'a> {
    pub(crate) p: &'a Page,
    pub(crate) agreements: &'a [AgreementView],
}

/// A label and what stands beside it.
type Fact = (String, String);

impl Facts<'_> {
    /// Everything, in the order of the form.
    pub(crate) fn of(&self, record: &Record) -> Vec<Fact> {
        let mut facts = self.purpose(record);
        facts.extend(self.asking(record));
        facts.extend(self.permission(record));
        facts.extend(self.persons(record));
        facts.push(self.fact("erasure", self.p.day(record.erasure)));
        facts
    }

    /// The words of a condition.
    pub(crate) fn caveat(&self, code: &Code) -> String {
        self.named(code, |terms, code| {
            let found = terms.caveat.iter().find(|one| one.code == *code);
            found.map(|one| &one.text)
        })
    }

    fn fact(&self, field: &str, said: String) -> Fact {
        (self.p.t(&format!("field-{field}")), said)
    }

    fn purpose(&self, record: &Record) -> Vec<Fact> {
        let purpose = self.named(&record.purpose, |terms, code| {
            let found = terms.purpose.iter().find(|one| one.code == *code);
            found.map(|one| &one.name)
        });
        let basis = self.named(&record.basis, |terms, code| {
            let found = terms.basis.iter().find(|one| one.code == *code);
            found.map(|one| &one.title)
        });
        let p = self.p;
        let urgency = record.urgency.map(|one| p.word("urgency", one));
        let reason = record.reason.map(|one| p.word("reason", one));
        let mut facts = vec![self.fact("purpose", purpose), self.fact("basis", basis)];
        facts.extend(urgency.map(|said| self.fact("urgency", said)));
        facts.extend(reason.map(|said| self.fact("reason", said)));
        facts
    }

    fn asking(&self, record: &Record) -> Vec<Fact> {
        let Some(asking) = &record.asking else {
            return Vec::new();
        };
        let because = Some(&asking.held_because);
        let all = [
            ("held-because", because),
            ("link", asking.link.as_ref()),
            ("urgency-reason", asking.urgency_reason.as_ref()),
            ("limits", asking.limits.as_ref()),
        ];
        all.into_iter()
            .filter_map(|(field, why)| Some(self.fact(field, visible(why?.as_str()))))
            .collect()
    }

    fn permission(&self, record: &Record) -> Option<Fact> {
        let permission = record.permission.as_ref()?;
        let uses = permission.uses.iter();
        let uses: Vec<String> = uses.map(|one| self.p.word("permit", one)).collect();
        let said = format!("{} ({})", uses.join(" · "), permission.record);
        Some((self.p.t("record-permission"), said))
    }

    fn persons(&self, record: &Record) -> Vec<Fact> {
        let Some(persons) = &record.particulars else {
            return Vec::new();
        };
        let p = self.p;
        let categories = persons.categories.iter();
        let categories: Vec<String> = categories.map(|one| p.word("category", one)).collect();
        vec![
            self.fact("persons", persons.persons.to_string()),
            self.fact("categories", categories.join(" · ")),
            self.fact("nature", p.word("nature", persons.nature)),
            self.fact("ground", p.word("ground", persons.transfer.ground)),
        ]
    }

    /// What an agreement calls a code; the code itself where none does any more.
    fn named<'t>(
        &'t self,
        code: &Code,
        find: impl Fn(&'t Terms, &Code) -> Option<&'t Names>,
    ) -> String {
        let held = self.agreements.iter();
        let found = held.filter_map(|one| find(&one.terms, code)).next();
        found.map_or_else(
            || code.to_string(),
            |names| names.in_lang(self.p.lang).to_owned(),
        )
    }
}
