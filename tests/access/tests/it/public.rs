//! The public site of two nodes: a communiqué from its form to its page, a consultation from its
//! opening to what came of it, and what must never be there.

use passerelle_model::{Lang, UtcTime};
use passerelle_service::joint::{
    CommitmentTerms, Deed, Facts, Kind, ObjectRef, Programme, ProgrammeRole, Revision, Sector,
    Strand, Terms, Texts,
};
use passerelle_service::{Actor, SignIn, Wish};

use crate::world::{Answer, BASE, Browser, Desks, MEMBER, READER, arrive};

const CHANNEL: &str = "gmmp";
const LANGS: [&str; 4] = ["fr", "nl", "ar", "en"];

/// Somebody of this node, as its use cases know them.
async fn actor(desks: &Desks, number: usize) -> Actor {
    let fields = desks.credentials(number, MEMBER).await;
    let field = |name: &str| {
        let found = fields.iter().find(|(held, _)| held == name);
        found.unwrap().1.clone()
    };
    let given = SignIn {
        name: field("name"),
        password: field("password"),
        code: field("code"),
        device: "test".to_owned(),
    };
    desks.node(number).sign_in(given).await.unwrap().actor
}

fn texts(title: &str) -> Texts {
    Texts::titled(Lang::Fr, title.parse().unwrap())
}

/// Opens something for Rabat.
async fn opened(desks: &Desks, who: &Actor, kind: Kind, deed: Deed) -> ObjectRef {
    let open = Deed::Open {
        kind,
        parent: None,
        chair: "ma.interior".parse().unwrap(),
    };
    let wish = Wish::opening(vec![open, deed], Lang::Fr);
    let channel = CHANNEL.parse().unwrap();
    desks.node(0).say(who, &channel, wish).await.unwrap()
}

/// Brussels signs what is offered.
async fn signed(desks: &Desks, who: &Actor, id: &ObjectRef) {
    arrive().await;
    let (node, channel) = (desks.node(1), CHANNEL.parse().unwrap());
    let offered = node.group(who, &channel, |room| {
        let object = room.ledger().object(id).unwrap();
        object.offers().open().unwrap().hash()
    });
    let revision = offered.await.unwrap();
    let wish = Wish::about(id.clone(), None, vec![Deed::Accept { revision }], Lang::Fr);
    node.say(who, &channel, wish).await.unwrap();
    arrive().await;
}

fn typed(time: UtcTime) -> String {
    time.to_string()[..16].to_owned()
}

/// What no answer of the public site may carry.
fn bare(path: &str, answer: &Answer) {
    assert!(!answer.headers.contains_key("set-cookie"), "{path}");
    let policy = answer.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("script-src"),
        "{path}"
    );
    let body = answer.body.replace(BASE, "");
    if answer.header("content-type").starts_with("text/html") {
        for outside in [
            "http://", "https://", "src=\"//", "<script", " style=", " on",
        ] {
            let found = match outside {
                " on" => body.contains(" onclick=") || body.contains(" onload="),
                other => body.contains(other),
            };
            assert!(!found, "{path}: {outside}");
        }
    }
    for secret in [MEMBER, READER, "Person ", "officer"] {
        assert!(!answer.body.contains(secret), "{path}: {secret}");
    }
}

async fn read(public: &Browser, path: &str) -> Answer {
    let answer = public.get(path).await;
    bare(path, &answer);
    answer
}

