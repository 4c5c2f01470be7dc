//! What one may not know of looks like what does not exist, to the letter.

use passerelle_model::Role;

use crate::targets::settle;
use crate::world::{Browser, Desks, OUTSIDER};

const ABSENT: &str = "01a20e9d74a4e4de3b9982d866381d22";

/// A verb, what follows the draft in the address, and the form that it takes.
type DraftPage = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// Every page that names a draft but the one that takes files.
const DRAFT_PAGES: [DraftPage; 10] = [
    ("GET", "", &[]),
    ("GET", "/check", &[]),
    ("POST", "", &[("version", "2"), ("subject", "Autre")]),
    ("POST", "/judge", &[("subject", "Autre")]),
    ("POST", "/files/remove", &[("token", "none")]),
    ("POST", "/submit", &[("version", "2")]),
    ("POST", "/approve", &[("version", "2")]),
    ("POST", "/decline", &[("version", "2"), ("why", "Non")]),
    ("POST", "/release", &[("version", "2")]),
    ("POST", "/discard", &[("version", "2")]),
];

async fn asked(who: &Browser, verb: &str, path: &str, form: &[(&str, &str)]) -> (u16, String) {
    let answer = match verb {
        "GET" => who.get(path).await,
        _ => who.post(path, form).await,
    };
    (answer.status, answer.body)
}

/// Asks for the same of something real and of something that is not there.
async fn same(who: &Browser, verb: &str, real: &str, id: &str, form: &[(&str, &str)]) {
    let absent = real.replace(id, ABSENT);
    let (status, body) = asked(who, verb, real, form).await;
    let (other_status, other_body) = asked(who, verb, &absent, form).await;
    assert_eq!((status, other_status), (404, 404), "{verb} {real}");
    assert_eq!(body.replace(id, ABSENT), other_body, "{verb} {real}");
}

#[tokio::test(start_paused = true)]
async fn drafts_of_others_are_not_told_apart_from_none() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let outsider = desks.person(0, OUTSIDER).await;
    let analyst = desks.role(0, Role::Analyst).await;
    let draft = officer.notice("Un avis", "be.interior/liaison").await;
    for who in [&outsider, &analyst] {
        for (verb, page, form) in DRAFT_PAGES {
            let path = format!("/drafts/{draft}{page}");
            same(who, verb, &path, &draft, form).await;
        }
    }
    assert_eq!(officer.get(&format!("/drafts/{draft}")).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_released_draft_is_not_told_to_those_who_may_not_open_its_record() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let outsider = desks.person(0, OUTSIDER).await;
    let draft = officer.notice("Un avis", "be.interior/liaison").await;
    let path = format!("/drafts/{draft}/release");
    officer.post(&path, &[("version", "2")]).await.place();
    same(&outsider, "POST", &path, &draft, &[("version", "2")]).await;
}

#[tokio::test(start_paused = true)]
async fn a_file_for_a_draft_of_others_is_not_taken_in() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let outsider = desks.person(0, OUTSIDER).await;
    let draft = officer.notice("Un avis", "be.interior/liaison").await;
    let body = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nabc\r\n--x--\r\n";
    let mut bodies = Vec::new();
    for id in [draft.as_str(), ABSENT] {
        let path = format!("/drafts/{id}/files?csrf={}", outsider.csrf);
        let mut request = outsider.request("POST", &path);
        let headers = request.headers_mut().unwrap();
        headers.insert(
            "content-type",
            "multipart/form-data; boundary=x".parse().unwrap(),
        );
        let answer = outsider.send(request, body).await;
        assert_eq!(answer.status, 404);
        bodies.push(answer.body.replace(id, ABSENT));
    }
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test(start_paused = true)]
async fn cases_and_records_of_others_are_not_told_apart_from_none() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let outsider = desks.person(0, OUTSIDER).await;
    let case = officer.release("Un avis", "be.interior/liaison").await;
    settle().await;
    let id = case.rsplit('~').next().unwrap().to_owned();
    same(&outsider, "GET", &case, &id, &[]).await;
    let readers = [("why", "Dossier"), ("named", "")];
    same(&outsider, "POST", &format!("{case}/readers"), &id, &readers).await;
    let case_field = case.trim_start_matches("/cases/");
    for (page, form) in [
        ("conditions", vec![("case", case_field)]),
        ("receipt", vec![("partner", "be.interior")]),
        ("files/0", vec![]),
        (
            "restrict",
            vec![("on", "yes"), ("why", "Non"), ("case", case_field)],
        ),
    ] {
        let path = format!("/records/ma.interior/{id}/{page}");
        same(&outsider, "POST", &path, &id, &form).await;
    }
    let about = [("kind", "correction"), ("party", "ma.interior")];
    let mut answers = Vec::new();
    for record in [id.as_str(), ABSENT] {
        let form = [about[0], about[1], ("record", record)];
        answers.push(asked(&outsider, "POST", "/drafts", &form).await);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(officer.get(&case).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_case_kept_to_named_persons_is_absent_for_their_own_unit() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let second = desks.person(0, "second").await;
    let case = officer
        .release("Affaire réservée", "be.interior/liaison")
        .await;
    settle().await;
    assert_eq!(second.get(&case).await.status, 200);
    let named = [("why", "Source sensible"), ("named", "officer")];
    officer
        .post(&format!("{case}/readers"), &named)
        .await
        .place();
    let id = case.rsplit('~').next().unwrap().to_owned();
    same(&second, "GET", &case, &id, &[]).await;
    for path in ["/cases", "/today"] {
        assert!(!second.get(path).await.body.contains("réservée"), "{path}");
    }
    let query = [("text", "réservée"), ("why", "Dossier")];
    let found = second.post("/search", &query).await;
    let nothing = second
        .post("/search", &[("text", "inexistant"), ("why", "Dossier")])
        .await;
    assert_eq!(found.body.replace("réservée", "inexistant"), nothing.body);
    assert!(officer.post("/search", &query).await.body.contains(&id));
}

#[tokio::test(start_paused = true)]
async fn somebody_else_s_session_cannot_be_ended_nor_seen() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let analyst = desks.role(0, Role::Analyst).await;
    let id = officer.get("/sessions").await.hidden("id");
    assert!(!analyst.get("/sessions").await.body.contains(&id));
    let absent = "0".repeat(64);
    let theirs = analyst.post("/sessions/end", &[("id", &id)]).await;
    let none = analyst.post("/sessions/end", &[("id", &absent)]).await;
    assert_eq!((theirs.status, &theirs.body), (404, &none.body));
    assert_eq!(officer.get("/today").await.status, 200);
}
