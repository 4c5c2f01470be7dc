//! The part of XPath 1.0 in which the rules name what they judge: paths with predicates,
//! `count`, `not`, `number`, comparisons, `+`, `and`, `or`.
//!
//! `'$1'` stands for the value a rule is repeated for. Numbers are exact; what is not written as
//! a number is not a number, as in XPath.

use crate::{Decimal, tree::Node};

/// One expression.
#[derive(Debug)]
pub(super) enum Expr {
    Or(Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Compare(Box<Expr>, Order, Box<Expr>),
    Plus(Box<Expr>, Box<Expr>),
    Count(Box<Expr>),
    Not(Box<Expr>),
    Number(Box<Expr>),
    Path(Start, Vec<Step>),
    Text(String),
    Value(Decimal),
    /// The value a rule is repeated for.
    Each,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    Here,
    Root,
    Anywhere,
}

#[derive(Debug)]
pub(super) enum Step {
    Child(String, Vec<Expr>),
    Attribute(String),
    Parent,
    Text,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Order {
    Equal,
    Other,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// What a path finds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'t> {
    /// The element, or the one that has the attribute or text.
    pub(super) node: Node<'t>,
    /// Text of the element, value of the attribute.
    pub(super) text: &'t str,
    is_element: bool,
}

/// Where an expression is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'v> {
    pub(super) node: Node<'v>,
    pub(super) each: &'v str,
}

enum Found<'v> {
    Items(Vec<Item<'v>>),
    Text(&'v str),
    Number(Option<Decimal>),
    Truth(bool),
}

impl Expr {
    /// Whether it holds.
    pub(super) fn holds(&self, place: Place<'_>) -> bool {
        self.holds_quickly(place)
            .unwrap_or_else(|| truth_of(&self.value(place)))
    }

    /// What is asked of every child of large files again and again, without lists in between:
    /// whether there is an attribute, and whether it is this text.
    fn holds_quickly(&self, place: Place<'_>) -> Option<bool> {
        let Self::Compare(left, Order::Equal, right) = self else {
            let name = self.attribute()?;
            return Some(place.node.attribute(name).is_some());
        };
        let wanted = match right.as_ref() {
            Self::Text(text) => text,
            Self::Each => place.each,
            _ => return None,
        };
        Some(place.node.attribute(left.attribute()?) == Some(wanted))
    }

    /// The attribute, if the expression is nothing else.
    fn attribute(&self) -> Option<&str> {
        match self {
            Self::Path(Start::Here, steps) => match steps.as_slice() {
                [Step::Attribute(name)] => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    /// What it finds, if it is a path.
    pub(super) fn items<'v>(&'v self, place: Place<'v>) -> Vec<Item<'v>> {
        match self.value(place) {
            Found::Items(items) => items,
            _ => Vec::new(),
        }
    }

    fn value<'v>(&'v self, place: Place<'v>) -> Found<'v> {
        match self {
            Self::Or(a, b) => Found::Truth(a.holds(place) || b.holds(place)),
            Self::And(a, b) => Found::Truth(a.holds(place) && b.holds(place)),
            Self::Not(inner) => Found::Truth(!inner.holds(place)),
            Self::Compare(a, order, b) => {
                Found::Truth(compare(&a.value(place), *order, &b.value(place)))
            }
            Self::Plus(a, b) => Found::Number(plus(&a.value(place), &b.value(place))),
            Self::Count(inner) => {
                let count = u32::try_from(inner.items(place).len()).unwrap_or(u32::MAX);
                Found::Number(Some(Decimal::from(count)))
            }
            Self::Number(inner) => Found::Number(number_of(&inner.value(place))),
            Self::Path(start, steps) => Found::Items(walk(*start, steps, place)),
            Self::Text(text) => Found::Text(text),
            Self::Value(value) => Found::Number(Some(*value)),
            Self::Each => Found::Text(place.each),
        }
    }
}

fn walk<'v>(start: Start, steps: &'v [Step], place: Place<'v>) -> Vec<Item<'v>> {
    let mut here = vec![Item::of(place.node)];
    let mut steps = steps.iter();
    match (start, steps.as_slice().first()) {
        (Start::Here, _) => {}
        // The document itself is no element: its only child is the outermost one.
        (Start::Root, Some(Step::Child(name, predicates))) => {
            let root = outermost(place.node);
            here = kept(std::iter::once(root), name, predicates, place.each);
            steps.next();
        }
        (Start::Anywhere, Some(Step::Child(name, predicates))) => {
            let root = outermost(place.node);
            let all = std::iter::once(root).chain(root.descendants());
            here = kept(all, name, predicates, place.each);
            steps.next();
        }
        _ => return Vec::new(),
    }
    for step in steps {
        here = here
            .iter()
            .flat_map(|item| next(*item, step, place.each))
            .collect();
    }
    here
}

fn next<'v>(item: Item<'v>, step: &'v Step, each: &'v str) -> Vec<Item<'v>> {
    if !item.is_element {
        return Vec::new();
    }
    match step {
        Step::Child(name, predicates) => kept(item.node.children(), name, predicates, each),
        Step::Attribute(name) => item
            .node
            .attribute(name)
            .map(|text| Item {
                text,
                is_element: false,
                ..item
            })
            .into_iter()
            .collect(),
        Step::Parent => item.node.parent().map(Item::of).into_iter().collect(),
        Step::Text if item.text.is_empty() => Vec::new(),
        Step::Text => vec![Item {
            is_element: false,
            ..item
        }],
    }
}

/// Elements of the name that pass every predicate. A predicate that is a number is a place.
fn kept<'v>(
    nodes: impl Iterator<Item = Node<'v>>,
    name: &str,
    predicates: &'v [Expr],
    each: &'v str,
) -> Vec<Item<'v>> {
    let mut found: Vec<Item<'v>> = nodes
        .filter(|node| node.name() == name)
        .map(Item::of)
        .collect();
    for predicate in predicates {
        let mut place = Decimal::ZERO;
        found.retain(|item| {
            place = place.plus(Decimal::from(1)).unwrap_or(place);
            match predicate {
                Expr::Value(wanted) => *wanted == place,
                _ => predicate.holds(Place {
                    node: item.node,
                    each,
                }),
            }
        });
    }
    found
}

fn outermost(mut node: Node<'_>) -> Node<'_> {
    while let Some(parent) = node.parent() {
        node = parent;
    }
    node
}

impl<'t> Item<'t> {
    fn of(node: Node<'t>) -> Self {
        let (text, is_element) = (node.text(), true);
        Self {
            node,
            text,
            is_element,
        }
    }
}

/// XPath 1.0, section 3.4: nodes are compared one by one, and one that fits is enough.
fn compare(a: &Found<'_>, order: Order, b: &Found<'_>) -> bool {
    match (a, b) {
        (Found::Truth(a), b) | (b, Found::Truth(a)) => match order {
            Order::Equal => *a == truth_of(b),
            Order::Other => *a != truth_of(b),
            _ => false,
        },
        (Found::Items(items), other) => {
            let mut values = items.iter().map(|item| as_comparable(item.text, other));
            values.any(|value| compare(&value, order, other))
        }
        (other, Found::Items(items)) => {
            let mut values = items.iter().map(|item| as_comparable(item.text, other));
            values.any(|value| compare(other, order, &value))
        }
        (Found::Text(a), Found::Text(b)) if matches!(order, Order::Equal | Order::Other) => {
            (a == b) == matches!(order, Order::Equal)
        }
        _ => compare_numbers(number_of(a), order, number_of(b)),
    }
}

fn as_comparable<'v>(text: &'v str, other: &Found<'_>) -> Found<'v> {
    match other {
        Found::Number(_) => Found::Number(number(text)),
        _ => Found::Text(text),
    }
}

/// What is no number is unlike everything, itself too.
fn compare_numbers(a: Option<Decimal>, order: Order, b: Option<Decimal>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return matches!(order, Order::Other);
    };
    match order {
        Order::Equal => a == b,
        Order::Other => a != b,
        Order::Less => a < b,
        Order::LessOrEqual => a <= b,
        Order::More => a > b,
        Order::MoreOrEqual => a >= b,
    }
}

fn truth_of(found: &Found<'_>) -> bool {
    match found {
        Found::Items(items) => !items.is_empty(),
        Found::Text(text) => !text.is_empty(),
        Found::Number(number) => number.is_some_and(|number| number != Decimal::ZERO),
        Found::Truth(truth) => *truth,
    }
}

fn number_of(found: &Found<'_>) -> Option<Decimal> {
    match found {
        Found::Items(items) => number(items.first()?.text),
        Found::Text(text) => number(text),
        Found::Number(number) => *number,
        Found::Truth(truth) => Some(Decimal::from(u32::from(*truth))),
    }
}

/// A number as XPath reads it: no plus sign, nothing but spaces around it.
pub(super) fn number(text: &str) -> Option<Decimal> {
    (!text.trim_start().starts_with('+')).then(|| text.parse().ok())?
}

fn plus(a: &Found<'_>, b: &Found<'_>) -> Option<Decimal> {
    number_of(a)?.plus(number_of(b)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tree;

    const FILE: &str = "<a><b v='1' p='40'/><b v='2' p='60'/><b p='x'/><c>t<d> 7 </d></c></a>";

    fn place(tree: &Tree) -> Place<'_> {
        let node = tree.root().unwrap();
        Place { node, each: "2" }
    }

    #[test]
    fn expressions_hold_as_in_xpath() {
        let tree = Tree::read(FILE.as_bytes()).unwrap();
        for (text, holds) in [
            ("count(b) = 3", true),
            ("count(b[@v]) + count(c) > 2", true),
            ("b[@v='1' or not(@v)]/@p = 40", true),
            ("b[@v = '$1']/@p = 60", true),
            ("b[3]/@p = number(b[3]/@p)", false),
            ("number(c/d) = c/d", true),
            ("b[@v != '1']", true),
            ("b[not(@v)]/@v", false),
            ("c/text() and c/d/../text()", true),
            ("c/e or (b and not(e))", true),
            ("c/d >= 7 and c/d <= 7 and not(c/d < 7)", true),
            ("/a/b", true),
            ("/b", false),
            ("//d", true),
        ] {
            assert_eq!(
                Expr::read(text).unwrap().holds(place(&tree)),
                holds,
                "{text}"
            );
        }
    }

    #[test]
    fn items_keep_their_order_and_text() {
        let tree = Tree::read(FILE.as_bytes()).unwrap();
        let path = Expr::read("b/@p").unwrap();
        let items = path.items(place(&tree));
        let texts: Vec<_> = items.iter().map(|item| item.text).collect();
        assert_eq!(texts, ["40", "60", "x"]);
    }
}
