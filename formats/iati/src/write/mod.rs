//! Writes a file of activities. The order of elements is the schema's.

pub(crate) mod results;
mod xml;

use crate::{
    Activities, Activity, Budget, Contact, Document, Error, Fault, MAX_ACTIVITIES, Marker, Money,
    Organisation, Participant, Planned, Region, Sector, Transaction, Tree, structure,
};
use xml::{Xml, opt, set};

/// Writes a file. The same value gives the same bytes.
///
/// # Errors
/// What the standard requires is missing, or a value has no form in it, such as a control
/// character in a text; nothing invalid is ever returned. The line is that of the file that would
/// have been.
pub fn write(file: &Activities) -> Result<String, Error> {
    if file.activities.len() > MAX_ACTIVITIES {
        return Err(Error::new(0, Fault::TooMany));
    }
    let mut xml = Xml::new();
    let head = [
        set("version", "2.03"),
        opt("generated-datetime", file.generated),
    ];
    xml.element("iati-activities", &head, |xml| {
        for one in &file.activities {
            activity(xml, one);
        }
    });
    let text = xml.finish();
    let tree = Tree::read(text.as_bytes())?;
    structure::faults(&tree)
        .into_iter()
        .next()
        .map_or(Ok(text), Err)
}

fn activity(xml: &mut Xml, it: &Activity) {
    let head = [
        opt("last-updated-datetime", it.last_updated),
        opt("xml:lang", it.lang.as_ref()),
        opt("default-currency", it.currency.as_ref()),
        opt("humanitarian", it.humanitarian),
        opt("hierarchy", it.hierarchy),
    ];
    xml.element("iati-activity", &head, |xml| {
        who_and_when(xml, it);
        where_and_what(xml, it);
        money(xml, it);
        for one in &it.documents {
            document(xml, one);
        }
        for one in &it.related {
            let (reference, kind) = (set("ref", &one.reference), one.relation.code());
            xml.empty("related-activity", &[reference, set("type", kind)]);
        }
        for one in &it.results {
            results::result(xml, one);
        }
    });
}

fn who_and_when(xml: &mut Xml, it: &Activity) {
    xml.text("iati-identifier", &[], &it.identifier);
    let reporter = [
        set("ref", &it.reporter.reference),
        set("type", it.reporter.kind.code()),
        opt("secondary-reporter", it.reporter.secondary),
    ];
    xml.element("reporting-org", &reporter, |xml| {
        xml.narratives(&it.reporter.name)
    });
    // Required, so an empty one is written and then refused.
    xml.element("title", &[], |xml| xml.narratives(&it.title));
    for one in &it.descriptions {
        let kind = opt("type", one.kind.as_ref().map(|kind| kind.code()));
        xml.element("description", &[kind], |xml| xml.narratives(&one.text));
    }
    for one in &it.participants {
        participant(xml, one);
    }
    xml.coded("activity-status", Some(it.status.code()));
    for one in &it.dates {
        let head = [set("type", one.kind.code()), set("iso-date", one.day)];
        xml.element("activity-date", &head, |xml| xml.narratives(&one.note));
    }
    for one in &it.contacts {
        contact(xml, one);
    }
}

fn participant(xml: &mut Xml, it: &Participant) {
    let head = [
        set("role", it.role.code()),
        opt("ref", it.reference.as_ref()),
        opt("type", it.kind.as_ref().map(|kind| kind.code())),
        opt("activity-id", it.activity.as_ref()),
    ];
    xml.element("participating-org", &head, |xml| xml.narratives(&it.name));
}

fn contact(xml: &mut Xml, it: &Contact) {
    let kind = opt("type", it.kind.as_ref().map(|kind| kind.code()));
    xml.element("contact-info", &[kind], |xml| {
        xml.worded("organisation", &it.organisation);
        xml.worded("job-title", &it.function);
    });
}

fn where_and_what(xml: &mut Xml, it: &Activity) {
    for one in &it.countries {
        let head = [set("code", &one.code), opt("percentage", one.percentage)];
        xml.element("recipient-country", &head, |xml| xml.narratives(&one.note));
    }
    for one in &it.regions {
        region(xml, one);
    }
    for one in &it.sectors {
        sector(xml, one);
    }
    for one in &it.tags {
        let head = [
            set("code", &one.code),
            set("vocabulary", &one.vocabulary),
            opt("vocabulary-uri", one.vocabulary_uri.as_ref()),
        ];
        xml.element("tag", &head, |xml| xml.narratives(&one.note));
    }
    for one in &it.markers {
        marker(xml, one);
    }
    xml.coded("collaboration-type", it.collaboration.as_deref());
    xml.coded("default-flow-type", it.flow.as_deref());
    xml.coded("default-finance-type", it.finance.as_deref());
    for one in &it.aid {
        let head = [
            set("code", &one.code),
            opt("vocabulary", one.vocabulary.as_ref()),
        ];
        xml.empty("default-aid-type", &head);
    }
    xml.coded(
        "default-tied-status",
        it.tied.as_ref().map(|tied| tied.code()),
    );
}

