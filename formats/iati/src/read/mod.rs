//! Reads a file of activities.

mod money;
mod results;
mod take;

use std::collections::BTreeMap;

use crate::{
    Activities, Activity, ActivityDate, AidType, Contact, Country, Description, Document, Error,
    Fault, MAX_ACTIVITIES, MAX_LEFT_OUT, Marker, Node, Participant, Region, Related, Reporter,
    Sector, Tag, Tree, codes::ActivityStatus, structure,
};
use take::{coded, decimal, moment, must, must_day, optional, text, truth, worded};

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// The file.
    pub file: Activities,
    /// Names of elements and attributes that the typed form does not hold, as `parent/child` or
    /// `element/@attribute`, and how often each was left out. After
    /// [`MAX_LEFT_OUT`](crate::MAX_LEFT_OUT) names the others are counted as `...`, and so are names
    /// that are long or not plain ASCII.
    pub left_out: BTreeMap<String, u32>,
}

/// Reads a file of activities, version 2.03.
///
/// # Errors
/// The first fault with its line: a limit, what [`Tree::read`] refuses, or what the schema
/// refuses ([`structure::faults`]).
pub fn read(bytes: &[u8]) -> Result<Read, Error> {
    let tree = Tree::read(bytes)?;
    if let Some(fault) = structure::faults(&tree).into_iter().next() {
        return Err(fault);
    }
    let version = tree.root().and_then(|root| root.attribute("version"));
    if version != Some("2.03") {
        let line = tree.root().map_or(0, Node::line);
        return Err(Error::new(line, Fault::Version));
    }
    typed(&tree)
}

/// The typed form of a file that fits the schema, whatever version it says it is of.
///
/// # Errors
/// Too many activities, a number with too many digits; or a fault of structure, if it does not fit
/// the schema.
pub fn typed(tree: &Tree) -> Result<Read, Error> {
    let root = tree.root().ok_or(Error::new(0, Fault::NotActivities))?;
    let mut reading = Reading::default();
    reading.note("@foreign", tree.foreign_attributes());
    reading.rest(root, &["@version", "@generated-datetime", "iati-activity"]);
    let mut activities = Vec::new();
    for node in root.named("iati-activity") {
        if activities.len() >= MAX_ACTIVITIES {
            return Err(Error::new(node.line(), Fault::TooMany));
        }
        activities.push(reading.activity(node)?);
    }
    let generated = moment(root, "generated-datetime")?;
    Ok(Read {
        file: Activities {
            generated,
            activities,
        },
        left_out: reading.left_out,
    })
}

/// What was left out so far.
#[derive(Debug, Default)]
struct Reading {
    left_out: BTreeMap<String, u32>,
}

impl Reading {
    fn activity(&mut self, node: Node<'_>) -> Result<Activity, Error> {
        self.rest(node, ACTIVITY);
        let of = |name: &'static str| node.child(name).ok_or(missing(node, name));
        let status = must(of("activity-status")?, "code")?;
        let reporter = self.reporter(of("reporting-org")?)?;
        let identifier = of("iati-identifier")?.text().to_owned();
        let mut it = Activity::new(identifier, reporter, ActivityStatus::from(status));
        it.lang = optional(node, "xml:lang");
        it.currency = optional(node, "default-currency");
        it.humanitarian = truth(node, "humanitarian");
        it.hierarchy = node
            .attribute("hierarchy")
            .and_then(|text| text.trim().parse().ok());
        it.last_updated = moment(node, "last-updated-datetime")?;
        it.title = self.text(of("title")?);
        it.collaboration = coded(node, "collaboration-type");
        it.flow = coded(node, "default-flow-type");
        it.finance = coded(node, "default-finance-type");
        it.tied = coded(node, "default-tied-status").map(|code| code.as_str().into());
        self.lists(node, &mut it)?;
        self.coded_lists(node, &mut it)?;
        self.money(node, &mut it)?;
        it.results = all(node, "result", |child| self.result(child))?;
        Ok(it)
    }

