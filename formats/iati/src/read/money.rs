//! Budgets, disbursements, transactions.

use super::{
    Reading, all, missing,
    take::{must, must_day, optional, text, truth, worded},
};
use crate::{Activity, Budget, Error, Money, Node, Organisation, Planned, Transaction};

const PERIOD: &[&str] = &["period-start", "period-end", "value"];
const ORGANISATIONS: &[&str] = &["provider-org", "receiver-org"];

impl Reading {
    pub(super) fn money(&mut self, node: Node<'_>, it: &mut Activity) -> Result<(), Error> {
        it.budgets = all(node, "budget", |child| self.budget(child))?;
        it.planned = all(node, "planned-disbursement", |child| self.planned(child))?;
        it.transactions = all(node, "transaction", |child| self.transaction(child))?;
        Ok(())
    }

    fn budget(&mut self, node: Node<'_>) -> Result<Budget, Error> {
        self.rest(node, &[&["@type", "@status"], PERIOD].concat());
        Ok(Budget {
            kind: node.attribute("type").map(Into::into),
            status: node.attribute("status").map(Into::into),
            start: day_of(node, "period-start")?,
            end: day_of(node, "period-end")?,
            value: self.value(node)?,
        })
    }

    fn planned(&mut self, node: Node<'_>) -> Result<Planned, Error> {
        self.rest(node, &[&["@type"], PERIOD, ORGANISATIONS].concat());
        let end = node.child("period-end");
        Ok(Planned {
            kind: node.attribute("type").map(Into::into),
            start: day_of(node, "period-start")?,
            end: end.map(|end| must_day(end, "iso-date")).transpose()?,
            value: self.value(node)?,
            provider: self.organisation(node, "provider-org", "provider-activity-id"),
            receiver: self.organisation(node, "receiver-org", "receiver-activity-id"),
        })
    }

    fn transaction(&mut self, node: Node<'_>) -> Result<Transaction, Error> {
        let known = [
            "@ref",
            "@humanitarian",
            "transaction-type",
            "transaction-date",
        ];
        self.rest(
            node,
            &[&known[..], &["value", "description"], ORGANISATIONS].concat(),
        );
        let kind = node
            .child("transaction-type")
            .ok_or(missing(node, "transaction-type"))?;
        Ok(Transaction {
            reference: optional(node, "ref"),
            humanitarian: truth(node, "humanitarian"),
            kind: must(kind, "code")?.into(),
            day: day_of(node, "transaction-date")?,
            value: self.value(node)?,
            note: worded(node, "description"),
            provider: self.organisation(node, "provider-org", "provider-activity-id"),
            receiver: self.organisation(node, "receiver-org", "receiver-activity-id"),
        })
    }

    fn value(&mut self, node: Node<'_>) -> Result<Money, Error> {
        let value = node.child("value").ok_or(missing(node, "value"))?;
        self.rest(value, &["@currency", "@value-date"]);
        let amount = value.text().parse();
        Ok(Money {
            amount: amount.map_err(|fault| Error::new(value.line(), fault))?,
            currency: optional(value, "currency"),
            value_date: must_day(value, "value-date")?,
        })
    }

    fn organisation(&mut self, node: Node<'_>, name: &str, activity: &str) -> Option<Organisation> {
        let node = node.child(name)?;
        let with_at = format!("@{activity}");
        self.rest(node, &["@ref", &with_at, "@type", "narrative"]);
        Some(Organisation {
            reference: optional(node, "ref"),
            activity: optional(node, activity),
            kind: node.attribute("type").map(Into::into),
            name: text(node),
        })
    }
}

pub(super) fn day_of(node: Node<'_>, name: &'static str) -> Result<jiff::civil::Date, Error> {
    must_day(node.child(name).ok_or(missing(node, name))?, "iso-date")
}
