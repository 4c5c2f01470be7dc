//! How records were used: reported, listed, and what it does.

use passerelle_service::view::Scope;
use serde_json::{Value, json};

use crate::scenario::{agreed, courier, draft};

fn report(code: &str) -> Value {
    json!({ "use": code, "officer": "o-21", "why": "le parquet requiert la peine capitale" })
}

#[tokio::test]
async fn a_use_is_reported_and_listed_on_both_sides() {
    let (morocco, belgium, rabat, brussels) = agreed().await;
    let line = rabat.post("/v1/records", &draft(&[])).await.good().json();
    let id = line["record"].as_str().unwrap();
    courier(&rabat, &brussels, "be.interior").await;
    let uses = format!("/v1/records/{id}/uses");
    let of_rabat = format!("{uses}?from=ma.interior");
    assert_eq!(brussels.get(&of_rabat).await.good().json(), json!([]));

    let own = format!("{uses}?from=ma.interior");
    let refused = rabat.post(&own, &report("E_USE_AS_AGREED")).await;
    assert_eq!(
        (refused.status.as_u16(), refused.code().as_str()),
        (409, "E_USE_OWN")
    );
    let unnamed = brussels.post(&uses, &report("E_USE_AS_AGREED")).await;
    assert_eq!(unnamed.code(), "E_PARAMETER");
    for (wrong, status) in [
        (report("E_USE_OTHER"), 400),
        (json!({ "use": "E_USE_AS_AGREED", "officer": "o-21" }), 400),
    ] {
        let refused = brussels.post(&of_rabat, &wrong).await;
        assert_eq!(refused.status.as_u16(), status, "{wrong}");
    }
    let nowhere = format!("/v1/records/{}/uses?from=ma.interior", "0".repeat(32));
    let absent = brussels.post(&nowhere, &report("E_USE_AS_AGREED")).await;
    assert_eq!(absent.code(), "E_NOT_FOUND");
    // Whoever sends reports, whoever audits lists; neither does the other.
    let auditor = belgium.with(Scope::Audit);
    let sender = belgium.with(Scope::Send);
    let refused = auditor.post(&of_rabat, &report("E_USE_AS_AGREED")).await;
    assert_eq!(refused.status.as_u16(), 403);
    assert_eq!(sender.get(&of_rabat).await.status.as_u16(), 403);

    let ordinary = sender.post(&of_rabat, &report("E_USE_AS_AGREED")).await;
    assert_eq!(ordinary.good().status, 204);
    assert_eq!(
        brussels.get("/v1/keeping/frozen").await.good().json(),
        json!([])
    );
    let charge = sender
        .post(&of_rabat, &report("E_USE_CAPITAL_CHARGE"))
        .await;
    assert_eq!(charge.good().status, 204);
    let frozen = brussels.get("/v1/keeping/frozen").await.good().json();
    assert_eq!(frozen[0]["record"], id);
    let again = sender.post(&of_rabat, &report("E_USE_ILL_TREATMENT")).await;
    assert_eq!(
        again.code(),
        "E_RESTRICTED",
        "a program decides about nothing"
    );
    let listed = auditor.get(&of_rabat).await.good().json();
    let codes: Vec<&str> = listed.as_array().unwrap().iter().map(code).collect();
    assert_eq!(codes, ["E_USE_AS_AGREED", "E_USE_CAPITAL_CHARGE"]);
    assert_eq!(listed[1]["said"]["by"], "o-21");

    // The originator learns which, and not the words.
    courier(&brussels, &rabat, "ma.interior").await;
    let learnt = morocco.with(Scope::Audit).get(&uses).await.good().json();
    let codes: Vec<&str> = learnt.as_array().unwrap().iter().map(code).collect();
    assert_eq!(codes, ["E_USE_AS_AGREED", "E_USE_CAPITAL_CHARGE"]);
    assert!(
        learnt
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["said"].is_null())
    );
    let frozen = rabat.get("/v1/keeping/frozen").await.good().json();
    assert_eq!(frozen[0]["record"], id);
    // It is a duty that people owe, and the node is well.
    let findings = rabat.get("/v1/doctor").await.good().json();
    let mut owed = findings
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["good"] == false);
    assert!(owed.all(|one| one["owed"] == true), "{findings:#}");
}

fn code(one: &Value) -> &str {
    one["code"].as_str().unwrap()
}
