//! What the schema of the standard asks of an activity file: which elements, in which order, how
//! many, with which attributes, of which form.
//!
//! Source: `iati-activities-schema.xsd` and `iati-common.xsd` of version 2.03. Elements and
//! attributes of foreign namespaces are allowed where the schema allows them.

mod forms;
mod results;
mod shapes;

use forms::Form;

use crate::{
    Error, Fault, MAX_FAULTS,
    tree::{Node, Tree, is_blank},
};

/// What the schema finds wrong, up to [`MAX_FAULTS`], in the order of the file.
#[must_use]
pub fn faults(tree: &Tree) -> Vec<Error> {
    let mut found = Vec::new();
    match tree.root() {
        Some(root) if root.name() == shapes::ACTIVITIES.name && !root.is_foreign() => {
            element(root, &shapes::ACTIVITIES, &mut found);
        }
        root => found.push(Error::new(root.map_or(0, Node::line), Fault::NotActivities)),
    }
    found.truncate(MAX_FAULTS);
    found
}

/// One kind of element.
struct Shape {
    name: &'static str,
    attributes: &'static [Attribute],
    content: Content,
}

struct Attribute {
    name: &'static str,
    form: Form,
    required: bool,
}

enum Content {
    /// Text of this form, and no element.
    Text(Form),
    /// Elements in this order, and no text.
    Parts(&'static [Part]),
}

struct Part {
    shape: &'static Shape,
    required: bool,
    many: bool,
}

const fn must(name: &'static str, form: Form) -> Attribute {
    let required = true;
    Attribute {
        name,
        form,
        required,
    }
}

const fn may(name: &'static str, form: Form) -> Attribute {
    let required = false;
    Attribute {
        name,
        form,
        required,
    }
}

const fn part(shape: &'static Shape, required: bool, many: bool) -> Part {
    Part {
        shape,
        required,
        many,
    }
}

/// Exactly one.
const fn one(shape: &'static Shape) -> Part {
    part(shape, true, false)
}

/// None or one.
const fn opt(shape: &'static Shape) -> Part {
    part(shape, false, false)
}

/// One or more.
const fn some(shape: &'static Shape) -> Part {
    part(shape, true, true)
}

/// Any number.
const fn any(shape: &'static Shape) -> Part {
    part(shape, false, true)
}

const fn of(name: &'static str, attributes: &'static [Attribute], parts: &'static [Part]) -> Shape {
    Shape {
        name,
        attributes,
        content: Content::Parts(parts),
    }
}

const fn leaf(name: &'static str, attributes: &'static [Attribute]) -> Shape {
    of(name, attributes, &[])
}

const fn text(name: &'static str, attributes: &'static [Attribute], form: Form) -> Shape {
    Shape {
        name,
        attributes,
        content: Content::Text(form),
    }
}

fn element(node: Node<'_>, shape: &Shape, found: &mut Vec<Error>) {
    if found.len() >= MAX_FAULTS {
        return;
    }
    attributes(node, shape, found);
    match &shape.content {
        Content::Text(form) => {
            if let Some(child) = node.every_child().next() {
                found.push(Error::new(child.line(), Fault::UnknownElement));
            }
            if !form.fits(node.text()) {
                found.push(Error::new(node.line(), Fault::Value(shape.name)));
            }
        }
        Content::Parts(parts) => {
            if !is_blank(node.text()) {
                found.push(Error::new(node.line(), Fault::StrayText));
            }
            sequence(node, parts, found);
        }
    }
}

fn attributes(node: Node<'_>, shape: &Shape, found: &mut Vec<Error>) {
    for (name, value) in node.attributes() {
        let known = shape.attributes.iter().find(|known| known.name == name);
        let fault = match known {
            None if name == "xml:lang" => continue,
            None => Fault::UnknownAttribute,
            Some(known) if known.form.fits(value) => continue,
            Some(known) => Fault::Value(known.name),
        };
        found.push(Error::new(node.line(), fault));
    }
    let required = shape.attributes.iter().filter(|known| known.required);
    for known in required.filter(|known| node.attribute(known.name).is_none()) {
        found.push(Error::new(node.line(), Fault::MissingAttribute(known.name)));
    }
}

/// The children against the parts, which come in their order; foreign ones come last.
fn sequence(node: Node<'_>, parts: &'static [Part], found: &mut Vec<Error>) {
    let (mut at, mut count, mut foreign) = (0, 0_usize, false);
    for child in node.every_child() {
        if child.is_foreign() {
            foreign = true;
            continue;
        }
        let place = parts
            .iter()
            .position(|part| part.shape.name == child.name());
        let Some((place, part)) = place.and_then(|place| Some((place, parts.get(place)?))) else {
            found.push(Error::new(child.line(), Fault::UnknownElement));
            continue;
        };
        if place < at || foreign {
            found.push(Error::new(child.line(), Fault::Order(part.shape.name)));
        } else if place == at {
            count += 1;
        } else {
            missing(node, parts, at + usize::from(count > 0), place, found);
            (at, count) = (place, 1);
        }
        if place == at && count > 1 && !part.many {
            found.push(Error::new(child.line(), Fault::Repeated(part.shape.name)));
        }
        element(child, part.shape, found);
    }
    missing(node, parts, at + usize::from(count > 0), parts.len(), found);
}

/// What is required between two places.
fn missing(node: Node<'_>, parts: &'static [Part], from: usize, to: usize, found: &mut Vec<Error>) {
    let between = parts.get(from..to).unwrap_or_default();
    for part in between.iter().filter(|part| part.required) {
        let fault = Fault::MissingElement(part.shape.name);
        found.push(Error::new(node.line(), fault));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "<iati-activities version='2.03'><iati-activity>\
        <iati-identifier>A-1</iati-identifier><reporting-org ref='A' type='10'>\
        <narrative>a</narrative></reporting-org><title><narrative>t</narrative></title>\
        <description><narrative>d</narrative></description><participating-org role='1'/>\
        <activity-status code='2'/><activity-date type='1' iso-date='2024-01-01'/>";
    const END: &str = "</iati-activity></iati-activities>";

    fn codes(text: &str) -> Vec<&'static str> {
        let tree = Tree::read(text.as_bytes()).unwrap();
        faults(&tree).iter().map(Error::code).collect()
    }

    fn with(more: &str) -> Vec<&'static str> {
        codes(&format!("{START}{more}{END}"))
    }

