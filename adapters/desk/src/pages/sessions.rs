//! One's own sessions.

use askama::Template;

use crate::answer::{Answer, go, page};
use crate::frame::Page;
use crate::guard::Call;

#[derive(Template)]
#[template(path = "sessions.html")]
struct Sessions {
    p: Page,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    officer: String,
    device: String,
    began: String,
    used: String,
}

pub(crate) async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let sessions = call.desk.node.sessions(call.actor()?).await?;
    let rows = sessions
        .into_iter()
        .map(|session| Row {
            id: session.id.to_string(),
            officer: session.officer.to_string(),
            device: crate::frame::visible(&session.device),
            began: p.at(&session.began),
            used: p.at(&session.used),
        })
        .collect();
    page(&Sessions { p, rows })
}

pub(crate) async fn end(call: Call) -> Answer {
    let id = call.given("id")?;
    call.desk.node.revoke_session(call.actor()?, &id).await?;
    go("/sessions?done=session-ended")
}
