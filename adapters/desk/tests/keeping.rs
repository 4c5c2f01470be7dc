//! The data-protection officer's room in the browser: every page in four languages, every form
//! from end to end, on a node in memory.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use passerelle_desk::{Desk, router};
use passerelle_envelope::testing::{SAMPLE_TIME, SeededRng, sample_party};
use passerelle_model::{
    Author, Evaluation, Handling, InformationGrade, Kind, Lang, Markings, Pap, PartyId, Recipient,
    RecordId, Role, SourceGrade, Tlp, UtcTime,
};
use passerelle_service::view::Draft;
use passerelle_service::{
    Call, Clock, Dice, Net, NetError, Node, NodeParts, Person, Settings, SignIn,
};
use passerelle_store::memory::{MemoryBlobs, MemoryStore};
use tower::ServiceExt as _;

struct Evening;

impl Clock for Evening {
    fn now(&self) -> UtcTime {
        SAMPLE_TIME
    }
}

struct Nowhere;

impl Net for Nowhere {
    fn call(&self, _: &PartyId, _: &'static str, _: Vec<u8>) -> Call<'_> {
        Box::pin(async {
            Err(NetError {
                code: "E_PEER_UNREACHABLE",
                detail: "there is no network here".to_owned(),
            })
        })
    }
}

async fn node(party: &str, seed: u64) -> Node {
    let sample = sample_party(party, seed);
    let card = sample.card.content().clone();
    let parts = NodeParts {
        keyring: sample.keyring,
        store: Arc::new(MemoryStore::new()),
        blobs: Arc::new(MemoryBlobs::new()),
        clock: Arc::new(Evening),
        dice: Dice::new(SeededRng::new(seed + 100)),
        net: Arc::new(Nowhere),
    };
    Node::create(parts, card).await.unwrap()
}

/// Rabat, paired with Brussels, with one record on its way and people of its own.
async fn rabat() -> (Node, RecordId) {
    let (rabat, brussels) = (node("ma.interior", 1).await, node("be.interior", 2).await);
    for (here, there) in [(&rabat, &brussels), (&brussels, &rabat)] {
        let card = there.card();
        let digits = card.fingerprint_digits();
        here.pair(card.armoured.as_bytes(), &digits).await.unwrap();
    }
    let channel = "ma-be-security".parse().unwrap();
    let text = rabat
        .agreement_template(brussels.party(), &channel)
        .unwrap();
    let hash = rabat.import_agreement(&text).await.unwrap().hash;
    rabat.sign_agreement(&hash).await.unwrap();
    let bundle = rabat.export_agreement(&hash).await.unwrap();
    brussels.import_agreement(&bundle).await.unwrap();
    brussels.sign_agreement(&hash).await.unwrap();
    let bundle = brussels.export_agreement(&hash).await.unwrap();
    assert!(rabat.import_agreement(&bundle).await.unwrap().in_force);
    let line = rabat.release(notice(), None).await.unwrap();
    let settings = Settings::default();
    rabat.begin_demo(settings).await.unwrap();
    let unit = rabat.units().remove(0).0;
    let people = [
        ("dpo-1", Role::DataProtection),
        ("o-1", Role::Officer),
        ("a-1", Role::Approver),
    ];
    let person = |(officer, role): (&str, Role)| Person {
        officer: officer.parse().unwrap(),
        name: officer.parse().unwrap(),
        function: "fonction".parse().unwrap(),
        units: match role {
            Role::Officer => BTreeSet::from([unit.clone()]),
            _ => BTreeSet::new(),
        },
        roles: BTreeSet::from([role]),
        lang: Lang::Fr,
        suspended: false,
    };
    rabat
        .demo_people(people.into_iter().map(person).collect())
        .await
        .unwrap();
    (rabat, line.record)
}

fn notice() -> Draft {
    Draft {
        channel: None,
        kind: Kind::Notice,
        author: Author {
            officer: "o-1".parse().unwrap(),
            unit: "liaison".parse().unwrap(),
            function: "officier de liaison".parse().unwrap(),
        },
        purpose: "terrorism".parse().unwrap(),
        basis: "convention-2014".parse().unwrap(),
        class: "case-data".parse().unwrap(),
        markings: Markings {
            tlp: Tlp::Amber,
            pap: Pap::Amber,
            handling: Handling::H0,
            caveats: vec![],
        },
        evaluation: Evaluation {
            source: SourceGrade::A,
            information: InformationGrade::One,
        },
        review: None,
        erasure: None,
        to: vec!["be.interior/police".parse::<Recipient>().unwrap()],
        references: vec![],
        urgency: None,
        reason: None,
        lang: Lang::Fr,
        subject: "Véhicule signalé".to_owned(),
        text: Some("Pour information.".to_owned()),
        data: None,
        attachments: vec![],
        offences: vec![],
        particulars: None,
        asking: None,
        intake: None,
        permission: None,
    }
}

/// A browser in which somebody is signed in.
struct Browser {
    router: Router,
    cookie: String,
    lang: &'static str,
    csrf: String,
}

impl Browser {
    async fn new(node: &Node, officer: &str) -> Self {
        let accounts = node.demo_accounts().await.unwrap();
        let account = accounts
            .into_iter()
            .find(|account| account.person.officer.as_str() == officer)
            .unwrap();
        let given = SignIn {
            name: officer.to_owned(),
            password: account.password,
            code: account.code,
            device: String::new(),
        };
        let secret = node.sign_in(given).await.unwrap().secret;
        let desk = Desk::new(node.clone(), Vec::new());
        let mut browser = Self {
            router: router(Arc::new(desk)),
            cookie: format!("passerelle-session={}", secret.reveal()),
            lang: "fr",
            csrf: String::new(),
        };
        let page = browser.shows("/today").await;
        let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
        browser.csrf = rest.split('"').next().unwrap().to_owned();
        browser
    }

