//! The set-up link: choosing a password and an authenticator.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_service::{Enrolment, SetupView};

use crate::answer::{Answer, go, rule_sentence};
use crate::frame::Page;
use crate::guard::Call;

#[derive(Template)]
#[template(path = "setup.html")]
struct Setup {
    p: Page,
    secret: String,
    officer: String,
    name: String,
    until: String,
    enrolment: Option<Shown>,
    fault: Option<String>,
}

/// What goes into an authenticator program: to be typed, and as a picture.
pub(crate) struct Shown {
    pub(crate) secret: String,
    pub(crate) picture: String,
    /// Width of the picture with its quiet margin, in modules.
    pub(crate) width: usize,
}

pub(crate) async fn show(call: Call) -> Answer {
    let secret: String = call.part(0)?;
    let view = call.desk.node.setup(&secret).await?;
    render(&call, secret, view, None)
}

pub(crate) async fn choose(call: Call) -> Answer {
    let secret: String = call.part(0)?;
    let password = call.field("password").to_owned();
    if password != call.field("again") {
        let view = call.desk.node.setup(&secret).await?;
        let fault = call.page.t("setup-differ");
        return render(&call, secret, view, Some(fault));
    }
    match call.desk.node.choose_password(&secret, &password).await {
        Ok(_) => go(&format!("/setup/{secret}")),
        Err(error) => again(&call, secret, error).await,
    }
}

pub(crate) async fn confirm(call: Call) -> Answer {
    let secret: String = call.part(0)?;
    match call
        .desk
        .node
        .confirm_authenticator(&secret, call.field("code"))
        .await
    {
        Ok(()) => go("/sign-in?done=set-up"),
        Err(error) => again(&call, secret, error).await,
    }
}

async fn again(call: &Call, secret: String, error: passerelle_service::Error) -> Answer {
    let known = ["E_PASSWORD_LENGTH", "E_PASSWORD_WEAK", "E_CODE"];
    if !known.contains(&error.code()) {
        return Err(error.into());
    }
    let view = call.desk.node.setup(&secret).await?;
    let fault = rule_sentence(&call.page, error.code());
    render(call, secret, view, fault)
}

fn render(call: &Call, secret: String, view: SetupView, fault: Option<String>) -> Answer {
    let p = call.page.clone();
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let shown = Setup {
        officer: view.officer.to_string(),
        name: view.name.to_string(),
        until: p.at(&view.until),
        enrolment: view.enrolment.map(shown),
        secret,
        fault,
        p,
    };
    Ok((status, Html(shown.render()?)).into_response())
}

pub(crate) fn shown(enrolment: Enrolment) -> Shown {
    let (picture, width) = picture(&enrolment.uri);
    Shown {
        picture,
        width,
        secret: grouped(&enrolment.secret),
    }
}

fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

/// White modules round a picture (ISO/IEC 18004 asks four).
const QUIET: usize = 4;

/// The address as a picture: the path of an SVG whose unit is one module.
fn picture(uri: &str) -> (String, usize) {
    let Ok(code) = qrcode::QrCode::new(uri.as_bytes()) else {
        return (String::new(), 0);
    };
    let width = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            path.push_str(&format!(
                "M{} {}h1v1h-1z",
                at % width + QUIET,
                at / width + QUIET
            ));
        }
    }
    (path, width + 2 * QUIET)
}

#[cfg(test)]
#[path = "samples/setup.rs"]
pub(crate) mod samples;
