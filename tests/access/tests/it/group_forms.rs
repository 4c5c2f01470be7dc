//! Every form of the group, sent wrong: it comes back with what was typed in it, a summary that
//! says what is wrong, and links that lead to the fields.

use std::collections::BTreeSet;

use passerelle_desk::Verb;

use crate::group_world::{Field, Form, Full, at, by_route, of_the_group, sent};
use crate::world::{Answer, Browser};

/// What is typed in every box.
const TYPED: &str = "Gardé tel quel <b>";
/// How a page shows it.
const SHOWN: &str = "Gardé tel quel &#60;b&#62;";
/// The same with what looks like a person.
const PERSON: &str = "Gardé tel quel, écrire à salma@example.org";

/// Forms of one button, in which nothing can be wrong; `take` follows a file that was brought.
const NOTHING_TYPED: [&str; 7] = [
    "/group/{channel}/meetings/{object}/minutes",
    "/group/{channel}/minutes/{object}/read",
    "/group/{channel}/papers/{party}/{record}/{n}",
    "/group/{channel}/programmes/take",
    "/group/{channel}/tables/{list}/take",
    "/group/{channel}/topics/{object}/agenda",
    "/group/{channel}/topics/{object}/reveal",
];
/// Forms that say nothing to the other side: no second look.
const NOT_LOOKED_AT: [&str; 2] = [
    "/group/{channel}/readings",
    "/group/{channel}/meetings/{object}/addresses",
];

fn is_box(kind: &str) -> bool {
    matches!(kind, "text" | "textarea")
}

/// What takes only some answers.
fn is_closed(kind: &str) -> bool {
    matches!(
        kind,
        "select" | "date" | "number" | "radio" | "datetime-local" | "email"
    )
}

/// The form with `text` in every box, and what no list has in everything else.
fn spoilt(form: &Form, text: &str) -> Vec<(String, String)> {
    let mut pressed = false;
    let writes = form.fields.iter().any(|field| is_box(&field.kind));
    let fields = form.fields.iter().filter_map(|field| {
        let value = match field.kind.as_str() {
            kind if is_box(kind) => text,
            "hidden" => &field.value,
            "button" if pressed || field.value == "discard" => return None,
            "button" => {
                pressed = true;
                if writes {
                    &field.value
                } else {
                    "no-such-thing"
                }
            }
            "checkbox" if writes => return None,
            "file" => return None,
            _ => "no-such-thing",
        };
        Some((field.name.clone(), value.to_owned()))
    });
    fields.collect()
}

/// The same as it should be sent: what was on the page, with `text` in every box.
fn written(form: &Form, text: &str) -> Vec<(String, String)> {
    let mut fields = spoilt(form, text);
    for (name, value) in &mut fields {
        let held = form.fields.iter().find(|field| field.name == *name);
        if let Some(held) = held.filter(|field| !is_box(&field.kind)) {
            value.clone_from(&held.value);
        }
    }
    fields
}

