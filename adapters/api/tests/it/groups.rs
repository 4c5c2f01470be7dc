//! Two programs agree on a text through the API; every answer is what the document says.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::scenario::{carry, courier, pair};
use crate::world::World;

const GROUP: &str = "/v1/groups/ma-be-gmmp";

/// Two nodes with a group between them.
async fn group() -> (World, World, Client, Client) {
    let (morocco, belgium) = (World::rabat().await, World::brussels().await);
    let (rabat, brussels) = (morocco.inside(), belgium.inside());
    pair(&rabat, &brussels).await;
    pair(&brussels, &rabat).await;
    let template = "/v1/agreements/template?partner=be.interior&channel=ma-be-gmmp\
                    &side=group&units=police";
    let text = rabat.get(template).await.good();
    let proposed = rabat.post_text("/v1/agreements", text.text()).await.good();
    let hash = proposed.json()["hash"].as_str().unwrap().to_owned();
    let sign = format!("/v1/agreements/{hash}/sign");
    rabat.post(&sign, &json!({})).await.good();
    carry(&rabat, &brussels, &hash).await;
    brussels.post(&sign, &json!({})).await.good();
    carry(&brussels, &rabat, &hash).await;
    (morocco, belgium, rabat, brussels)
}

fn author(unit: &str) -> Value {
    json!({ "officer": "secretary", "unit": unit, "function": "Secrétariat" })
}

async fn say(client: &Client, object: Option<&Value>, deeds: Value) -> Answer {
    let body = json!({
        "object": object, "deeds": deeds, "author": author("police"), "lang": "fr",
    });
    client.post(&format!("{GROUP}/events"), &body).await
}

fn commitment(due: &str) -> Value {
    json!({
        "texts": [
            { "lang": "fr", "title": "Annuaire des points de contact" },
            { "lang": "ar", "title": "دليل نقط الاتصال" },
        ],
        "terms": {
            "of": "commitment", "responsible": "ma.interior", "function": "Coopération",
            "sector": "interior", "strand": "expertise", "objective": 23, "due": due,
            "public": true,
        },
    })
}

fn opened(kind: &str) -> Value {
    json!({ "do": "open", "kind": kind, "chair": "ma.interior" })
}

/// A commitment that Rabat offers and Brussels accepts with a reservation.
async fn agreed(rabat: &Client, brussels: &Client) -> (Value, String) {
    let deeds =
        json!([opened("commitment"), { "do": "offer", "revision": commitment("2030-01-01") }]);
    let said = say(rabat, None, deeds).await.good();
    assert_eq!(said.status, 201);
    let object = said.json()["object"].clone();
    courier(rabat, brussels, "be.interior").await;
    let line = brussels.get(&path(&object)).await.good().json()["line"].clone();
    assert_eq!(line["waits_for"], json!(["be.interior"]));
    assert_eq!(line["titles"]["ar"], "دليل نقط الاتصال");
    let hash = line["open"].as_str().unwrap().to_owned();
    let deeds = json!([
        { "do": "accept", "revision": hash },
        { "do": "position", "revision": hash, "stance": "with-reservation",
          "statement": [{ "lang": "nl", "title": "Onder voorbehoud" }] },
    ]);
    say(brussels, Some(&object), deeds).await.good();
    courier(brussels, rabat, "ma.interior").await;
    courier(rabat, brussels, "be.interior").await;
    (object, hash)
}

fn path(object: &Value) -> String {
    format!("{GROUP}/objects/{}", object.as_str().unwrap())
}

#[tokio::test]
async fn a_text_is_agreed_and_both_sides_show_the_same() {
    let (_morocco, _belgium, rabat, brussels) = group().await;
    let (object, hash) = agreed(&rabat, &brussels).await;
    let mut views = Vec::new();
    for client in [&rabat, &brussels] {
        let view = client.get(&path(&object)).await.good().json();
        assert_eq!(view["agreed"]["hash"], json!(hash));
        assert_eq!(view["agreed"]["signatures"].as_array().unwrap().len(), 2);
        assert_eq!(view["positions"][0]["stance"], "with-reservation");
        assert_eq!(view["follow_up"]["progress"], "agreed");
        views.push(view);
    }
    assert_eq!(views[0], views[1]);
    let groups = rabat.get("/v1/groups").await.good().json();
    assert_eq!(groups[0]["kinds"], json!({ "commitment": 1 }));
    let board = rabat.get(&format!("{GROUP}/board?flag=on-track")).await;
    let board = board.good().json();
    assert_eq!(board["flags"]["on-track"], 1);
    let matrix = rabat
        .get(&format!("{GROUP}/matrix?across=objectives"))
        .await;
    assert_eq!(matrix.good().json()["fields"][0]["across"], "23");
    let page = rabat.get(&format!("{GROUP}/briefing")).await.good().json();
    assert_eq!(page["headings"][0]["about"], "agreed");
    assert_eq!(page["headings"][0]["count"], 1);
}

