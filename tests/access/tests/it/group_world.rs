//! A joint group with one of everything that its pages have a form for, and a walk over the pages.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_desk::{Verb, routes};
use passerelle_model::{Lang, Role};
use passerelle_service::Person;
use passerelle_simulation::{GROUP_CHANNEL, GROUP_UNIT};

use crate::world::{Answer, Browser, Desks, arrive, refs};

/// Most pages that a walk looks at.
const MAX_WALKED: usize = 400;

/// Every role of the group's unit, beside those that [`Desks::in_a_group`] has.
pub(crate) const MORE_ROLES: [(&str, Role); 3] = [
    ("group-approver", Role::Approver),
    ("group-analyst", Role::Analyst),
    ("group-protection", Role::DataProtection),
];

/// Both sides of a group in which something of everything was said.
pub(crate) struct Full {
    pub(crate) desks: Desks,
    pub(crate) rabat: Browser,
    pub(crate) brussels: Browser,
}

/// A form of a page.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    /// The page that has it.
    pub(crate) page: String,
    /// Where it is sent, without what follows `?`.
    pub(crate) action: String,
    pub(crate) files: bool,
    pub(crate) fields: Vec<Field>,
}

/// One of its fields.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// `text`, `hidden`, `select`, `textarea`, `button`, …
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) value: String,
}

pub(crate) fn at(rest: &str) -> String {
    format!("/group/{GROUP_CHANNEL}{rest}")
}

/// Where an answer leads, without its notice.
fn led(answer: &Answer) -> String {
    let place = answer.place();
    place.split(['?', '#']).next().unwrap().to_owned()
}

fn id(page: &str) -> &str {
    page.rsplit('/').next().unwrap()
}

impl Full {
    pub(crate) async fn laid() -> Self {
        let desks = Desks::in_a_group().await;
        for number in 0..2 {
            let more = MORE_ROLES.map(|(officer, role)| Person {
                officer: officer.parse().unwrap(),
                name: officer.parse().unwrap(),
                function: "Fonction".parse().unwrap(),
                units: [GROUP_UNIT.parse().unwrap()].into(),
                roles: [role].into(),
                lang: Lang::Fr,
                suspended: false,
            });
            desks.node(number).demo_people(more.into()).await.unwrap();
        }
        let full = Self {
            rabat: desks.person(0, "group-secretary").await,
            brussels: desks.person(1, "group-secretary").await,
            desks,
        };
        full.texts().await;
        full.follow_up().await;
        full.topics().await;
        full.meetings().await;
        full.expertise().await;
        full.public().await;
        full
    }