/// Where the links of the summary lead.
fn summary(answer: &Answer) -> Vec<String> {
    let Some((_, rest)) = answer.body.split_once("class=\"summary\"") else {
        return Vec::new();
    };
    let inside = rest.split("</ul>").next().unwrap();
    let links = inside.split("href=\"#").skip(1);
    links
        .filter_map(|link| link.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// What is missing in an answer to a form that was sent wrong.
fn wrong_with(answer: &Answer, shown: &str) -> Option<String> {
    if ![409, 422].contains(&answer.status) {
        return Some(format!("status {}", answer.status));
    }
    let links = summary(answer);
    if links.is_empty() {
        return Some("no summary with a link".to_owned());
    }
    let nowhere = links
        .iter()
        .find(|id| !answer.body.contains(&format!("id=\"{id}\"")));
    if let Some(id) = nowhere {
        return Some(format!("the summary leads to #{id}, which is not there"));
    }
    (!answer.body.contains(shown)).then(|| "what was typed is gone".to_owned())
}

async fn walk_over(
    who: &Browser,
    forms: &[Form],
    seen: &mut BTreeSet<&'static str>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (route, forms) in by_route(forms) {
        let says = |field: &Field| field.kind != "hidden" && field.value != "discard";
        let sends = |form: &&Form| form.fields.iter().any(says);
        for form in forms.into_iter().filter(sends).take(3) {
            seen.insert(route);
            let writes = form.fields.iter().any(|field| is_box(&field.kind));
            if !writes || form.fields.iter().any(|field| is_closed(&field.kind)) {
                let mut fields = spoilt(form, TYPED);
                fields.push(("sure".to_owned(), "yes".to_owned()));
                let answer = sent(who, form, &fields).await;
                let shown = if writes { SHOWN } else { "" };
                let found = wrong_with(&answer, shown);
                wrong.extend(found.map(|what| format!("{route} on {}: {what}", form.page)));
            }
            if !writes {
                continue;
            }
            if !NOT_LOOKED_AT.contains(&route) {
                let answer = sent(who, form, &written(form, PERSON)).await;
                let asked = answer.body.contains("name=\"sure\"");
                let found = match form.files {
                    // Its files are kept under their tokens, on a page that asks alone.
                    true => (answer.status != 422).then(|| format!("status {}", answer.status)),
                    false => wrong_with(&answer, PERSON),
                };
                let found = found.or((!asked).then(|| "no second look".to_owned()));
                wrong.extend(found.map(|what| format!("{route} on {}, person: {what}", form.page)));
            }
        }
    }
    wrong
}

#[tokio::test(start_paused = true)]
async fn every_form_comes_back_with_what_was_typed() {
    let full = Full::laid().await;
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for who in [&full.rabat, &full.brussels] {
        let (_, forms) = full.walked(who).await;
        wrong.extend(walk_over(who, &forms, &mut seen).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let nothing: BTreeSet<&str> = NOTHING_TYPED.into();
    let missed: Vec<_> = of_the_group(Verb::Post)
        .into_iter()
        .filter(|route| !seen.contains(route) && !nothing.contains(route))
        .filter(|route| *route != "/group/{channel}/commitments/{object}/reported")
        .collect();
    assert!(missed.is_empty(), "no page has a form for {missed:?}");
    let in_vain: Vec<_> = nothing.intersection(&seen).collect();
    assert!(in_vain.is_empty(), "something is typed in {in_vain:?}");
}

#[tokio::test(start_paused = true)]
async fn a_form_says_what_is_wrong_in_the_person_s_language_and_beside_the_field() {
    let full = Full::laid().await;
    let fields = [
        ("title-ar", "فتح شباك"),
        ("responsible", "ma.interior"),
        ("function", ""),
        ("sector", "social"),
        ("strand", "migration"),
        ("due", "demain"),
        ("public", "yes"),
    ];
    let mut who = full.rabat.clone();
    who.post("/language", &[("lang", "ar"), ("back", "/group")])
        .await
        .place();
    who = full.desks.person(0, "group-secretary").await;
    let answer = who.post(&at("/commitments/new"), &fields).await;
    assert_eq!(answer.status, 422);
    let body = &answer.body;
    assert!(
        body.contains("<title>خطأ: ") && body.contains("هناك مشكلة"),
        "{body}"
    );
    // The title of the person's language, the function and the day: each is said once, above and
    // beside its field.
    assert_eq!(summary(&answer), ["function", "due"]);
    for field in ["function", "due"] {
        assert!(body.contains(&format!("id=\"wrong-{field}\"")), "{field}");
    }
    assert!(body.contains("value=\"demain\"") && body.contains("فتح شباك"));
    assert!(body.contains("checked id=\"public\""));
    // Twice of the same mind: the right form is taken.
    let right = [
        ("title-ar", "فتح شباك"),
        ("responsible", "ma.interior"),
        ("function", "مديرية الهجرة"),
        ("sector", "social"),
        ("strand", "migration"),
        ("due", "2027-01-01"),
    ];
    who.post(&at("/commitments/new"), &right).await.place();
}

#[tokio::test(start_paused = true)]
async fn whoever_was_overtaken_sees_what_stands_now_and_keeps_their_text() {
    let full = Full::laid().await;
    let fields = [("title-fr", "Premier titre"), ("strand", "migration")];
    let page = full.rabat.post(&at("/decisions/new"), &fields).await;
    let page = page.place().split('?').next().unwrap().to_owned();
    let form = full.rabat.get(&format!("{page}/change")).await;
    let version = form.hidden("version");
    let comment = [("comment", "Un mot entre-temps")];
    full.rabat
        .post(&format!("{page}/comment"), &comment)
        .await
        .place();
    let late = [
        ("version", version.as_str()),
        ("title-fr", "Mon titre"),
        ("strand", "migration"),
    ];
    let answer = full.rabat.post(&format!("{page}/change"), &late).await;
    assert_eq!(answer.status, 409, "{}", answer.body);
    assert!(answer.body.contains("value=\"Mon titre\""));
    assert!(answer.body.contains("Premier titre"), "{}", answer.body);
    assert_ne!(answer.hidden("version"), version);
}
