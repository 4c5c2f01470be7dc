//! Forms that are forged, sent twice, sent late, sent by two people, or far too long.

use std::time::Duration;

use passerelle_desk::{Access, Verb, routes};
use passerelle_model::Role;
use passerelle_service::DraftState;

use crate::desk_table::{TABLE, pairs};
use crate::targets::{Targets, settle};
use crate::world::{Browser, Desks, encoded, notice, refs};

/// Every form whose sender must be signed in, filled with something real.
async fn guarded(targets: &Targets) -> Vec<String> {
    let mut paths = Vec::new();
    for route in routes() {
        if route.verb() == Verb::Post && route.access() != Access::Anyone {
            paths.push(targets.filled(route.path()).await);
        }
    }
    paths
}

/// Somebody who sees every room that forms are in, one role each.
async fn three(desks: &Desks) -> [Browser; 3] {
    [
        desks.role(0, Role::Officer).await,
        desks.role(0, Role::DataProtection).await,
        desks.role(0, Role::Administrator).await,
    ]
}

#[tokio::test(start_paused = true)]
async fn a_form_without_this_session_s_token_does_nothing() {
    let desks = Desks::open().await;
    let people = three(&desks).await;
    let targets = Targets::new(&desks, &people[0]).await;
    let others = [people[1].csrf.clone(), String::new(), "0".repeat(64)];
    for path in guarded(&targets).await {
        for person in &people {
            for token in &others {
                if *token == person.csrf {
                    continue;
                }
                let form = encoded(&[("version", "2"), ("why", "Non"), ("csrf", token)]);
                let path = format!("{path}?csrf={token}");
                let answer = person.send(person.request("POST", &path), form).await;
                assert!(
                    [403, 404].contains(&answer.status),
                    "{path}: {}",
                    answer.status
                );
            }
        }
    }
    let officer = desks
        .node(0)
        .actor(&people[0].session)
        .await
        .unwrap()
        .unwrap();
    let drafts = desks.node(0).drafts(&officer, 100).await.unwrap();
    let touched =
        |state: &DraftState| matches!(state, DraftState::Declined(_) | DraftState::Approved(_));
    assert!(drafts.iter().all(|draft| !touched(&draft.state)));
}

#[tokio::test(start_paused = true)]
async fn a_form_of_another_site_does_nothing() {
    let desks = Desks::open().await;
    let people = three(&desks).await;
    let targets = Targets::new(&desks, &people[0]).await;
    let mut paths = guarded(&targets).await;
    paths.extend(["/sign-in", "/language"].map(str::to_owned));
    for path in paths {
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "http://localhost:8600.evil.example"),
            ("origin", "http://localhost:8601"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let officer = &people[0];
            let path = format!("{path}?csrf={}", officer.csrf);
            let request = officer.request("POST", &path).header(name, value);
            let form = encoded(&[("csrf", &officer.csrf), ("lang", "fr")]);
            let answer = officer.send(request, form).await;
            assert_eq!(answer.status, 403, "{path} {name}: {value}");
        }
    }
}

