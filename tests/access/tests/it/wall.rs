//! The wall between cases and the joint group, for programs: each token reads its side.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use passerelle_api::{Options, router};
use passerelle_model::{Author, GROUP_SCHEMA, Kind, RecordId, Role, StructuredData};
use passerelle_service::view::{Draft, Scope};
use passerelle_simulation::{Faults, GROUP_CHANNEL, GROUP_UNIT, World, draft};
use tower::ServiceExt as _;

use crate::world::{Desks, arrive};

/// What was said in the group, as a program releases it.
fn event(world: &World) -> Draft {
    let unit = || GROUP_UNIT.parse().unwrap();
    let mut event = draft("Groupe mixte", &[world.node(1).unwrap().party()]).unwrap();
    event.to[0].unit = unit();
    Draft {
        channel: Some(GROUP_CHANNEL.parse().unwrap()),
        kind: Kind::Group,
        author: Author {
            unit: unit(),
            ..event.author.clone()
        },
        purpose: "migration".parse().unwrap(),
        basis: "declaration-2024".parse().unwrap(),
        class: "group-papers".parse().unwrap(),
        data: Some(StructuredData {
            schema: GROUP_SCHEMA.parse().unwrap(),
            json: "{}".to_owned(),
        }),
        ..event
    }
}

async fn get(router: &Router, path: &str, secret: &str) -> (u16, String) {
    send(router, Request::builder().uri(path), secret, String::new()).await
}

async fn send(
    router: &Router,
    request: axum::http::request::Builder,
    secret: &str,
    body: String,
) -> (u16, String) {
    let request = request
        .header("host", "localhost:8600")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {secret}"))
        .body(Body::from(body))
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8_lossy(&body).into_owned())
}

/// Whether the list names the record.
async fn lists(router: &Router, path: &str, secret: &str, record: &RecordId) -> bool {
    let (status, body) = get(router, path, secret).await;
    assert_eq!(status, 200, "{path}: {body}");
    body.contains(&record.to_string())
}

#[tokio::test(start_paused = true)]
async fn each_token_reads_its_side() {
    let world = World::with_group(["ma.interior", "be.interior"], 7, Faults::default());
    let world = world.await.unwrap();
    let node = world.node(0).unwrap();
    let file = node.stage("ordre.pdf", "application/pdf", &b"%PDF-1.7"[..]);
    let mut said = event(&world);
    said.attachments = vec![file.await.unwrap().token];
    let said = node.release(said, None).await.unwrap().record;
    let case = draft("un", &[world.node(1).unwrap().party()]).unwrap();
    let case = node.release(case, None).await.unwrap().record;
    arrive().await;
    let router = router(node.clone(), Options::tokens());
    let (_, read) = node.create_token("read", &[Scope::Read]).await.unwrap();
    let (_, group) = node.create_token("group", &[Scope::Group]).await.unwrap();
    let both = [Scope::Read, Scope::Group];
    let (_, both) = node.create_token("both", &both).await.unwrap();
    for path in ["", "/why", "/receipt"] {
        let of = |record: RecordId| format!("/v1/records/{record}{path}");
        for (secret, opens_case, opens_said) in
            [(&read, 200, 404), (&group, 404, 200), (&both, 200, 200)]
        {
            assert_eq!(
                get(&router, &of(case), secret).await.0,
                opens_case,
                "{path}"
            );
            assert_eq!(
                get(&router, &of(said), secret).await.0,
                opens_said,
                "{path}"
            );
        }
    }
    let file = format!("/v1/records/{said}/attachments/0");
    assert_eq!(get(&router, &file, &read).await.0, 404);
    assert_eq!(get(&router, &file, &group).await.0, 200);

    let (outbox, other) = ("/v1/records/outbox", "/v1/records/outbox?side=group");
    for (secret, path, record) in [
        (&read, outbox, case),
        (&group, outbox, said),
        (&both, outbox, case),
        (&both, other, said),
    ] {
        let hidden = if record == case { said } else { case };
        assert!(lists(&router, path, secret, &record).await);
        assert!(!lists(&router, path, secret, &hidden).await);
    }
    assert_eq!(get(&router, other, &read).await.0, 403);
    let cases = "/v1/records/inbox?side=cases";
    assert_eq!(get(&router, cases, &group).await.0, 403);
    let page = get(&router, "/v1/records/outbox?side=both", &both).await;
    assert_eq!(page.0, 400);
}

