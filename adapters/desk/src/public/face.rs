//! What every page of the public site has, and the parts that several share.

use passerelle_model::{Lang, PartyId, UtcTime};
use passerelle_service::joint::{Progress, Texts, Version};
use passerelle_service::{Public, PublicHead};

use super::Ask;
use crate::frame::{Page, visible};
use crate::pages::group::texts;
use crate::words;

/// The frame of a page.
pub(crate) struct Face {
    pub(crate) p: Page,
    /// What the site is called.
    pub(crate) name: String,
    /// Address after the language.
    pub(crate) rest: String,
    /// Address of the description for machines, after the language.
    pub(crate) data: String,
    /// What the page is about, in a sentence.
    pub(crate) description: String,
    /// Whether there is a file of programmes.
    pub(crate) iati: bool,
}

/// A link in the navigation.
pub(crate) struct Room {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) here: bool,
}

/// A line in a list.
pub(crate) struct Line {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) tag: &'static str,
    pub(crate) dir: &'static str,
    pub(crate) detail: String,
    pub(crate) tags: Vec<(String, &'static str)>,
}

/// A text in the best language there is.
pub(crate) struct Text {
    pub(crate) title: String,
    pub(crate) body: Vec<String>,
    pub(crate) tag: &'static str,
    pub(crate) dir: &'static str,
    /// That it is a translation, or in another language.
    pub(crate) note: Option<String>,
}

/// What follows an item.
pub(crate) struct After {
    pub(crate) related: Vec<Line>,
    /// Its whole address, to copy.
    pub(crate) address: String,
    /// A letter with it, to be written by the reader.
    pub(crate) letter: String,
}

/// Rooms of the site: what is in the address, and the key of the word.
const ROOMS: [(&str, &str); 6] = [
    ("", "public-home"),
    ("communiques", "public-communiques"),
    ("commitments", "public-commitments"),
    ("programmes", "public-programmes"),
    ("consultations", "public-consultations"),
    ("about", "public-about"),
];

impl Face {
    pub(crate) fn languages(&self) -> Vec<(Lang, &'static str, &'static str, bool)> {
        self.p.languages()
    }

    pub(crate) fn rooms(&self) -> Vec<Room> {
        let here = self.rest.split('/').next().unwrap_or_default();
        let room = |(rest, key): (&str, &str)| Room {
            href: format!("/{}/{rest}", self.p.lang),
            label: self.p.t(key),
            here: here == rest,
        };
        ROOMS.into_iter().map(room).collect()
    }
}

impl Ask {
    pub(super) fn face(&self, rest: &str, description: String) -> Face {
        let own = |one: &passerelle_service::PublicProgramme| one.head.id.party == self.p.own;
        Face {
            p: self.p.clone(),
            name: visible(&self.site.desk.node.public_name(self.p.lang)),
            rest: rest.to_owned(),
            data: "data.jsonld".to_owned(),
            description,
            iati: self.public.programmes.iter().any(own),
        }
    }

    /// What follows an item.
    pub(super) fn after(&self, room: &str, head: &PublicHead) -> After {
        let related = self.public.related(head).into_iter();
        let address = format!("{}/{}/{room}/{}", self.site.base, self.p.lang, head.id);
        let title = text(&self.p, head).title;
        let encode = |text: &str| {
            let all = text.bytes().map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    char::from(byte).to_string()
                }
                byte => format!("%{byte:02X}"),
            });
            all.collect::<String>()
        };
        After {
            related: related
                .map(|head| line(&self.p, &self.public, head))
                .collect(),
            letter: format!(
                "mailto:?subject={}&body={}",
                encode(&title),
                encode(&address)
            ),
            address,
        }
    }
}

/// In which room something has its page, and the key of what it is.
fn room_of(public: &Public, head: &PublicHead) -> (&'static str, &'static str) {
    let is = |other: &PublicHead| other.id == head.id;
    if public.communiques.iter().any(|one| is(&one.head)) {
        ("communiques", "public-communique")
    } else if public.commitments.iter().any(|one| is(&one.head)) {
        ("commitments", "group-kind-commitment")
    } else if public.programmes.iter().any(|one| is(&one.head)) {
        ("programmes", "group-kind-programme")
    } else {
        ("consultations", "public-consultation")
    }
}

/// A line of what it is and since when.
pub(super) fn line(p: &Page, public: &Public, head: &PublicHead) -> Line {
    let (room, key) = room_of(public, head);
    let text = text(p, head);
    Line {
        href: format!("/{}/{room}/{}", p.lang, head.id),
        title: text.title,
        tag: text.tag,
        dir: text.dir,
        detail: format!("{} · {}", p.t(key), p.day(head.since.day())),
        tags: Vec::new(),
    }
}

/// The text of something: authentic in the reader's language, else a courtesy translation, else
/// authentic in another.
pub(super) fn text(p: &Page, head: &PublicHead) -> Text {
    let courtesy = head
        .courtesy
        .iter()
        .find(|(_, version)| version.lang == p.lang);
    match (head.texts.exact(p.lang), courtesy) {
        (None, Some((party, version))) => {
            let note = p.ta("public-courtesy", &visible(&p.name_of(party)));
            written(version, Some(note))
        }
        _ => texts_of(p, &head.texts),
    }
}

/// The best of several versions.
pub(super) fn texts_of(p: &Page, texts: &Texts) -> Text {
    match (texts.exact(p.lang), texts.best(p.lang)) {
        (Some(version), _) => written(version, None),
        (None, Some(version)) => {
            let note = p.ta("public-other-language", words::own_name(version.lang));
            written(version, Some(note))
        }
        (None, None) => Text {
            title: String::new(),
            body: Vec::new(),
            tag: p.tag(),
            dir: p.dir(),
            note: None,
        },
    }
}

fn written(version: &Version, note: Option<String>) -> Text {
    let shown = texts::shown(version);
    Text {
        title: shown.title,
        body: shown.body,
        tag: shown.tag,
        dir: shown.dir,
        note,
    }
}

/// How a commitment stands, in a word and a tone.
pub(super) fn progress(p: &Page, progress: Progress) -> (String, &'static str) {
    let tone = match progress {
        Progress::Fulfilled => "good",
        Progress::Partly => "soon",
        Progress::NotFulfilled => "stop",
        _ => "calm",
    };
    (p.word("group-progress", progress), tone)
}

/// A party by its name in the reader's language.
pub(super) fn party(p: &Page, party: &PartyId) -> String {
    visible(&p.name_of(party))
}

/// When the newest of several changed.
pub(super) fn newest<'a>(heads: impl Iterator<Item = &'a PublicHead>) -> Option<UtcTime> {
    heads.map(|head| head.changed).max()
}
