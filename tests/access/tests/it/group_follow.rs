//! Two desks follow up together: a commitment from its offer to its verification, an indicator
//! that is contested, a topic assessed without seeing the other's view first.

use passerelle_simulation::GROUP_CHANNEL;

use crate::world::{Answer, Browser, Desks, arrive};

/// A group's address with something behind it.
fn at(rest: &str) -> String {
    format!("/group/{GROUP_CHANNEL}{rest}")
}

/// Where an answer leads, without its notice.
fn led(answer: &Answer) -> String {
    let place = answer.place();
    place.split(['?', '#']).next().unwrap().to_owned()
}

/// The name of the object of a page.
fn named(page: &str) -> &str {
    page.rsplit('/').next().unwrap()
}

/// Signs what is offered on a page.
async fn sign(browser: &Browser, page: &str) {
    let shown = browser.get(page).await;
    let (revision, version) = (shown.hidden("revision"), shown.hidden("version"));
    let fields = [
        ("revision", revision.as_str()),
        ("version", &version),
        ("answer", "accept"),
    ];
    let answer = browser.post(&format!("{page}/answer"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    arrive().await;
}

async fn desks() -> (Desks, Browser, Browser) {
    let desks = Desks::in_a_group().await;
    let rabat = desks.person(0, "group-secretary").await;
    let brussels = desks.person(1, "group-secretary").await;
    (desks, rabat, brussels)
}

/// Days from the present one, as forms send it.
fn in_days(desks: &Desks, days: u32) -> String {
    let today = desks.node(0).time().day();
    today.plus_days(days).to_string()
}

async fn commitment(desks: &Desks, rabat: &Browser, brussels: &Browser) -> String {
    let due = in_days(desks, 10);
    let fields = [
        ("title-fr", "Ouvrir un guichet à Tanger"),
        ("title-ar", "فتح شباك بطنجة"),
        ("responsible", "ma.interior"),
        ("function", "Direction de la migration"),
        ("sector", "social"),
        ("strand", "migration"),
        ("objective", "3"),
        ("due", &due),
        ("public", "yes"),
    ];
    let answer = rabat.post(&at("/commitments/new"), &fields).await;
    let page = led(&answer);
    arrive().await;
    sign(brussels, &page).await;
    page
}

fn report(state: &str, csrf: &str) -> String {
    let part = |name: &str, value: &str| {
        format!("--line\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = "--line\r\ncontent-disposition: form-data; name=\"files\"; filename=\"guichet.csv\"\r\n\
        content-type: text/csv\r\n\r\nmois,visites\n1,40\n\r\n--line--\r\n";
    let typed = part("state", state) + &part("text", "Le guichet est ouvert.");
    let forged = part("evidence", "00000000000000000000000000000000");
    format!("{typed}{}{forged}{file}", part("csrf", csrf))
}

async fn reported(browser: &Browser, page: &str, state: &str) -> Answer {
    let path = at(&format!(
        "/commitments/{}/report?csrf={}",
        named(page),
        browser.csrf
    ));
    let mut request = browser.request("POST", &path);
    let headers = request.headers_mut().unwrap();
    let kind = "multipart/form-data; boundary=line".parse().unwrap();
    headers.insert("content-type", kind);
    browser.send(request, report(state, &browser.csrf)).await
}

#[tokio::test(start_paused = true)]
async fn a_commitment_is_reported_by_one_and_verified_by_the_other() {
    let (desks, rabat, brussels) = desks().await;
    let empty = rabat.get(&at("/board")).await;
    assert!(
        empty.body.contains("Aucun engagement ici"),
        "{}",
        empty.body
    );
    let page = commitment(&desks, &rabat, &brussels).await;
    // Due within thirty days and nothing begun.
    let shown = rabat.get(&page).await;
    assert!(shown.body.contains("rien n’est annoncé comme commencé"));
    for view in [
        "/commitments?flag=at-risk",
        "/board",
        "/timeline",
        "/matrix",
    ] {
        let shown = rabat.get(&at(view)).await;
        assert_eq!(shown.status, 200, "{view}");
        let title = "Ouvrir un guichet à Tanger";
        let known = shown.body.contains(title) || view == "/matrix";
        assert!(known, "{view}: {}", shown.body);
    }
    let none = rabat.get(&at("/commitments?flag=late")).await;
    assert!(!none.body.contains("guichet à Tanger"));

    let path = at(&format!("/commitments/{}", named(&page)));
    let early = [("found", "fulfilled")];
    assert_eq!(
        brussels
            .post(&format!("{path}/verify"), &early)
            .await
            .status,
        409
    );
    let theirs = reported(&brussels, &page, "done").await;
    assert_eq!(theirs.status, 403, "only the responsible party reports");
    let answer = reported(&rabat, &page, "done").await;
    assert_eq!(led(&answer), page);
    arrive().await;
    let own = rabat.post(&format!("{path}/verify"), &early).await;
    assert_eq!(own.status, 403, "nobody verifies their own report");

    let shown = brussels.get(&page).await;
    let (_, rest) = shown.body.split_once("/papers/").unwrap();
    let file = at(&format!("/papers/{}", rest.split('"').next().unwrap()));
    let file = brussels.post(&file, &[]).await;
    assert_eq!(
        (file.status, file.body.as_str()),
        (200, "mois,visites\n1,40\n")
    );
    let minister = desks.person(1, "group-minister").await;
    let read = minister.get(&page).await;
    assert!(read.status == 200 && !read.body.contains("/verify"));
    assert_eq!(
        minister
            .post(&format!("{path}/verify"), &early)
            .await
            .status,
        403
    );
    let found = brussels.post(&format!("{path}/verify"), &early).await;
    assert_eq!(led(&found), page);
    arrive().await;
    for browser in [&rabat, &brussels] {
        let board = browser.get(&at("/board")).await;
        assert!(board.body.contains("c-fulfilled"), "{}", board.body);
    }
    let briefing = desks
        .person(0, "group-minister")
        .await
        .get(&at("/briefing"))
        .await;
    assert!(briefing.body.contains("b-fulfilled") && briefing.body.contains("guichet à Tanger"));
}

#[tokio::test(start_paused = true)]
async fn another_due_day_is_agreed_and_the_old_one_stays() {
    let (desks, rabat, brussels) = desks().await;
    let page = commitment(&desks, &rabat, &brussels).await;
    let form = rabat.get(&format!("{page}/change")).await;
    let version = form.hidden("version");
    let due = in_days(&desks, 90);
    let fields = [
        ("version", version.as_str()),
        ("title-fr", "Ouvrir un guichet à Tanger"),
        ("responsible", "ma.interior"),
        ("function", "Direction de la migration"),
        ("sector", "social"),
        ("strand", "migration"),
        ("due", &due),
    ];
    let answer = rabat.post(&format!("{page}/change"), &fields).await;
    assert_eq!(led(&answer), page);
    arrive().await;
    sign(&brussels, &page).await;
    let shown = rabat.get(&page).await;
    let (_, dues) = shown.body.split_once("id=\"dues\"").unwrap();
    assert!(dues.contains("<del>") && dues.contains("<strong>"));
    let timeline = rabat.get(&at("/timeline")).await;
    assert!(timeline.body.contains("class=\"was\""));
    let month: String = due.chars().take(7).collect();
    let calendar = rabat.get(&at(&format!("/calendar?month={month}"))).await;
    assert!(calendar.body.contains("guichet à Tanger"));

    let step = [
        ("title-fr", "Louer les locaux"),
        ("sector", "social"),
        ("planned", &due),
    ];
    let path = at(&format!("/commitments/{}/steps", named(&page)));
    assert_eq!(rabat.post(&path, &step).await.status, 303);
    let shown = rabat.get(&page).await;
    assert!(shown.body.contains("Louer les locaux"));
}

#[tokio::test(start_paused = true)]
async fn an_indicator_s_value_is_contested_and_shown_so() {
    let (_desks, rabat, brussels) = desks().await;
    let fields = [
        ("title-fr", "Places ouvertes"),
        ("code", "gmmp-01"),
        ("unit", "places"),
        ("measure", "unit"),
        ("aggregation", "sum"),
        ("target", "200"),
    ];
    let page = led(&rabat.post(&at("/indicators/new"), &fields).await);
    arrive().await;
    sign(&brussels, &page).await;
    let path = at(&format!("/indicators/{}", named(&page)));
    let long = [
        ("from", "2024-01-01"),
        ("until", "2025-06-30"),
        ("actual", "5"),
        ("source", "Registre"),
    ];
    let observe = format!("{path}/observe");
    assert_eq!(rabat.post(&observe, &long).await.status, 422, "over a year");
    let value = [
        ("from", "2024-01-01"),
        ("until", "2024-12-31"),
        ("target", "100"),
        ("actual", "720"),
        ("source", "Registre"),
        ("sex-1", "female"),
        ("value-1", "7"),
    ];
    assert_eq!(rabat.post(&observe, &value).await.status, 303);
    arrive().await;
    let shown = brussels.get(&page).await;
    assert!(shown.body.contains("plus de trois fois la cible"));
    assert!(shown.body.contains("à ne pas publier"));
    let (party, record) = (shown.hidden("party"), shown.hidden("record"));
    let judged = [
        ("party", party.as_str()),
        ("record", &record),
        ("judged", "contested"),
        ("text", "Deux cents selon nous."),
    ];
    let judge = format!("{path}/judge");
    assert_eq!(
        rabat.post(&judge, &judged).await.status,
        403,
        "not their own"
    );
    assert_eq!(brussels.post(&judge, &judged).await.status, 303);
    arrive().await;
    let shown = rabat.get(&page).await;
    assert!(shown.body.contains("class=\"bar contested\""));
    let csv = rabat.get(&format!("{path}/csv")).await;
    assert!(
        csv.body
            .contains("\"100\",\"720\",\"Registre\",\"ma.interior\",\"contested\""),
        "{}",
        csv.body
    );
}

#[tokio::test(start_paused = true)]
async fn views_are_shown_only_when_both_are_sealed() {
    let (_desks, rabat, brussels) = desks().await;
    let person = [
        ("title-fr", "Écrire à salma@example.org"),
        ("strand", "security"),
    ];
    let asks = rabat.post(&at("/topics/new"), &person).await;
    assert_eq!(asks.status, 422);
    assert!(asks.body.contains("salma@example.org") && asks.body.contains("name=\"sure\""));
    let fields = [("title-fr", "Filières nouvelles"), ("strand", "security")];
    let page = led(&rabat.post(&at("/topics/new"), &fields).await);
    arrive().await;
    let path = at(&format!("/topics/{}", named(&page)));
    seal(&rabat, &page, "remote").await;
    arrive().await;
    let reveal = format!("{path}/reveal");
    let early = rabat.post(&reveal, &[]).await;
    assert_eq!(early.status, 409, "{}", early.body);
    let before = brussels.get(&page).await;
    assert!(!before.body.contains("Motif de remote"));
    let own = rabat.get(&page).await;
    assert!(own.body.contains("Motif de remote"));
    seal(&brussels, &page, "almost-certain").await;
    arrive().await;
    for browser in [&rabat, &brussels] {
        assert_eq!(browser.post(&reveal, &[]).await.status, 303);
        arrive().await;
    }
    for browser in [&rabat, &brussels] {
        let shown = browser.get(&page).await;
        assert!(shown.body.contains("Les avis divergent"), "{}", shown.body);
        assert!(shown.body.contains("Motif de remote"));
    }
    let item = brussels.post(&format!("{path}/agenda"), &[]).await;
    let item = brussels.get(&led(&item)).await;
    assert!(
        item.body
            .contains("Évaluations divergentes : Filières nouvelles")
    );
}

async fn seal(browser: &Browser, page: &str, likelihood: &str) {
    let shown = browser.get(page).await;
    let (_, form) = shown.body.split_once("/seal").unwrap();
    let version = crate::world::value_of(form, "version");
    let reasons = format!("Motif de {likelihood}.");
    let fields = [
        ("version", version.as_str()),
        ("likelihood", likelihood),
        ("impact", "high"),
        ("trend", "steady"),
        ("reasons", &reasons),
    ];
    let path = at(&format!("/topics/{}/seal", named(page)));
    let answer = browser.post(&path, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}
