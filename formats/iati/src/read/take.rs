//! Values of attributes and texts.

use jiff::civil::Date;

use crate::{Decimal, Error, Fault, Moment, Narrative, Node, Text, read_day};

pub(super) fn must<'t>(node: Node<'t>, name: &'static str) -> Result<&'t str, Error> {
    let missing = Error::new(node.line(), Fault::MissingAttribute(name));
    node.attribute(name).ok_or(missing)
}

pub(super) fn optional(node: Node<'_>, name: &str) -> Option<String> {
    node.attribute(name).map(str::to_owned)
}

pub(super) fn must_day(node: Node<'_>, name: &'static str) -> Result<Date, Error> {
    let fault = Error::new(node.line(), Fault::Value(name));
    read_day(must(node, name)?).ok_or(fault)
}

pub(super) fn moment(node: Node<'_>, name: &'static str) -> Result<Option<Moment>, Error> {
    let read = |text: &str| text.trim().parse::<Moment>();
    let moment = node.attribute(name).map(read).transpose();
    moment.map_err(|fault| Error::new(node.line(), fault))
}

pub(super) fn decimal(node: Node<'_>, name: &'static str) -> Result<Option<Decimal>, Error> {
    let number = node.attribute(name).map(str::parse).transpose();
    number.map_err(|fault| Error::new(node.line(), fault))
}

pub(super) fn truth(node: Node<'_>, name: &str) -> Option<bool> {
    match node.attribute(name)?.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Code of a child that has nothing else.
pub(super) fn coded(node: Node<'_>, name: &str) -> Option<String> {
    optional(node.child(name)?, "code")
}

/// The narratives in an element.
pub(super) fn text(node: Node<'_>) -> Text {
    let narratives = node.named("narrative").map(|narrative| Narrative {
        lang: optional(narrative, "xml:lang"),
        text: narrative.text().to_owned(),
    });
    narratives.collect()
}

/// The narratives in a child.
pub(super) fn worded(node: Node<'_>, name: &str) -> Text {
    node.child(name).map(text).unwrap_or_default()
}