    fn lists(&mut self, node: Node<'_>, it: &mut Activity) -> Result<(), Error> {
        it.descriptions = all(node, "description", |child| {
            self.rest(child, &["@type", "narrative"]);
            let kind = child.attribute("type").map(Into::into);
            Ok(Description {
                kind,
                text: text(child),
            })
        })?;
        it.participants = all(node, "participating-org", |child| self.participant(child))?;
        it.dates = all(node, "activity-date", |child| {
            self.rest(child, &["@type", "@iso-date", "narrative"]);
            let kind = must(child, "type")?.into();
            let (day, note) = (must_day(child, "iso-date")?, text(child));
            Ok(ActivityDate { kind, day, note })
        })?;
        it.contacts = all(node, "contact-info", |child| {
            self.rest(child, &["@type", "organisation", "job-title"]);
            let kind = child.attribute("type").map(Into::into);
            let (organisation, function) =
                (worded(child, "organisation"), worded(child, "job-title"));
            Ok(Contact {
                kind,
                organisation,
                function,
            })
        })?;
        it.documents = all(node, "document-link", |child| self.document(child))?;
        it.related = all(node, "related-activity", |child| {
            self.rest(child, &["@ref", "@type"]);
            let reference = must(child, "ref")?.to_owned();
            let relation = must(child, "type")?.into();
            Ok(Related {
                reference,
                relation,
            })
        })?;
        Ok(())
    }

    fn coded_lists(&mut self, node: Node<'_>, it: &mut Activity) -> Result<(), Error> {
        it.countries = all(node, "recipient-country", |child| {
            self.rest(child, &["@code", "@percentage", "narrative"]);
            let (code, note) = (must(child, "code")?.to_owned(), text(child));
            let percentage = decimal(child, "percentage")?;
            Ok(Country {
                code,
                percentage,
                note,
            })
        })?;
        it.regions = all(node, "recipient-region", |child| self.region(child))?;
        it.sectors = all(node, "sector", |child| self.sector(child))?;
        it.tags = all(node, "tag", |child| {
            self.rest(
                child,
                &["@code", "@vocabulary", "@vocabulary-uri", "narrative"],
            );
            Ok(Tag {
                code: must(child, "code")?.to_owned(),
                vocabulary: must(child, "vocabulary")?.to_owned(),
                vocabulary_uri: optional(child, "vocabulary-uri"),
                note: text(child),
            })
        })?;
        it.markers = all(node, "policy-marker", |child| self.marker(child))?;
        it.aid = all(node, "default-aid-type", |child| {
            self.rest(child, &["@code", "@vocabulary"]);
            let code = must(child, "code")?.to_owned();
            let vocabulary = optional(child, "vocabulary");
            Ok(AidType { code, vocabulary })
        })?;
        Ok(())
    }

    fn reporter(&mut self, node: Node<'_>) -> Result<Reporter, Error> {
        self.rest(node, &["@ref", "@type", "@secondary-reporter", "narrative"]);
        Ok(Reporter {
            reference: must(node, "ref")?.to_owned(),
            kind: must(node, "type")?.into(),
            secondary: truth(node, "secondary-reporter"),
            name: text(node),
        })
    }

    fn participant(&mut self, node: Node<'_>) -> Result<Participant, Error> {
        self.rest(
            node,
            &["@role", "@ref", "@type", "@activity-id", "narrative"],
        );
        Ok(Participant {
            role: must(node, "role")?.into(),
            reference: optional(node, "ref"),
            kind: node.attribute("type").map(Into::into),
            activity: optional(node, "activity-id"),
            name: text(node),
        })
    }

    fn region(&mut self, node: Node<'_>) -> Result<Region, Error> {
        self.rest(node, CLASSIFIED);
        Ok(Region {
            code: must(node, "code")?.to_owned(),
            vocabulary: optional(node, "vocabulary"),
            vocabulary_uri: optional(node, "vocabulary-uri"),
            percentage: decimal(node, "percentage")?,
            note: text(node),
        })
    }