    async fn ask(&self, request: Request<Body>) -> (StatusCode, String, String) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let place = response.headers().get(header::LOCATION);
        let place = place.map_or("", |place| place.to_str().unwrap()).to_owned();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, place, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path)
            .header(header::HOST, "localhost")
            .header(
                header::COOKIE,
                format!("{}; passerelle-language={}", self.cookie, self.lang),
            )
            .body(Body::empty())
            .unwrap();
        let (status, _, page) = self.ask(request).await;
        (status, page)
    }

    /// A page without a missing word.
    async fn shows(&self, path: &str) -> String {
        let (status, page) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_words(path, &page);
        page
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String, String) {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("csrf", &self.csrf);
        body.extend_pairs(fields);
        let request = Request::post(path)
            .header(header::HOST, "localhost")
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.finish()))
            .unwrap();
        self.ask(request).await
    }

    /// A form that is taken: where it leads.
    async fn takes(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let (status, place, page) = self.post(path, fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{path} {fields:?} {page}");
        assert!(
            self.shows(&place).await.contains("role=\"status\""),
            "{place}"
        );
        place.split('?').next().unwrap().to_owned()
    }

    /// A form that shows a page at once.
    async fn opens(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let (status, _, page) = self.post(path, fields).await;
        assert_eq!(status, StatusCode::OK, "{path} {fields:?}");
        assert_words(path, &page);
        page
    }
}

/// A missing word shows its key in brackets.
fn assert_words(path: &str, page: &str) {
    for part in page.split('[').skip(1) {
        let key = part.split(']').next().unwrap();
        let is_key = key.contains('-')
            && key
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(!is_key, "{path}: [{key}]");
    }
}

const WHY: (&str, &str) = ("why", "contrôle annuel");

