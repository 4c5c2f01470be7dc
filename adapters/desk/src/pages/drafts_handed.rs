//! A draft that cannot be saved as it came: more than it holds, or two people at once. Nothing of
//! what was typed is lost.

use askama::Template;
use axum::response::{Html, IntoResponse};
use http::StatusCode;
use passerelle_model::RecordId;
use passerelle_service::{DraftView, Field, Form};

use crate::answer::Answer;
use crate::frame::{Page, visible};
use crate::guard::Call;

#[derive(Template)]
#[template(path = "too-long.html")]
pub(super) struct TooLong {
    pub(super) p: Page,
    pub(super) id: String,
    pub(super) fields: Vec<(String, String)>,
}

/// More than a draft holds: nothing of it is saved, and all of it is handed back.
pub(super) fn too_long(call: &Call, id: &RecordId) -> Answer {
    let p = call.page.clone();
    let typed = call.form.iter().filter(|(name, value)| {
        Field::named(name).is_some() && value.len() > super::fields::LONG_BYTES
    });
    let fields = typed.map(|(name, value)| (p.t(&format!("field-{name}")), value.clone()));
    let shown = TooLong {
        fields: fields.collect(),
        id: id.to_string(),
        p,
    };
    Ok((StatusCode::PAYLOAD_TOO_LARGE, Html(shown.render()?)).into_response())
}

#[derive(Template)]
#[template(path = "conflict.html")]
pub(super) struct Conflict {
    pub(super) p: Page,
    pub(super) id: String,
    pub(super) version: u64,
    pub(super) by: String,
    pub(super) rows: Vec<(String, String, String)>,
    pub(super) mine: Vec<(&'static str, String)>,
}

/// Two people edited one draft: both versions, side by side; nothing was overwritten.
pub(super) async fn conflict(call: &Call, theirs: DraftView, mine: Form) -> Answer {
    let p = call.page_with_names().await?;
    let differ = mine.changed(&theirs.form);
    let said = |form: &Form, field: Field| visible(&form.all(field).join(" · "));
    let rows = differ.into_iter().map(|field| {
        let label = p.t(&format!("field-{}", field.name()));
        (label, said(&mine, field), said(&theirs.form, field))
    });
    let shown = Conflict {
        id: theirs.id.to_string(),
        version: theirs.version,
        by: p.person(&theirs.changed_by),
        rows: rows.collect(),
        mine: mine
            .iter()
            .flat_map(|(field, values)| {
                values
                    .iter()
                    .map(move |value| (field.name(), value.clone()))
            })
            .collect(),
        p,
    };
    Ok((StatusCode::CONFLICT, Html(shown.render()?)).into_response())
}