    /// Sends a form below the group's address; gives the page it leads to.
    async fn made(&self, who: &Browser, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = who.post(&at(path), fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
        arrive().await;
        led(&answer)
    }

    /// The same with the version that a page has.
    async fn act(&self, who: &Browser, page: &str, path: &str, fields: &[(&str, &str)]) -> String {
        let version = who.get(page).await.hidden("version");
        let mut fields = fields.to_vec();
        fields.push(("version", &version));
        self.made(who, path, &fields).await
    }

    async fn signed(&self, page: &str) {
        let shown = self.brussels.get(page).await;
        let revision = shown.hidden("revision");
        let fields = [("revision", revision.as_str()), ("answer", "accept")];
        let path = format!("/objects/{}/answer", id(page));
        self.act(&self.brussels, page, &path, &fields).await;
    }

    async fn texts(&self) {
        for (title, signed) in [("Décision offerte", false), ("Décision convenue", true)] {
            let fields = [("title-fr", title), ("strand", "migration")];
            let page = self.made(&self.rabat, "/decisions/new", &fields).await;
            if signed {
                self.signed(&page).await;
            }
        }
    }

    async fn follow_up(&self) {
        for title in ["Guichet à Tanger", "Guichet à Liège"] {
            let fields = [
                ("title-fr", title),
                ("responsible", "ma.interior"),
                ("function", "Direction de la migration"),
                ("sector", "social"),
                ("strand", "migration"),
                ("due", "2027-01-01"),
            ];
            let page = self.made(&self.rabat, "/commitments/new", &fields).await;
            self.signed(&page).await;
            let step = [
                ("title-fr", "Louer les locaux"),
                ("sector", "social"),
                ("planned", "2026-12-01"),
            ];
            let path = format!("/commitments/{}/steps", id(&page));
            self.made(&self.rabat, &path, &step).await;
            if title == "Guichet à Tanger" {
                let path = format!("/commitments/{}/reported", id(&page));
                let done = [("state", "done"), ("text", "Le guichet est ouvert.")];
                self.made(&self.rabat, &path, &done).await;
            }
        }
        let fields = [
            ("title-fr", "Places ouvertes"),
            ("code", "gmmp-01"),
            ("unit", "places"),
            ("measure", "unit"),
            ("aggregation", "sum"),
        ];
        let page = self.made(&self.rabat, "/indicators/new", &fields).await;
        self.signed(&page).await;
        let value = [
            ("from", "2024-01-01"),
            ("until", "2024-12-31"),
            ("actual", "40"),
            ("source", "Registre"),
        ];
        let path = format!("/indicators/{}/observe", id(&page));
        self.made(&self.rabat, &path, &value).await;
    }

    async fn topics(&self) {
        let mut pages = Vec::new();
        for title in ["À évaluer", "À montrer", "Divergent"] {
            let fields = [("title-fr", title), ("strand", "security")];
            pages.push(self.made(&self.rabat, "/topics/new", &fields).await);
        }
        for page in &pages[1..] {
            for (who, likelihood) in [(&self.rabat, "remote"), (&self.brussels, "almost-certain")] {
                let shown = who.get(page).await;
                let (_, form) = shown.body.split_once("/seal").unwrap();
                let version = crate::world::value_of(form, "version");
                let fields = [
                    ("version", version.as_str()),
                    ("likelihood", likelihood),
                    ("impact", "high"),
                    ("trend", "steady"),
                    ("reasons", "Motif."),
                ];
                let path = format!("/topics/{}/seal", id(page));
                self.made(who, &path, &fields).await;
            }
        }
        for who in [&self.rabat, &self.brussels] {
            let path = format!("/topics/{}/reveal", id(&pages[2]));
            self.made(who, &path, &[]).await;
        }
    }

    /// One meeting to come, one in session, one with minutes in their window.
    async fn meetings(&self) {
        for (n, title) in ["À venir", "En séance", "Terminée"].into_iter().enumerate() {
            let item = [
                ("title-fr", title),
                ("strand", "migration"),
                ("minutes", "20"),
                ("chair", "ma.interior"),
            ];
            self.made(&self.rabat, "/items/new", &item).await;
            let list = self.rabat.get(&at("/meetings")).await;
            let item = links(&list.body)
                .into_iter()
                .find(|href| href.contains("/objects/") && titled(&list.body, href, title))
                .unwrap();
            let chosen = format!("item-{}", id(&item));
            let fields = [
                ("kind", "technical"),
                ("start", "2027-03-02T10:00"),
                ("end", "2027-03-02T12:00"),
                ("place", "Rabat"),
                ("title-fr", title),
                (chosen.as_str(), "yes"),
            ];
            let page = self.made(&self.rabat, "/meetings/new", &fields).await;
            self.signed(&page).await;
            let step = format!("/meetings/{}/step", id(&page));
            self.act(&self.rabat, &page, &step, &[("to", "convened")])
                .await;
            let path = format!("/meetings/{}/delegates", id(&page));
            for who in [&self.rabat, &self.brussels] {
                let functions = [("functions", "Directeur de la migration")];
                self.act(who, &page, &path, &functions).await;
            }
            if n == 0 {
                continue;
            }
            self.act(&self.rabat, &page, &step, &[("to", "in-session")])
                .await;
            if n == 1 {
                continue;
            }
            self.act(&self.rabat, &page, &step, &[("to", "ended")])
                .await;
            self.minutes(&page).await;
        }
        let item = [
            ("title-fr", "Sans réunion"),
            ("strand", "migration"),
            ("chair", "ma.interior"),
        ];
        self.made(&self.rabat, "/items/new", &item).await;
    }

    async fn minutes(&self, meeting: &str) {
        let path = format!("/meetings/{}/minutes", id(meeting));
        let page = self.made(&self.rabat, &path, &[]).await;
        let step = format!("/minutes/{}/step", id(&page));
        self.act(&self.rabat, &page, &step, &[("to", "prepared")])
            .await;
        let round = [("to", "circulated"), ("until", "2099-01-01")];
        self.act(&self.rabat, &page, &step, &round).await;
        let add = format!("/minutes/{}/add", id(&page));
        let more = [("text-fr", "Une phrase de plus.")];
        self.made(&self.brussels, &add, &more).await;
    }

    async fn expertise(&self) {
        let texts = ("title-fr", "Appui à la prévention");
        let common = [texts, ("sector", "social"), ("strand", "prevention")];
        let practice = [
            ("audience", "Jeunes en ville"),
            ("evidence", "evaluated"),
            ("transfer-title-fr", "Deux agents"),
            ("contact", "Chef du service social"),
            ("refresh", "2027-01-01"),
        ];
        let practice = [&common[..], &practice].concat();
        self.made(&self.rabat, "/learn/practice", &practice).await;
        let page = self.made(&self.rabat, "/learn/practice", &practice).await;
        self.stage(&self.rabat, &page, "submitted").await;
        let programme = [
            ("identifier", "MA-INT-1"),
            ("implementing", "Enabel"),
            ("code", "15190"),
            ("countries", "MA 60; BE 40"),
            ("from", "2023-01-01"),
        ];
        let programme = [&common[..], &programme].concat();
        self.made(&self.rabat, "/learn/programme", &programme).await;
        let expert = [
            texts,
            ("sectors", "social"),
            ("strands", "prevention"),
            ("languages", "fr"),
        ];
        self.made(&self.rabat, "/learn/expert", &expert).await;
        let request = [
            ("languages", "fr"),
            ("host", "Wilaya de Tanger"),
            ("needed", "2026-12-31"),
        ];
        let request = [&common[..], &request].concat();
        for accepted in [false, true] {
            let page = self.made(&self.rabat, "/learn/request", &request).await;
            self.stage(&self.rabat, &page, "submitted").await;
            if accepted {
                self.stage(&self.brussels, &page, "accepted").await;
            }
        }
    }

    async fn stage(&self, who: &Browser, page: &str, to: &str) {
        let path = format!("/objects/{}/stage", id(page));
        self.act(who, page, &path, &[("to", to)]).await;
    }

    async fn public(&self) {
        let now = self.desks.node(0).time().to_string();
        let from: String = now.chars().take(16).collect();
        for opened in [false, true] {
            let fields = [
                ("title-fr", "Quels guichets ?"),
                ("audience", "Associations"),
                ("strand", "diaspora"),
                ("from", from.as_str()),
                ("until", "2099-01-01T10:00"),
            ];
            let page = self.made(&self.rabat, "/consultations/new", &fields).await;
            if opened {
                let path = format!("/objects/{}/consultation", id(&page));
                self.made(&self.rabat, &path, &[("step", "open")]).await;
                let said = [
                    ("organisation", "Les Amis"),
                    ("lang", "fr"),
                    ("text", "Ici"),
                ];
                let public = format!("/fr/consultations/{}", id(&page));
                let answered = self.desks.public(0).post(&public, &said).await;
                assert_eq!(answered.status, 303, "{}", answered.body);
            }
        }
        let communique = [
            ("title-fr", "Communiqué conjoint"),
            ("embargo", "2027-01-01T10:00"),
        ];
        let page = self
            .made(&self.rabat, "/communiques/new", &communique)
            .await;
        self.signed(&page).await;
        let text = [("text", "Les parties ont convenu de se revoir en 2027.")];
        self.made(&self.rabat, "/readings", &text).await;
    }

    /// Every form of every page that somebody reaches from the group's first one.
    pub(crate) async fn walked(&self, who: &Browser) -> (BTreeSet<String>, Vec<Form>) {
        let mut left = vec![at("")];
        let (mut seen, mut forms) = (BTreeSet::new(), Vec::new());
        while let Some(path) = left.pop() {
            if seen.len() >= MAX_WALKED || !seen.insert(path.clone()) {
                continue;
            }
            let page = who.get(&path).await;
            // What a link leads to is there; what it needs may still be missing (409).
            let fine = [200, 409].contains(&page.status);
            assert!(fine, "{path}: {} {}", page.status, page.body);
            if !page.header("content-type").starts_with("text/html") {
                continue;
            }
            forms.extend(forms_of(&path, &page.body));
            left.extend(links(&page.body).into_iter().filter(|to| is_worth(to)));
        }
        (seen, forms)
    }
}

/// Pages of the group, without those that only filter what another shows.
fn is_worth(to: &str) -> bool {
    let (path, query) = to.split_once('?').unwrap_or((to, ""));
    let filters = ["/objects/", "/learn/", "/outcome", "/items/"];
    path.starts_with(&at(""))
        && (query.is_empty()
            || filters.iter().any(|part| path.contains(part))
            || path.ends_with("/new"))
}

/// Links of a page, without what follows `#`.
pub(crate) fn links(body: &str) -> Vec<String> {
    let all = body.split("href=\"").skip(1);
    let to = all.filter_map(|rest| rest.split('"').next());
    to.filter_map(|to| to.split('#').next())
        .map(|to| to.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

fn titled(body: &str, href: &str, title: &str) -> bool {
    let found = body.split_once(&format!("href=\"{href}\""));
    found.is_some_and(|(_, rest)| rest.split("</a>").next().unwrap().contains(title))
}

/// The forms of a page that belong to the group.
pub(crate) fn forms_of(page: &str, body: &str) -> Vec<Form> {
    let parts = body.split("<form ").skip(1);
    let forms = parts.map(|part| {
        let (head, rest) = part.split_once('>').unwrap();
        let inside = rest.split("</form>").next().unwrap();
        Form {
            page: page.to_owned(),
            action: attribute(head, "action")
                .split('?')
                .next()
                .unwrap()
                .to_owned(),
            files: head.contains("multipart/form-data"),
            fields: fields_of(inside),
        }
    });
    forms
        .filter(|form| form.action.starts_with(&at("")) && !form.fields.is_empty())
        .filter(|form| body.contains(&format!("action=\"{}", form.action)))
        .filter(|form| routed("POST", &form.action).is_some())
        .collect()
}

fn fields_of(inside: &str) -> Vec<Field> {
    let tags = inside.split('<').skip(1);
    let mut fields: Vec<Field> = Vec::new();
    for tag in tags {
        let (head, text) = tag.split_once('>').unwrap_or((tag, ""));
        let (element, attributes) = head.split_once(' ').unwrap_or((head, ""));
        let kind = match element {
            "input" if attribute(attributes, "type").is_empty() => "text".to_owned(),
            "input" => attribute(attributes, "type"),
            "select" | "textarea" | "button" => element.to_owned(),
            _ => continue,
        };
        let value = match element {
            "textarea" => text.trim_start_matches('\n').to_owned(),
            _ => attribute(attributes, "value"),
        };
        let name = attribute(attributes, "name");
        if !name.is_empty() {
            fields.push(Field { kind, name, value });
        }
    }
    fields
}

fn attribute(head: &str, name: &str) -> String {
    let head = format!(" {head}");
    let found = head.split_once(&format!(" {name}=\""));
    found.map_or_else(String::new, |(_, rest)| {
        rest.split('"').next().unwrap().replace("&#38;", "&")
    })
}

/// The route of an address: the one with the fewest names.
pub(crate) fn routed(verb: &str, path: &str) -> Option<&'static str> {
    let wanted = match verb {
        "GET" => Verb::Get,
        _ => Verb::Post,
    };
    let fits = |route: &&str| {
        let (names, parts) = (route.split('/'), path.split('/'));
        names.clone().count() == parts.clone().count()
            && names
                .zip(parts)
                .all(|(name, part)| name.starts_with('{') || name == part)
    };
    routes()
        .iter()
        .filter(|route| route.verb() == wanted)
        .map(|route| route.path())
        .filter(fits)
        .min_by_key(|route| route.matches('{').count())
}

/// Every route of a group with this verb.
pub(crate) fn of_the_group(verb: Verb) -> BTreeSet<&'static str> {
    let all = routes().iter().filter(|route| route.verb() == verb);
    all.map(|route| route.path())
        .filter(|path| path.starts_with("/group/{channel}"))
        .collect()
}

/// The form with something else in its fields, as it is sent.
pub(crate) async fn sent(who: &Browser, form: &Form, fields: &[(String, String)]) -> Answer {
    if !form.files {
        return who.post(&form.action, &refs(fields)).await;
    }
    let part = |(name, value): &(String, String)| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body: String = fields.iter().map(part).collect();
    let path = format!("{}?csrf={}", form.action, who.csrf);
    let mut request = who.request("POST", &path);
    let kind = "multipart/form-data; boundary=x".parse().unwrap();
    request.headers_mut().unwrap().insert("content-type", kind);
    who.send(request, format!("{body}--x--\r\n")).await
}

/// One form of each route.
pub(crate) fn by_route(forms: &[Form]) -> BTreeMap<&'static str, Vec<&Form>> {
    let mut all: BTreeMap<&'static str, Vec<&Form>> = BTreeMap::new();
    for form in forms {
        if let Some(route) = routed("POST", &form.action) {
            all.entry(route).or_default().push(form);
        }
    }
    all
}
