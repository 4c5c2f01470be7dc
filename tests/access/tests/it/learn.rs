//! Expertise, prevention, programmes and lists as files between two desks; and the wall between
//! them and the cases, in pages and in what a store holds.

use passerelle_desk::Verb;

use crate::world::{Answer, Browser, Desks, arrive};

const GROUP: &str = "/group/gmmp";

/// A form of a practice, in two languages.
const PRACTICE: [(&str, &str); 11] = [
    ("title-fr", "Points d’accueil mobiles"),
    ("title-ar", "نقاط استقبال متنقلة"),
    ("body-fr", "Le problème, puis ce qui a été fait."),
    ("sector", "social"),
    ("strand", "prevention"),
    ("audience", "Jeunes en ville"),
    ("evidence", "evaluated"),
    ("transfer-title-fr", "Deux agents et un véhicule"),
    ("contact", "Chef du service social"),
    ("refresh", "2027-01-01"),
    ("version", "0"),
];

const REQUEST: [(&str, &str); 7] = [
    ("title-fr", "Appui à la prévention"),
    ("sector", "social"),
    ("strand", "prevention"),
    ("languages", "fr"),
    ("host", "Wilaya de Tanger"),
    ("needed", "2026-12-31"),
    ("version", "0"),
];

const EXPERT: [(&str, &str); 5] = [
    ("title-fr", "Conseiller en prévention"),
    ("sectors", "social"),
    ("strands", "prevention"),
    ("languages", "fr"),
    ("version", "0"),
];

const PROGRAMME: [(&str, &str); 12] = [
    ("title-fr", "Vivre ensemble"),
    ("identifier", "MA-INT-1"),
    ("implementing", "Enabel\nEntraide nationale"),
    ("sector", "social"),
    ("strand", "reintegration"),
    ("code", "15190"),
    ("objectives", "21"),
    ("countries", "MA 60; BE 40"),
    ("from", "2023-01-01"),
    ("budget", "1250000.5"),
    ("currency", "eur"),
    ("public", "yes"),
];

/// Opens something; gives its page.
async fn opened(who: &Browser, kind: &str, fields: &[(&str, &str)]) -> String {
    let answer = who.post(&format!("{GROUP}/learn/{kind}"), fields).await;
    answer
        .place()
        .split('?')
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Takes the step that the page of an object offers.
async fn step(who: &Browser, place: &str, to: &str, more: &[(&str, &str)]) -> Answer {
    let version = who.get(place).await.hidden("version");
    let mut fields = vec![("to", to), ("version", version.as_str())];
    fields.extend(more);
    let answer = who.post(&format!("{place}/stage"), &fields).await;
    arrive().await;
    answer
}

/// Sends files as a form with these fields does.
async fn bring(who: &Browser, path: &str, files: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, content) in files {
        body.push_str(&format!(
            "--x\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{name}.txt\"\r\n\
             content-type: text/plain\r\n\r\n{content}\r\n"
        ));
    }
    body.push_str("--x--\r\n");
    let mut request = who.request("POST", &format!("{path}?csrf={}", who.csrf));
    if let Some(headers) = request.headers_mut() {
        let kind = axum::http::HeaderValue::from_static("multipart/form-data; boundary=x");
        headers.insert("content-type", kind);
    }
    who.send(request, body).await
}

#[tokio::test(start_paused = true)]
async fn a_request_is_answered_matched_and_evaluated() {
    let desks = Desks::in_a_group().await;
    let rabat = desks.person(0, "group-secretary").await;
    let brussels = desks.person(1, "group-lead").await;
    let minister = desks.person(1, "group-minister").await;
    let expert = opened(&brussels, "expert", &EXPERT).await;
    let request = opened(&rabat, "request", &REQUEST).await;
    arrive().await;
    step(&rabat, &request, "submitted", &[]).await.place();
    let seen = minister.get(&request).await;
    assert!(seen.body.contains("Wilaya de Tanger") && !seen.body.contains("value=\"accepted\""));
    let question = [("text", "Pour combien de temps ?")];
    step(&brussels, &request, "clarify", &question)
        .await
        .place();
    assert!(
        rabat
            .get(&request)
            .await
            .body
            .contains("Pour combien de temps")
    );
    step(&rabat, &request, "submitted", &[]).await.place();
    step(&brussels, &request, "accepted", &[]).await.place();
    let offered = rabat.get(&request).await;
    assert!(
        offered.body.contains("Conseiller en prévention"),
        "{}",
        offered.body
    );
    let (id, version) = (
        expert.rsplit('/').next().unwrap(),
        offered.hidden("version"),
    );
    let chosen = [("pick", id), ("version", version.as_str())];
    rabat
        .post(&format!("{request}/match"), &chosen)
        .await
        .place();
    arrive().await;
    step(&rabat, &request, "delivered", &[]).await.place();
    // Six months after delivery, in April 2024.
    let due = rabat.get(&format!("{GROUP}/expertise")).await;
    assert!(
        due.body.contains("Évaluation le 15 octobre 2024"),
        "{}",
        due.body
    );
    let grade = [("grade", "4"), ("text", "Utile")];
    step(&rabat, &request, "evaluated", &grade).await.place();
    assert!(rabat.get(&request).await.body.contains("4 sur 5"));
}

