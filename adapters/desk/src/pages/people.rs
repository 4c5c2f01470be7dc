//! People and settings, for the administrator. No content of any record is reached from here.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_model::{Lang, OfficerId, Role};
use passerelle_service::{Person, PersonView, Settings};

use crate::answer::{Answer, Fault, go, page, rule_sentence};
use crate::frame::Page;
use crate::guard::Call;

#[derive(Template)]
#[template(path = "people.html")]
struct People {
    p: Page,
    rows: Vec<Row>,
}

struct Row {
    officer: String,
    name: String,
    function: String,
    units: String,
    roles: String,
    enrolled: bool,
    suspended: bool,
    seen: Option<String>,
}

pub(crate) async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let units = call.desk.node.units();
    let people = call.desk.node.people(call.actor()?).await?;
    let name = |unit: &passerelle_model::UnitId| {
        let held = units.iter().find(|(held, _)| held == unit);
        held.map_or_else(
            || unit.to_string(),
            |(_, names)| names.in_lang(p.lang).to_string(),
        )
    };
    let row = |view: PersonView| {
        let units: Vec<String> = view.person.units.iter().map(name).collect();
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
            units: units.join(" · "),
            roles: roles.join(" · "),
            enrolled: view.enrolled,
            suspended: view.person.suspended,
            seen: view.last_seen.map(|time| p.at(&time)),
        }
    };
    let rows = people.into_iter().map(row).collect();
    page(&People { rows, p })
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
        Err(key) => return form(&call, &typed, 0, true, Some(call.page.t(key))),
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
        Err(key) => return form(&call, &typed, version, false, Some(call.page.t(key))),
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

    /// The person, or the message about the first field that does not fit.
    fn person(&self) -> Result<Person, &'static str> {
        Ok(Person {
            officer: self.officer.parse().map_err(|_| "person-wrong-id")?,
            name: self.name.parse().map_err(|_| "person-wrong-name")?,
            function: self.function.parse().map_err(|_| "person-wrong-function")?,
            units: self
                .units
                .iter()
                .map(|unit| unit.parse().map_err(|_| "person-wrong-unit"))
                .collect::<Result<_, _>>()?,
            roles: self
                .roles
                .iter()
                .map(|role| role.parse().map_err(|_| "person-wrong-role"))
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

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsForm {
    p: Page,
    capital: String,
    caveat: String,
    file_reference: String,
    zone: String,
    register_days: u32,
    fault: Option<String>,
}

pub(crate) async fn settings(call: Call) -> Answer {
    let settings = call.desk.node.settings().await?;
    let capital: Vec<String> = settings.capital.iter().map(ToString::to_string).collect();
    page(&SettingsForm {
        capital: capital.join(" "),
        caveat: settings
            .capital_caveat
            .map_or_else(String::new, |code| code.to_string()),
        file_reference: settings
            .file_reference
            .map_or_else(String::new, |name| name.to_string()),
        zone: call.page.zone_name.clone(),
        register_days: settings.register_days,
        fault: None,
        p: call.page,
    })
}

pub(crate) async fn change_settings(call: Call) -> Answer {
    match typed_settings(&call) {
        Ok(new) => {
            let old = call.desk.node.settings().await?;
            let new = Settings {
                accent: old.accent,
                backup_days: old.backup_days,
                demo: old.demo,
                ..new
            };
            call.desk.node.change_settings(call.actor()?, new).await?;
            go("/settings?done=settings-changed")
        }
        Err(()) => {
            let shown = SettingsForm {
                capital: call.field("capital").to_owned(),
                caveat: call.field("caveat").to_owned(),
                file_reference: call.field("file-reference").to_owned(),
                zone: call.field("zone").to_owned(),
                register_days: 3650,
                fault: Some(call.page.t("settings-wrong")),
                p: call.page.clone(),
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(shown.render()?)).into_response())
        }
    }
}

fn typed_settings(call: &Call) -> Result<Settings, ()> {
    fn optional<T: std::str::FromStr>(text: &str) -> Result<Option<T>, ()> {
        match text.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| ()),
        }
    }
    let capital = call
        .field("capital")
        .split_whitespace()
        .map(|country| country.parse().map_err(|_| ()))
        .collect::<Result<_, _>>()?;
    Ok(Settings {
        capital,
        capital_caveat: optional(call.field("caveat"))?,
        file_reference: optional(call.field("file-reference"))?,
        zone: optional(call.field("zone"))?,
        register_days: call.given("register-days").map_err(|_| ())?,
        ..Settings::default()
    })
}