    fn sector(&mut self, node: Node<'_>) -> Result<Sector, Error> {
        self.rest(node, CLASSIFIED);
        Ok(Sector {
            code: must(node, "code")?.to_owned(),
            vocabulary: optional(node, "vocabulary"),
            vocabulary_uri: optional(node, "vocabulary-uri"),
            percentage: decimal(node, "percentage")?,
            note: text(node),
        })
    }

    fn marker(&mut self, node: Node<'_>) -> Result<Marker, Error> {
        let known = [
            "@code",
            "@vocabulary",
            "@vocabulary-uri",
            "@significance",
            "narrative",
        ];
        self.rest(node, &known);
        Ok(Marker {
            code: must(node, "code")?.to_owned(),
            vocabulary: optional(node, "vocabulary"),
            vocabulary_uri: optional(node, "vocabulary-uri"),
            significance: node.attribute("significance").map(Into::into),
            note: text(node),
        })
    }

    fn document(&mut self, node: Node<'_>) -> Result<Document, Error> {
        let parts = [
            "title",
            "description",
            "category",
            "language",
            "document-date",
        ];
        self.rest(node, &[&["@url", "@format"][..], &parts].concat());
        let codes = |name| all(node, name, |child| Ok(must(child, "code")?.to_owned()));
        let day = node.child("document-date");
        Ok(Document {
            url: must(node, "url")?.to_owned(),
            format: must(node, "format")?.to_owned(),
            title: worded(node, "title"),
            description: worded(node, "description"),
            categories: codes("category")?,
            languages: codes("language")?,
            day: day.map(|day| must_day(day, "iso-date")).transpose()?,
        })
    }

    fn text(&mut self, node: Node<'_>) -> crate::Text {
        self.rest(node, &["narrative"]);
        text(node)
    }

    /// Counts everything of an element that is not known: children by name, attributes with `@`.
    fn rest(&mut self, node: Node<'_>, known: &[&str]) {
        for (name, _) in node.attributes() {
            let is_known = |known: &&str| known.strip_prefix('@') == Some(name);
            if !known.iter().any(is_known) {
                self.note(&format!("{}/@{name}", node.name()), 1);
            }
        }
        for child in node.every_child() {
            if child.is_foreign() || !known.contains(&child.name()) {
                self.note(&format!("{}/{}", node.name(), child.name()), 1);
            }
        }
    }

    fn note(&mut self, name: &str, times: u32) {
        if times == 0 {
            return;
        }
        let full = self.left_out.len() >= MAX_LEFT_OUT && !self.left_out.contains_key(name);
        let name = if full || !is_presentable(name) {
            "..."
        } else {
            name
        };
        let count = self.left_out.entry(name.to_owned()).or_default();
        *count = count.saturating_add(times);
    }
}

/// Names come from foreign bytes and are shown to people.
fn is_presentable(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.:/@".contains(c);
    name.len() <= MAX_NAME && name.chars().all(fits)
}

/// Longest name that is told, in bytes.
const MAX_NAME: usize = 100;

/// Attributes and children of an activity that the typed form holds.
const ACTIVITY: &[&str] = &[
    "@last-updated-datetime",
    "@xml:lang",
    "@default-currency",
    "@humanitarian",
    "@hierarchy",
    "iati-identifier",
    "reporting-org",
    "title",
    "description",
    "participating-org",
    "activity-status",
    "activity-date",
    "contact-info",
    "recipient-country",
    "recipient-region",
    "sector",
    "tag",
    "policy-marker",
    "collaboration-type",
    "default-flow-type",
    "default-finance-type",
    "default-aid-type",
    "default-tied-status",
    "budget",
    "planned-disbursement",
    "transaction",
    "document-link",
    "related-activity",
    "result",
];

const CLASSIFIED: &[&str] = &[
    "@code",
    "@vocabulary",
    "@vocabulary-uri",
    "@percentage",
    "narrative",
];

fn all<T>(
    node: Node<'_>,
    name: &str,
    read: impl FnMut(Node<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    node.named(name).map(read).collect()
}

fn missing(node: Node<'_>, name: &'static str) -> Error {
    Error::new(node.line(), Fault::MissingElement(name))
}
