//! Two nodes that exchange, their desks, and a browser for each role.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt as _;
use passerelle_desk::Desk;
use passerelle_model::{Act, By, Deed, Lang, Object, Role, UtcTime};
use passerelle_service::{Node, Person, Settings};
use passerelle_simulation::{Faults, GROUP_UNIT, World};
use tower::ServiceExt as _;

/// The name under which browsers call, beside loopback.
pub(crate) const NAME: &str = "node.interior.example";
/// Where a browser calls unless a test says otherwise.
pub(crate) const HOST: &str = "localhost:8600";
/// An officer who belongs to no unit: nothing is theirs to know.
pub(crate) const OUTSIDER: &str = "outsider";

/// A secretary of the joint group, and somebody who reads there.
pub(crate) const MEMBER: &str = "salma-member";
pub(crate) const READER: &str = "salma-reader";
/// The address of the public site.
pub(crate) const BASE: &str = "https://gmmp.example";

/// Rabat (0) and Brussels (1).
pub(crate) struct Desks {
    pub(crate) world: World,
    routers: Vec<Router>,
}

/// One browser; signed in where it holds a session.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    /// The secret in its cookie.
    pub(crate) session: String,
    /// The token in its forms.
    pub(crate) csrf: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Desks {
    /// Both nodes paired and agreed, each with one person for each role, and an outsider.
    pub(crate) async fn open() -> Self {
        let parties = ["ma.interior", "be.interior"];
        let world = World::new(&parties, 7, Faults::default()).await.unwrap();
        Self::of(world).await
    }

    /// The same with a joint group, of which nobody here is.
    pub(crate) async fn beside_a_group() -> Self {
        let parties = ["ma.interior", "be.interior"];
        let world = World::with_group(parties, 7, Faults::default());
        Self::of(world.await.unwrap()).await
    }

    /// The same with the group's people: a secretary and a lead who speak, a minister who reads.
    pub(crate) async fn in_a_group() -> Self {
        let parties = ["ma.interior", "be.interior"];
        let world = World::with_group(parties, 7, Faults::default());
        let roles = [
            ("group-secretary", Role::Secretary),
            ("group-lead", Role::Officer),
            ("group-minister", Role::Supervisor),
            (MEMBER, Role::Secretary),
            (READER, Role::Supervisor),
        ];
        let of_group = |(name, role)| Person {
            units: [GROUP_UNIT.parse().unwrap()].into(),
            ..person(name, role, false)
        };
        Self::with(world.await.unwrap(), roles.map(of_group).into()).await
    }

    /// The same after Rabat's store was set back: Brussels co-signed more of its register than
    /// there is, and an alarm waits for a person.
    pub(crate) async fn alarmed() -> Self {
        let parties = ["ma.interior", "be.interior"];
        let mut world = World::new(&parties, 7, Faults::default()).await.unwrap();
        arrive().await;
        world.remember();
        enter(world.node(0).unwrap(), 5).await;
        world.crash_forgetting(0);
        world.restart(0).await.unwrap();
        enter(world.node(0).unwrap(), 9).await;
        Self::of(world).await
    }

    /// Somebody who reads the public site of a node.
    pub(crate) fn public(&self, number: usize) -> Browser {
        let desk = Desk::new(self.node(number).clone(), Vec::new());
        Browser {
            router: passerelle_desk::public_router(desk.into(), BASE),
            session: String::new(),
            csrf: String::new(),
        }
    }

    async fn of(world: World) -> Self {
        Self::with(world, Vec::new()).await
    }

    async fn with(world: World, more: Vec<Person>) -> Self {
        let mut routers = Vec::new();
        for number in 0..world.members.len() {
            let node = world.node(number).unwrap();
            settle(node, more.clone()).await;
            let desk = Desk::new(node.clone(), vec![NAME.to_owned()]);
            routers.push(passerelle_desk::router(desk.into()));
        }
        Self { world, routers }
    }

    pub(crate) fn node(&self, number: usize) -> &Node {
        self.world.node(number).unwrap()
    }

    /// Somebody who is not signed in.
    pub(crate) fn stranger(&self, number: usize) -> Browser {
        Browser {
            router: self.routers[number].clone(),
            session: String::new(),
            csrf: String::new(),
        }
    }

    /// Somebody of this role, signed in.
    pub(crate) async fn role(&self, number: usize, role: Role) -> Browser {
        self.person(number, role.as_str()).await
    }

    /// This person, signed in.
    pub(crate) async fn person(&self, number: usize, officer: &str) -> Browser {
        let mut browser = self.stranger(number);
        let fields = self.credentials(number, officer).await;
        let answer = browser.post("/sign-in", &refs(&fields)).await;
        assert_eq!(answer.status, 303, "{officer}: {}", answer.body);
        browser.session = answer.session();
        browser.csrf = browser.get("/sessions").await.hidden("csrf");
        browser
    }

    /// What this person types to sign in.
    pub(crate) async fn credentials(&self, number: usize, officer: &str) -> Vec<(String, String)> {
        let accounts = self.node(number).demo_accounts().await.unwrap();
        let mut found = accounts.into_iter();
        let account = found
            .find(|account| account.person.officer.as_str() == officer)
            .unwrap();
        [
            ("name", officer.to_owned()),
            ("password", account.password),
            ("code", account.code),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}

/// Names and values as forms take them.
pub(crate) fn refs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// In simulated time: everything on its way arrives.
pub(crate) async fn arrive() {
    tokio::time::sleep(std::time::Duration::from_secs(120)).await;
}

/// So many acts, co-signed by the partner.
async fn enter(node: &Node, acts: u32) {
    for _ in 0..acts {
        let officer = "officer".parse().unwrap();
        let by = By::Person {
            officer,
            unit: None,
        };
        let act = Act::new(Deed::SignIn, UtcTime::from_millis(1), by, Object::Node);
        node.enter(act).await.unwrap();
    }
    arrive().await;
}

async fn settle(node: &Node, more: Vec<Person>) {
    let settings = Settings {
        file_reference: Some("CNDP D-1/2024".parse().unwrap()),
        ..Settings::default()
    };
    node.begin_demo(settings).await.unwrap();
    let mut people: Vec<Person> = Role::ALL
        .iter()
        .map(|role| person(role.as_str(), *role, role.opens_records()))
        .collect();
    people.push(person(OUTSIDER, Role::Officer, false));
    people.push(person("second", Role::Officer, true));
    people.push(person("spare", Role::Analyst, false));
    people.extend(more);
    node.demo_people(people).await.unwrap();
}

fn person(officer: &str, role: Role, in_unit: bool) -> Person {
    Person {
        officer: officer.parse().unwrap(),
        name: format!("Person {officer}").parse().unwrap(),
        function: "Fonction".parse().unwrap(),
        units: in_unit
            .then(|| "liaison".parse().unwrap())
            .into_iter()
            .collect(),
        roles: [role].into(),
        lang: Lang::Fr,
        suspended: false,
    }
}

impl Browser {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path), String::new()).await
    }

    /// Sends a form with its token.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = fields.to_vec();
        all.push(("csrf", &self.csrf));
        self.send(self.request("POST", path), encoded(&all)).await
    }

    /// A request as this browser makes it, to be changed.
    pub(crate) fn request(&self, verb: &str, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder()
            .method(verb)
            .uri(path)
            .header("host", HOST)
            .header("content-type", "application/x-www-form-urlencoded");
        if !self.session.is_empty() {
            request = request.header("cookie", format!("passerelle-session={}", self.session));
        }
        request
    }

    pub(crate) async fn send(
        &self,
        request: axum::http::request::Builder,
        body: impl Into<Body>,
    ) -> Answer {
        let request = request.body(body.into()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Begins a draft; gives its identifier.
    pub(crate) async fn begin(&self, kind: &str) -> String {
        let answer = self.post("/drafts", &[("kind", kind)]).await;
        answer.place().trim_start_matches("/drafts/").to_owned()
    }

    /// Begins a notice that the agreement allows; gives its identifier. Its version is 2.
    pub(crate) async fn notice(&self, subject: &str, to: &str) -> String {
        let draft = self.begin("notice").await;
        let mut fields = notice(subject, to);
        fields.push(("version", "1"));
        fields.push(("next", "check"));
        let saved = self.post(&format!("/drafts/{draft}"), &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        draft
    }

    /// Releases a notice; gives the address of its case.
    pub(crate) async fn release(&self, subject: &str, to: &str) -> String {
        let draft = self.notice(subject, to).await;
        let path = format!("/drafts/{draft}/release");
        let answer = self.post(&path, &[("version", "2")]).await;
        answer.place().split('?').next().unwrap().to_owned()
    }
}

/// The form of a notice that the agreement allows without a second person.
pub(crate) fn notice<'a>(subject: &'a str, to: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("channel", "security"),
        ("unit", "liaison"),
        ("to", to),
        ("lang", "fr"),
        ("subject", subject),
        ("text", "Un texte."),
        ("purpose", "terrorism"),
        ("basis", "convention-2014"),
        ("offences", "terrorism"),
        ("class", "case-data"),
        ("personal", "no"),
        ("source", "b"),
        ("information", "2"),
        ("tlp", "amber"),
        ("pap", "amber"),
        ("handling", "h1"),
    ]
}

pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads on to.
    pub(crate) fn place(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.body);
        self.header("location")
    }

    /// The session that it begins.
    pub(crate) fn session(&self) -> String {
        let cookie = self.cookie("passerelle-session");
        let pair = cookie.split(';').next().unwrap();
        pair.split_once('=').unwrap().1.to_owned()
    }

    /// The whole line that sets this cookie; empty where none does.
    pub(crate) fn cookie(&self, name: &str) -> String {
        let all = self.headers.get_all("set-cookie").iter();
        all.map(|line| line.to_str().unwrap())
            .find(|line| line.starts_with(&format!("{name}=")))
            .unwrap_or_default()
            .to_owned()
    }

    /// The value of the first input of this name.
    pub(crate) fn hidden(&self, name: &str) -> String {
        value_of(&self.body, name)
    }

    /// An attribute of the input that has this name.
    pub(crate) fn attribute(&self, name: &str, attribute: &str) -> String {
        let (_, rest) = self
            .body
            .split_once(&format!(" name=\"{name}\" type="))
            .expect(name);
        let (_, rest) = rest.split_once(&format!("{attribute}=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

/// The value of the first input of this name in a piece of a page.
pub(crate) fn value_of(html: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = html.split_once(&mark).expect(name);
    rest.split('"').next().unwrap().to_owned()
}
