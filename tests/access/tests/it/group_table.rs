//! Every page of the group × everybody in it on both sides, against one declared table.
//!
//! What each line leads to is found by walking over the pages of a group in which something of
//! everything was said; so a page that nothing leads to is found too. Forms are sent wrong: whoever
//! may send one is told so (422, 409) or was taken at their word (303); who may not is refused
//! before anything is read.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_desk::Verb;
use passerelle_model::Role;

use crate::group_world::{Form, Full, MORE_ROLES, at, by_route, of_the_group, routed, sent};
use crate::world::{Browser, MEMBER, READER};

/// Who asks, and on which side: speaks, reads, or has no part in it.
const COLUMNS: [(usize, &str, Part); 17] = [
    (0, "group-secretary", Part::Speaks),
    (0, MEMBER, Part::Speaks),
    (0, "group-lead", Part::Speaks),
    (0, "group-minister", Part::Reads),
    (0, READER, Part::Reads),
    (0, "group-approver", Part::Reads),
    (0, "group-analyst", Part::Reads),
    (0, "group-protection", Part::Outside),
    (1, "group-secretary", Part::Speaks),
    (1, "group-lead", Part::Speaks),
    (1, "group-minister", Part::Reads),
    (1, "group-approver", Part::Reads),
    (1, "group-analyst", Part::Reads),
    (1, "group-protection", Part::Outside),
    (0, "officer", Part::Outside),
    (0, "administrator", Part::Outside),
    (1, "secretary", Part::Outside),
];

/// A person's part in the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Speaks,
    Reads,
    Outside,
}

/// Who gets a page, or is heard with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    /// Whoever takes part.
    All,
    /// Those who speak in the group.
    Speakers,
}
use For::{All, Speakers};

