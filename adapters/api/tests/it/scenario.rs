//! Two nodes, both only reached through the API, exchange a record by courier file.

use passerelle_service::view::Scope;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::world::World;

const CHANNEL: &str = "ma-be-security";

/// Whoever reads out another fingerprint is not paired.
pub(crate) async fn pair(here: &Client, there: &Client) {
    let card = there.get("/v1/card").await.good().json();
    let armoured = card["armoured"].as_str().unwrap();
    let seen = here
        .post_text("/v1/cards/inspect", armoured)
        .await
        .good()
        .json();
    assert_eq!(seen, card);
    let read_out = &card["spoken"][0][1];
    let pairing = json!({ "card": armoured, "fingerprint": read_out });
    let own = here.get("/v1/card").await.good().json()["spoken"][0][1].clone();
    let mistaken = json!({ "card": armoured, "fingerprint": own });
    assert_eq!(
        here.post("/v1/partners", &mistaken).await.code(),
        "E_FINGERPRINT"
    );
    let paired = here.post("/v1/partners", &pairing).await.good();
    assert_eq!(paired.status, 201);
    assert_eq!(paired.json()["card"], card);
}

/// Both sign the same text.
async fn agree(rabat: &Client, brussels: &Client) -> Value {
    let template = format!("/v1/agreements/template?partner=be.interior&channel={CHANNEL}");
    let text = rabat.get(&template).await.good();
    let proposed = rabat.post_text("/v1/agreements", text.text()).await.good();
    assert_eq!(proposed.status, 201);
    let hash = proposed.json()["hash"].as_str().unwrap().to_owned();
    rabat
        .post(&format!("/v1/agreements/{hash}/sign"), &json!({}))
        .await
        .good();
    carry(rabat, brussels, &hash).await;
    brussels
        .post(&format!("/v1/agreements/{hash}/sign"), &json!({}))
        .await
        .good();
    carry(brussels, rabat, &hash).await;
    let agreed = rabat
        .get(&format!("/v1/agreements/{hash}"))
        .await
        .good()
        .json();
    assert_eq!(agreed["in_force"], true, "{agreed:#}");
    agreed
}

pub(crate) async fn carry(from: &Client, to: &Client, hash: &str) {
    let bundle = from
        .get(&format!("/v1/agreements/{hash}/bundle"))
        .await
        .good();
    to.post_text("/v1/agreements", bundle.text()).await.good();
}

pub(crate) fn draft(attachments: &[Value]) -> Value {
    json!({
        "kind": "notice",
        "author": { "officer": "o-17", "unit": "liaison", "function": "officier de liaison" },
        "purpose": "terrorism", "basis": "convention-2014", "class": "case-data",
        "markings": { "tlp": "amber", "pap": "green", "handling": "h1" },
        "evaluation": "B2",
        "to": [{ "party": "be.interior", "unit": "police" }],
        "lang": "fr", "subject": "Véhicule signalé", "text": "Pour information.",
        "attachments": attachments, "offences": ["terrorism"],
    })
}

pub(crate) async fn courier(from: &Client, to: &Client, party: &str) -> Value {
    let file = from.get(&format!("/v1/courier?to={party}")).await.good();
    to.post_octets("/v1/courier", file.body).await.good().json()
}

pub(crate) async fn agreed() -> (World, World, Client, Client) {
    let (morocco, belgium) = (World::rabat().await, World::brussels().await);
    let (rabat, brussels) = (morocco.inside(), belgium.inside());
    pair(&rabat, &brussels).await;
    pair(&brussels, &rabat).await;
    agree(&rabat, &brussels).await;
    (morocco, belgium, rabat, brussels)
}

#[tokio::test]
async fn a_record_with_a_file_goes_and_its_receipt_comes_back() {
    let (_morocco, _belgium, rabat, brussels) = agreed().await;
    let content: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    let mislabelled = "/v1/attachments?name=plan.zip&type=application/zip";
    let refused = rabat.post_octets(mislabelled, content.clone()).await;
    assert_eq!(refused.code(), "E_FILE_TYPE");
    let staged = rabat
        .post_octets(
            "/v1/attachments?name=plan.bin&type=application/octet-stream",
            content.clone(),
        )
        .await
        .good()
        .json();
    let keyed = rabat.with("idempotency-key", "once");
    let line = keyed
        .post("/v1/records", &draft(&[staged["token"].clone()]))
        .await
        .good()
        .json();
    let id = line["record"].as_str().unwrap();
    let why = rabat
        .get(&format!("/v1/records/{id}/why"))
        .await
        .good()
        .json();
    assert_eq!(why["partners"][0]["standing"], "released");

    let imported = courier(&rabat, &brussels, "be.interior").await;
    assert_eq!(imported["whole"], true, "{imported:#}");
    let inbox = brussels.get("/v1/records/inbox").await.good().json();
    assert_eq!(inbox[0]["record"], id);
    let from = "?from=ma.interior";
    let shown = brussels
        .get(&format!("/v1/records/{id}{from}"))
        .await
        .good()
        .json();
    assert_eq!(shown["content"]["subject"], "Véhicule signalé");
    let file = brussels
        .get(&format!("/v1/records/{id}/attachments/0{from}"))
        .await
        .good();
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename*=UTF-8''plan.bin"
    );
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert_eq!(file.header("content-length"), content.len().to_string());
    assert!(file.body == content);
    let read = brussels
        .post(&format!("/v1/records/{id}/read{from}"), &json!({}))
        .await;
    assert_eq!(read.good().status, 204);

    courier(&brussels, &rabat, "ma.interior").await;
    receipt_is_good(&rabat, &brussels, id).await;
    for (client, target) in [(&rabat, "/v1/partners"), (&brussels, "/v1/doctor")] {
        client.get(target).await.good();
    }
}