#[tokio::test(start_paused = true)]
async fn a_communique_appears_when_its_embargo_is_over_and_not_a_second_before() {
    let desks = Desks::in_a_group().await;
    let (member, brussels) = (desks.person(0, MEMBER).await, actor(&desks, 1).await);
    let public = desks.public(0);
    let embargo = desks.node(0).time().day().plus_days(1).start();
    // By the clock of Rabat, as it is typed; the form reads it so.
    let form = member
        .get(&format!("/group/{CHANNEL}/communiques/new"))
        .await;
    assert_eq!(form.status, 200);
    let at = typed(embargo.plus_millis(3_600_000));
    let fields = [
        ("title-fr", "Communiqué conjoint"),
        ("body-fr", "Les deux parties <se félicitent> & poursuivent."),
        ("title-ar", "بلاغ مشترك"),
        ("embargo", at.as_str()),
    ];
    let begun = member
        .post(&format!("/group/{CHANNEL}/communiques/new"), &fields)
        .await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    let place = begun.place();
    let id = place
        .split('?')
        .next()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let page = |lang: &str| format!("/{lang}/communiques/{id}");
    assert_eq!(read(&public, &page("fr")).await.status, 404, "only offered");
    signed(&desks, &brussels, &id.parse().unwrap()).await;
    let shown = member.get(place).await;
    assert!(shown.body.contains("Sous embargo"), "{}", shown.body);
    let node = desks.node(0);
    let (rabat, channel) = (actor(&desks, 0).await, CHANNEL.parse().unwrap());
    let held = node.group(&rabat, &channel, |room| {
        let object = room.ledger().object(&id.parse().unwrap()).unwrap();
        match object.agreed().unwrap().value().terms {
            Terms::Communique { embargo } => embargo,
            _ => panic!("no communiqué"),
        }
    });
    let embargo = held.await.unwrap();
    let left = embargo.millis() - node.time().millis() - 1000;
    tokio::time::sleep(std::time::Duration::from_millis(left)).await;
    assert_eq!(
        read(&public, &page("fr")).await.status,
        404,
        "a second before"
    );
    assert!(!read(&public, "/fr/").await.body.contains(&id));
    tokio::time::sleep(std::time::Duration::from_millis(1000)).await;
    for lang in LANGS {
        let answer = read(&public, &page(lang)).await;
        assert_eq!(answer.status, 200, "{lang}");
        assert!(answer.body.contains(&format!("hreflang=\"{lang}\"")));
        assert!(
            read(&public, &format!("/{lang}/communiques"))
                .await
                .body
                .contains(&id)
        );
        let feed = read(&public, &format!("/{lang}/feed.atom")).await;
        assert!(
            feed.header("content-type")
                .starts_with("application/atom+xml")
        );
        assert!(
            feed.body.contains("<entry") && feed.body.contains(&id),
            "{}",
            feed.body
        );
        let data = read(&public, &format!("{}/data.jsonld", page(lang))).await;
        let data: serde_json::Value = serde_json::from_str(&data.body).unwrap();
        assert_eq!(data["@type"], "NewsArticle", "{data}");
    }
    let arabic = read(&public, &page("ar")).await.body;
    assert!(arabic.contains("<html lang=\"ar-MA\" dir=\"rtl\"") && arabic.contains("بلاغ مشترك"));
    let french = read(&public, &page("fr")).await.body;
    assert!(french.contains("&lt;se félicitent&gt;") || french.contains("&#60;se félicitent&#62;"));
    assert!(
        desks
            .public(1)
            .get(&page("nl"))
            .await
            .body
            .contains("Communiqué conjoint")
    );
}

