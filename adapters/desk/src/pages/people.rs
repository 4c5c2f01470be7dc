//! People and settings, for the administrator. No content of any record is reached from here.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_model::{Lang, OfficerId, Role};
use passerelle_service::{Person, PersonView};

use crate::answer::{Answer, Fault, go, page, rule_sentence};
use crate::frame::Page;
use crate::guard::Call;

#[derive(Template)]
#[template(path = "people.html")]
struct People {
    p: Page,
    groups: Vec<Group>,
}

/// The people of a unit. Who belongs to two units stands in both.
struct Group {
    unit: String,
    rows: Vec<Row>,
}

struct Row {
    officer: String,
    name: String,
    function: String,
    roles: String,
    enrolled: bool,
    suspended: bool,
    seen: Option<String>,
}

pub(crate) async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let people = call.desk.node.people(call.actor()?).await?;
    let mut groups: Vec<Group> = call
        .desk
        .node
        .units()
        .iter()
        .map(|(unit, names)| Group {
            unit: names.in_lang(p.lang).to_string(),
            rows: rows(&p, &people, |person| person.units.contains(unit)),
        })
        .collect();
    let elsewhere = rows(&p, &people, |person| person.units.is_empty());
    if !elsewhere.is_empty() {
        groups.push(Group {
            unit: p.t("people-no-unit"),
            rows: elsewhere,
        });
    }
    page(&People { groups, p })
}

fn rows(p: &Page, people: &[PersonView], fits: impl Fn(&Person) -> bool) -> Vec<Row> {
    let row = |view: &PersonView| {
        let roles: Vec<String> = view
            .person
            .roles
            .iter()
            .map(|r| p.word("role", r))
            .collect();
        Row {
            officer: view.person.officer.to_string(),
            name: view.person.name.to_string(),
            function: view.person.function.to_string(),
            roles: roles.join(" · "),
            enrolled: view.enrolled,
            suspended: view.person.suspended,
            seen: view.last_seen.map(|time| p.at(&time)),
        }
    };
    let fits = |view: &&PersonView| fits(&view.person);
    people.iter().filter(fits).map(row).collect()
}

#[derive(Template)]
#[template(path = "person.html")]
struct Form {
    p: Page,
    new: bool,
    officer: String,
    name: String,
    function: String,
    version: u64,
    suspended: bool,
    units: Vec<(String, String, bool)>,
    roles: Vec<(String, String, bool)>,
    langs: Vec<(String, String, bool)>,
    fault: Option<String>,
}

pub(crate) async fn new(call: Call) -> Answer {
    form(&call, &Typed::default(), 0, true, None)
}

pub(crate) async fn edit(call: Call) -> Answer {
    let officer: OfficerId = call.part(0)?;
    let people = call.desk.node.people(call.actor()?).await?;
    let view = people
        .into_iter()
        .find(|view| view.person.officer == officer)
        .ok_or_else(Fault::absent)?;
    form(&call, &Typed::of(&view.person), view.version, false, None)
}

pub(crate) async fn add(call: Call) -> Answer {
    let typed = Typed::from(&call);
    let person = match typed.person() {
        Ok(person) => person,
        Err(field) => return Err(Fault::field(field)),
    };
    let officer = person.officer.clone();
    match call.desk.node.add_person(call.actor()?, person).await {
        Ok(secret) => link(&call, &officer, &secret.reveal()),
        Err(error) => told(&call, &typed, 0, true, error),
    }
}

pub(crate) async fn change(call: Call) -> Answer {
    let version = call.given("version")?;
    let mut typed = Typed::from(&call);
    typed.officer = call.part(0)?;
    let person = match typed.person() {
        Ok(person) => person,
        Err(field) => return Err(Fault::field(field)),
    };
    match call
        .desk
        .node
        .change_person(call.actor()?, person, version)
        .await
    {
        Ok(()) => go("/people?done=person-changed"),
        Err(error) => told(&call, &typed, version, false, error),
    }
}