async fn receipt_is_good(rabat: &Client, brussels: &Client, id: &str) {
    let receipt = rabat.get(&format!("/v1/records/{id}/receipt")).await.good();
    let card = |answer: Answer| answer.json()["armoured"].clone();
    let cards = [
        card(rabat.get("/v1/card").await),
        card(brussels.get("/v1/card").await),
    ];
    let question = json!({ "receipt": receipt.text(), "cards": cards });
    let proven = brussels
        .post("/v1/receipts/verify", &question)
        .await
        .good()
        .json();
    assert_eq!(
        (&proven["record"], &proven["by"]),
        (&json!(id), &json!("be.interior"))
    );
    let forged = json!({ "receipt": receipt.text().replace(id, &"0".repeat(32)), "cards": cards });
    assert_eq!(
        brussels.post("/v1/receipts/verify", &forged).await.status,
        400
    );
}

#[tokio::test]
async fn one_idempotency_key_releases_one_record() {
    let (_morocco, _belgium, rabat, _) = agreed().await;
    let keyed = rabat.with("idempotency-key", "once");
    let first = keyed.post("/v1/records", &draft(&[])).await.good().json();
    let second = keyed.post("/v1/records", &draft(&[])).await.good().json();
    assert_eq!(first["record"], second["record"]);
    let outbox = rabat.get("/v1/records/outbox").await.good().json();
    assert_eq!(outbox.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn pages_follow_one_another_and_end() {
    let (_morocco, _belgium, rabat, _) = agreed().await;
    for _ in 0..5 {
        rabat.post("/v1/records", &draft(&[])).await.good();
    }
    let (mut target, mut seen) = ("/v1/records/outbox?limit=2".to_owned(), Vec::new());
    loop {
        let page = rabat.get(&target).await.good();
        let lines = page.json();
        seen.extend(
            lines
                .as_array()
                .unwrap()
                .iter()
                .map(|line| line["record"].to_string()),
        );
        let link = page.header("link");
        let Some((next, _)) = link.strip_prefix('<').and_then(|link| link.split_once('>')) else {
            break;
        };
        assert!(link.ends_with("; rel=\"next\""));
        target = next.to_owned();
    }
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!((all, seen.len()), (5, 5));
}

#[tokio::test]
async fn rules_refuse_in_the_callers_language() {
    let (_morocco, _belgium, rabat, _) = agreed().await;
    let mut bad = draft(&[]);
    bad["purpose"] = json!("curiosity");
    let answer = rabat
        .with("accept-language", "nl")
        .post("/v1/records", &bad)
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (422, "E_PURPOSE")
    );
    let problem = answer.json();
    let refusal = &problem["refusals"][0];
    assert_eq!(refusal["code"], "E_PURPOSE");
    assert_eq!(problem["title"], "Geweigerd door de regels");
    let sentence = refusal["sentences"]["nl"].as_str().unwrap();
    assert!(problem["detail"].as_str().unwrap().starts_with(sentence));
    assert_eq!(refusal["sentences"].as_object().unwrap().len(), 4);
}

#[tokio::test]
async fn events_are_told_as_they_happen() {
    use http_body_util::BodyExt as _;
    let (morocco, _belgium, rabat, _) = agreed().await;
    let reader = morocco.with(Scope::Read);
    let mut feed = reader
        .open("GET", "/v1/events", "", Default::default())
        .await
        .into_body();
    let line = rabat.post("/v1/records", &draft(&[])).await.good().json();
    let told = feed.frame().await.unwrap().unwrap().into_data().unwrap();
    let told = std::str::from_utf8(&told).unwrap();
    let event = told
        .strip_prefix("data: ")
        .and_then(|told| told.strip_suffix("\n\n"));
    let event: Value = serde_json::from_str(event.unwrap()).unwrap();
    assert_eq!(
        (&event["what"], &event["record"]),
        (&json!("released"), &line["record"])
    );
    crate::schema::Document::parse(&passerelle_api::openapi()).check("NodeEvent", &event);
}

#[tokio::test]
async fn agreements_can_be_compared() {
    let (_morocco, _belgium, rabat, _) = agreed().await;
    let held = rabat.get("/v1/agreements").await.good().json();
    let before = held[0]["text"].as_str().unwrap();
    let after = before.replace("urgent_hours = 8", "urgent_hours = 4");
    let question = json!({ "before": before, "after": after });
    let changes = rabat
        .post("/v1/agreements/diff", &question)
        .await
        .good()
        .json();
    assert_eq!(changes[0]["path"], "deadlines.urgent_hours", "{changes}");
}

/// People, the policy that follows from them, and statistics, all through the API.
#[tokio::test]
async fn people_policy_and_statistics() {
    let (_morocco, _belgium, rabat, brussels) = agreed().await;
    assert_eq!(rabat.get("/v1/policy").await.code(), "E_NOT_FOUND");
    let amal = json!({
        "officer": "amal", "name": "Amal", "function": "Officier", "units": ["liaison"],
        "roles": ["officer"], "lang": "fr",
    });
    let made = rabat.post("/v1/people", &amal).await.good();
    assert_eq!(made.status, 201);
    assert!(made.json()["path"].as_str().unwrap().starts_with("/setup/"));
    assert_eq!(
        rabat.post("/v1/people", &amal).await.code(),
        "E_PERSON_KNOWN"
    );
    let people = rabat.get("/v1/people").await.good().json();
    assert_eq!(people[0]["person"]["officer"], "amal", "{people:#}");
    let policy = rabat.get("/v1/policy").await.good().json();
    let lines = policy["lines"].as_array().unwrap();
    assert!(
        lines
            .iter()
            .any(|line| line["unit"] == "liaison" && line["people"] == 1)
    );

    let away = json!({ "suspended": true });
    let refused = rabat.post("/v1/people/amal/suspend", &away).await;
    assert_eq!(refused.code(), "E_LAST_ADMINISTRATOR");
    let boss = json!({
        "officer": "boss", "name": "Boss", "function": "Administrateur", "units": [],
        "roles": ["administrator"], "lang": "fr",
    });
    rabat.post("/v1/people", &boss).await.good();
    rabat.post("/v1/people/amal/suspend", &away).await.good();
    rabat.post("/v1/people/amal/reset", &json!({})).await.good();
    let again = rabat.post("/v1/policy", &json!({})).await.good().json();
    assert!(again["number"].as_u64() > policy["number"].as_u64());
    assert!(
        again["lines"]
            .as_array()
            .unwrap()
            .iter()
            .all(|line| line["people"] == 0)
    );

    courier(&rabat, &brussels, "be.interior").await;
    let partners = brussels.get("/v1/partners").await.good().json();
    assert_eq!(
        partners[0]["policy"]["number"], again["number"],
        "{partners:#}"
    );
    let empty = rabat.get("/v1/statistics").await.good().json();
    assert_eq!(empty["rows"], json!([]));
    let csv = rabat
        .get("/v1/statistics/csv?from=2024-01&until=2024-02")
        .await
        .good();
    assert!(csv.text().starts_with("from,until,partner,"));
    for wrong in ["from=2024-13", "from=2024-05&until=2024-04", "from=1990-01"] {
        let status = rabat.get(&format!("/v1/statistics?{wrong}")).await.status;
        assert!(status.is_client_error(), "{wrong}: {status}");
    }
}

#[tokio::test]
async fn what_falls_due_is_listed_without_content() {
    let (_morocco, _belgium, rabat, brussels) = agreed().await;
    let line = rabat.post("/v1/records", &draft(&[])).await.good().json();
    courier(&rabat, &brussels, "be.interior").await;
    let none = brussels.get("/v1/keeping/reviews").await.good().json();
    assert_eq!(none, json!([]), "nothing is due today");
    let all = brussels
        .get("/v1/keeping/reviews?until=2099-01-01&limit=10")
        .await
        .good()
        .json();
    assert_eq!(all[0]["record"], line["record"]);
    assert_eq!(all[0]["party"], "ma.interior");
    let holds = brussels.get("/v1/keeping/holds").await.good().json();
    assert_eq!(holds, json!([]));
    let refused = brussels.get("/v1/keeping/holds?limit=0").await;
    assert_eq!(refused.code(), "E_PARAMETER");
    let done = brussels
        .post("/v1/keeping/run", &json!({}))
        .await
        .good()
        .json();
    assert_eq!((&done["erased"], &done["failed"]), (&json!(0), &json!([])));
}
