use passerelle_feeds::{
    Alternate, Communique, Error, EventState, Meeting, Place, communique, meeting, organisation,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::at;

fn text() -> Communique {
    Communique {
        id: "tag:gmmp.example,2026:communique/7/ar".into(),
        title: "بلاغ </script><script>alert(1)</script> & \u{2028}".into(),
        lang: "ar".into(),
        summary: String::new(),
        page: "https://gmmp.example/ar/7".into(),
        published: at("2026-02-20T12:00:00Z"),
        updated: at("2026-02-21T12:00:00Z"),
        publishers: vec![
            crate::organisation("fr", "Ministère de l'Intérieur"),
            crate::organisation("nl", "Dienst Vreemdelingenzaken"),
        ],
        alternates: vec![Alternate::new("fr", "https://gmmp.example/fr/7")],
        keywords: vec!["migration".into()],
    }
}

fn session() -> Meeting {
    Meeting {
        name: "Réunion plénière".into(),
        lang: "fr".into(),
        start: at("2026-02-20T09:00:00Z"),
        end: at("2026-02-20T11:00:00Z"),
        state: EventState::Postponed,
        place: Place::Named("Rabat".into()),
        organisers: vec![crate::organisation("fr", "GMMP")],
        page: Some("https://gmmp.example/fr/m/7".into()),
    }
}

#[test]
fn a_communique() {
    let json = communique(&text()).unwrap();
    assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["@context"], "https://schema.org");
    assert_eq!(value["@type"], "NewsArticle");
    assert_eq!(value["headline"], text().title.as_str());
    assert_eq!(value["publisher"][1]["name"][0]["@language"], "nl");
    assert_eq!(value["workTranslation"][0]["inLanguage"], "fr");
    assert_eq!(value["datePublished"], "2026-02-20T12:00:00Z");
    assert_eq!(value.get("description"), None);
}

#[test]
fn a_meeting() {
    let value: Value = serde_json::from_str(&meeting(&session()).unwrap()).unwrap();
    assert_eq!(value["@type"], "Event");
    assert_eq!(value["eventStatus"], "https://schema.org/EventPostponed");
    assert_eq!(value["location"]["name"], "Rabat");
    let mut online = session();
    online.place = Place::Online("https://meet.example/7".into());
    let value: Value = serde_json::from_str(&meeting(&online).unwrap()).unwrap();
    assert_eq!(value["location"]["url"], "https://meet.example/7");
    assert_eq!(
        value["eventAttendanceMode"],
        "https://schema.org/OnlineEventAttendanceMode"
    );
}

#[test]
fn a_group_has_members() {
    let mut group = crate::organisation("ar", "المجموعة");
    group.members = vec![crate::organisation("fr", "Intérieur")];
    let value: Value = serde_json::from_str(&organisation(&group).unwrap()).unwrap();
    assert_eq!(value["member"][0]["name"][0]["@value"], "Intérieur");
    assert_eq!(value["areaServed"]["identifier"], "MA");
    group.members = vec![group.clone()];
    assert_eq!(organisation(&group), Err(Error::Limit("members")));
}

#[test]
fn what_is_refused() {
    let code = |change: fn(&mut Communique)| {
        let mut text = text();
        change(&mut text);
        communique(&text).map_err(Error::code).err()
    };
    assert_eq!(code(|_| {}), None);
    assert_eq!(code(|t| t.title.clear()), Some("E_FEED_MISSING"));
    assert_eq!(code(|t| t.publishers.clear()), Some("E_FEED_MISSING"));
    assert_eq!(
        code(|t| t.publishers[0].names.clear()),
        Some("E_FEED_MISSING")
    );
    assert_eq!(
        code(|t| t.publishers[0].country = Some("ma".into())),
        Some("E_FEED_MISSING")
    );
    assert_eq!(
        code(|t| t.page = "javascript:x".into()),
        Some("E_FEED_LINK")
    );
    assert_eq!(
        code(|t| t.updated = at("2026-01-01T00:00:00Z")),
        Some("E_FEED_ORDER")
    );
    assert_eq!(
        code(|t| t.keywords = vec!["a".into(); 51]),
        Some("E_FEED_LIMIT")
    );
    assert_eq!(
        code(|t| t.summary = "\u{2066}".into()),
        Some("E_FEED_CONTROL")
    );
    let mut session = session();
    session.end = at("2026-02-20T08:00:00Z");
    assert_eq!(meeting(&session), Err(Error::Order("end")));
}

proptest! {
    #[test]
    fn a_description_closes_no_element(title in "[<>/&!\\\\\"'scriptأ-]{0,40}x") {
        let mut text = text();
        text.title = title.clone();
        let json = communique(&text).unwrap();
        prop_assert!(!json.contains(['<', '>', '&']));
        let value: Value = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(value["headline"].as_str(), Some(title.as_str()));
    }
}