#[rustfmt::skip]
const TABLE: &[(&str, &str, For)] = &[
    ("GET", "/group/{channel}", All),
    ("GET", "/group/{channel}/board", All),
    ("GET", "/group/{channel}/briefing", All),
    ("GET", "/group/{channel}/calendar", All),
    ("GET", "/group/{channel}/commitments", All),
    ("GET", "/group/{channel}/commitments/new", All),
    ("GET", "/group/{channel}/commitments/{object}/steps", All),
    ("GET", "/group/{channel}/communiques", All),
    ("GET", "/group/{channel}/communiques/new", All),
    ("GET", "/group/{channel}/consultations", All),
    ("GET", "/group/{channel}/consultations/new", All),
    ("GET", "/group/{channel}/decisions/new", All),
    ("GET", "/group/{channel}/expertise", All),
    ("GET", "/group/{channel}/indicators", All),
    ("GET", "/group/{channel}/indicators/new", All),
    ("GET", "/group/{channel}/indicators/{object}/csv", All),
    ("GET", "/group/{channel}/indicators/{object}/observe", All),
    ("GET", "/group/{channel}/items/new", All),
    ("GET", "/group/{channel}/items/{object}/change", All),
    ("GET", "/group/{channel}/items/{object}/outcome", All),
    ("GET", "/group/{channel}/learn/{kind}", All),
    ("GET", "/group/{channel}/matrix", All),
    ("GET", "/group/{channel}/meetings", All),
    ("GET", "/group/{channel}/meetings/new", All),
    ("GET", "/group/{channel}/meetings/{object}/change", All),
    ("GET", "/group/{channel}/meetings/{object}/invitation.ics", All),
    ("GET", "/group/{channel}/minutes/{object}/minutes.odt", All),
    ("GET", "/group/{channel}/objects/{object}", All),
    ("GET", "/group/{channel}/objects/{object}/change", All),
    ("GET", "/group/{channel}/objects/{object}/communique", All),
    ("GET", "/group/{channel}/objects/{object}/facts", All),
    ("GET", "/group/{channel}/prevention", All),
    ("GET", "/group/{channel}/programmes", All),
    ("GET", "/group/{channel}/programmes/iati", All),
    ("GET", "/group/{channel}/programmes/import", All),
    ("GET", "/group/{channel}/readings", All),
    ("GET", "/group/{channel}/readings/{reading}", All),
    ("GET", "/group/{channel}/tables", All),
    ("GET", "/group/{channel}/tables/{list}", All),
    ("GET", "/group/{channel}/timeline", All),
    ("GET", "/group/{channel}/topics", All),
    ("GET", "/group/{channel}/topics/new", All),
    ("POST", "/group/{channel}/commitments/new", Speakers),
    ("POST", "/group/{channel}/commitments/{object}/close", Speakers),
    ("POST", "/group/{channel}/commitments/{object}/report", Speakers),
    ("POST", "/group/{channel}/commitments/{object}/reported", Speakers),
    ("POST", "/group/{channel}/commitments/{object}/steps", Speakers),
    ("POST", "/group/{channel}/commitments/{object}/verify", Speakers),
    ("POST", "/group/{channel}/communiques/new", Speakers),
    ("POST", "/group/{channel}/consultations/new", Speakers),
    ("POST", "/group/{channel}/decisions/new", Speakers),
    ("POST", "/group/{channel}/indicators/new", Speakers),
    ("POST", "/group/{channel}/indicators/{object}/judge", Speakers),
    ("POST", "/group/{channel}/indicators/{object}/observe", Speakers),
    ("POST", "/group/{channel}/items/new", Speakers),
    ("POST", "/group/{channel}/items/{object}/change", Speakers),
    ("POST", "/group/{channel}/items/{object}/outcome", Speakers),
    ("POST", "/group/{channel}/items/{object}/settle", Speakers),
    ("POST", "/group/{channel}/items/{object}/step", Speakers),
    ("POST", "/group/{channel}/learn/{kind}", Speakers),
    ("POST", "/group/{channel}/meetings/new", Speakers),
    ("POST", "/group/{channel}/meetings/{object}/addresses", Speakers),
    ("POST", "/group/{channel}/meetings/{object}/change", Speakers),
    ("POST", "/group/{channel}/meetings/{object}/delegates", Speakers),
    ("POST", "/group/{channel}/meetings/{object}/minutes", Speakers),
    ("POST", "/group/{channel}/meetings/{object}/papers", Speakers),
    ("POST", "/group/{channel}/meetings/{object}/replies", Speakers),
    ("POST", "/group/{channel}/meetings/{object}/step", Speakers),
    ("POST", "/group/{channel}/minutes/{object}/add", Speakers),
    ("POST", "/group/{channel}/minutes/{object}/offer", Speakers),
    ("POST", "/group/{channel}/minutes/{object}/read", All),
    ("POST", "/group/{channel}/minutes/{object}/step", Speakers),
    ("POST", "/group/{channel}/minutes/{object}/write", Speakers),
    ("POST", "/group/{channel}/objects/{object}/answer", Speakers),
    ("POST", "/group/{channel}/objects/{object}/answers", Speakers),
    ("POST", "/group/{channel}/objects/{object}/answers/{answer}", Speakers),
    ("POST", "/group/{channel}/objects/{object}/change", Speakers),
    ("POST", "/group/{channel}/objects/{object}/comment", Speakers),
    ("POST", "/group/{channel}/objects/{object}/communique", Speakers),
    ("POST", "/group/{channel}/objects/{object}/consultation", Speakers),
    ("POST", "/group/{channel}/objects/{object}/facts", Speakers),
    ("POST", "/group/{channel}/objects/{object}/match", Speakers),
    ("POST", "/group/{channel}/objects/{object}/note", Speakers),
    ("POST", "/group/{channel}/objects/{object}/position", Speakers),
    ("POST", "/group/{channel}/objects/{object}/review", Speakers),
    ("POST", "/group/{channel}/objects/{object}/stage", Speakers),
    ("POST", "/group/{channel}/objects/{object}/translate", Speakers),
    ("POST", "/group/{channel}/papers/{party}/{record}/{n}", All),
    ("POST", "/group/{channel}/programmes/import", Speakers),
    ("POST", "/group/{channel}/programmes/take", Speakers),
    ("POST", "/group/{channel}/readings", Speakers),
    ("POST", "/group/{channel}/readings/file", Speakers),
    ("POST", "/group/{channel}/readings/{reading}", Speakers),
    ("POST", "/group/{channel}/steps/{object}/move", Speakers),
    ("POST", "/group/{channel}/steps/{object}/revise", Speakers),
    ("POST", "/group/{channel}/tables/{list}", Speakers),
    ("POST", "/group/{channel}/tables/{list}/take", Speakers),
    ("POST", "/group/{channel}/topics/new", Speakers),
    ("POST", "/group/{channel}/topics/{object}/agenda", Speakers),
    ("POST", "/group/{channel}/topics/{object}/reveal", Speakers),
    ("POST", "/group/{channel}/topics/{object}/seal", Speakers),
    ("POST", "/group/{channel}/topics/{object}/stage", Speakers),
];

/// Pages of only one side, or only of the person who made what they show: elsewhere there is
/// nothing of that name, and no walk on the other side finds them.
const OF_ONE_SIDE: [&str; 2] = [
    "/group/{channel}/readings/{reading}",
    "/group/{channel}/objects/{object}/answers/{answer}",
];

fn unlisted(verb: Verb, pages: &BTreeSet<&'static str>) -> Vec<String> {
    let word = if verb == Verb::Get { "GET" } else { "POST" };
    let lines = TABLE.iter().filter(|line| line.0 == word);
    let lines: BTreeSet<&str> = lines.map(|line| line.1).collect();
    let pages: BTreeSet<&str> = pages.iter().copied().collect();
    let differ = pages.symmetric_difference(&lines);
    differ.map(|path| format!("{word} {path}")).collect()
}

#[test]
fn every_page_of_the_group_stands_in_the_table() {
    for verb in [Verb::Get, Verb::Post] {
        assert_eq!(
            unlisted(verb, &of_the_group(verb)),
            Vec::<String>::new(),
            "say above for whom it is"
        );
    }
    let mut more = of_the_group(Verb::Get);
    more.insert("/group/{channel}/back-door");
    assert_eq!(
        unlisted(Verb::Get, &more),
        ["GET /group/{channel}/back-door"]
    );
}

