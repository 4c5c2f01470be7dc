//! What an administrator decides about the node.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_service::{ACCENTS, Settings};

use crate::answer::{Answer, go};
use crate::frame::Page;
use crate::guard::Call;
use crate::words;

#[derive(Template)]
#[template(path = "settings.html")]
struct Form {
    p: Page,
    /// The node's name in each language, from its card.
    names: Vec<(&'static str, String)>,
    accent: String,
    accents: Vec<(&'static str, String, bool)>,
    crest: String,
    capital: String,
    caveat: String,
    file_reference: String,
    zone: String,
    register_days: String,
    publisher: String,
    answer_days: String,
    rights_days: String,
    breach_days: String,
    fault: Option<String>,
}

/// What stands in the fields.
struct Typed {
    accent: String,
    crest: String,
    capital: String,
    caveat: String,
    file_reference: String,
    zone: String,
    register_days: String,
    publisher: String,
    answer_days: String,
    rights_days: String,
    breach_days: String,
    /// Not asked for on this page.
    backup_days: u32,
}

pub(crate) async fn show(call: Call) -> Answer {
    let settings = call.desk.node.settings().await?;
    let mut typed = Typed::of(settings);
    if typed.zone.is_empty() {
        typed.zone.clone_from(&call.page.zone_name);
    }
    form(&call, typed, None)
}

pub(crate) async fn change(call: Call) -> Answer {
    let before = call.desk.node.settings().await?;
    let typed = Typed::from(&call, before.backup_days);
    let Some(new) = typed.settings() else {
        return form(&call, typed, Some(call.page.t("settings-wrong")));
    };
    match call.desk.node.change_settings(call.actor()?, new).await {
        Ok(()) => go("/settings?done=settings-changed"),
        Err(error) if error.code() == "E_SETTING" => {
            form(&call, typed, Some(call.page.t("settings-wrong")))
        }
        Err(error) => Err(error.into()),
    }
}

impl Typed {
    fn of(settings: Settings) -> Self {
        fn text(value: Option<impl ToString>) -> String {
            value.map_or_else(String::new, |value| value.to_string())
        }
        let capital: Vec<String> = settings.capital.iter().map(ToString::to_string).collect();
        Self {
            accent: text(settings.accent),
            crest: text(settings.crest),
            capital: capital.join(" "),
            caveat: text(settings.capital_caveat),
            file_reference: text(settings.file_reference),
            zone: text(settings.zone),
            register_days: settings.register_days.to_string(),
            publisher: text(settings.publisher),
            answer_days: settings.answer_days.to_string(),
            rights_days: settings.rights_days.to_string(),
            breach_days: settings.breach_days.to_string(),
            backup_days: settings.backup_days,
        }
    }

    fn from(call: &Call, backup_days: u32) -> Self {
        let field = |name| passerelle_model::tidy(call.field(name).trim());
        Self {
            accent: field("accent"),
            crest: field("crest"),
            capital: field("capital"),
            caveat: field("caveat"),
            file_reference: field("file-reference"),
            zone: field("zone"),
            register_days: field("register-days"),
            publisher: field("publisher"),
            answer_days: field("answer-days"),
            rights_days: field("rights-days"),
            breach_days: field("breach-days"),
            backup_days,
        }
    }

    /// The settings; none where a field does not fit.
    fn settings(&self) -> Option<Settings> {
        fn optional<T: std::str::FromStr>(text: &str) -> Option<Option<T>> {
            match text {
                "" => Some(None),
                text => text.parse().map(Some).ok(),
            }
        }
        let capital = self.capital.split_whitespace();
        Some(Settings {
            accent: optional(&self.accent)?,
            crest: optional(&self.crest)?,
            capital: capital
                .map(|code| code.parse().ok())
                .collect::<Option<_>>()?,
            capital_caveat: optional(&self.caveat)?,
            file_reference: optional(&self.file_reference)?,
            zone: optional(&self.zone)?,
            register_days: self.register_days.parse().ok()?,
            publisher: optional(&self.publisher)?,
            answer_days: self.answer_days.parse().ok()?,
            rights_days: self.rights_days.parse().ok()?,
            breach_days: self.breach_days.parse().ok()?,
            backup_days: self.backup_days,
            ..Settings::default()
        })
    }
}

fn form(call: &Call, typed: Typed, fault: Option<String>) -> Answer {
    let p = call.page.clone();
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let card = call.desk.node.own_card();
    let shown = Form {
        names: p
            .languages()
            .into_iter()
            .map(|(lang, ..)| (words::own_name(lang), card.names.in_lang(lang).to_string()))
            .collect(),
        accents: ACCENTS
            .iter()
            .map(|accent| (*accent, p.word("accent", accent), typed.accent == *accent))
            .collect(),
        accent: typed.accent,
        crest: typed.crest,
        capital: typed.capital,
        caveat: typed.caveat,
        file_reference: typed.file_reference,
        zone: typed.zone,
        register_days: typed.register_days,
        publisher: typed.publisher,
        answer_days: typed.answer_days,
        rights_days: typed.rights_days,
        breach_days: typed.breach_days,
        fault,
        p,
    };
    Ok((status, Html(shown.render()?)).into_response())
}

#[cfg(test)]
#[path = "samples/settings.rs"]
pub(crate) mod samples;
