//! How each kind of rule is judged.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};

use super::{
    All, Check, Facts, Later, Rule, Unless,
    path::{Expr, Item, Place, number},
};
use crate::{
    Decimal, MAX_REPEATS,
    time::{Moment, read_day},
    tree::Node,
};

/// A rule with its paths read. A path that cannot be read finds nothing; a test makes sure that
/// there is none.
pub(super) struct Compiled {
    rule: &'static Rule,
    contexts: Vec<Option<Expr>>,
    each: Option<Option<Expr>>,
    condition: Option<Option<Expr>>,
    /// The paths of the check, in their order.
    paths: Vec<Option<Expr>>,
    /// Paths before these are prefixes.
    split: usize,
}

impl Compiled {
    pub(super) fn of(rule: &'static Rule) -> Self {
        let (paths, split) = paths(&rule.check);
        let read = |text: &&'static str| Expr::read(text);
        Self {
            rule,
            contexts: rule.contexts.iter().map(read).collect(),
            each: rule.each.map(Expr::read),
            condition: rule.condition.map(Expr::read),
            paths: paths.iter().map(read).collect(),
            split,
        }
    }

    #[cfg(test)]
    pub(super) fn is_whole(&self) -> bool {
        let single = [&self.each, &self.condition];
        let mut single = single.into_iter().flatten();
        let mut many = self.contexts.iter().chain(&self.paths);
        single.all(Option::is_some) && many.all(Option::is_some)
    }

    /// Lines of the elements for which the rule is broken.
    pub(super) fn broken_at(&self, root: Node<'_>, facts: &Facts<'_>) -> Vec<u32> {
        let place = Place {
            node: root,
            each: "",
        };
        let contexts = self.contexts.iter().flatten();
        let items = contexts.flat_map(|context| context.items(place));
        let broken = items.filter(|item| !self.holds_for(item.node, facts));
        broken.map(|item| item.node.line()).collect()
    }

    fn holds_for(&self, node: Node<'_>, facts: &Facts<'_>) -> bool {
        let Some(each) = &self.each else {
            return self.holds_at(Place { node, each: "" }, facts);
        };
        let items = each
            .as_ref()
            .map(|each| each.items(Place { node, each: "" }));
        let values: BTreeSet<&str> = items.iter().flatten().map(|item| item.text).collect();
        let mut values = values.into_iter().take(MAX_REPEATS);
        values.all(|each| self.holds_at(Place { node, each }, facts))
    }

    fn holds_at(&self, place: Place<'_>, facts: &Facts<'_>) -> bool {
        let condition = self.condition.iter().flatten();
        if !condition
            .into_iter()
            .all(|condition| condition.holds(place))
        {
            return true;
        }
        let found = self.found(place);
        self.is_excused(&found, facts) || self.judge(place, &found, facts)
    }

    /// What the paths find, all of them together.
    fn found<'v>(&'v self, place: Place<'v>) -> Vec<Item<'v>> {
        let paths = self.paths.iter().skip(self.split).flatten();
        paths.flat_map(|path| path.items(place)).collect()
    }

    fn is_excused(&self, found: &[Item<'_>], facts: &Facts<'_>) -> bool {
        let known = |item: &Item<'_>| match self.rule.unless {
            Unless::Never => false,
            Unless::Known => facts.organisations.contains(item.text),
            Unless::KnownPrefix => facts.organisations.iter().any(|known| {
                let rest = item.text.strip_prefix(known.as_str());
                rest.is_some_and(|rest| rest.starts_with('-'))
            }),
        };
        found.iter().any(known)
    }