#[tokio::test(start_paused = true)]
async fn a_practice_is_reviewed_by_the_other_side_and_a_person_is_asked_about() {
    let desks = Desks::in_a_group().await;
    let rabat = desks.person(0, "group-secretary").await;
    let brussels = desks.person(1, "group-lead").await;
    let mut named = PRACTICE;
    named[2] = ("body-fr", "Appeler le +212 612-345678.");
    let path = format!("{GROUP}/learn/practice");
    let asked = rabat.post(&path, &named).await;
    assert_eq!(asked.status, 422);
    assert!(asked.body.contains("+212 612-345678"));
    let mut sure = named.to_vec();
    sure.push(("sure", "yes"));
    rabat.post(&path, &sure).await.place();
    let practice = opened(&rabat, "practice", &PRACTICE).await;
    step(&rabat, &practice, "submitted", &[]).await.place();
    let review = [("grade", "5"), ("text", "Solide")];
    assert_eq!(
        step(&rabat, &practice, "peer-reviewed", &review)
            .await
            .status,
        403
    );
    step(&brussels, &practice, "peer-reviewed", &review)
        .await
        .place();
    step(&rabat, &practice, "published", &[]).await.place();
    let list = brussels
        .get(&format!("{GROUP}/prevention?evidence=evaluated"))
        .await;
    assert!(list.body.contains("Points d’accueil mobiles"));
    let other = brussels
        .get(&format!("{GROUP}/prevention?evidence=compared"))
        .await;
    assert!(!other.body.contains("Points d’accueil mobiles"));
    let unread = desks.person(0, "group-minister").await;
    assert_eq!(unread.post(&path, &PRACTICE).await.status, 403);
}

#[tokio::test(start_paused = true)]
async fn lists_and_programmes_go_out_and_come_back() {
    let desks = Desks::in_a_group().await;
    let rabat = desks.person(0, "group-secretary").await;
    let place = opened(&rabat, "programme", &PROGRAMME).await;
    opened(&rabat, "expert", &EXPERT).await;
    arrive().await;
    let list = format!("{GROUP}/tables/programmes");
    let csv = rabat.get(&list).await;
    assert!(csv.header("content-disposition").contains("programmes.csv"));
    let same = bring(&rabat, &list, &[("file", &csv.body)]).await;
    assert_eq!(same.status, 200);
    assert!(same.body.contains("1 est identique") && !same.body.contains("name=\"pick\""));
    let changed = csv.body.replace("1250000.5", "900000");
    let shown = bring(&rabat, &list, &[("file", &changed)]).await;
    assert!(
        shown.body.contains("name=\"pick\" value=\"2\""),
        "{}",
        shown.body
    );
    let file = shown.hidden("file");
    let none = rabat
        .post(&format!("{list}/take"), &[("file", &file)])
        .await;
    assert_eq!(none.status, 422);
    let all = [("file", file.as_str()), ("choice", "all")];
    let took = rabat.post(&format!("{list}/take"), &all).await;
    assert!(
        took.body.contains("1 modification a été proposée"),
        "{}",
        took.body
    );
    assert!(rabat.get(&place).await.body.contains("900000"));
    let persons = "object,strand,Nom de famille\n,prevention,X\n";
    let refused = bring(
        &rabat,
        &format!("{GROUP}/tables/practices"),
        &[("file", persons)],
    )
    .await;
    assert!(refused.body.contains("Nom de famille") && refused.body.contains("noms de personnes"));

    let xml = rabat
        .get(&format!("{GROUP}/programmes/iati?public=yes"))
        .await;
    assert!(xml.body.contains("MA-INT-1"), "{}", xml.body);
    let import = format!("{GROUP}/programmes/import");
    let same = bring(&rabat, &import, &[("activities", &xml.body)]).await;
    assert!(same.body.contains("1 est identique"), "{}", same.body);
    let other = xml.body.replace("MA-INT-1", "MA-INT-2");
    let shown = bring(&rabat, &import, &[("activities", &other)]).await;
    let file = shown.hidden("activities");
    let picked = [
        ("activities", file.as_str()),
        ("choice", "picked"),
        ("pick", "MA-INT-2"),
    ];
    let took = rabat
        .post(&format!("{GROUP}/programmes/take"), &picked)
        .await;
    assert!(
        took.body.contains("1 modification a été proposée"),
        "{}",
        took.body
    );
    arrive().await;
    // What is theirs is not for us to change.
    let brussels = desks.person(1, "group-lead").await;
    let theirs = xml.body.replace("Vivre ensemble", "Samen leven");
    let shown = bring(&brussels, &import, &[("activities", &theirs)]).await;
    assert!(!shown.body.contains("name=\"pick\""), "{}", shown.body);
}

