//! Signing in, what cookies carry, and when a session ends.

use std::time::Duration;

use passerelle_model::Role;

use crate::world::{Answer, Browser, Desks, NAME, encoded, refs};

/// After it a new code shows.
const NEXT_CODE: Duration = Duration::from_secs(31);

async fn enter(browser: &Browser, fields: &[(String, String)]) -> Answer {
    browser.post("/sign-in", &refs(fields)).await
}

fn with(fields: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let mut fields = fields.to_vec();
    for field in &mut fields {
        if field.0 == name {
            value.clone_into(&mut field.1);
        }
    }
    fields
}

/// What differs from one failure to the next without telling anything: what was typed, and the
/// demonstration's codes.
fn bare(answer: &Answer, typed: &str) -> String {
    let page = answer.body.split("class=\"accounts\"").next().unwrap();
    page.replace(&format!("value=\"{typed}\""), "value=\"\"")
}

#[tokio::test(start_paused = true)]
async fn every_failed_sign_in_looks_the_same() {
    let desks = Desks::open().await;
    let stranger = desks.stranger(0);
    let right = desks.credentials(0, "officer").await;
    let mut seen = Vec::new();
    for (name, wrong) in [
        ("officer", with(&right, "password", "une autre phrase")),
        ("officer", with(&right, "code", "000000")),
        ("officer", with(&right, "code", "")),
        ("nobody-here", with(&right, "name", "nobody-here")),
        ("<b>x</b>", with(&right, "name", "<b>x</b>")),
    ] {
        let answer = enter(&stranger, &wrong).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.cookie("passerelle-session"), "");
        assert!(!answer.body.contains("<b>x</b>"));
        let typed = name.replace('<', "&#60;").replace('>', "&#62;");
        seen.push(bare(&answer, &typed));
    }
    seen.dedup();
    assert_eq!(seen.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_code_works_once() {
    let desks = Desks::open().await;
    let stranger = desks.stranger(0);
    let fields = desks.credentials(0, "officer").await;
    assert_eq!(enter(&stranger, &fields).await.status, 303);
    assert_eq!(enter(&stranger, &fields).await.status, 401);
    tokio::time::sleep(NEXT_CODE).await;
    let next = desks.credentials(0, "officer").await;
    assert_eq!(enter(&stranger, &next).await.status, 303);
}

#[tokio::test(start_paused = true)]
async fn guessing_makes_the_account_wait_and_then_it_opens_again() {
    let desks = Desks::open().await;
    let stranger = desks.stranger(0);
    let right = desks.credentials(0, "officer").await;
    let wrong = with(&right, "password", "une autre phrase");
    for _ in 0..5 {
        assert_eq!(enter(&stranger, &wrong).await.status, 401);
    }
    let locked = enter(&stranger, &right).await;
    assert_eq!(locked.status, 401, "the right password does not help now");
    assert_eq!(locked.cookie("passerelle-session"), "");
    tokio::time::sleep(NEXT_CODE).await;
    let right = desks.credentials(0, "officer").await;
    assert_eq!(enter(&stranger, &right).await.status, 303);
}

#[tokio::test(start_paused = true)]
async fn a_suspended_person_is_out_at_once_and_stays_out() {
    let desks = Desks::open().await;
    let administrator = desks.role(0, Role::Administrator).await;
    let officer = desks.role(0, Role::Officer).await;
    let form = [
        ("version", "1"),
        ("name", "Person officer"),
        ("function", "Fonction"),
        ("role", "officer"),
        ("unit", "liaison"),
        ("suspended", "yes"),
    ];
    administrator.post("/people/officer", &form).await.place();
    assert_eq!(officer.get("/today").await.status, 303);
    assert_eq!(
        officer.post("/drafts", &[("kind", "notice")]).await.status,
        401
    );
    tokio::time::sleep(NEXT_CODE).await;
    let fields = desks.credentials(0, "officer").await;
    assert_eq!(enter(&desks.stranger(0), &fields).await.status, 401);
}

#[tokio::test(start_paused = true)]
async fn sessions_end_when_idle_when_revoked_and_when_left() {
    let desks = Desks::open().await;
    let first = desks.role(0, Role::Officer).await;
    tokio::time::sleep(NEXT_CODE).await;
    let second = desks.role(0, Role::Officer).await;
    assert_ne!(first.session, second.session);

    let page = first.get("/sessions").await;
    assert_eq!(page.body.matches("name=\"id\"").count(), 2);
    for id in page.body.split("name=\"id\" value=\"").skip(1) {
        let id = id.split('"').next().unwrap();
        first.post("/sessions/end", &[("id", id)]).await;
    }
    let alive = [
        first.get("/today").await.status,
        second.get("/today").await.status,
    ];
    assert!(alive.contains(&303), "{alive:?}");

    tokio::time::sleep(NEXT_CODE).await;
    let third = desks.role(0, Role::Officer).await;
    third.post("/sign-out", &[]).await.place();
    assert_eq!(third.get("/today").await.status, 303);

    tokio::time::sleep(NEXT_CODE).await;
    let idle = desks.role(0, Role::Officer).await;
    tokio::time::sleep(Duration::from_secs(31 * 60)).await;
    assert_eq!(idle.get("/today").await.place(), "/sign-in?to=%2Ftoday");
}

#[tokio::test(start_paused = true)]
async fn a_session_that_was_planted_is_not_taken_over() {
    let desks = Desks::open().await;
    let mut planted = desks.stranger(0);
    planted.session = "1".repeat(64);
    let fields = desks.credentials(0, "officer").await;
    let answer = enter(&planted, &fields).await;
    assert_eq!(answer.status, 303);
    assert_ne!(answer.session(), planted.session);
    assert_eq!(planted.get("/today").await.status, 303);
}

#[tokio::test(start_paused = true)]
async fn cookies_are_closed_to_scripts_to_other_sites_and_to_plain_lines() {
    let desks = Desks::open().await;
    for (host, secure) in [("127.0.0.1:8600", false), (NAME, true)] {
        let mut stranger = desks.stranger(0);
        let fields = desks.credentials(0, "officer").await;
        let mut request = stranger.request("POST", "/sign-in");
        request
            .headers_mut()
            .unwrap()
            .insert("host", host.parse().unwrap());
        let entered = stranger.send(request, encoded(&refs(&fields))).await;
        stranger.session = entered.session();
        let mut request = stranger.request("POST", "/language");
        request
            .headers_mut()
            .unwrap()
            .insert("host", host.parse().unwrap());
        let language = stranger.send(request, "lang=ar").await;
        for cookie in [
            entered.cookie("passerelle-session"),
            language.cookie("passerelle-language"),
        ] {
            let flags: Vec<&str> = cookie.split("; ").skip(1).collect();
            assert!(flags.contains(&"HttpOnly"), "{cookie}");
            assert!(flags.contains(&"Path=/"), "{cookie}");
            assert_eq!(flags.contains(&"Secure"), secure, "{host}: {cookie}");
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
        assert!(
            entered
                .cookie("passerelle-session")
                .contains("SameSite=Strict")
        );
        tokio::time::sleep(NEXT_CODE).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_set_up_link_works_once_and_not_for_ever() {
    let desks = Desks::open().await;
    let administrator = desks.role(0, Role::Administrator).await;
    let link = async || {
        let page = administrator.post("/people/spare/reset", &[]).await;
        let (_, rest) = page.body.split_once("/setup/").unwrap();
        let secret: String = rest
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        format!("/setup/{secret}")
    };
    let stranger = desks.stranger(0);
    let first = link().await;
    assert_eq!(stranger.get(&first).await.status, 200);
    let second = link().await;
    assert_eq!(
        stranger.get(&first).await.status,
        409,
        "a newer link replaces it"
    );
    let weak = [("password", "passerelle"), ("again", "passerelle")];
    assert_eq!(stranger.post(&second, &weak).await.status, 422);
    let good = [
        ("password", "six lampes vertes"),
        ("again", "six lampes vertes"),
    ];
    stranger.post(&second, &good).await.place();
    let wrong = stranger
        .post(&format!("{second}/confirm"), &[("code", "123")])
        .await;
    assert_eq!(wrong.status, 422);
    tokio::time::sleep(Duration::from_secs(25 * 3600)).await;
    assert_eq!(stranger.get(&second).await.status, 409, "it has expired");
}