#[tokio::test(start_paused = true)]
async fn every_page_stands_in_four_languages_and_the_rest_is_absent() {
    let desks = Desks::in_a_group().await;
    let (rabat, brussels) = (actor(&desks, 0).await, actor(&desks, 1).await);
    let public = desks.public(0);
    let revision = |public: bool| Revision {
        base: None,
        texts: texts("Ouvrir un guichet"),
        terms: Terms::Commitment(CommitmentTerms {
            decision: None,
            responsible: "ma.interior".parse().unwrap(),
            function: "Direction des affaires sociales".parse().unwrap(),
            sector: Sector::Social,
            strand: Strand::Diaspora,
            objective: Some(16),
            target: None,
            due: "2035-01-01".parse().unwrap(),
            indicators: Vec::new(),
            public,
            closure: None,
        }),
    };
    let mut commitments = Vec::new();
    for shown in [true, false] {
        let revision = Box::new(revision(shown));
        let id = opened(&desks, &rabat, Kind::Commitment, Deed::Offer { revision }).await;
        signed(&desks, &brussels, &id).await;
        commitments.push(id);
    }
    let programme = |public: bool| Deed::Describe {
        facts: Box::new(Facts::Programme(Programme {
            identifier: "XX-TEST-1".parse().unwrap(),
            texts: texts("Réintégration"),
            partners: vec![("Agence".parse().unwrap(), ProgrammeRole::Implementing)],
            sector: Sector::Labour,
            strand: Strand::Reintegration,
            code: "15190".parse().unwrap(),
            objectives: vec![21],
            countries: vec![("MA".parse().unwrap(), 100)],
            from: passerelle_service::joint::Start::On("2024-01-01".parse().unwrap()),
            until: Some("2024-12-31".parse().unwrap()),
            budget: Some(("8000000".parse().unwrap(), "eur".parse().unwrap())),
            instalments: Vec::new(),
            indicators: Vec::new(),
            public,
        })),
    };
    let hidden = opened(&desks, &rabat, Kind::Programme, programme(false)).await;
    assert_eq!(
        read(&public, "/iati.xml").await.status,
        404,
        "none is public"
    );
    let shown = opened(&desks, &rabat, Kind::Programme, programme(true)).await;
    for lang in LANGS {
        for rest in [
            "".to_owned(),
            "about".to_owned(),
            "communiques".to_owned(),
            "commitments".to_owned(),
            "programmes".to_owned(),
            "consultations".to_owned(),
            "consultations/thanks".to_owned(),
            format!("commitments/{}", commitments[0]),
            format!("programmes/{shown}"),
        ] {
            let path = format!("/{lang}/{rest}");
            let answer = read(&public, &path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(
                answer.header("cache-control").starts_with("public"),
                "{path}"
            );
            assert!(!answer.body.contains(&commitments[1].to_string()), "{path}");
            assert!(!answer.body.contains(&hidden.to_string()), "{path}");
            let request = public.request("GET", &path);
            let request = request.header("if-none-match", answer.header("etag"));
            let again = public.send(request, String::new()).await;
            assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        }
        let data = read(&public, &format!("/{lang}/data.jsonld")).await;
        serde_json::from_str::<serde_json::Value>(&data.body).unwrap();
        for absent in [
            format!("/{lang}/commitments/{}", commitments[1]),
            format!("/{lang}/programmes/{hidden}"),
            format!("/{lang}/communiques/{}", commitments[0]),
            format!("/{lang}/commitments?page=2"),
            format!("/{lang}/commitments?page=x"),
            format!("/{lang}/nowhere"),
        ] {
            let one = read(&public, &absent).await;
            let other = read(&public, &format!("/{lang}/nothing/at/all")).await;
            assert_eq!(
                (one.status, &one.body),
                (404, &other.body),
                "{absent}: no hint"
            );
        }
    }
    for path in [
        "/sign-in",
        "/today",
        "/group",
        "/v1/records",
        "/de/",
        "/iati/x.xml",
        "/fr",
    ] {
        assert_eq!(read(&public, path).await.status, 404, "{path}");
    }
    let iati = read(&public, "/iati.xml").await.body;
    assert!(
        iati.contains("XX-TEST-1") && iati.contains("currency=\"EUR\""),
        "{iati}"
    );
    assert_eq!(
        read(&public, &format!("/iati/{shown}.xml")).await.status,
        200
    );
    assert_eq!(
        desks.public(1).get("/iati.xml").await.status,
        404,
        "each publishes its own"
    );
    let map = read(&public, "/sitemap.xml").await.body;
    assert!(map.contains(&format!("{BASE}/ar/commitments/{}", commitments[0])));
    assert!(
        read(&public, "/robots.txt")
            .await
            .body
            .contains("Disallow: /"),
        "a demonstration"
    );
    let start = public
        .request("GET", "/")
        .header("accept-language", "ar-MA,fr;q=0.5");
    assert_eq!(public.send(start, String::new()).await.place(), "/ar/");
}

#[tokio::test(start_paused = true)]
async fn an_organisation_answers_and_somebody_takes_or_drops_it() {
    let desks = Desks::in_a_group().await;
    let (member, reader) = (desks.person(0, MEMBER).await, desks.person(0, READER).await);
    let public = desks.public(0);
    let now = desks.node(0).time();
    let (from, until) = (typed(now), typed(now.plus_millis(30 * 86_400_000)));
    let new = format!("/group/{CHANNEL}/consultations/new");
    let mut fields = vec![
        ("title-fr", "Quels guichets ?"),
        ("body-fr", "Écrivez à moi@exemple.org"),
        ("audience", "Associations"),
        ("strand", "diaspora"),
        ("from", from.as_str()),
        ("until", until.as_str()),
    ];
    let warned = member.post(&new, &fields).await;
    assert_eq!(warned.status, 422);
    assert!(warned.body.contains("moi@exemple.org") && warned.body.contains("name=\"sure\""));
    fields[1].1 = "Lesquels, et où ?";
    let begun = member.post(&new, &fields).await;
    let place = begun.place();
    let desk_page = place.split('?').next().unwrap().to_owned();
    let id = desk_page.rsplit('/').next().unwrap().to_owned();
    let page = format!("/fr/consultations/{id}");
    assert_eq!(read(&public, &page).await.status, 404, "a draft");
    let step = format!("{desk_page}/consultation");
    assert_eq!(
        reader.post(&step, &[("step", "open")]).await.status,
        403,
        "only reads"
    );
    assert_eq!(member.post(&step, &[("step", "open")]).await.status, 303);
    let shown = read(&public, &page).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("<form method=\"post\""));
    let said = |text: &'static str| [("organisation", "Les Amis"), ("lang", "fr"), ("text", text)];
    let origin = public
        .request("POST", &page)
        .header("origin", "https://evil.example");
    assert_eq!(public.send(origin, "text=x".to_owned()).await.status, 403);
    let empty = public
        .post(&page, &[("organisation", ""), ("text", "x")])
        .await;
    assert_eq!(empty.status, 422);
    let long = "x".repeat(20_000);
    let answer = public
        .post(&page, &[("organisation", "A"), ("text", long.as_str())])
        .await;
    assert_eq!(answer.status, 422);
    let huge = "x".repeat(200_000);
    let answer = public.post(&page, &[("text", huge.as_str())]).await;
    assert_eq!(answer.status, 413);
    let mut trapped = said("Achetez").to_vec();
    trapped.push(("website", "spam"));
    assert_eq!(
        public.post(&page, &trapped).await.status,
        303,
        "a program learns nothing"
    );
    for text in ["Un guichet à Liège <b>", "Appelez +32 470 12 34 56"] {
        let answer = public.post(&page, &said(text)).await;
        assert_eq!(
            answer.place(),
            "/fr/consultations/thanks",
            "{}",
            answer.body
        );
    }
    assert!(
        !read(&public, &page).await.body.contains("Liège"),
        "nobody looked yet"
    );
    let waiting = member.get(&desk_page).await.body;
    assert!(waiting.contains("<mark>+32 470 12 34 56"), "{waiting}");
    assert!(!waiting.contains("Achetez"));
    assert!(
        !reader.get(&desk_page).await.body.contains("/answers/"),
        "only reads"
    );
    let forms: Vec<String> = waiting
        .split("action=\"")
        .filter_map(|part| part.split('"').next())
        .filter(|action| action.contains("/answers/"))
        .map(str::to_owned)
        .collect();
    assert_eq!(forms.len(), 2);
    assert_eq!(
        member.post(&forms[1], &[("step", "take")]).await.status,
        422,
        "it has marks"
    );
    assert_eq!(
        reader.post(&forms[1], &[("step", "drop")]).await.status,
        403
    );
    assert_eq!(
        member.post(&forms[1], &[("step", "drop")]).await.status,
        303
    );
    assert_eq!(
        member.post(&forms[0], &[("step", "take")]).await.status,
        303
    );
    assert_eq!(
        member.post(&forms[0], &[("step", "take")]).await.status,
        404,
        "gone"
    );
    arrive().await;
    for number in 0..2 {
        let body = desks.public(number).get(&page).await.body;
        assert!(
            body.contains("Liège") && !body.contains("470 12"),
            "{number}"
        );
        assert_eq!(
            body.contains("name=\"organisation\""),
            number == 0,
            "asked by Rabat"
        );
    }
    let elsewhere = desks.public(1).post(&page, &said("Ici")).await;
    assert_eq!(elsewhere.status, 422);
    assert_eq!(member.post(&step, &[("step", "close")]).await.status, 303);
    assert_eq!(public.post(&page, &said("Trop tard")).await.status, 422);
    let told = [("step", "answer"), ("title-fr", "Deux guichets ouvriront")];
    assert_eq!(member.post(&step, &told).await.status, 303);
    assert!(
        read(&public, &page)
            .await
            .body
            .contains("Deux guichets ouvriront")
    );
}