fn region(xml: &mut Xml, it: &Region) {
    let head = [
        set("code", &it.code),
        opt("vocabulary", it.vocabulary.as_ref()),
        opt("vocabulary-uri", it.vocabulary_uri.as_ref()),
        opt("percentage", it.percentage),
    ];
    xml.element("recipient-region", &head, |xml| xml.narratives(&it.note));
}

fn sector(xml: &mut Xml, it: &Sector) {
    let head = [
        opt("vocabulary", it.vocabulary.as_ref()),
        opt("vocabulary-uri", it.vocabulary_uri.as_ref()),
        set("code", &it.code),
        opt("percentage", it.percentage),
    ];
    xml.element("sector", &head, |xml| xml.narratives(&it.note));
}

fn marker(xml: &mut Xml, it: &Marker) {
    let head = [
        opt("vocabulary", it.vocabulary.as_ref()),
        opt("vocabulary-uri", it.vocabulary_uri.as_ref()),
        set("code", &it.code),
        opt("significance", it.significance.as_ref().map(|of| of.code())),
    ];
    xml.element("policy-marker", &head, |xml| xml.narratives(&it.note));
}

fn money(xml: &mut Xml, it: &Activity) {
    for one in &it.budgets {
        budget(xml, one);
    }
    for one in &it.planned {
        planned(xml, one);
    }
    for one in &it.transactions {
        transaction(xml, one);
    }
}

fn budget(xml: &mut Xml, it: &Budget) {
    let head = [
        opt("type", it.kind.as_ref().map(|kind| kind.code())),
        opt("status", it.status.as_ref().map(|status| status.code())),
    ];
    xml.element("budget", &head, |xml| {
        xml.dated("period-start", it.start);
        xml.dated("period-end", it.end);
        value(xml, &it.value);
    });
}

fn planned(xml: &mut Xml, it: &Planned) {
    let kind = opt("type", it.kind.as_ref().map(|kind| kind.code()));
    xml.element("planned-disbursement", &[kind], |xml| {
        xml.dated("period-start", it.start);
        if let Some(end) = it.end {
            xml.dated("period-end", end);
        }
        value(xml, &it.value);
        organisations(xml, it.provider.as_ref(), it.receiver.as_ref());
    });
}

fn transaction(xml: &mut Xml, it: &Transaction) {
    let head = [
        opt("ref", it.reference.as_ref()),
        opt("humanitarian", it.humanitarian),
    ];
    xml.element("transaction", &head, |xml| {
        xml.coded("transaction-type", Some(it.kind.code()));
        xml.dated("transaction-date", it.day);
        value(xml, &it.value);
        xml.worded("description", &it.note);
        organisations(xml, it.provider.as_ref(), it.receiver.as_ref());
    });
}

fn value(xml: &mut Xml, it: &Money) {
    let head = [
        opt("currency", it.currency.as_ref()),
        set("value-date", it.value_date),
    ];
    xml.text("value", &head, &it.amount.to_string());
}

fn organisations(xml: &mut Xml, from: Option<&Organisation>, to: Option<&Organisation>) {
    let both = [
        ("provider-org", "provider-activity-id", from),
        ("receiver-org", "receiver-activity-id", to),
    ];
    for (name, activity, organisation) in both {
        let Some(it) = organisation else { continue };
        let head = [
            opt("ref", it.reference.as_ref()),
            opt(activity, it.activity.as_ref()),
            opt("type", it.kind.as_ref().map(|kind| kind.code())),
        ];
        xml.element(name, &head, |xml| xml.narratives(&it.name));
    }
}

fn document(xml: &mut Xml, it: &Document) {
    let head = [set("format", &it.format), set("url", &it.url)];
    xml.element("document-link", &head, |xml| {
        xml.element("title", &[], |xml| xml.narratives(&it.title));
        xml.worded("description", &it.description);
        for one in &it.categories {
            xml.coded("category", Some(one));
        }
        for one in &it.languages {
            xml.coded("language", Some(one));
        }
        if let Some(day) = it.day {
            xml.dated("document-date", day);
        }
    });
}