#[test]
fn every_role_that_can_be_in_a_group_has_a_column() {
    let in_group = [Role::Secretary, Role::Officer, Role::Supervisor];
    let roles: BTreeSet<Role> = in_group
        .into_iter()
        .chain(MORE_ROLES.map(|(_, role)| role))
        .collect();
    let left: Vec<&Role> = Role::ALL
        .iter()
        .filter(|role| !roles.contains(role))
        .collect();
    // An administrator holds no other role and belongs to no unit.
    assert_eq!(left, [&Role::Administrator]);
}

/// What a line leads to, and whose walk found it.
#[derive(Default)]
struct Found {
    pages: BTreeMap<&'static str, String>,
    forms: BTreeMap<&'static str, Form>,
}

async fn found(full: &Full) -> Found {
    let mut found = Found::default();
    for who in [&full.rabat, &full.brussels] {
        let (pages, forms) = full.walked(who).await;
        for page in pages {
            let path = page.split('?').next().unwrap();
            if let Some(route) = routed("GET", path) {
                found.pages.entry(route).or_insert(page);
            }
        }
        for (route, forms) in by_route(&forms) {
            let form = forms.into_iter().next().unwrap();
            found.forms.entry(route).or_insert(form.clone());
        }
    }
    // What only a file that is brought leads to, and a form that only another page sends.
    for (route, action) in [
        ("/group/{channel}/programmes/take", "/programmes/take"),
        (
            "/group/{channel}/tables/{list}/take",
            "/tables/programmes/take",
        ),
        (
            "/group/{channel}/papers/{party}/{record}/{n}",
            "/papers/ma.interior/none/0",
        ),
    ] {
        let form = Form {
            page: at(""),
            action: at(action),
            files: false,
            fields: Vec::new(),
        };
        found.forms.entry(route).or_insert(form);
    }
    let report = "/group/{channel}/commitments/{object}/report";
    if let Some(form) = found.forms.get(report) {
        let reported = Form {
            action: format!("{}ed", form.action),
            files: false,
            ..form.clone()
        };
        found
            .forms
            .insert("/group/{channel}/commitments/{object}/reported", reported);
    }
    found
}

fn leads_nowhere(route: &str) -> bool {
    route.contains("/papers/") || route.ends_with("/take")
}

/// Whether an answer is one that a line allows to a part.
fn fits(verb: &str, route: &str, of: For, part: Part, number: usize, status: u16) -> bool {
    let elsewhere = OF_ONE_SIDE.contains(&route) && number == 1;
    match (verb, part, of) {
        (_, Part::Outside, _) => status == 404,
        ("GET", _, _) if elsewhere => status == 404,
        // A form of something that has moved on, or of the other party, is told so.
        ("GET", ..) => status == 200 || status == 409,
        (_, Part::Reads, Speakers) => status == 403,
        // Nothing was brought, and nothing came with a paper: these lead nowhere.
        _ if elsewhere || leads_nowhere(route) => matches!(status, 400 | 404 | 409 | 422),
        // What only the responsible party or only the other may say is refused to one of them.
        (_, _, Speakers) => matches!(status, 303 | 400 | 403 | 409 | 422),
        (_, _, All) => status == 303,
    }
}

/// The form as it is sent: its fixed fields, and nothing that any list has.
fn spoilt(form: &Form) -> Vec<(String, String)> {
    let fields = form.fields.iter().filter(|field| field.name != "csrf");
    fields
        .map(|field| match field.kind.as_str() {
            "hidden" => (field.name.clone(), field.value.clone()),
            _ => (field.name.clone(), "no-such-thing".to_owned()),
        })
        .collect()
}

#[tokio::test(start_paused = true)]
async fn every_page_answers_everybody_in_the_group_as_the_table_says() {
    let full = Full::laid().await;
    let found = found(&full).await;
    let mut people: Vec<Browser> = Vec::new();
    for (number, who, _) in COLUMNS {
        people.push(full.desks.person(number, who).await);
    }
    let strangers = [full.desks.stranger(0), full.desks.stranger(1)];
    let mut wrong = Vec::new();
    for (verb, route, of) in TABLE {
        let (page, form) = (found.pages.get(route), found.forms.get(route));
        if page.is_none() && form.is_none() {
            wrong.push(format!("{verb} {route}: no page leads there"));
            continue;
        }
        let ask = async |who: &Browser| match (*verb, page, form) {
            ("GET", Some(page), _) => who.get(page).await.status,
            (_, _, Some(form)) => sent(who, form, &spoilt(form)).await.status,
            _ => 0,
        };
        for who in &strangers {
            let status = ask(who).await;
            let should = if *verb == "GET" { 303 } else { 401 };
            if status != should {
                wrong.push(format!("{verb} {route}: nobody gets {status}"));
            }
        }
        for ((number, name, part), who) in COLUMNS.iter().zip(&people) {
            let status = ask(who).await;
            if !fits(verb, route, *of, *part, *number, status) {
                wrong.push(format!(
                    "{verb} {route}: {name} of {number} ({part:?}) gets {status}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
