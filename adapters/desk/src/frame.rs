//! The frame of every page: who, in which language, which rooms, which form token.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use passerelle_model::{Lang, Name, Names, OfficerId, PartyId, UtcTime};
use passerelle_service::{Actor, Node, Room, Settings};

use crate::colour;
use crate::{time, words};

/// What every template has.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) lang: Lang,
    pub(crate) actor: Option<Actor>,
    pub(crate) csrf: String,
    /// Our own identifier and name.
    pub(crate) own: PartyId,
    pub(crate) party: String,
    pub(crate) crest: String,
    /// Address of the sheet with our colours and theirs.
    pub(crate) colours: String,
    pub(crate) demo: bool,
    pub(crate) path: String,
    /// The address with what is chosen after it, to come back to in another language.
    pub(crate) here: String,
    pub(crate) room: Option<Room>,
    pub(crate) notice: Option<String>,
    pub(crate) now: UtcTime,
    pub(crate) zone: TimeZone,
    pub(crate) zone_name: String,
    /// The capital of our country, for clocks.
    pub(crate) capital: String,
    pub(crate) others: Vec<Other>,
    /// Whether this person takes part in a joint group, and so sees no cases (rule G40).
    pub(crate) in_group: bool,
    /// Our own people by name, on pages that say who did something.
    pub(crate) colleagues: Arc<BTreeMap<OfficerId, Name>>,
    /// What was sent with the form that this page answers, to ask for it in another language.
    pub(crate) sent: Vec<(String, String)>,
    /// The page that the form stands on.
    pub(crate) from: String,
}