    #[test]
    fn a_good_file_passes() {
        assert_eq!(with(""), [""; 0]);
        let foreign = "<x:a xmlns:x='urn:x' b='c'/>";
        assert_eq!(
            with(&format!("<sector code='1'>{foreign}</sector>{foreign}")),
            [""; 0]
        );
    }

    #[test]
    fn each_fault_has_its_code() {
        for (more, code) in [
            ("<nonsense/>", "E_IATI_UNKNOWN_ELEMENT"),
            (
                "<tag code='1' vocabulary='2' more='3'/>",
                "E_IATI_UNKNOWN_ATTRIBUTE",
            ),
            ("<tag code='1'/>", "E_IATI_MISSING_ATTRIBUTE"),
            ("<tag code='1' vocabulary='2'>x</tag>", "E_IATI_STRAY_TEXT"),
            (
                "<tag code='1' vocabulary='2'/><sector code='1'/>",
                "E_IATI_ORDER",
            ),
            ("<x:a xmlns:x='urn:x'/><sector code='1'/>", "E_IATI_ORDER"),
            (
                "<activity-scope code='1'/><activity-scope code='1'/>",
                "E_IATI_REPEATED",
            ),
            ("<sector code='1' percentage='ten'/>", "E_IATI_VALUE"),
            ("<conditions/>", "E_IATI_MISSING_ATTRIBUTE"),
            (
                "<legacy-data name='a' value='b' iati-equivalent='a b'/>",
                "E_IATI_VALUE",
            ),
            (
                "<result type='1'><title><narrative/></title></result>",
                "E_IATI_MISSING_ELEMENT",
            ),
        ] {
            assert_eq!(with(more), [code], "{more}");
        }
    }

    #[test]
    fn every_missing_part_is_named() {
        let text = "<iati-activities version='2.03'><iati-activity/></iati-activities>";
        let tree = Tree::read(text.as_bytes()).unwrap();
        let missing: Vec<_> = faults(&tree).iter().map(|error| error.fault).collect();
        let names = ["iati-identifier", "reporting-org", "title", "description"];
        let more = ["participating-org", "activity-status", "activity-date"];
        let wanted = names
            .iter()
            .chain(&more)
            .map(|name| Fault::MissingElement(name));
        assert_eq!(missing, wanted.collect::<Vec<_>>());
        assert_eq!(
            codes("<iati-activities/>"),
            ["E_IATI_MISSING_ATTRIBUTE", "E_IATI_MISSING_ELEMENT"]
        );
        assert_eq!(codes("<iati-organisations/>"), ["E_IATI_NOT_ACTIVITIES"]);
    }

    #[test]
    fn faults_are_bounded() {
        let many = "<nonsense/>".repeat(MAX_FAULTS + 10);
        assert_eq!(with(&many).len(), MAX_FAULTS);
    }
}