/// The pages of one side of the wall that have no names of things in their addresses.
fn pages(of_group: bool) -> Vec<String> {
    let shown = passerelle_desk::routes().iter();
    let shown = shown.filter(|route| route.verb() == Verb::Get);
    let paths = shown.map(|route| route.path().replace("{channel}", "gmmp"));
    let side = paths.filter(|path| match of_group {
        true => path.starts_with("/group/gmmp"),
        false => ["/cases", "/search", "/write"].contains(&path.as_str()),
    });
    side.map(|path| {
        path.replace("{kind}", "practice")
            .replace("{list}", "experts")
    })
    .filter(|path| !path.contains('{'))
    .collect()
}

#[tokio::test(start_paused = true)]
async fn nobody_sees_over_the_wall() {
    let desks = Desks::in_a_group().await;
    let secretary = desks.person(0, "group-secretary").await;
    let practice = opened(&secretary, "practice", &PRACTICE).await;
    arrive().await;
    let mut group = pages(true);
    assert!(group.len() > 12, "{group:?}");
    group.push(practice);
    for role in ["officer", "approver", "analyst", "supervisor", "secretary"] {
        let who = desks.person(0, role).await;
        for path in &group {
            assert_eq!(who.get(path).await.status, 404, "{role} {path}");
        }
    }
    for name in ["group-secretary", "group-lead", "group-minister"] {
        let who = desks.person(0, name).await;
        for path in pages(false) {
            let answer = who.get(&path).await;
            let empty = answer.status == 200 && !answer.body.contains("Dossier ombre");
            assert!(
                answer.status == 404 || empty,
                "{name} {path} {}",
                answer.status
            );
        }
    }
}

/// Words planted on both sides stand nowhere in a store but sealed.
#[tokio::test(start_paused = true)]
async fn a_store_discloses_no_text_of_either_side() {
    let desks = Desks::in_a_group().await;
    let secretary = desks.person(0, "group-secretary").await;
    let words = [
        "kanarie-titel-41f0",
        "kanarie-tekst-9ad2",
        "kanarie-nota-77c3",
        "kanarie-zaak-03be",
    ];
    let mut fields = PRACTICE;
    fields[0] = ("title-fr", words[0]);
    fields[2] = ("body-fr", words[1]);
    let practice = opened(&secretary, "practice", &fields).await;
    let note = [("version", "0"), ("note", words[2])];
    secretary
        .post(&format!("{practice}/note"), &note)
        .await
        .place();
    let case = passerelle_simulation::draft(words[3], &[desks.node(1).party()]);
    desks.node(0).release(case.unwrap(), None).await.unwrap();
    arrive().await;
    // Whoever may read them finds them, and so would this search.
    let page = secretary.get(&practice).await.body;
    assert!(words[..3].iter().all(|word| page.contains(word)));
    for member in &desks.world.members {
        let held = format!("{:?}", member.store.snapshot());
        assert!(held.contains("group-note") || member.party.as_str() == "be.interior");
        for word in words {
            let bytes: Vec<String> = word.bytes().map(|byte| byte.to_string()).collect();
            let spelt = bytes.join(", ");
            assert!(!held.contains(word) && !held.contains(&spelt), "{word}");
        }
        let plain = format!("{:?}", words[0].as_bytes());
        assert!(plain.contains(", 110, 97, "), "{plain}");
    }
}