/// A partner as pages name it.
#[derive(Debug, Clone)]
pub(crate) struct Other {
    pub(crate) party: PartyId,
    pub(crate) name: String,
    pub(crate) capital: String,
    pub(crate) zone: TimeZone,
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
        let colours = colours(
            settings,
            &country,
            others.first().map(|(_, _, theirs)| &**theirs),
        );
        let own_name = card.names.in_lang(lang).to_owned();
        let capital = time::capital(&country, lang).map(str::to_owned);
        let other = |(party, names, country): (PartyId, Names, String)| {
            let name = names.in_lang(lang).to_owned();
            Other {
                party,
                capital: time::capital(&country, lang).map_or_else(|| name.clone(), str::to_owned),
                zone: time::zone(time::zone_of_country(&country)),
                name,
            }
        };
        let crest = settings.crest.as_ref().map(ToString::to_string);
        let in_group = actor
            .as_ref()
            .is_some_and(|actor| !node.groups_of(actor).is_empty());
        Self {
            lang,
            actor,
            csrf: String::new(),
            own: card.party.clone(),
            party: own_name.clone(),
            crest: crest.unwrap_or(country),
            colours,
            demo: settings.demo,
            path: String::new(),
            here: String::new(),
            room: None,
            notice: None,
            now: node.time(),
            zone: time::zone(&zone_name),
            zone_name,
            capital: capital.unwrap_or(own_name),
            others: others.into_iter().map(other).collect(),
            in_group,
            colleagues: Arc::default(),
            sent: Vec::new(),
            from: String::new(),
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

    /// Of how many parts a sum is, where some are missing.
    pub(crate) fn partial(&self, known: usize, of: usize) -> String {
        let (n, of) = (known.to_string(), of.to_string());
        words::say(self.lang, "group-partial", &[("n", &n), ("of", &of)])
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

    /// The side of the wall that this person works on.
    fn has(&self, room: Room) -> bool {
        match room {
            Room::Group => self.in_group,
            Room::Cases | Room::Search => !self.in_group,
            _ => true,
        }
    }

    /// Whether this person writes records.
    pub(crate) fn writes(&self) -> bool {
        !self.in_group
            && self
                .actor
                .as_ref()
                .is_some_and(|actor| actor.is(passerelle_model::Role::Officer))
    }

    /// Rooms of this person, in order.
    pub(crate) fn doors(&self) -> Vec<Door> {
        let Some(actor) = &self.actor else {
            return Vec::new();
        };
        let rooms = passerelle_service::rooms(actor);
        let all = [
            (Room::Today, "/today", "room-today", "t"),
            (Room::Group, "/group", "room-group", "j"),
            (Room::Cases, "/cases", "room-cases", "c"),
            (Room::Search, "/search", "room-search", "s"),
            (Room::Keeping, "/keeping", "room-keeping", "k"),
            (Room::Register, "/register", "room-register", "r"),
            (Room::Partners, "/partners", "room-partners", "p"),
            (Room::People, "/people", "room-people", "e"),
        ];
        all.into_iter()
            .filter(|(room, ..)| rooms.contains(room) && self.has(*room))
            .map(|(room, href, key, letter)| Door {
                href,
                label: self.t(key),
                here: self.room == Some(room),
                key: letter,
            })
            .collect()
    }

    /// Where the form that this page answers is asked for in another language.
    pub(crate) fn again(&self) -> String {
        let from = form_urlencoded::byte_serialize(self.from.as_bytes());
        format!("{}?from={}", self.path, from.collect::<String>())
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

    /// Where a partner is, in one word.
    pub(crate) fn capital_of(&self, party: &PartyId) -> String {
        let known = self.others.iter().find(|other| other.party == *party);
        known.map_or_else(|| party.to_string(), |other| other.capital.clone())
    }

    /// A party in one word, where it stands often: its capital, unless two share one.
    pub(crate) fn short_name_of(&self, party: &PartyId) -> String {
        let ours = std::iter::once(&self.capital);
        let all = ours.chain(self.others.iter().map(|other| &other.capital));
        let capital = match *party == self.own {
            true => self.capital.clone(),
            false => self.capital_of(party),
        };
        match all.filter(|one| **one == capital).count() {
            1 => capital,
            _ => self.name_of(party),
        }
    }

    /// A party by its name; its identifier where it is not known.
    pub(crate) fn name_of(&self, party: &PartyId) -> String {
        let known = self.others.iter().find(|other| other.party == *party);
        known.map_or_else(
            || match *party == self.own {
                true => self.party.clone(),
                false => party.to_string(),
            },
            |other| other.name.clone(),
        )
    }

    /// One of our people by name; by their identifier where nobody has it any more.
    pub(crate) fn person(&self, officer: &OfficerId) -> String {
        let known = self.colleagues.get(officer);
        known.map_or_else(|| officer.to_string(), |name| visible(name.as_str()))
    }

    /// `2 h 10 min left, until 16:40 Brussels / 15:40 Rabat`.
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
        ClockWords {
            words: words::say(self.lang, key, &[("span", &span)]),
            until: self.until(due),
            tone: match escalation {
                "on-time" => "calm",
                "due-soon" => "soon",
                _ => "late",
            },
            machine: time::machine(due),
        }
    }
}

impl Page {
    /// Until when, by our capital's clock and by every other that shows another hour.
    fn until(&self, due: UtcTime) -> String {
        let today = time::same_day(self.now, due, &self.zone);
        let ours = match today {
            true => time::hour(due, &self.zone),
            false => time::moment(self.lang, due, &self.zone),
        };
        let differs = |other: &&Other| time::hour(due, &other.zone) != time::hour(due, &self.zone);
        let others: Vec<&Other> = self.others.iter().filter(differs).collect();
        let mut clocks = ours;
        if !others.is_empty() {
            clocks = format!("{clocks} {}", self.capital);
        }
        for other in others {
            let hour = time::hour(due, &other.zone);
            clocks = format!("{clocks} / {hour} {}", other.capital);
        }
        let key = if today {
            "clock-until-hour"
        } else {
            "clock-until-day"
        };
        self.ta(key, &clocks)
    }

    /// A day as people write it.
    pub(crate) fn day(&self, day: impl ToString) -> String {
        time::written(self.lang, &day.to_string())
    }
}

/// Our colour as the node chose it, theirs as their country has it; never the same twice.
fn colours(settings: &Settings, own: &str, partner: Option<&str>) -> String {
    let chosen = settings.accent.as_deref().and_then(colour::Rgb::parse);
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
            c if turns(c) => '\u{2423}',
            c if c.is_control() && c != '\n' && c != '\t' => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Whether a sign changes the direction of what stands beside it and is not seen itself.
pub(crate) fn turns(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// A page for tests, signed in nowhere.
#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    /// A page of Rabat's node with Brussels as its partner, on 15 March 2024 (in Ramadan, when
    /// Morocco is an hour behind Belgium) at noon UTC.
    pub(crate) fn page(lang: Lang) -> Page {
        let place = |country: &str| time::capital(country, lang).unwrap().to_owned();
        Page {
            lang,
            actor: None,
            csrf: "0".repeat(64),
            own: "ma.interior".parse().unwrap(),
            party: "Ministère de l’Intérieur, Rabat".to_owned(),
            crest: "MA".to_owned(),
            colours: crate::assets::colours("14532d", "1e3a8a"),
            demo: true,
            path: "/today".to_owned(),
            here: "/today".to_owned(),
            room: None,
            notice: None,
            now: UtcTime::from_millis(1_710_504_000_000),
            zone: time::zone("Africa/Casablanca"),
            zone_name: "Africa/Casablanca".to_owned(),
            capital: place("MA"),
            others: vec![Other {
                party: "be.interior".parse().unwrap(),
                name: "Service public fédéral Intérieur, Bruxelles".to_owned(),
                capital: place("BE"),
                zone: time::zone("Europe/Brussels"),
            }],
            in_group: false,
            colleagues: Arc::default(),
            sent: Vec::new(),
            from: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_tell_both_capitals_only_where_they_differ() {
        let mut p = samples::page(Lang::En);
        let due = p.now.plus_millis(130 * 60_000);
        let clock = p.clock(due, "on-time");
        assert_eq!(clock.words, "2 h 10 min left");
        assert_eq!(clock.until, "until 14:10 Rabat / 15:10 Brussels");
        // In January both are on UTC+1.
        p.now = UtcTime::from_millis(1_705_320_000_000);
        let clock = p.clock(p.now.plus_millis(3_600_000), "on-time");
        assert_eq!(clock.until, "until 14:00");
        let clock = p.clock(p.now.plus_millis(49 * 3_600_000), "on-time");
        assert_eq!(clock.until, "until 17 January 2024, 14:00");
    }

    #[test]
    fn hidden_signs_are_shown() {
        assert_eq!(visible("a\u{202e}b\u{0}c\n"), "a\u{2423}b\u{fffd}c\n");
    }
}
