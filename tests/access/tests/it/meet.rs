//! Meetings of the joint group through the desks of two nodes: a communiqué read into proposals,
//! a meeting called, held, and its minutes agreed.

use passerelle_model::{Lang, Role};
use passerelle_service::{Person, sample_reply};
use passerelle_simulation::{GROUP_CHANNEL, GROUP_UNIT};

use crate::world::{Answer, Browser, Desks, arrive, value_of};

/// Written for this test: a meeting with two named ministers, a decision, two promises.
const TEXT: &str = "Communiqué conjoint\n\n\
    Le ministre de l'Intérieur du Maroc, M. Karim Exemple, a reçu lundi 15 avril 2024 à Rabat la \
    ministre belge de l'Intérieur, Mme Anne Modèle.\n\n\
    Les deux ministres ont décidé de tenir une réunion annuelle sur la migration.\n\n\
    La Belgique s'engage à former des agents consulaires avant le 31 mars 2025.\n\n\
    Le Maroc s'engage à renforcer l'échange d'informations sur les réseaux de trafic.\n\n\
    Suivez-nous sur Facebook\n";

struct Table {
    desks: Desks,
    rabat: Browser,
    brussels: Browser,
    base: String,
}

impl Table {
    async fn laid() -> Self {
        let desks = Desks::beside_a_group().await;
        for number in 0..2 {
            let people = [
                ("group-secretary", Role::Secretary),
                ("group-second", Role::Secretary),
                ("group-minister", Role::Supervisor),
            ];
            let people = people.map(|(name, role)| person(name, role));
            desks.node(number).demo_people(people.into()).await.unwrap();
        }
        let rabat = desks.person(0, "group-secretary").await;
        let brussels = desks.person(1, "group-secretary").await;
        Self {
            desks,
            rabat,
            brussels,
            base: format!("/group/{GROUP_CHANNEL}"),
        }
    }

    /// What a browser gets below the group's address.
    async fn page(&self, who: &Browser, path: &str) -> Answer {
        let path = match path.starts_with('/') && !path.starts_with(&self.base) {
            true => format!("{}{path}", self.base),
            false => path.to_owned(),
        };
        let page = who.get(&path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        page
    }

    /// Opens an object and says something of it with its version; gives its address.
    async fn act(&self, who: &Browser, path: &str, form: &str, fields: &[(&str, &str)]) -> String {
        let version = self.page(who, path).await.hidden("version");
        let mut fields = fields.to_vec();
        fields.push(("version", &version));
        let answer = who.post(form, &fields).await;
        let place = answer.place().to_owned();
        arrive().await;
        bare(&place)
    }

    /// Signs what is open at an address.
    async fn sign(&self, who: &Browser, path: &str) {
        let page = self.page(who, path).await;
        let (version, revision) = (page.hidden("version"), page.hidden("revision"));
        let fields = [
            ("version", version.as_str()),
            ("revision", revision.as_str()),
            ("answer", "accept"),
        ];
        who.post(&format!("{path}/answer"), &fields).await.place();
        arrive().await;
    }

    /// Rabat calls a meeting with one item of its own, which Brussels signs; gives both.
    async fn called(&self) -> (String, String) {
        let item = [
            ("title-fr", "Visas de travail"),
            ("title-nl", "Arbeidsvisa"),
            ("strand", "migration"),
            ("minutes", "20"),
            ("chair", "ma.interior"),
        ];
        let path = format!("{}/items/new", self.base);
        self.rabat.post(&path, &item).await.place();
        let list = self.page(&self.rabat, "/meetings").await;
        assert!(list.body.contains("Visas de travail"));
        let item = link(&list.body, "/objects/");
        let id = item.rsplit('/').next().unwrap().to_owned();
        let (chosen, order) = (format!("item-{id}"), format!("order-{id}"));
        let fields = [
            ("kind", "technical"),
            ("start", "2027-03-02T10:00"),
            ("end", "2027-03-02T12:00"),
            ("place", "Rabat, ministère"),
            ("title-fr", "Réunion technique"),
            ("title-nl", "Technische vergadering"),
            (chosen.as_str(), "yes"),
            (order.as_str(), "1"),
        ];
        let path = format!("{}/meetings/new", self.base);
        let meeting = bare(self.rabat.post(&path, &fields).await.place());
        arrive().await;
        self.sign(&self.brussels, &meeting).await;
        (meeting, item)
    }

    /// Where the forms of a meeting or of minutes lead.
    fn forms(&self, room: &str, object: &str) -> String {
        let id = object.rsplit('/').next().unwrap();
        format!("{}/{room}/{id}", self.base)
    }
}

fn person(officer: &str, role: Role) -> Person {
    Person {
        officer: officer.parse().unwrap(),
        name: officer.parse().unwrap(),
        function: "Secrétariat".parse().unwrap(),
        units: [GROUP_UNIT.parse().unwrap()].into(),
        roles: [role].into(),
        lang: Lang::Fr,
        suspended: false,
    }
}

fn bare(place: &str) -> String {
    let end = place.find(['?', '#']).unwrap_or(place.len());
    place[..end].to_owned()
}

/// The first link of a page that has this in its address.
fn link(body: &str, part: &str) -> String {
    let mut links = body.split("href=\"").skip(1);
    let found = links.find(|rest| rest.split('"').next().unwrap().contains(part));
    found.unwrap().split('"').next().unwrap().to_owned()
}

async fn uploaded(who: &Browser, path: &str, name: &str, bytes: &str) -> Answer {
    let body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: text/plain\r\n\r\n{bytes}\r\n--x--\r\n"
    );
    let mut request = who.request("POST", &format!("{path}?csrf={}", who.csrf));
    let kind = "multipart/form-data; boundary=x".parse().unwrap();
    request.headers_mut().unwrap().insert("content-type", kind);
    who.send(request, body).await
}

