//! What every answer carries, under which names the desk answers, and where it leads.

use passerelle_model::Role;

use crate::desk_table::{TABLE, pairs};
use crate::targets::Targets;
use crate::world::{Desks, NAME};

#[tokio::test(start_paused = true)]
async fn every_answer_is_kept_nowhere_and_runs_nothing() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let watch = desks.role(0, Role::DataProtection).await;
    let administrator = desks.role(0, Role::Administrator).await;
    let targets = Targets::new(&desks, &officer).await;
    for (verb, path, form, _) in TABLE.iter().filter(|line| line.1 != "/sign-out") {
        for who in [&desks.stranger(0), &officer, &watch, &administrator] {
            let path = targets.filled(path).await;
            let answer = match *verb {
                "GET" => who.get(&path).await,
                _ => who.post(&path, &pairs(form)).await,
            };
            assert_eq!(answer.header("cache-control"), "no-store", "{verb} {path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
            let policy = answer.header("content-security-policy");
            for part in [
                "default-src 'none'",
                "script-src 'self'",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "require-trusted-types-for 'script'",
            ] {
                assert!(policy.contains(part), "{verb} {path}: {part}");
            }
            assert!(!policy.contains("unsafe"), "{policy}");
            assert!(!answer.headers.contains_key("access-control-allow-origin"));
            for bad in [
                " style=\"",
                "<style",
                " onclick=",
                " onload=",
                "javascript:",
                "[s-",
            ] {
                assert!(!answer.body.contains(bad), "{verb} {path}: {bad}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_taken_out_is_kept_and_never_shown() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let watch = desks.role(0, Role::DataProtection).await;
    let targets = Targets::new(&desks, &officer).await;
    let file = targets.filled("/records/{party}/{record}/files/{n}").await;
    let receipt = targets.filled("/records/{party}/{record}/receipt").await;
    for answer in [
        officer.post(&file, &[]).await,
        officer.post(&receipt, &[("partner", "be.interior")]).await,
        watch.post("/register/export", &[("why", "Contrôle")]).await,
    ] {
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert!(
            answer
                .header("content-disposition")
                .starts_with("attachment; ")
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(!answer.body.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn only_names_of_this_node_are_answered() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    for host in [
        "evil.example",
        "localhost.evil.example",
        "localhost:8600@evil.example",
        "127.0.0.1.evil.example",
        "node.interior.example.evil.example",
        "evil.example:8600",
        "[::2]",
        " ",
    ] {
        for (verb, path) in [("GET", "/today"), ("POST", "/drafts"), ("GET", "/nowhere")] {
            let mut request = officer.request(verb, path);
            request
                .headers_mut()
                .unwrap()
                .insert("host", host.parse().unwrap());
            let answer = officer.send(request, "kind=notice").await;
            assert_eq!(answer.status, 421, "{host} {verb} {path}");
            assert_eq!(answer.body, "");
        }
    }
    for host in [
        "localhost",
        "127.0.0.1:1",
        "[::1]:8600",
        NAME,
        "node.interior.example:443",
    ] {
        let mut request = officer.request("GET", "/today");
        request
            .headers_mut()
            .unwrap()
            .insert("host", host.parse().unwrap());
        assert_eq!(officer.send(request, "").await.status, 200, "{host}");
    }
    let mut request = officer.request("GET", "/today");
    request.headers_mut().unwrap().remove("host");
    assert_eq!(officer.send(request, "").await.status, 421);
}

#[tokio::test(start_paused = true)]
async fn names_that_a_proxy_hands_on_change_nothing() {
    let desks = Desks::open().await;
    let administrator = desks.role(0, Role::Administrator).await;
    let request = administrator
        .request("POST", "/people/spare/reset")
        .header("x-forwarded-host", "evil.example")
        .header("forwarded", "host=evil.example");
    let form = format!("csrf={}", administrator.csrf);
    let answer = administrator.send(request, form).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("http://localhost:8600/setup/"));
    assert!(!answer.body.contains("evil.example"));
}

#[tokio::test(start_paused = true)]
async fn nothing_leads_to_another_host() {
    let desks = Desks::open().await;
    for to in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/%0d%0alocation:%20https://evil.example\r\n",
        "javascript:alert(1)",
        "\t//evil.example",
    ] {
        let stranger = desks.stranger(0);
        let mut fields = desks.credentials(0, "officer").await;
        fields.push(("to".to_owned(), to.to_owned()));
        let entered = stranger
            .post("/sign-in", &crate::world::refs(&fields))
            .await;
        let language = stranger
            .post("/language", &[("lang", "fr"), ("back", to)])
            .await;
        for answer in [entered, language] {
            let place = answer.place();
            let own = place.starts_with('/') && !place.starts_with("//") && !place.contains('\\');
            assert!(own, "{to:?} leads to {place}");
        }
        tokio::time::sleep(std::time::Duration::from_secs(31)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn other_verbs_do_nothing() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let draft = officer.notice("Un avis", "be.interior/liaison").await;
    for verb in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let request = officer.request(verb, &format!("/drafts/{draft}"));
        assert_eq!(officer.send(request, "").await.status, 405, "{verb}");
    }
    let request = officer.request("GET", &format!("/drafts/{draft}/discard"));
    assert_eq!(officer.send(request, "").await.status, 405);
    let request = officer.request("HEAD", &format!("/drafts/{draft}"));
    assert_eq!(officer.send(request, "").await.body, "");
    assert_eq!(officer.get(&format!("/drafts/{draft}")).await.status, 200);
}