#[tokio::test(start_paused = true)]
async fn a_program_speaks_in_the_group_only_with_its_scope() {
    let world = World::with_group(["ma.interior", "be.interior"], 8, Faults::default());
    let world = world.await.unwrap();
    let (rabat, brussels) = (world.node(0).unwrap(), world.node(1).unwrap());
    let (_, send_only) = rabat.create_token("send", &[Scope::Send]).await.unwrap();
    let scopes = [Scope::Send, Scope::Group];
    let (_, speaks) = rabat.create_token("speaks", &scopes).await.unwrap();
    let body = serde_json::to_string(&event(&world)).unwrap();
    let ours = router(rabat.clone(), Options::tokens());
    let post = || Request::builder().method("POST").uri("/v1/records");
    assert_eq!(send(&ours, post(), &send_only, body.clone()).await.0, 403);
    let (status, line) = send(&ours, post(), &speaks, body).await;
    assert_eq!(status, 201, "{line}");
    arrive().await;

    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    let record = line["record"].as_str().unwrap();
    let theirs = router(brussels.clone(), Options::tokens());
    let path = format!("/v1/records/{record}/read?from=ma.interior");
    let read = || Request::builder().method("POST").uri(&path);
    let (_, send_only) = brussels.create_token("send", &[Scope::Send]).await.unwrap();
    let (_, speaks) = brussels.create_token("speaks", &scopes).await.unwrap();
    assert_eq!(
        send(&theirs, read(), &send_only, String::new()).await.0,
        404
    );
    assert_eq!(send(&theirs, read(), &speaks, String::new()).await.0, 204);
}

/// The desk of the cases offers nothing of the group and finds nothing of it.
#[tokio::test(start_paused = true)]
async fn the_desk_of_the_cases_knows_no_group() {
    let desks = Desks::beside_a_group().await;
    let node = desks.node(0);
    let file = node.stage("ordre.pdf", "application/pdf", &b"%PDF-1.7"[..]);
    let mut said = event(&desks.world);
    said.attachments = vec![file.await.unwrap().token];
    let said = node.release(said, None).await.unwrap().record;
    arrive().await;
    let officer = desks.role(0, Role::Officer).await;
    let draft = officer.begin("notice").await;
    let form = officer.get(&format!("/drafts/{draft}")).await;
    assert!(form.body.contains("value=\"case-data\""), "{}", form.body);
    assert!(!form.body.contains("group-papers") && !form.body.contains("declaration-2024"));
    assert_eq!(
        officer.post("/drafts", &[("kind", "group")]).await.status,
        404
    );
    let search = officer.get("/search").await;
    assert!(search.body.contains("value=\"recall\"") && !search.body.contains("value=\"group\""));
    for role in [
        Role::Officer,
        Role::Approver,
        Role::Analyst,
        Role::Supervisor,
    ] {
        let who = desks.role(0, role).await;
        let name = format!("ma.interior/{said}");
        let found = [
            who.get(&format!("/cases/ma.interior~{said}")).await,
            who.get(&format!("/records/{name}/proof?partner=be.interior"))
                .await,
            who.post(&format!("/records/{name}/files/0"), &[]).await,
            who.post(
                &format!("/records/{name}/receipt"),
                &[("partner", "be.interior")],
            )
            .await,
            who.post(&format!("/records/{name}/conditions"), &[]).await,
            who.get(&format!("/keeping/{name}")).await,
        ];
        for answer in found {
            assert_eq!(answer.status, 404, "{role}: {}", answer.body);
        }
    }
}
