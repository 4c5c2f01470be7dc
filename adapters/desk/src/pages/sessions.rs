//! Sessions that are alive: one's own, and for an administrator everybody's.

use askama::Template;
use passerelle_service::{Node, SessionView};

use crate::answer::{Answer, go, page};
use crate::frame::{Page, visible};
use crate::guard::Call;

#[derive(Template)]
#[template(path = "sessions.html")]
struct Sessions {
    p: Page,
    groups: Vec<Group>,
}

struct Group {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    officer: String,
    device: String,
    began: String,
    used: String,
    /// Whether it is the one that asks.
    here: bool,
}

pub(crate) async fn list(call: Call) -> Answer {
    let p = call.page.clone();
    let actor = call.actor()?;
    let here = Node::session_id(&call.secret);
    let row = |session: &SessionView| Row {
        id: session.id.to_string(),
        officer: session.officer.to_string(),
        device: visible(&session.device),
        began: p.at(&session.began),
        used: p.at(&session.used),
        here: Some(session.id) == here,
    };
    let sessions = call.desk.node.sessions(actor).await?;
    let (own, others): (Vec<_>, Vec<_>) = sessions
        .into_iter()
        .partition(|session| session.officer == *actor.officer());
    let group = |key, sessions: &[SessionView]| Group {
        title: p.t(key),
        rows: sessions.iter().map(row).collect(),
    };
    let mut groups = vec![group("sessions-own", &own)];
    if !others.is_empty() {
        groups.push(group("sessions-others", &others));
    }
    page(&Sessions { groups, p })
}

pub(crate) async fn end(call: Call) -> Answer {
    let id = call.given("id")?;
    call.desk.node.revoke_session(call.actor()?, &id).await?;
    go("/sessions?done=session-ended")
}