pub(crate) async fn reset(call: Call) -> Answer {
    let officer: OfficerId = call.part(0)?;
    let secret = call.desk.node.reset_person(call.actor()?, &officer).await?;
    link(&call, &officer, &secret.reveal())
}

fn told(
    call: &Call,
    typed: &Typed,
    version: u64,
    new: bool,
    error: passerelle_service::Error,
) -> Answer {
    match rule_sentence(&call.page, error.code()) {
        Some(sentence) => form(call, typed, version, new, Some(sentence)),
        None => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "link.html")]
struct Link {
    p: Page,
    officer: String,
    href: String,
}

/// The link is shown this once.
fn link(call: &Call, officer: &OfficerId, secret: &str) -> Answer {
    let host = call.headers.get("host").and_then(|host| host.to_str().ok());
    page(&Link {
        href: format!("http://{}/setup/{secret}", host.unwrap_or_default()),
        officer: officer.to_string(),
        p: call.page.clone(),
    })
}

/// What an administrator typed.
#[derive(Default)]
struct Typed {
    officer: String,
    name: String,
    function: String,
    units: Vec<String>,
    roles: Vec<String>,
    lang: String,
    suspended: bool,
}

impl Typed {
    fn from(call: &Call) -> Self {
        let all = |name: &str| {
            let values = call.form.iter().filter(|(held, _)| held == name);
            values.map(|(_, value)| value.clone()).collect()
        };
        Self {
            officer: call.field("officer").trim().to_lowercase(),
            name: call.field("name").trim().to_owned(),
            function: call.field("function").trim().to_owned(),
            units: all("unit"),
            roles: all("role"),
            lang: call.field("lang").to_owned(),
            suspended: call.field("suspended") == "yes",
        }
    }

    fn of(person: &Person) -> Self {
        Self {
            officer: person.officer.to_string(),
            name: person.name.to_string(),
            function: person.function.to_string(),
            units: person.units.iter().map(ToString::to_string).collect(),
            roles: person.roles.iter().map(ToString::to_string).collect(),
            lang: person.lang.to_string(),
            suspended: person.suspended,
        }
    }

    /// The person, or the first field that does not fit.
    fn person(&self) -> Result<Person, &'static str> {
        Ok(Person {
            officer: self.officer.parse().map_err(|_| "officer")?,
            name: self.name.parse().map_err(|_| "name")?,
            function: self.function.parse().map_err(|_| "function")?,
            units: self
                .units
                .iter()
                .map(|unit| unit.parse().map_err(|_| "unit"))
                .collect::<Result<_, _>>()?,
            roles: self
                .roles
                .iter()
                .map(|role| role.parse().map_err(|_| "role"))
                .collect::<Result<_, _>>()?,
            lang: self.lang.parse().unwrap_or(Lang::Fr),
            suspended: self.suspended,
        })
    }
}

fn form(call: &Call, typed: &Typed, version: u64, new: bool, fault: Option<String>) -> Answer {
    let p = call.page.clone();
    let units = call.desk.node.units();
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let shown = Form {
        new,
        officer: typed.officer.clone(),
        name: typed.name.clone(),
        function: typed.function.clone(),
        version,
        suspended: typed.suspended,
        units: units
            .iter()
            .map(|(unit, names)| {
                let held = typed.units.contains(&unit.to_string());
                (unit.to_string(), names.in_lang(p.lang).to_string(), held)
            })
            .collect(),
        roles: Role::ALL
            .iter()
            .map(|role| {
                let held = typed.roles.contains(&role.to_string());
                (role.to_string(), p.word("role", role), held)
            })
            .collect(),
        langs: p
            .languages()
            .into_iter()
            .map(|(lang, _, name, _)| {
                (
                    lang.to_string(),
                    name.to_owned(),
                    typed.lang == lang.to_string(),
                )
            })
            .collect(),
        fault,
        p,
    };
    Ok((status, Html(shown.render()?)).into_response())
}

#[cfg(test)]
#[path = "samples/people.rs"]
pub(crate) mod samples;
