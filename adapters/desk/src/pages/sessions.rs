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
    /// What the browser says of itself, where `device` is less.
    said: Option<String>,
    began: String,
    used: String,
    /// Whether it is the one that asks.
    here: bool,
}

pub(crate) async fn list(call: Call) -> Answer {
    let p = call.page_with_names().await?;
    let actor = call.actor()?;
    let here = Node::session_id(&call.secret);
    let row = |session: &SessionView| Row {
        id: session.id.to_string(),
        officer: p.person(&session.officer),
        device: browser(&session.device),
        said: Some(visible(&session.device)).filter(|said| *said != browser(&session.device)),
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

/// The browser and the system, out of what a browser says it is; all of that, made visible,
/// where neither is known. It may lie: it is shown so that people know their own.
fn browser(said: &str) -> String {
    // The first that fits: browsers name those they are like after themselves.
    const BROWSERS: [(&str, &str); 6] = [
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = BROWSERS.iter().find_map(|(mark, name)| {
        let (_, after) = said.split_once(mark)?;
        let number: String = after.chars().take_while(char::is_ascii_digit).collect();
        Some(format!("{name} {number}"))
    });
    let system = SYSTEMS.iter().find(|(mark, _)| said.contains(mark));
    match (named, system) {
        (Some(named), Some((_, system))) => format!("{named} · {system}"),
        _ => visible(said),
    }
}

#[cfg(test)]
#[path = "samples/sessions.rs"]
pub(crate) mod samples;

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn browsers_are_told_apart_and_others_are_shown_as_they_are() {
        let said = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(browser(said), "Firefox 140 · Linux");
        let like =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
        let edge = format!("{like} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.1.2");
        assert_eq!(browser(&edge), "Edge 141 · Windows");
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1";
        assert_eq!(browser(phone), "Safari 18 · iPhone");
        assert_eq!(
            browser("curl/8.5\u{202e}"),
            super::visible("curl/8.5\u{202e}")
        );
        assert_eq!(browser(""), "");
    }
}