/// Every field of the proposals' forms as the page has it.
fn proposals(body: &str) -> Vec<(u32, String)> {
    let articles = body.split("<article class=\"proposal\" id=\"p-").skip(1);
    let one = |rest: &str| {
        let (id, rest) = rest.split_once('"').unwrap();
        let article = rest.split("</article>").next().unwrap();
        (id.parse().unwrap(), article.to_owned())
    };
    articles.map(one).collect()
}

#[tokio::test(start_paused = true)]
async fn a_communique_becomes_a_meeting_topics_and_commitments() {
    let table = Table::laid().await;
    let (rabat, base) = (&table.rabat, &table.base);
    let read = rabat
        .post(&format!("{base}/readings"), &[("text", TEXT)])
        .await;
    let place = bare(read.place());
    let page = table.page(rabat, &place).await;
    // Names of persons are in the text that is shown, never in what is proposed for the meeting.
    let (_, meeting) = page.body.split_once("id=\"meeting\"").unwrap();
    let (meeting, _) = meeting.split_once("id=\"topics\"").unwrap();
    assert!(
        !meeting.contains("Exemple") && !meeting.contains("Modèle"),
        "{meeting}"
    );
    assert!(
        meeting.contains("15 avril 2024") && meeting.contains("Rabat"),
        "{meeting}"
    );
    let all = proposals(&page.body);
    let of = |words: &str| {
        let found = all
            .iter()
            .find(|(_, article)| article.contains(words) && article.contains("name=\"due-"));
        let candidate = |(_, article): &&(u32, String)| article.contains("<blockquote");
        found.filter(candidate).unwrap().0
    };
    let fixed = all
        .iter()
        .rev()
        .find(|(_, article)| article.contains("31 mars 2025"));
    let dated = fixed.unwrap().0;
    let undated = all
        .iter()
        .rev()
        .find(|(_, article)| article.contains("réseaux de trafic"));
    let undated = undated.unwrap().0;
    assert_ne!(dated, undated);
    assert!(of("réunion annuelle") < 100);

    // Both are accepted; the one without a day stays.
    let version = page.hidden("version");
    let mut fields: Vec<(String, String)> = Vec::new();
    for (id, function) in [
        (dated, "Direction consulaire"),
        (undated, "Direction de la migration"),
    ] {
        let due = if id == dated { "2025-03-31" } else { "" };
        let typed = [
            ("choice", "accept"),
            ("becomes", "commitment"),
            ("title", "Engagement"),
            ("text", "Texte"),
            ("strand", "migration"),
            ("sector", "foreign-affairs"),
            ("responsible", "be.interior"),
            ("function", function),
            ("due", due),
        ];
        fields.extend(typed.map(|(name, value)| (format!("{name}-{id}"), value.to_owned())));
    }
    let meeting = [
        ("version", version.as_str()),
        ("act", "propose"),
        ("meeting-choice", "accept"),
        ("meeting-title", "Rencontre ministérielle"),
        ("meeting-kind", "ministerial"),
        ("meeting-start", "2024-04-15T10:00"),
        ("meeting-end", "2024-04-15T12:00"),
        ("meeting-place", "Rabat"),
    ];
    fields.extend(meeting.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let done = rabat.post(&place, &crate::world::refs(&fields)).await;
    assert!(
        done.place().ends_with("done=meet-proposed"),
        "{}",
        done.place()
    );
    // Whoever looked before has to look again.
    let stale = rabat.post(&place, &crate::world::refs(&fields)).await;
    assert_eq!(stale.status, 409);
    let page = table.page(rabat, &place).await;
    let taken = |id: u32| {
        let found = proposals(&page.body)
            .into_iter()
            .find(|(held, _)| *held == id);
        found.unwrap().1.contains("/objects/")
    };
    assert!(taken(dated) && !taken(undated));
    let waiting = proposals(&page.body)
        .into_iter()
        .find(|(id, _)| *id == undated)
        .unwrap()
        .1;
    assert!(waiting.contains("échéance"), "{waiting}");

    // A colleague goes on with it and gives the day.
    let colleague = table.desks.person(0, "group-second").await;
    let version = page.hidden("version");
    let due = format!("due-{undated}");
    let mut second: Vec<(String, String)> = fields
        .into_iter()
        .filter(|(name, _)| name.ends_with(&format!("-{undated}")) && *name != due)
        .collect();
    let more = [
        (due.as_str(), "2024-12-31"),
        ("version", version.as_str()),
        ("act", "propose"),
    ];
    second.extend(more.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let done = colleague.post(&place, &crate::world::refs(&second)).await;
    assert!(
        done.place().ends_with("done=meet-proposed"),
        "{}",
        done.place()
    );
    arrive().await;

    let theirs = table.page(&table.brussels, "/meetings").await;
    assert!(theirs.body.contains("Rencontre ministérielle"));
    let waits = table.page(&table.brussels, base).await;
    assert_eq!(waits.body.matches("<bdi>Engagement</bdi>").count(), 2);
    // The reading stays with those who had it read.
    assert!(
        !table
            .page(&table.brussels, "/readings")
            .await
            .body
            .contains("Communiqué conjoint")
    );
    let minister = table.desks.person(0, "group-minister").await;
    assert_eq!(minister.post(&place, &[("version", "1")]).await.status, 403);
    let page = minister.get(&place).await;
    assert_eq!(page.status, 200);
    // Deleted here by whoever saw it last; what was proposed stays.
    let version = page.hidden("version");
    let discard = [("act", "discard"), ("version", "1")];
    assert_eq!(rabat.post(&place, &discard).await.status, 409);
    let discard = [("act", "discard"), ("version", version.as_str())];
    assert_eq!(minister.post(&place, &discard).await.status, 403);
    rabat.post(&place, &discard).await.place();
    assert_eq!(rabat.get(&place).await.status, 404);
    let kept = table.page(rabat, "/meetings").await;
    assert!(kept.body.contains("Rencontre ministérielle"));
}

#[tokio::test(start_paused = true)]
async fn papers_that_cannot_be_read_are_refused_in_words() {
    let table = Table::laid().await;
    let path = format!("{}/readings/file", table.base);
    let read = uploaded(
        &table.rabat,
        &path,
        "note.html",
        "<h1>Titre</h1><script>alert(1)</script><p>Les parties ont convenu de se revoir.</p>",
    )
    .await;
    let page = table.page(&table.rabat, &bare(read.place())).await;
    assert!(page.body.contains("ont convenu de se revoir") && !page.body.contains("alert(1)"));
    let scan = uploaded(&table.rabat, &path, "scan.pdf", "%PDF-1.7 \u{1}\u{2}").await;
    assert_eq!(scan.status, 422, "{}", scan.body);
    let long = "mot ".repeat(200_000);
    let long = table
        .rabat
        .post(&format!("{}/readings", table.base), &[("text", &long)])
        .await;
    assert_eq!(long.status, 422);
    let empty = table
        .rabat
        .post(&format!("{}/readings", table.base), &[("text", " ")])
        .await;
    assert_eq!(empty.status, 422);
    assert_eq!(
        table
            .rabat
            .get(&format!("{}/readings/none", table.base))
            .await
            .status,
        404
    );
}

#[tokio::test(start_paused = true)]
async fn a_meeting_is_called_held_and_its_minutes_agreed() {
    let table = Table::laid().await;
    let (rabat, brussels) = (&table.rabat, &table.brussels);
    let (meeting, item) = table.called().await;
    let forms = table.forms("meetings", &meeting);
    let page = table.page(rabat, &meeting).await;
    assert!(
        page.body.contains("Texte convenu")
            || page.body.contains("group-agreed")
            || page.body.contains("agreed-text")
    );

    // Delegates by function; who looks like a person is asked about first.
    let step = format!("{forms}/step");
    table
        .act(rabat, &meeting, &step, &[("to", "convened")])
        .await;
    let version = table.page(rabat, &meeting).await.hidden("version");
    let odd = [
        ("version", version.as_str()),
        ("functions", "Chef de service +212 661 23 45 67"),
    ];
    let asked = rabat.post(&format!("{forms}/delegates"), &odd).await;
    assert_eq!(asked.status, 422);
    assert!(asked.body.contains("name=\"sure\" value=\"yes\""));
    assert!(
        asked
            .body
            .contains("Chef de service +212 661 23 45 67</textarea>")
    );
    let ours = [("functions", "Directeur de la migration\nChef de service")];
    table
        .act(rabat, &meeting, &format!("{forms}/delegates"), &ours)
        .await;

    // Without a quorum the session opens only knowingly.
    let version = table.page(rabat, &meeting).await.hidden("version");
    let early = [("version", version.as_str()), ("to", "in-session")];
    assert_eq!(rabat.post(&step, &early).await.status, 409);
    let theirs = [("functions", "Directeur Dienst Vreemdelingenzaken")];
    table
        .act(brussels, &meeting, &format!("{forms}/delegates"), &theirs)
        .await;

    // The invitation, its answer, and a newer form of it after a change of date.
    let ics = format!("{forms}/invitation.ics");
    let first = rabat.get(&ics).await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert!(
        first.body.contains("METHOD:REQUEST") && first.body.contains("SEQUENCE:1"),
        "{}",
        first.body
    );
    let stamp = table.desks.node(0).time().plus_millis(60_000);
    let reply = sample_reply(&first.body, false, stamp);
    uploaded(rabat, &format!("{forms}/replies"), "reply.ics", &reply)
        .await
        .place();
    assert!(table.page(rabat, &meeting).await.body.contains("Décliné"));
    let foreign = reply.replace("UID:ma.interior", "UID:xx.interior");
    let foreign = uploaded(rabat, &format!("{forms}/replies"), "reply.ics", &foreign).await;
    assert_eq!(foreign.status, 422);
    let id = item.rsplit('/').next().unwrap();
    let chosen = format!("item-{id}");
    let change = [
        ("kind", "technical"),
        ("start", "2027-03-03T10:00"),
        ("end", "2027-03-03T12:00"),
        ("place", "Rabat"),
        ("title-fr", "Réunion technique"),
        ("title-nl", "Technische vergadering"),
        (chosen.as_str(), "yes"),
    ];
    table
        .act(rabat, &meeting, &format!("{forms}/change"), &change)
        .await;
    assert!(rabat.get(&ics).await.body.contains("SEQUENCE:1"));
    table.sign(brussels, &meeting).await;
    assert!(rabat.get(&ics).await.body.contains("SEQUENCE:2"));

    // A paper goes to both sides.
    uploaded(
        rabat,
        &format!("{forms}/papers"),
        "ordre.txt",
        "Ordre du jour",
    )
    .await
    .place();
    arrive().await;
    let page = table.page(brussels, &meeting).await;
    let (_, paper) = page
        .body
        .split_once(&format!("action=\"{}/papers/", table.base))
        .unwrap();
    let paper = format!("{}/papers/{}", table.base, paper.split('"').next().unwrap());
    let got = brussels.post(&paper, &[]).await;
    assert_eq!((got.status, got.body.as_str()), (200, "Ordre du jour"));

    // Held: outcomes only in session, and only by the chair.
    let settle = format!("{}/items/{id}/settle", table.base);
    let meeting_id = meeting.rsplit('/').next().unwrap();
    let outcome = [
        ("meeting", meeting_id),
        ("act", "settle"),
        ("outcome", "decision"),
        ("text", "Une note commune est adoptée."),
    ];
    assert_eq!(rabat.post(&settle, &outcome).await.status, 409);
    table
        .act(rabat, &meeting, &step, &[("to", "in-session")])
        .await;
    assert_eq!(brussels.post(&settle, &outcome).await.status, 403);
    rabat.post(&settle, &outcome).await.place();
    let record = format!("{}/items/{id}/outcome", table.base);
    let form = format!("{record}?kind=decision&meeting={meeting_id}");
    assert!(
        table
            .page(rabat, &form)
            .await
            .body
            .contains("Visas de travail")
    );
    let decision = [
        ("kind", "decision"),
        ("meeting", meeting_id),
        ("title-fr", "Note commune"),
        ("strand", "migration"),
    ];
    rabat.post(&record, &decision).await.place();
    table.act(rabat, &meeting, &step, &[("to", "ended")]).await;

    minutes(&table, &meeting, &forms).await;
}

async fn minutes(table: &Table, meeting: &str, forms: &str) {
    let (rabat, brussels) = (&table.rabat, &table.brussels);
    let opened = rabat.post(&format!("{forms}/minutes"), &[]).await;
    let minutes = bare(opened.place());
    assert_eq!(
        rabat.post(&format!("{forms}/minutes"), &[]).await.status,
        409
    );
    arrive().await;
    let page = table.page(brussels, &minutes).await;
    for prefilled in [
        "Visas de travail",
        "Arbeidsvisa",
        "Une note commune est adoptée.",
        "Note commune",
        "Vreemdelingenzaken",
    ] {
        assert!(page.body.contains(prefilled), "{prefilled}: {}", page.body);
    }
    let place = table.forms("minutes", &minutes);

    // Both write the first paragraph before they hear of each other; one chooses.
    let (first, seen) = (page.hidden("place"), page.hidden("seen"));
    let write = |text: &'static str| {
        [
            ("place", first.clone()),
            ("seen", seen.clone()),
            ("text-fr", text.to_owned()),
        ]
    };
    for (who, text) in [
        (rabat, "Version de Rabat."),
        (brussels, "Version de Bruxelles."),
    ] {
        let fields = write(text);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        who.post(&format!("{place}/write"), &fields).await.place();
    }
    arrive().await;
    for who in [rabat, brussels] {
        let page = table.page(who, &minutes).await;
        assert!(
            page.body.contains("Version de Rabat.") && page.body.contains("Version de Bruxelles.")
        );
    }
    // A form filled in on what stood before is not taken.
    let stale = write("Trop tard.");
    let stale: Vec<(&str, &str)> = stale
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(
        rabat.post(&format!("{place}/write"), &stale).await.status,
        409
    );
    let step = format!("{place}/step");
    table
        .act(rabat, &minutes, &step, &[("to", "prepared")])
        .await;
    let offer = [
        ("lang-fr", "yes"),
        ("title-fr", "Procès-verbal"),
        ("lang-nl", "yes"),
        ("title-nl", "Notulen"),
    ];
    let version = table.page(rabat, &minutes).await.hidden("version");
    let mut early = offer.to_vec();
    early.push(("version", &version));
    assert_eq!(
        rabat.post(&format!("{place}/offer"), &early).await.status,
        409,
        "two versions stand"
    );

    // Sent round: the window is open, and the other side chooses.
    let past = [
        ("version", version.as_str()),
        ("to", "circulated"),
        ("until", "2001-01-01"),
    ];
    assert_eq!(rabat.post(&step, &past).await.status, 422);
    table
        .act(
            rabat,
            &minutes,
            &step,
            &[("to", "circulated"), ("until", "2099-01-01")],
        )
        .await;
    let page = table.page(brussels, &minutes).await;
    let (_, keep) = page.body.split_once("Version de Bruxelles.</p>").unwrap();
    let chosen = [
        ("place", value_of(keep, "place")),
        ("seen", value_of(keep, "seen")),
        ("text-fr", value_of(keep, "text-fr")),
    ];
    let chosen: Vec<(&str, &str)> = chosen
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(chosen[2].1, "Version de Bruxelles.");
    brussels
        .post(&format!("{place}/write"), &chosen)
        .await
        .place();
    arrive().await;
    let page = table.page(rabat, &minutes).await;
    let (changes, paragraphs) = page.body.split_once("id=\"paragraphs\"").unwrap();
    assert!(!paragraphs.contains("Version de Rabat."));
    assert!(changes.contains("Version de Rabat.</del>"), "{changes}");

    // Offered, a reservation stated, agreed; then nothing is written any more.
    table
        .act(rabat, &minutes, &format!("{place}/offer"), &offer)
        .await;
    let page = table.page(brussels, &minutes).await;
    let (version, revision) = (page.hidden("version"), page.hidden("revision"));
    let reservation = [
        ("version", version.as_str()),
        ("revision", revision.as_str()),
        ("stance", "with-reservation"),
        ("statement", "Sous réserve du budget."),
    ];
    brussels
        .post(&format!("{minutes}/position"), &reservation)
        .await
        .place();
    table.sign(brussels, &minutes).await;
    let text = [("text-fr", "Encore")];
    assert_eq!(rabat.post(&format!("{place}/add"), &text).await.status, 409);
    let one = table.page(rabat, &minutes).await.body;
    let other = table.page(brussels, &minutes).await.body;
    for body in [&one, &other] {
        assert!(body.contains("agreed-text") && body.contains("Sous réserve du budget."));
        assert!(body.contains("Version de Bruxelles."));
    }
    let hash = |body: &str| body.split("<code dir=\"ltr\">").nth(1).unwrap()[..64].to_owned();
    assert_eq!(hash(&one), hash(&other));
    let paper = rabat.get(&format!("{place}/minutes.odt")).await;
    assert_eq!(paper.status, 200);
    assert_eq!(
        paper.header("content-type"),
        "application/vnd.oasis.opendocument.text"
    );
    assert!(paper.body.starts_with("PK"));
    assert!(table.page(rabat, meeting).await.body.contains(&minutes));
}

#[tokio::test(start_paused = true)]
async fn what_was_not_dealt_with_waits_for_the_next_meeting() {
    let table = Table::laid().await;
    let rabat = &table.rabat;
    let (meeting, item) = table.called().await;
    let form = format!("{}/meetings/new", table.base);
    let id = item.rsplit('/').next().unwrap();
    assert!(
        !table.page(rabat, &form).await.body.contains(id),
        "it is on an agenda"
    );
    let step = format!("{}/step", table.forms("meetings", &meeting));
    table
        .act(rabat, &meeting, &step, &[("to", "convened")])
        .await;
    table
        .act(
            rabat,
            &meeting,
            &step,
            &[("to", "in-session"), ("quorum", "yes")],
        )
        .await;
    table.act(rabat, &meeting, &step, &[("to", "ended")]).await;
    assert!(table.page(rabat, &form).await.body.contains(id));
    assert!(table.page(&table.brussels, &form).await.body.contains(id));
    // Times that cannot be; looking at the clocks says nothing to anybody.
    let mut fields = vec![
        ("kind", "plenary"),
        ("start", "2027-02-15T10:00"),
        ("end", "2027-02-15T09:00"),
        ("place", "Bruxelles"),
        ("title-fr", "Plénière"),
    ];
    assert_eq!(rabat.post(&form, &fields).await.status, 422);
    fields.push(("look", "yes"));
    let looked = rabat.post(&form, &fields).await;
    assert_eq!(looked.status, 200);
    assert!(looked.body.contains("15 février 2027, 10:00 Rabat"));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_meeting_is_taken_out_of_calendars() {
    let table = Table::laid().await;
    let rabat = &table.rabat;
    let (meeting, _) = table.called().await;
    let forms = table.forms("meetings", &meeting);
    let ics = format!("{forms}/invitation.ics");
    assert_eq!(rabat.get(&ics).await.status, 409, "nobody is named yet");
    let ours = [("functions", "Directeur")];
    table
        .act(rabat, &meeting, &format!("{forms}/delegates"), &ours)
        .await;
    let version = "0";
    let bad = [("version", version), ("address-0", "pas une adresse")];
    assert_eq!(
        rabat.post(&format!("{forms}/addresses"), &bad).await.status,
        422
    );
    let good = [
        ("version", version),
        ("address-0", "direction@interieur.example"),
    ];
    rabat
        .post(&format!("{forms}/addresses"), &good)
        .await
        .place();
    assert_eq!(
        rabat
            .post(&format!("{forms}/addresses"), &good)
            .await
            .status,
        409
    );
    let asked = rabat.get(&ics).await.body.replace("\r\n ", "");
    assert!(asked.contains("direction@interieur.example"));
    table
        .act(
            rabat,
            &meeting,
            &format!("{forms}/step"),
            &[("to", "cancelled")],
        )
        .await;
    let last = rabat.get(&ics).await.body;
    assert!(
        last.contains("METHOD:CANCEL") && last.contains("SEQUENCE:2"),
        "{last}"
    );
    let uid = |file: &str| {
        file.lines()
            .find(|line| line.starts_with("UID:"))
            .unwrap()
            .to_owned()
    };
    assert_eq!(uid(&asked), uid(&last));
}

#[tokio::test(start_paused = true)]
async fn an_item_changes_at_once_before_it_is_agreed_and_with_the_agenda_afterwards() {
    let table = Table::laid().await;
    let (rabat, brussels) = (&table.rabat, &table.brussels);
    let item = [
        ("title-fr", "Avant tout accord"),
        ("strand", "migration"),
        ("minutes", "20"),
        ("chair", "ma.interior"),
    ];
    let new = format!("{}/items/new", table.base);
    rabat.post(&new, &item).await.place();
    arrive().await;
    let list = table.page(rabat, "/meetings").await;
    let page = link(&list.body, "/objects/");
    let change = format!("{}/change", table.forms("items", &page));
    let fields = [
        ("title-fr", "Titre corrigé"),
        ("strand", "security"),
        ("minutes", "35"),
        ("chair", "ma.interior"),
    ];
    let same = table.act(rabat, &page, &change, &fields).await;
    assert_eq!(same, page, "nothing was agreed: it is the same item");
    let theirs = table.page(brussels, &page).await;
    assert!(theirs.body.contains("Titre corrigé") && theirs.body.contains("35"));
    // Only its own party changes it.
    let version = theirs.hidden("version");
    let mut foreign = fields.to_vec();
    foreign.push(("version", &version));
    assert_eq!(brussels.post(&change, &foreign).await.status, 403);
    assert_eq!(brussels.get(&change).await.status, 409);
    // Another owner is another item; the first is no longer offered for an agenda.
    let owner = [
        ("title-fr", "Titre corrigé"),
        ("strand", "security"),
        ("minutes", "35"),
        ("chair", "be.interior"),
    ];
    let other = table.act(rabat, &page, &change, &owner).await;
    assert_ne!(other, page);
    let list = table.page(brussels, "/meetings").await;
    assert_eq!(list.body.matches("Titre corrigé").count(), 1);
    let old = table.page(rabat, &page).await;
    assert!(old.body.contains("Un autre point le remplace"));
    assert_eq!(rabat.get(&change).await.status, 409);
}

#[tokio::test(start_paused = true)]
async fn an_item_on_an_agreed_agenda_changes_when_the_other_side_signs_and_the_invitation_follows()
{
    let table = Table::laid().await;
    let (rabat, brussels) = (&table.rabat, &table.brussels);
    let (meeting, item) = table.called().await;
    let forms = table.forms("meetings", &meeting);
    let convene = [("to", "convened")];
    let step = format!("{forms}/step");
    table.act(rabat, &meeting, &step, &convene).await;
    let ours = [("functions", "Directeur de la migration")];
    let delegates = format!("{forms}/delegates");
    table.act(rabat, &meeting, &delegates, &ours).await;
    let ics = format!("{forms}/invitation.ics");
    let before = rabat.get(&ics).await.body;
    assert!(before.contains("SEQUENCE:1") && before.contains("Visas de travail"));
    let change = format!("{}/change", table.forms("items", &item));
    let form = table.page(rabat, &change).await;
    assert!(
        form.body.contains("name=\"place\""),
        "its place on the agenda"
    );
    let fields = [
        ("title-fr", "Visas et séjour"),
        ("title-nl", "Visa en verblijf"),
        ("strand", "migration"),
        ("minutes", "45"),
        ("chair", "ma.interior"),
        ("place", "1"),
    ];
    let new = table.act(rabat, &item, &change, &fields).await;
    assert_ne!(new, item);
    // Until Brussels signs, the old one stands everywhere.
    assert!(rabat.get(&ics).await.body.contains("Visas de travail"));
    assert_eq!(rabat.get(&change).await.status, 409, "an offer waits");
    let waits = table.page(brussels, &meeting).await;
    assert!(waits.body.contains("Visas et séjour"), "{}", waits.body);
    table.sign(brussels, &meeting).await;
    for who in [rabat, brussels] {
        let page = table.page(who, &meeting).await;
        assert!(page.body.contains("Visas et séjour"));
        let old = table.page(who, &item).await;
        assert!(old.body.contains("Un autre point le remplace"));
    }
    let after = rabat.get(&ics).await.body;
    assert!(
        after.contains("SEQUENCE:2") && after.contains("Visas et séjour"),
        "{after}"
    );
    assert!(!after.contains("Visas de travail"));
    // Once it is dealt with it no longer changes.
    table
        .act(
            brussels,
            &meeting,
            &delegates,
            &[("functions", "Directeur")],
        )
        .await;
    table
        .act(rabat, &meeting, &step, &[("to", "in-session")])
        .await;
    let change = format!("{}/change", table.forms("items", &new));
    assert_eq!(rabat.get(&change).await.status, 409);
}

#[tokio::test(start_paused = true)]
async fn minutes_tell_what_changed_since_they_were_read_and_who_wrote() {
    let table = Table::laid().await;
    let (rabat, brussels) = (&table.rabat, &table.brussels);
    let (meeting, _) = table.called().await;
    let forms = table.forms("meetings", &meeting);
    let step = format!("{forms}/step");
    for to in ["convened", "in-session", "ended"] {
        let fields = [("to", to), ("quorum", "yes")];
        table.act(rabat, &meeting, &step, &fields).await;
    }
    let minutes = rabat.post(&format!("{forms}/minutes"), &[]).await;
    let minutes = bare(minutes.place());
    arrive().await;
    let place = table.forms("minutes", &minutes);
    let add = format!("{place}/add");
    brussels
        .post(&add, &[("text-fr", "Première rédaction.")])
        .await
        .place();
    arrive().await;
    let draft = table.page(rabat, &minutes).await;
    assert!(
        !draft.body.contains("id=\"changes\""),
        "nothing was sent round yet"
    );
    let step = format!("{place}/step");
    table
        .act(rabat, &minutes, &step, &[("to", "prepared")])
        .await;
    let round = [("to", "circulated"), ("until", "2099-01-01")];
    table.act(rabat, &minutes, &step, &round).await;
    let sent = table.page(brussels, &minutes).await;
    assert!(sent.body.contains("Modifié depuis l’envoi") && sent.body.contains("Rien n’a changé"));

    let (_, last) = sent
        .body
        .rsplit_once("Première rédaction.</textarea>")
        .unwrap();
    assert!(!last.is_empty());
    let (head, _) = sent
        .body
        .rsplit_once("Première rédaction.</textarea>")
        .unwrap();
    let form = head.rsplit("<form ").next().unwrap();
    let (paragraph, seen) = (value_of(form, "place"), value_of(form, "seen"));
    let write = [
        ("place", paragraph.as_str()),
        ("seen", seen.as_str()),
        ("text-fr", "Seconde rédaction."),
    ];
    brussels
        .post(&format!("{place}/write"), &write)
        .await
        .place();
    arrive().await;
    for who in [rabat, brussels] {
        let page = table.page(who, &minutes).await;
        let (_, changes) = page.body.split_once("id=\"changes\"").unwrap();
        let (changes, _) = changes.split_once("</section>").unwrap();
        let (old, new) = changes.split_once("<ins").unwrap();
        assert!(old.contains("Première rédaction.") && new.contains("Seconde rédaction."));
        assert!(
            new.contains("Secrétariat") && new.contains("be.interior"),
            "{new}"
        );
    }
    // Each person reads for themselves, and readers too.
    let minister = table.desks.person(0, "group-minister").await;
    for who in [rabat, &minister] {
        let upto = table.page(who, &minutes).await.hidden("upto");
        let read = [("upto", upto.as_str())];
        who.post(&format!("{place}/read"), &read).await.place();
        let page = table.page(who, &minutes).await;
        assert!(page.body.contains("Modifié depuis votre lecture"));
        assert!(page.body.contains("Rien n’a changé"), "{}", page.body);
    }
    let unread = table.page(brussels, &minutes).await;
    assert!(unread.body.contains("Modifié depuis l’envoi") && unread.body.contains("<ins"));
    rabat
        .post(&add, &[("text-fr", "Une phrase de plus.")])
        .await
        .place();
    arrive().await;
    let page = table.page(&minister, &minutes).await;
    let (_, changes) = page.body.split_once("id=\"changes\"").unwrap();
    assert!(
        changes.contains("Une phrase de plus.")
            && !changes.split("</section>").next().unwrap().contains("<del")
    );
}