#[tokio::test(start_paused = true)]
async fn only_so_many_answers_come_in_a_minute() {
    let desks = Desks::in_a_group().await;
    let member = desks.person(0, MEMBER).await;
    let now = desks.node(0).time();
    let (from, until) = (typed(now), typed(now.plus_millis(86_400_000)));
    let fields = [
        ("title-fr", "Question"),
        ("audience", "Associations"),
        ("strand", "diaspora"),
        ("from", from.as_str()),
        ("until", until.as_str()),
    ];
    let new = format!("/group/{CHANNEL}/consultations/new");
    let begun = member.post(&new, &fields).await;
    let place = begun.place();
    let desk_page = place.split('?').next().unwrap().to_owned();
    member
        .post(&format!("{desk_page}/consultation"), &[("step", "open")])
        .await;
    let page = format!(
        "/en/consultations/{}",
        desk_page.rsplit('/').next().unwrap()
    );
    let public = desks.public(0);
    let mut taken = 0;
    for n in 0..=passerelle_desk::MAX_ANSWERS_A_MINUTE {
        let text = n.to_string();
        let form = [
            ("organisation", "A"),
            ("lang", "en"),
            ("text", text.as_str()),
        ];
        taken += u32::from(public.post(&page, &form).await.status == 303);
    }
    assert_eq!(taken, passerelle_desk::MAX_ANSWERS_A_MINUTE);
    tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    let form = [("organisation", "A"), ("lang", "en"), ("text", "again")];
    assert_eq!(public.post(&page, &form).await.status, 303);
}
