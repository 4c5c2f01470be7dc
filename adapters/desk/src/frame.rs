//! The frame of every page: who, in which language, which rooms, which form token.

use jiff::tz::TimeZone;
use passerelle_model::{Lang, PartyId, UtcTime};
use passerelle_service::{Actor, Node, Room, Settings};

use crate::colour::{self, Rgb};
use crate::{time, words};

/// What every template has.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) lang: Lang,
    pub(crate) actor: Option<Actor>,
    pub(crate) csrf: String,
    pub(crate) party: String,
    pub(crate) crest: String,
    /// Address of the sheet with our colours and theirs.
    pub(crate) colours: String,
    pub(crate) demo: bool,
    pub(crate) path: String,
    pub(crate) room: Option<Room>,
    pub(crate) notice: Option<String>,
    pub(crate) now: UtcTime,
    pub(crate) zone: TimeZone,
    pub(crate) zone_name: String,
    pub(crate) others: Vec<(PartyId, String, TimeZone)>,
}

/// A room in the navigation.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    pub(crate) href: &'static str,
    pub(crate) label: String,
    pub(crate) here: bool,
    pub(crate) key: &'static str,
}

/// A clock in words.
#[derive(Debug, Clone)]
pub(crate) struct ClockWords {
    pub(crate) words: String,
    pub(crate) until: String,
    pub(crate) tone: &'static str,
    pub(crate) machine: String,
}

impl Page {
    pub(crate) fn new(node: &Node, settings: &Settings, actor: Option<Actor>, lang: Lang) -> Self {
        let card = node.own_card();
        let country = card.country.to_string();
        let zone_name = settings
            .zone
            .clone()
            .unwrap_or_else(|| time::zone_of_country(&country).to_owned());
        let others = node.partner_places();
        let colours = colours(settings, &country, others.first().map(|(_, _, theirs)| &**theirs));
        Self {
            lang,
            actor,
            csrf: String::new(),
            party: card.names.in_lang(lang).to_string(),
            crest: country,
            colours,
            demo: settings.demo,
            path: String::new(),
            room: None,
            notice: None,
            now: node.time(),
            zone: time::zone(&zone_name),
            zone_name,
            others: others
                .into_iter()
                .map(|(party, name, country)| {
                    let zone = time::zone(time::zone_of_country(&country));
                    (party, name.in_lang(lang).to_string(), zone)
                })
                .collect(),
        }
    }

    /// A message.
    pub(crate) fn t(&self, key: &str) -> String {
        words::say(self.lang, key, &[])
    }

    /// A message with a number.
    pub(crate) fn tn(&self, key: &str, n: impl ToString) -> String {
        words::say(self.lang, key, &[("n", &n.to_string())])
    }

    /// A message with a word in it.
    pub(crate) fn ta(&self, key: &str, what: &str) -> String {
        words::say(self.lang, key, &[("what", what)])
    }

    /// A word of a closed list: `urgency-urgent`.
    pub(crate) fn word(&self, list: &str, word: impl ToString) -> String {
        let word = word.to_string().to_lowercase().replace('+', "-");
        self.t(&format!("{list}-{word}"))
    }

    /// A code of the agreement by our own word for it, where we have one.
    pub(crate) fn code(&self, list: &str, code: impl ToString) -> String {
        let code = code.to_string();
        let said = self.word(list, &code);
        if said.starts_with('[') { code } else { said }
    }

    pub(crate) fn dir(&self) -> &'static str {
        words::direction(self.lang)
    }

    pub(crate) fn tag(&self) -> &'static str {
        words::tag(self.lang)
    }

    pub(crate) fn languages(&self) -> Vec<(Lang, &'static str, &'static str, bool)> {
        Lang::ALL
            .iter()
            .map(|lang| {
                (
                    *lang,
                    words::tag(*lang),
                    words::own_name(*lang),
                    *lang == self.lang,
                )
            })
            .collect()
    }

    /// Rooms of this person, in order.
    pub(crate) fn doors(&self) -> Vec<Door> {
        let Some(actor) = &self.actor else {
            return Vec::new();
        };
        let rooms = passerelle_service::rooms(actor);
        let all = [
            (Room::Today, "/today", "room-today", "t"),
            (Room::Cases, "/cases", "room-cases", "c"),
            (Room::Search, "/search", "room-search", "s"),
            (Room::Register, "/register", "room-register", "r"),
            (Room::Partners, "/partners", "room-partners", "p"),
            (Room::People, "/people", "room-people", "e"),
        ];
        all.into_iter()
            .filter(|(room, ..)| rooms.contains(room))
            .map(|(room, href, key, letter)| Door {
                href,
                label: self.t(key),
                here: self.room == Some(room),
                key: letter,
            })
            .collect()
    }

    pub(crate) fn asset(&self, name: &str) -> String {
        crate::assets::href(name)
    }

    /// A moment, in our own time.
    pub(crate) fn at(&self, time: &UtcTime) -> String {
        time::moment(self.lang, *time, &self.zone)
    }

    pub(crate) fn machine(&self, time: &UtcTime) -> String {
        time::machine(*time)
    }

    /// A party by its name; its identifier where it is not known.
    pub(crate) fn name_of(&self, party: &PartyId) -> String {
        let known = self.others.iter().find(|(held, ..)| held == party);
        known.map_or_else(
            || match party.as_str() == self.crest {
                true => self.party.clone(),
                false => party.to_string(),
            },
            |(_, name, _)| name.clone(),
        )
    }

    /// `2 h 10 min left, until 16:40 (Rabat 15:40)`.
    pub(crate) fn clock(&self, due: UtcTime, escalation: &str) -> ClockWords {
        let (days, hours, minutes, late) = time::left(self.now, due);
        let span = match (days, hours) {
            (0, 0) => words::say(self.lang, "span-minutes", &[("n", &minutes.to_string())]),
            (0, hours) => words::say(
                self.lang,
                "span-hours",
                &[("n", &hours.to_string()), ("m", &minutes.to_string())],
            ),
            (days, hours) => words::say(
                self.lang,
                "span-days",
                &[("n", &days.to_string()), ("h", &hours.to_string())],
            ),
        };
        let key = if late { "clock-late" } else { "clock-left" };
        let mut until = time::moment(self.lang, due, &self.zone);
        for (_, name, zone) in &self.others {
            let theirs = time::hour(due, zone);
            if theirs != time::hour(due, &self.zone) {
                until = format!("{until} ({name}: {theirs})");
            }
        }
        ClockWords {
            words: words::say(self.lang, key, &[("span", &span)]),
            until,
            tone: match escalation {
                "on-time" => "calm",
                "due-soon" => "soon",
                _ => "late",
            },
            machine: time::machine(due),
        }
    }
}

/// Our colour as the node chose it, theirs as their country has it; never the same twice.
fn colours(settings: &Settings, own: &str, partner: Option<&str>) -> String {
    let chosen = settings.accent.as_deref().and_then(Rgb::parse);
    let ours = chosen.unwrap_or_else(|| colour::of_country(own));
    let theirs = [partner.unwrap_or_default(), "BE", "MA"]
        .map(colour::of_country)
        .into_iter()
        .find(|theirs| *theirs != ours)
        .unwrap_or(ours);
    crate::assets::colours(&ours.hex(), &theirs.hex())
}

/// Text that somebody typed, with signs that would hide or turn it made visible.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                '\u{2423}'
            }
            c if c.is_control() && c != '\n' && c != '\t' => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_signs_are_shown() {
        assert_eq!(visible("a\u{202e}b\u{0}c\n"), "a\u{2423}b\u{fffd}c\n");
    }
}