#[tokio::test]
async fn the_room_in_four_languages_and_for_nobody_else() {
    let (node, record) = rabat().await;
    let mut watch = Browser::new(&node, "dpo-1").await;
    let place = format!("/keeping/ma.interior/{record}");
    watch
        .takes(&format!("{place}/restrict"), &[WHY, ("on", "yes")])
        .await;
    watch
        .takes(&format!("{place}/hold"), &[WHY, ("until", "2030-01-01")])
        .await;
    for lang in ["fr", "nl", "ar", "en"] {
        watch.lang = lang;
        let room = watch.shows("/keeping").await;
        assert!(room.contains(&place), "{lang}");
        for path in [
            &place,
            "/break-glass",
            "/register?outcome=refused",
            "/today",
        ] {
            watch.shows(path).await;
        }
    }
    let officer = Browser::new(&node, "o-1").await;
    for closed in ["/keeping", "/break-glass", "/requests/0", "/register"] {
        assert_eq!(
            officer.get(closed).await.0,
            StatusCode::NOT_FOUND,
            "{closed}"
        );
    }
    // An officer of the unit reviews it, and neither holds nor restricts.
    let own = officer.shows(&place).await;
    assert!(own.contains("/review") && !own.contains("/hold"));
    let (hold, until) = (format!("{place}/hold"), ("until", "2030-01-01"));
    let refused = officer.post(&hold, &[WHY, until]).await;
    assert_eq!(refused.0, StatusCode::NOT_FOUND);
    let approver = Browser::new(&node, "a-1").await;
    assert_eq!(approver.get(&place).await.0, StatusCode::NOT_FOUND);
    approver.shows("/break-glass").await;
}

#[tokio::test]
async fn a_record_is_held_opened_lifted_and_reviewed_away() {
    let (node, record) = rabat().await;
    let watch = Browser::new(&node, "dpo-1").await;
    let place = format!("/keeping/ma.interior/{record}");
    let at = |what: &str| format!("{place}/{what}");
    let closed = watch.post(&at("open"), &[WHY]).await;
    assert_eq!(closed.0, StatusCode::NOT_FOUND, "beyond need-to-know");
    watch
        .takes(&at("hold"), &[WHY, ("until", "2030-01-01")])
        .await;
    let opened = watch.opens(&at("open"), &[WHY]).await;
    assert!(opened.contains("Véhicule signalé"));
    let erase = [WHY, ("verdict", "erase")];
    let refused = watch.post(&at("review"), &erase).await;
    assert_eq!(refused.0, StatusCode::CONFLICT);
    assert_words("review", &refused.2);
    watch.takes(&at("lift-hold"), &[WHY]).await;
    let keep = [WHY, ("verdict", "keep"), ("until", "1999-01-01")];
    let early = watch.post(&at("review"), &keep).await;
    assert_eq!(early.0, StatusCode::UNPROCESSABLE_ENTITY);
    let own = watch.post(&at("own-copy"), &[WHY, ("when", "now")]).await;
    assert_eq!(own.0, StatusCode::CONFLICT, "it was not recalled");
    assert_eq!(watch.takes(&at("review"), &erase).await, "/keeping");
    // Ours is gone here; what the partner holds stays in view.
    assert!(watch.shows("/keeping").await.contains(&place));
    watch.shows(&place).await;
}