    fn judge(&self, place: Place<'_>, found: &[Item<'_>], facts: &Facts<'_>) -> bool {
        let all = |fits: &dyn Fn(&str) -> bool| found.iter().all(|item| fits(item.text));
        match self.rule.check {
            Check::AtLeastOne(_) => !found.is_empty(),
            Check::NoMoreThanOne(_) => found.len() <= 1,
            Check::OneOrAll(_, each) => !found.is_empty() || every(place.node, each),
            Check::NotInFuture(_) => all(&|text| moment(text).is_none_or(|at| at <= facts.now)),
            Check::InOrder(_, Later::Now) => {
                all(&|text| read_day(text).is_none_or(|day| day <= facts.now.date()))
            }
            Check::InOrder(_, Later::At(_)) => in_order(&self.days(place, 0), &self.days(place, 1)),
            Check::Between(..) => self.is_between(place),
            Check::WithinYear(..) => self.is_within_year(place),
            Check::Plain(_) => all(&|text| !text.contains(['/', '&', '|', '?'])),
            Check::NoSpaces(_) => all(&|text| text.trim() == text),
            Check::StartsWith(..) => {
                let prefixes = self.prefixes(place);
                all(&|text| prefixes.iter().any(|prefix| text.starts_with(prefix)))
            }
            Check::Agency(_) => all(&|text| is_of_agency(text, facts)),
            Check::Hundred(_) => is_hundred(found),
            Check::Percentage(_) => all(&|text| {
                number(text).is_some_and(|n| (Decimal::ZERO..=Decimal::HUNDRED).contains(&n))
            }),
            Check::IfThen(..) => {
                let mut holds = self.paths.iter().flatten().map(|path| path.holds(place));
                !holds.next().unwrap_or(false) || holds.next().unwrap_or(false)
            }
            Check::Unique(_) => {
                let different: BTreeSet<&str> = found.iter().map(|item| item.text).collect();
                different.len() == found.len()
            }
        }
    }

    fn days(&self, place: Place<'_>, path: usize) -> Vec<Date> {
        let path = self.paths.get(path).and_then(Option::as_ref);
        let items = path.map(|path| path.items(place)).unwrap_or_default();
        items
            .iter()
            .filter_map(|item| read_day(item.text))
            .collect()
    }

    fn prefixes(&self, place: Place<'_>) -> Vec<String> {
        let paths = self.paths.iter().take(self.split).flatten();
        let items = paths.flat_map(|path| path.items(place));
        items.map(|item| format!("{}-", item.text)).collect()
    }

    fn is_between(&self, place: Place<'_>) -> bool {
        let (days, start, end) = (
            self.days(place, 0),
            self.days(place, 1),
            self.days(place, 2),
        );
        in_order(&start, &days) && in_order(&days, &end)
    }

    fn is_within_year(&self, place: Place<'_>) -> bool {
        let (start, end) = (self.days(place, 0), self.days(place, 1));
        let (Some(start), Some(end)) = (start.first(), end.first()) else {
            return true;
        };
        start.until(*end).is_ok_and(|span| span.get_days() <= 365)
    }
}

/// All paths of a check, and how many of them are not among those it looks at.
fn paths(check: &Check) -> (Vec<&'static str>, usize) {
    match *check {
        Check::AtLeastOne(paths)
        | Check::NoMoreThanOne(paths)
        | Check::Plain(paths)
        | Check::NoSpaces(paths)
        | Check::Agency(paths)
        | Check::Hundred(paths)
        | Check::Percentage(paths)
        | Check::Unique(paths) => (paths.to_vec(), 0),
        Check::OneOrAll(path, _) | Check::NotInFuture(path) | Check::InOrder(path, Later::Now) => {
            (vec![path], 0)
        }
        Check::InOrder(first, Later::At(then)) => (vec![first, then], 0),
        Check::Between(day, start, end) => (vec![day, start, end], 0),
        Check::WithinYear(start, end) => (vec![start, end], 0),
        Check::StartsWith(prefixes, paths) => ([prefixes, paths].concat(), prefixes.len()),
        Check::IfThen(first, then) => (vec![first, then], 0),
    }
}

fn every(node: Node<'_>, each: All) -> bool {
    let with = |names: &[&str], attribute: &str| {
        let mut all = node
            .descendants()
            .filter(|found| names.contains(&found.name()));
        all.all(|found| found.attribute(attribute).is_some())
    };
    match each {
        All::Language => with(&["narrative"], "xml:lang"),
        All::Currency => with(&["value", "forecast", "loan-status"], "currency"),
        All::Sector => {
            let mut all = node.named("transaction");
            all.all(|transaction| transaction.child("sector").is_some())
        }
    }
}

/// None of the first is after one of the others.
fn in_order(first: &[Date], then: &[Date]) -> bool {
    match (first.iter().max(), then.iter().min()) {
        (Some(last), Some(earliest)) => last <= earliest,
        _ => true,
    }
}

/// A moment, or the start of a day.
fn moment(text: &str) -> Option<DateTime> {
    let day = || read_day(text).map(|day| day.at(0, 0, 0, 0));
    text.parse::<Moment>().map(Moment::in_utc).ok().or_else(day)
}

fn is_of_agency(text: &str, facts: &Facts<'_>) -> bool {
    let Some(agencies) = facts.agencies else {
        return true;
    };
    let mut parts = text.splitn(3, '-');
    match (parts.next(), parts.next()) {
        (Some(country), Some(register)) => agencies.contains(&format!("{country}-{register}")),
        _ => false,
    }
}

/// To four digits after the point, as the standard's validator rounds.
fn is_hundred(found: &[Item<'_>]) -> bool {
    let sum = found
        .iter()
        .try_fold(Decimal::ZERO, |sum, item| sum.plus(number(item.text)?).ok());
    sum.is_some_and(|sum| sum.round(4) == Decimal::HUNDRED)
}