/// Whoever begins a form and never ends it holds no connection for ever, with a session or
/// without.
#[tokio::test(start_paused = true)]
async fn a_form_that_stops_arriving_is_answered() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    for (who, path) in [(&desks.stranger(0), "/sign-in"), (&officer, "/language")] {
        let stalled = futures_util::stream::pending::<Result<&[u8], std::io::Error>>();
        let body = axum::body::Body::from_stream(stalled);
        let sent = who.send(who.request("POST", path), body);
        let answer = tokio::time::timeout(std::time::Duration::from_secs(3_600), sent).await;
        assert_eq!(answer.expect("an answer").status, 408, "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_double_click_releases_one_record() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let draft = officer
        .notice("Une seule fois", "be.interior/liaison")
        .await;
    let path = format!("/drafts/{draft}/release");
    let version = [("version", "2")];
    let (first, second) =
        tokio::join!(officer.post(&path, &version), officer.post(&path, &version));
    assert_eq!(first.place(), second.place());
    let later = officer.post(&path, &version).await;
    assert_eq!(later.place(), first.place());
    assert_eq!(desks.node(0).outbox(None, 10).await.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_form_sent_again_changes_nothing_more() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let approver = desks.role(0, Role::Approver).await;
    let draft = officer.notice("Encore", "be.interior/liaison").await;
    officer
        .post(&format!("/drafts/{draft}/submit"), &[("version", "2")])
        .await
        .place();
    let approve = format!("/drafts/{draft}/approve");
    let long = "x".repeat(100_000);
    let worded = [("version", "3"), ("why", long.as_str())];
    assert_eq!(approver.post(&approve, &worded).await.status, 422);
    approver.post(&approve, &[("version", "3")]).await.place();
    assert_eq!(
        approver.post(&approve, &[("version", "3")]).await.status,
        409
    );
    let decline = format!("/drafts/{draft}/decline");
    assert_eq!(
        approver
            .post(&decline, &[("version", "3"), ("why", "Non")])
            .await
            .status,
        409
    );
    let actor = desks
        .node(0)
        .actor(&officer.session)
        .await
        .unwrap()
        .unwrap();
    let held = desks
        .node(0)
        .draft(&actor, &draft.parse().unwrap())
        .await
        .unwrap();
    assert!(matches!(held.state, DraftState::Approved(_)));
    // Who types after a yes takes the yes away.
    let mut form = notice("Autre chose", "be.interior/liaison");
    form.push(("version", "4"));
    officer
        .post(&format!("/drafts/{draft}"), &form)
        .await
        .place();
    let held = desks
        .node(0)
        .draft(&actor, &draft.parse().unwrap())
        .await
        .unwrap();
    assert_eq!(held.state, DraftState::Writing);
}

#[tokio::test(start_paused = true)]
async fn nobody_approves_what_they_wrote() {
    let desks = Desks::open().await;
    let administrator = desks.role(0, Role::Administrator).await;
    let form = [
        ("version", "1"),
        ("name", "Person second"),
        ("function", "Fonction"),
        ("role", "officer"),
        ("role", "approver"),
        ("unit", "liaison"),
    ];
    administrator.post("/people/second", &form).await.place();
    let both = desks.person(0, "second").await;
    let draft = both.notice("Le mien", "be.interior/liaison").await;
    both.post(&format!("/drafts/{draft}/submit"), &[("version", "2")])
        .await
        .place();
    let page = both.get(&format!("/drafts/{draft}/check")).await;
    assert!(!page.body.contains("/approve\""));
    let own = both
        .post(&format!("/drafts/{draft}/approve"), &[("version", "3")])
        .await;
    assert_eq!(own.status, 403);
}

#[tokio::test(start_paused = true)]
async fn what_was_typed_outlives_the_session() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let draft = officer.begin("notice").await;
    tokio::time::sleep(Duration::from_secs(31 * 60)).await;
    let path = format!("/drafts/{draft}");
    let mut form = notice("Ne pas perdre", "be.interior/liaison");
    form.retain(|(name, _)| *name != "text");
    form.extend([
        ("version", "1"),
        ("text", "Un \"long\" texte\r\n<b>à garder</b> — نص"),
    ]);
    let stopped = officer.post(&path, &form).await;
    assert_eq!(stopped.status, 401);

    let mut again = desks.stranger(0);
    let mut fields = desks.credentials(0, "officer").await;
    let kept = unescaped(&stopped.hidden("kept"));
    assert!(!kept.contains(&officer.csrf), "no token is carried along");
    fields.push(("kept".to_owned(), kept));
    fields.push(("to".to_owned(), stopped.hidden("to")));
    let resume = again.post("/sign-in", &refs(&fields)).await;
    assert_eq!(resume.status, 200);
    again.session = resume.session();
    again.csrf = resume.hidden("csrf");
    let held: Vec<(String, String)> = resume
        .body
        .split("<textarea name=\"")
        .skip(1)
        .map(|part| {
            let (name, rest) = part.split_once('"').unwrap();
            let value = rest
                .split_once('>')
                .unwrap()
                .1
                .split("</textarea>")
                .next()
                .unwrap();
            (name.to_owned(), unescaped(value))
        })
        .collect();
    again.post(&path, &refs(&held)).await.place();
    let page = unescaped(&again.get(&path).await.body);
    assert!(page.contains("Un \"long\" texte\n<b>à garder</b> — نص"));
}

fn unescaped(html: &str) -> String {
    [
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[tokio::test(start_paused = true)]
async fn two_people_on_one_draft_see_both_versions() {
    let desks = Desks::open().await;
    let (one, two) = (
        desks.role(0, Role::Officer).await,
        desks.person(0, "second").await,
    );
    let draft = one.begin("notice").await;
    let path = format!("/drafts/{draft}");
    let first = [("version", "1"), ("subject", "La première")];
    let second = [("version", "1"), ("subject", "La seconde")];
    two.post(&path, &second).await.place();
    let answer = one.post(&path, &first).await;
    assert_eq!(answer.status, 409);
    for both in ["La première", "La seconde"] {
        assert!(answer.body.contains(both), "{both}");
    }
    assert!(one.get(&path).await.body.contains("La seconde"));
    // Having seen both, one may put one's own in its place.
    let seen = answer.hidden("version");
    one.post(&path, &[("version", &seen), ("subject", "La première")])
        .await
        .place();
    assert!(two.get(&path).await.body.contains("La première"));
}

#[tokio::test(start_paused = true)]
async fn fields_of_any_length_and_letters_break_no_page() {
    let desks = Desks::open().await;
    let people = three(&desks).await;
    let targets = Targets::new(&desks, &people[0]).await;
    let values = [
        "é".repeat(100_000),
        "\0\u{1}\u{7f}".repeat(100),
        "\u{202e}\u{2066}txt.exe".to_owned(),
        "%00%ff%c0%ae".to_owned(),
        "'\"><script>alert(1)</script>{{7*7}}".to_owned(),
        "-1".to_owned(),
        u64::MAX.to_string() + "0",
    ];
    let forms = TABLE
        .iter()
        .filter(|line| line.0 == "POST" && line.2.contains('='));
    for (_, path, form, _) in forms {
        let path = targets.filled(path).await;
        for value in &values {
            let fields: Vec<(&str, &str)> = pairs(form)
                .into_iter()
                .map(|(name, _)| (name, value.as_str()))
                .collect();
            for person in &people {
                let answer = person.post(&path, &fields).await;
                assert!(answer.status < 500, "{path}: {}", answer.status);
                assert!(!answer.body.contains("<script>alert"), "{path}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_draft_is_kept_whole_and_a_longer_one_refused_whole() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let draft = officer.begin("notice").await;
    let path = format!("/drafts/{draft}");
    let long = "م".repeat(100_000);
    officer
        .post(
            &path,
            &[("version", "1"), ("text", &long), ("subject", &long)],
        )
        .await
        .place();
    assert!(officer.get(&path).await.body.contains(&long));
    for size in [1_200_000, 3_000_000] {
        let longer = "x".repeat(size);
        let answer = officer
            .post(&path, &[("version", "2"), ("text", &longer)])
            .await;
        assert_eq!(answer.status, 413);
    }
    assert!(officer.get(&path).await.body.contains(&long));
}

#[tokio::test(start_paused = true)]
async fn addresses_with_tricks_lead_nowhere() {
    let desks = Desks::open().await;
    let people = three(&desks).await;
    let tricks = [
        "%2e%2e",
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "%c0%ae%c0%ae",
        "%ff%fe",
        "%252e",
        "*",
        "%27%22%3E%3Cscript%3E",
        "%E2%80%AE",
        "0",
        "-1",
        "ma.interior%2f..",
        "+",
        "%",
        "%zz",
    ];
    let long = "a".repeat(8_000);
    for route in routes().iter().filter(|route| route.path().contains('{')) {
        for trick in tricks.iter().copied().chain([long.as_str()]) {
            let path: Vec<&str> = route
                .path()
                .split('/')
                .map(|part| if part.starts_with('{') { trick } else { part })
                .collect();
            let path = path.join("/");
            for person in &people {
                let answer = match route.verb() {
                    Verb::Get => person.get(&path).await,
                    Verb::Post => {
                        let form = [("version", "1"), ("why", "Non"), ("case", trick)];
                        person.post(&path, &form).await
                    }
                };
                let fits = [400, 403, 404, 409, 422].contains(&answer.status);
                assert!(fits, "{path}: {}", answer.status);
                assert!(!answer.body.contains("<script>\"") && !answer.body.contains("root:"));
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn letters_that_turn_text_round_are_made_visible() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let second = desks.person(0, "second").await;
    let administrator = desks.role(0, Role::Administrator).await;
    let turned = "plan\u{202e}fdp.exe";
    let draft = officer.begin("notice").await;
    let form = [("version", "1"), ("subject", turned), ("text", turned)];
    officer
        .post(&format!("/drafts/{draft}"), &form)
        .await
        .place();
    for path in ["/today".to_owned(), format!("/drafts/{draft}/check")] {
        let page = officer.get(&path).await;
        assert!(page.body.contains("plan\u{2423}fdp.exe"), "{path}");
        assert!(!page.body.contains('\u{202e}'), "{path}");
    }
    let clash = [("version", "1"), ("subject", "autre")];
    let conflict = second.post(&format!("/drafts/{draft}"), &clash).await;
    assert_eq!(conflict.status, 409);
    assert!(conflict.body.contains("plan\u{2423}fdp.exe"));
    // Such a name of a person, and such a released subject, are refused.
    let person = [
        ("officer", "turned"),
        ("name", turned),
        ("function", "F"),
        ("role", "analyst"),
    ];
    assert_eq!(administrator.post("/people/new", &person).await.status, 422);
    let mut whole = notice(turned, "be.interior/liaison");
    whole.extend([("version", "2"), ("next", "check")]);
    assert_eq!(
        officer
            .post(&format!("/drafts/{draft}"), &whole)
            .await
            .status,
        422
    );
    settle().await;
}

#[tokio::test(start_paused = true)]
async fn files_keep_no_path_in_their_names() {
    let desks = Desks::open().await;
    let officer = desks.role(0, Role::Officer).await;
    let draft = officer.begin("notice").await;
    for (sent, kept) in [
        ("../../etc/passwd", "passwd"),
        ("C:\\\\dossiers\\\\plan.pdf", "plan.pdf"),
        ("plan.pdf.exe", "plan.pdf.exe"),
    ] {
        let body = format!(
            "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{sent}\"\r\ncontent-type: text/html\r\n\r\n<script>\r\n--x--\r\n"
        );
        let path = format!("/drafts/{draft}/files?csrf={}", officer.csrf);
        let mut request = officer.request("POST", &path);
        let headers = request.headers_mut().unwrap();
        headers.insert(
            "content-type",
            "multipart/form-data; boundary=x".parse().unwrap(),
        );
        officer.send(request, body).await.place();
        let page = officer.get(&format!("/drafts/{draft}")).await;
        assert!(page.body.contains(&format!("<bdi>{kept}</bdi>")), "{sent}");
    }
}