#[tokio::test]
async fn who_contests_a_record_is_told_before_its_restriction_is_lifted() {
    let (node, record) = rabat().await;
    let watch = Browser::new(&node, "dpo-1").await;
    let place = format!("/keeping/ma.interior/{record}");
    let path = format!("{place}/restrict");
    let contested = [WHY, ("on", "yes"), ("contested", "yes")];
    watch.takes(&path, &contested).await;
    assert!(watch.shows(&place).await.contains("name=\"told\""));
    let (status, _, page) = watch.post(&path, &[WHY, ("on", "no")]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_words(&path, &page);
    let told = [WHY, ("on", "no"), ("told", "yes")];
    watch.takes(&path, &told).await;
    assert!(!watch.shows(&place).await.contains("name=\"told\""));
}

#[tokio::test]
async fn glass_is_broken_and_judged_by_somebody_else() {
    let (node, record) = rabat().await;
    let (watch, approver) = (
        Browser::new(&node, "dpo-1").await,
        Browser::new(&node, "a-1").await,
    );
    let id = record.to_string();
    let given = [WHY, ("party", "ma.interior"), ("record", &id)];
    let bare = approver.post("/break-glass", &given).await;
    assert_eq!(
        bare.0,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the conditions first"
    );
    assert!(
        bare.2.contains(&id),
        "what was typed stands in the form again"
    );
    let all = [given[0], given[1], given[2], ("conditions", "yes")];
    let opened = approver.opens("/break-glass", &all).await;
    assert!(opened.contains("Véhicule signalé"));
    let room = watch.shows("/keeping").await;
    let (_, rest) = room.split_once("name=\"name\" value=\"").unwrap();
    let name = rest.split('"').next().unwrap();
    let judged = [WHY, ("name", name), ("outcome", "justified")];
    watch.takes("/break-glass/judge", &judged).await;
    watch.opens("/break-glass", &all).await;
    // One's own shows without a form, and is refused without one.
    let room = watch.shows("/keeping").await;
    assert!(!room.contains("name=\"name\" value=\""));
}

#[tokio::test]
async fn requests_and_breaches_from_first_to_last() {
    let (node, _) = rabat().await;
    let watch = Browser::new(&node, "dpo-1").await;
    let received = SAMPLE_TIME.day().to_string();
    let new = [
        WHY,
        ("subject", "dossier 17"),
        ("right", "access"),
        ("received", &received),
    ];
    let place = watch.takes("/requests", &new).await;
    assert!(watch.shows("/today").await.contains(&place));
    let early = [
        WHY,
        ("version", "1"),
        ("step", "answered"),
        ("answer", "granted"),
    ];
    let refused = watch.post(&place, &early).await;
    assert_eq!(refused.0, StatusCode::CONFLICT);
    assert_words(&place, &refused.2);
    let steps: [&[(&str, &str)]; 4] = [
        &[("step", "identified")],
        &[("step", "consulted"), ("party", "be.interior")],
        &[("step", "heard"), ("party", "be.interior")],
        &[("step", "answered"), ("answer", "neither-nor")],
    ];
    for (version, step) in (1..).zip(steps) {
        let version = written(version);
        let mut fields = vec![WHY, ("version", version.as_str())];
        fields.extend(step);
        watch.takes(&place, &fields).await;
    }
    let known = [
        WHY,
        ("title", "clé USB perdue"),
        ("known", "2020-01-01T12:00"),
        ("party", "be.interior"),
    ];
    let place = watch.takes("/breaches", &known).await;
    let steps: [&[(&str, &str)]; 3] = [
        &[("step", "told"), ("party", "be.interior")],
        &[("step", "notified")],
        &[("step", "closed")],
    ];
    for (version, step) in (1..).zip(steps) {
        let version = written(version);
        let mut fields = vec![WHY, ("version", version.as_str())];
        fields.extend(step);
        watch.takes(&place, &fields).await;
    }
    let room = watch.shows("/keeping").await;
    assert!(room.contains(&place), "closed ones are still there");
}

fn written(version: u64) -> String {
    version.to_string()
}

#[tokio::test]
async fn the_register_is_narrowed_and_leads_to_what_is_meant() {
    let (node, record) = rabat().await;
    let watch = Browser::new(&node, "dpo-1").await;
    let id = record.to_string();
    let place = format!("/keeping/ma.interior/{record}");
    let link = format!("/register?party=ma.interior&record={record}");
    let form = watch.shows(&link).await;
    assert!(form.contains(&format!("value=\"{record}\"")));
    let whole = [WHY, ("party", "ma.interior"), ("record", &id)];
    let page = watch.opens("/register", &whole).await;
    assert!(page.contains(&format!("href=\"{place}\"")));
    let none = [whole[0], whole[1], whole[2], ("deed", "erase")];
    let page = watch.opens("/register", &none).await;
    assert!(!page.contains(&format!("href=\"{place}\"")));
    for wrong in [
        ("record", id.as_str()),
        ("code", "nonsense"),
        ("from", "soon"),
        ("purpose", "curiosity"),
    ] {
        let page = watch.opens("/register", &[WHY, wrong]).await;
        assert!(page.contains("role=\"alert\""), "{wrong:?}");
    }
}
