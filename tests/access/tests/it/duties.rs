//! Duties in the desk: the authority comes in and takes a file; a report in confidence is sealed
//! to a key, opened and lost.

use passerelle_identity::TotpSecret;
use passerelle_simulation::draft;

use crate::targets::{AUTHORITY, settle};
use crate::world::{Answer, Browser, Desks, value_of};

const PHRASE: &str = "cinq mots rares mis bout à bout";

/// Released by Rabat with a file of this content.
async fn with_file(desks: &Desks, content: &'static [u8]) -> String {
    let (rabat, brussels) = (desks.node(0), desks.node(1));
    let name = "pièce \"1\".csv";
    let staged = rabat.stage(name, "text/csv", Box::pin(content)).await;
    let mut notice = draft("Au sujet", &[brussels.party()]).unwrap();
    notice.attachments = vec![staged.unwrap().token];
    let line = rabat.release(notice, None).await.unwrap();
    settle().await;
    line.record.to_string()
}

/// A request with one record, and the page that shows code and key of its access.
async fn opened(desks: &Desks, watch: &Browser, record: &str) -> Answer {
    let today = watch.get("/keeping").await.attribute("received", "value");
    let asked = [
        ("subject", "Nom"),
        ("right", "access"),
        ("why", "Courrier"),
        ("received", today.as_str()),
    ];
    let made = watch.post("/requests", &asked).await;
    let path = made.place().split('?').next().unwrap().to_owned();
    let chosen = [
        ("version", "1"),
        ("step", "chosen"),
        ("party", desks.node(0).party().as_str()),
        ("record", record),
        ("why", "Cité par l'unité"),
    ];
    watch.post(&path, &chosen).await.place();
    let page = watch.post(&format!("{path}/access"), &AUTHORITY).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page
}

/// What stands between the first of these after the other.
fn between<'a>(body: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = body.split_once(begin).unwrap();
    rest.split(end).next().unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_authority_comes_in_and_takes_a_file() {
    let desks = Desks::open().await;
    let watch = desks.person(0, "data-protection").await;
    let record = with_file(&desks, b"a,b\n").await;
    let other = with_file(&desks, b"c,d\n").await;
    let given = opened(&desks, &watch, &record).await;
    let code = between(&given.body, "<code class=\"big ids\" dir=\"ltr\">", "<");
    let key = between(&given.body, "<code class=\"big\" dir=\"ltr\">", "<");
    let key = TotpSecret::from_base32(key).unwrap();
    let stranger = desks.stranger(0);
    let one_time = key.code_at(desks.node(0).time());
    let fields = [("code", code), ("one-time", one_time.as_str())];
    let wrong = stranger.post("/inspection", &[("code", code)]).await;
    let seen = stranger.post("/inspection", &fields).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    assert!(seen.cookie("passerelle-session").is_empty());
    assert!(seen.body.contains(&record) && !seen.body.contains(&other));
    let again = stranger.post("/inspection", &fields).await;
    assert_eq!((wrong.status, &wrong.body), (404, &again.body));

    let pass = value_of(&seen.body, "pass");
    let named = |record: &str| {
        let party = desks.node(0).party().to_string();
        let pairs = [("pass", pass.as_str()), ("record", record), ("n", "0")];
        let mut fields: Vec<(String, String)> = pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        fields.push(("party".to_owned(), party));
        fields
    };
    let shown = named(&record);
    let shown = crate::world::refs(&shown);
    let page = stranger.post("/inspection/record", &shown).await;
    assert!(page.body.contains("/inspection/file"), "{}", page.body);
    let file = stranger.post("/inspection/file", &shown).await;
    assert_eq!((file.status, file.body.as_str()), (200, "a,b\n"));
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename*=UTF-8''pi%C3%A8ce%20%221%22.csv"
    );
    assert_eq!(file.header("content-type"), "application/octet-stream");
    let theirs = named(&other);
    let theirs = crate::world::refs(&theirs);
    for path in ["/inspection/record", "/inspection/file"] {
        assert_eq!(stranger.post(path, &theirs).await.status, 404, "{path}");
    }
    let left = stranger.post("/inspection/leave", &shown).await;
    assert_eq!(left.place(), "/inspection?done=inspection-left");
    let out = stranger.post("/inspection", &shown).await;
    assert_eq!((out.status, &out.body), (404, &again.body));
}

#[tokio::test(start_paused = true)]
async fn a_report_is_sealed_to_a_key_and_opens_with_its_passphrase() {
    let desks = Desks::open().await;
    let watch = desks.person(0, "data-protection").await;
    let officer = desks.person(0, "officer").await;
    let warned = officer.get("/confide").await.body;
    assert!(
        warned.contains("quiconque détient les clés du nœud"),
        "{warned}"
    );
    let chosen = |again: &'static str| [("new", PHRASE), ("again", again)];
    let differ = watch.post("/confidant", &chosen("autre")).await;
    assert_eq!(differ.status, 422);
    let made = watch.post("/confidant", &chosen(PHRASE)).await;
    assert_eq!(made.place(), "/confidant?done=confidant-made");
    let named = officer.get("/confide").await.body;
    assert!(!named.contains("quiconque détient les clés du nœud"));
    let text = [("text", "Consultation sans motif"), ("named", "yes")];
    officer.post("/confide", &text).await.place();

    let list = watch.get("/confided").await.body;
    assert!(!list.contains("Consultation sans motif"));
    let id = between(&list, "href=\"/confided/", "\"");
    let path = format!("/confided/{id}");
    let closed = watch.get(&path).await.body;
    assert!(!closed.contains("Consultation sans motif"));
    let open = format!("{path}/open");
    let wrong = watch
        .post(&open, &[("passphrase", "une autre phrase")])
        .await;
    assert_eq!(wrong.status, 422);
    assert!(!wrong.body.contains("Consultation sans motif"));
    let read = watch.post(&open, &[("passphrase", PHRASE)]).await;
    assert!(read.body.contains("Consultation sans motif"));
    assert!(!read.body.contains(PHRASE));

    // Whoever lost the passphrase is told before; afterwards nothing opens it.
    let again = watch.post("/confidant", &chosen(PHRASE)).await;
    assert_eq!(again.status, 422, "there is a key");
    let mut lost = chosen(PHRASE).to_vec();
    lost.push(("replace", "yes"));
    watch.post("/confidant", &lost).await.place();
    let gone = watch.post(&open, &[("passphrase", PHRASE)]).await;
    assert_eq!(gone.status, 409);
    assert!(!gone.body.contains("Consultation sans motif"));
}
