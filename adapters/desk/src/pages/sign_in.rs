//! Signing in and out. Whoever was signed out in the middle of a form finds it again.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use passerelle_model::Role;
use passerelle_service::{DemoAccount, SignIn};

use super::home::local;
use crate::answer::{Answer, Fault, go};
use crate::frame::Page;
use crate::guard::{Call, SESSION, cookie_line, pairs, token};

#[derive(Template)]
#[template(path = "sign-in.html")]
struct Form {
    p: Page,
    name: String,
    to: String,
    kept: String,
    fault: Option<String>,
    accounts: Vec<Group>,
}

/// Accounts of people who do one kind of work.
struct Group {
    title: String,
    people: Vec<Account>,
}

struct Account {
    officer: String,
    name: String,
    function: String,
    roles: String,
    password: String,
    code: String,
}

#[derive(Template)]
#[template(path = "resume.html")]
struct Resume {
    p: Page,
    to: String,
    fields: Vec<(String, String)>,
}

pub(crate) async fn show(call: Call) -> Answer {
    let to = local(call.asked("to"));
    form(&call, StatusCode::OK, &to, String::new(), None).await
}

/// Asks for a sign-in before something else; what was typed is carried along.
pub(crate) fn asked_first(call: &Call, writes: bool) -> Result<Response, Fault> {
    if !writes {
        let mut to = form_urlencoded::Serializer::new(String::new());
        to.append_pair("to", &call.page.path);
        return go(&format!("/sign-in?{}", to.finish()));
    }
    let mut kept = form_urlencoded::Serializer::new(String::new());
    kept.extend_pairs(call.form.iter().filter(|(name, _)| name != "csrf"));
    let p = Page {
        sent: call
            .form
            .iter()
            .filter(|(name, _)| name != "csrf")
            .cloned()
            .collect(),
        ..call.page.clone()
    };
    let shown = Form {
        fault: Some(call.page.t("sign-in-again")),
        name: String::new(),
        to: call.page.path.clone(),
        kept: kept.finish(),
        accounts: Vec::new(),
        p,
    };
    Ok((StatusCode::UNAUTHORIZED, Html(shown.render()?)).into_response())
}

pub(crate) async fn enter(call: Call) -> Answer {
    let (to, kept) = (local(call.field("to")), call.field("kept").to_owned());
    let agent = call.headers.get(header::USER_AGENT);
    let given = SignIn {
        name: call.field("name").to_owned(),
        password: call.field("password").to_owned(),
        code: call.field("code").to_owned(),
        device: agent
            .and_then(|agent| agent.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
    };
    match call.desk.node.sign_in(given).await {
        Ok(signed) => {
            let secret = signed.secret.reveal();
            let mut response = match kept.is_empty() {
                true => go(if to == "/" { "/today" } else { &to })?,
                false => resume(&call, &secret, to, &kept)?,
            };
            let cookie = cookie_line(&call.headers, SESSION, &secret, "SameSite=Strict");
            let value = HeaderValue::from_str(&cookie).map_err(|_| Fault::absent())?;
            response.headers_mut().append(header::SET_COOKIE, value);
            Ok(response)
        }
        Err(error) if error.code() == "E_SIGN_IN" => {
            let fault = Some(call.page.t("sign-in-wrong"));
            form(&call, StatusCode::UNAUTHORIZED, &to, kept, fault).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What was typed before the session ended, to be sent now.
fn resume(call: &Call, secret: &str, to: String, kept: &str) -> Answer {
    let mut p = call.page.clone();
    p.csrf = token(secret);
    let fields = pairs(kept.as_bytes());
    let shown = Resume { p, to, fields };
    Ok(Html(shown.render()?).into_response())
}

pub(crate) async fn leave(call: Call) -> Answer {
    call.desk.node.sign_out(call.actor()?, &call.secret).await?;
    let mut response = go("/sign-in?done=signed-out")?;
    let gone = cookie_line(&call.headers, SESSION, "", "SameSite=Strict; Max-Age=0");
    let value = HeaderValue::from_str(&gone).map_err(|_| Fault::absent())?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(response)
}

async fn form(
    call: &Call,
    status: StatusCode,
    to: &str,
    kept: String,
    fault: Option<String>,
) -> Answer {
    let p = call.page.clone();
    let accounts = call.desk.node.demo_accounts().await?;
    let accounts = grouped(&p, accounts);
    let shown = Form {
        name: call.field("name").to_owned(),
        to: to.to_owned(),
        kept,
        fault,
        accounts,
        p,
    };
    Ok((status, Html(shown.render()?)).into_response())
}

/// Who handles cases, who watches, who runs the node.
fn grouped(p: &Page, accounts: Vec<DemoAccount>) -> Vec<Group> {
    let kind = |account: &DemoAccount| {
        let has = |role: &Role| account.person.roles.contains(role);
        match () {
            () if has(&Role::Administrator) => "node",
            () if has(&Role::DataProtection) || has(&Role::Supervisor) => "watch",
            () => "cases",
        }
    };
    let (mut cases, mut watch, mut node) = (Vec::new(), Vec::new(), Vec::new());
    for account in accounts {
        match kind(&account) {
            "node" => node.push(shown(p, account)),
            "watch" => watch.push(shown(p, account)),
            _ => cases.push(shown(p, account)),
        }
    }
    [("cases", cases), ("watch", watch), ("node", node)]
        .into_iter()
        .filter(|(_, people)| !people.is_empty())
        .map(|(kind, people)| Group {
            title: p.t(&format!("demo-group-{kind}")),
            people,
        })
        .collect()
}

fn shown(p: &Page, account: DemoAccount) -> Account {
    let roles = account.person.roles.iter();
    let roles: Vec<String> = roles.map(|role| p.word("role", role)).collect();
    Account {
        officer: account.person.officer.to_string(),
        name: account.person.name.to_string(),
        function: account.person.function.to_string(),
        roles: roles.join(" · "),
        password: account.password,
        code: account.code,
    }
}

#[cfg(test)]
#[path = "samples/sign_in.rs"]
pub(crate) mod samples;