#[tokio::test]
async fn lists_have_pages() {
    let (_morocco, _belgium, rabat, _brussels) = group().await;
    for number in 0..3 {
        let title = format!("sujet {number}");
        let texts = json!([{ "lang": "fr", "title": title }]);
        let facts = json!({ "of": "topic", "texts": texts, "strand": "borders" });
        let deeds = json!([opened("topic"), { "do": "describe", "facts": facts }]);
        say(&rabat, None, deeds).await.good();
    }
    let first = rabat
        .get(&format!("{GROUP}/objects?kind=topic&limit=2"))
        .await;
    let first = first.good();
    let link = first.header("link").to_owned();
    assert_eq!(first.json().as_array().unwrap().len(), 2);
    let next = link.split(['<', '>']).nth(1).unwrap();
    let second = rabat.get(next).await.good();
    assert_eq!(second.json().as_array().unwrap().len(), 1);
    assert_eq!(second.header("link"), "");
    let none = rabat.get(&format!("{GROUP}/objects?kind=meeting")).await;
    assert_eq!(none.good().json(), json!([]));
}

#[tokio::test]
async fn what_the_ledger_refuses_keeps_its_code() {
    let (_morocco, _belgium, rabat, brussels) = group().await;
    let (object, hash) = agreed(&rabat, &brussels).await;
    let again = json!([{ "do": "accept", "revision": hash }]);
    let refused = say(&brussels, Some(&object), again).await;
    assert_eq!(
        (refused.status.as_u16(), refused.code().as_str()),
        (409, "E_NOT_OPEN")
    );
    let baseless = json!([{ "do": "offer", "revision": commitment("2031-01-01") }]);
    let refused = say(&rabat, Some(&object), baseless).await;
    assert_eq!(
        (refused.status.as_u16(), refused.code().as_str()),
        (409, "E_BASE")
    );
    let verify = json!([{ "do": "verify", "verified": { "found": "fulfilled" } }]);
    let refused = say(&rabat, Some(&object), verify).await;
    assert_eq!(
        (refused.status.as_u16(), refused.code().as_str()),
        (403, "E_NOT_THEIRS")
    );
    let strange = json!([{ "do": "publish" }]);
    assert_eq!(
        say(&rabat, Some(&object), strange).await.code(),
        "E_JSON_SHAPE"
    );
    let stale = json!({
        "object": object, "version": 1, "deeds": [{ "do": "comment", "version": {
            "lang": "fr", "title": "Bien" } }], "author": author("police"), "lang": "fr",
    });
    let events = format!("{GROUP}/events");
    assert_eq!(rabat.post(&events, &stale).await.code(), "E_CHANGED");
    let mut outsider = stale.clone();
    outsider["author"] = author("liaison");
    outsider.as_object_mut().unwrap().remove("version");
    let refused = rabat.post(&events, &outsider).await;
    assert_eq!(refused.code(), "E_FIREWALL");
    let absent = json!(format!("be.interior~{}", "0".repeat(32)));
    assert_eq!(rabat.get(&path(&absent)).await.code(), "E_NOT_FOUND");
    let elsewhere = rabat.get("/v1/groups/ma-be-security/board").await;
    assert_eq!(elsewhere.code(), "E_NOT_FOUND");
    for wrong in [
        "objects?kind=person",
        "board?limit=0",
        "matrix?across=x",
        "briefing?since=x",
    ] {
        let refused = rabat.get(&format!("{GROUP}/{wrong}")).await;
        assert_eq!(refused.code(), "E_PARAMETER", "{wrong}");
    }
}

#[tokio::test]
async fn a_key_never_says_it_twice() {
    let (_morocco, _belgium, rabat, _brussels) = group().await;
    let events = format!("{GROUP}/events");
    let body = json!({
        "deeds": [opened("meeting")], "author": author("police"), "lang": "fr",
    });
    let keyed = rabat.with("idempotency-key", "séance-1");
    let first = keyed.post(&events, &body).await.good().json();
    let again = keyed.post(&events, &body).await.good().json();
    assert_eq!(first, again);
    let other = rabat.post(&events, &body).await.good().json();
    assert_ne!(first["object"], other["object"]);
    let objects = format!("{GROUP}/objects?kind=meeting");
    let objects = rabat.get(&objects).await.good().json();
    assert_eq!(objects.as_array().unwrap().len(), 2);
    let long = rabat.with("idempotency-key", &"k".repeat(65));
    assert_eq!(long.post(&events, &body).await.status, 400);
}
