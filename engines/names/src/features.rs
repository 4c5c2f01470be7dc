//! Measurements of a pair of names, from its alignment.

use crate::align::{Alignment, Meeting};
use crate::name::{Family, Name, Role, Token};
use crate::roles::Kind;

/// How many measurements there are.
pub(crate) const MEASURES: usize = 40;
/// One number for each of [`Measure`].
pub(crate) type Features = [f32; MEASURES];

/// What is measured; the numbers stand in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Measure {
    Capped,
    WorstBits,
    WorstLoss,
    SumLoss,
    WorstShare,
    MeanShare,
    AloneLess,
    AloneMore,
    AloneLessCount,
    AloneMoreCount,
    Met,
    FewerWords,
    MoreWords,
    Turned,
    Comma,
    Initials,
    InitialsAlone,
    Scripts,
    WorstRarity,
    Leftover,
    Ends,
    SecondShare,
    Glued,
    Exact,
    WorstPlace,
    MostRarity,
    WorstLossPerLetter,
    Honorifics,
    SonTurned,
    WorstLength,
    SumRarity,
    AloneFirst,
    EndsVowel,
    AloneShare,
    NameBits,
    DateRelation,
    DateYears,
    DateDigits,
    DateParts,
    DateRest,
}

/// Collects the measurements.
pub(crate) fn measure(a: &Name, b: &Name, alignment: &Alignment) -> Features {
    let mut features = [0.0; MEASURES];
    let mut set = |measure: Measure, value: f32| {
        if let Some(place) = features.get_mut(measure as usize) {
            *place = value;
        }
    };
    let alone = [
        Alone::of(a, alignment.alone[0]),
        Alone::of(b, alignment.alone[1]),
    ];
    let [first, second] = &alone;
    let (less, more) = if (first.weight, first.count) <= (second.weight, second.count) {
        (first, second)
    } else {
        (second, first)
    };
    set(Measure::AloneLess, less.weight);
    set(Measure::AloneMore, more.weight);
    set(Measure::AloneLessCount, less.count);
    set(Measure::AloneMoreCount, more.count);
    set(
        Measure::InitialsAlone,
        first.initials.min(second.initials) * 4.0 + first.initials + second.initials,
    );
    set(Measure::Honorifics, first.honorifics + second.honorifics);
    set(
        Measure::AloneFirst,
        f32::from(u8::from(first.first) + u8::from(second.first)),
    );
    let words = |name: &Name| {
        name.tokens()
            .iter()
            .filter(|token| token.role == Role::Name)
            .count()
    };
    let (x, y) = (words(a), words(b));
    set(Measure::FewerWords, count(x.min(y)));
    set(Measure::MoreWords, count(x.max(y)));
    set(Measure::Scripts, scripts(a, b));
    set(Measure::Turned, turned(alignment));
    set(
        Measure::Comma,
        f32::from(u8::from(a.comma > 0) + u8::from(b.comma > 0)),
    );
    set(
        Measure::Leftover,
        if less.count > 0.0 {
            alignment.leftover
        } else {
            20.0
        },
    );
    let met = Met::of(a, b, alignment.meetings());
    set(Measure::Capped, met.capped);
    set(Measure::SumLoss, met.loss);
    set(Measure::MeanShare, met.evidence / met.ideal.max(1.0));
    set(Measure::Met, met.words);
    set(Measure::Initials, met.initials);
    set(Measure::Glued, met.glued);
    set(Measure::Exact, met.exact);
    set(Measure::MostRarity, met.most_rarity);
    set(Measure::SumRarity, met.rarity);
    set(
        Measure::AloneShare,
        met.rarity / (met.rarity + more.weight).max(1.0),
    );
    set(Measure::Ends, met.ends);
    set(Measure::EndsVowel, met.ends_vowel);
    set(Measure::WorstBits, met.worst.evidence);
    set(Measure::WorstLoss, met.worst.ideal - met.worst.evidence);
    set(Measure::WorstShare, met.worst_share);
    set(Measure::SecondShare, met.second_share);
    set(Measure::WorstRarity, met.worst.rarity);
    set(Measure::SonTurned, met.son_first.min(met.son_second));
    set(Measure::WorstPlace, place(a, b, &met.worst));
    let length = length(a, b, &met.worst);
    set(Measure::WorstLength, length);
    set(
        Measure::WorstLossPerLetter,
        (met.worst.ideal - met.worst.evidence) / length.max(1.0),
    );
    features
}

fn count(n: usize) -> f32 {
    f32::from(u8::try_from(n).unwrap_or(u8::MAX))
}

fn scripts(a: &Name, b: &Name) -> f32 {
    let arabic = |name: &Name| {
        name.tokens()
            .first()
            .is_some_and(|token| token.family == Family::Arabic)
    };
    match (arabic(a), arabic(b)) {
        (false, false) => 0.0,
        (true, true) => 2.0,
        _ => 1.0,
    }
}

/// How many pairs of meetings stand in another order.
fn turned(alignment: &Alignment) -> f32 {
    let meetings = alignment.meetings();
    let mut turned = 0.0;
    for (at, one) in meetings.iter().enumerate() {
        for other in meetings.iter().skip(at + 1) {
            if (one.a.0 < other.a.0) != (one.b.0 < other.b.0) {
                turned += 1.0;
            }
        }
    }
    turned
}

/// What stayed alone on one side.
struct Alone {
    weight: f32,
    count: f32,
    initials: f32,
    honorifics: f32,
    first: bool,
}

impl Alone {
    fn of(name: &Name, alone: u32) -> Self {
        let mut made = Self {
            weight: 0.0,
            count: 0.0,
            initials: 0.0,
            honorifics: 0.0,
            first: false,
        };
        for (at, token) in name.tokens().iter().enumerate() {
            if alone & (1 << at) == 0 {
                continue;
            }
            match token.role {
                Role::Name => {
                    made.weight += token.rarity;
                    made.count += 1.0;
                    made.first |= at == 0;
                }
                Role::Initial => made.initials += 1.0,
                Role::Honorific => made.honorifics += 1.0,
                Role::Particle => {}
            }
        }
        made
    }
}

/// Sums over what met.
struct Met {
    capped: f32,
    evidence: f32,
    ideal: f32,
    loss: f32,
    words: f32,
    initials: f32,
    glued: f32,
    exact: f32,
    rarity: f32,
    most_rarity: f32,
    ends: f32,
    ends_vowel: f32,
    /// Words that are a patronym in the first name only, and in the second only.
    son_first: f32,
    son_second: f32,
    worst: Meeting,
    worst_share: f32,
    second_share: f32,
}

impl Met {
    fn of(a: &Name, b: &Name, meetings: &[Meeting]) -> Self {
        let mut made = Self {
            capped: 0.0,
            evidence: 0.0,
            ideal: 0.0,
            loss: 0.0,
            words: 0.0,
            initials: 0.0,
            glued: 0.0,
            exact: 0.0,
            rarity: 0.0,
            most_rarity: 0.0,
            ends: 0.0,
            ends_vowel: 0.0,
            son_first: 0.0,
            son_second: 0.0,
            worst: Meeting::default(),
            worst_share: 2.0,
            second_share: 2.0,
        };
        for one in meetings {
            made.add(a, b, one);
        }
        made
    }

    fn add(&mut self, a: &Name, b: &Name, one: &Meeting) {
        self.capped += one.evidence.min(one.rarity);
        if one.initial {
            self.initials += 1.0;
            return;
        }
        self.words += 1.0;
        self.evidence += one.evidence;
        self.ideal += one.ideal;
        self.loss += (one.ideal - one.evidence).max(0.0);
        self.rarity += one.rarity;
        self.most_rarity = self.most_rarity.max(one.rarity);
        self.glued += f32::from(u8::from(one.a.1 + one.b.1 > 2));
        self.exact += f32::from(u8::from(one.exact));
        let share = one.evidence / one.ideal.max(1.0);
        if share < self.worst_share {
            self.second_share = self.worst_share;
            self.worst_share = share;
            self.worst = *one;
        } else if share < self.second_share {
            self.second_share = share;
        }
        match (is_son(a, one.a), is_son(b, one.b)) {
            (true, false) => self.son_first += 1.0,
            (false, true) => self.son_second += 1.0,
            _ => {}
        }
        match ends(a, b, one) {
            Ends::Alike => {}
            Ends::VowelAndNone => self.ends += 1.0,
            Ends::OtherVowel => self.ends_vowel += 1.0,
        }
    }
}

/// Whether a word is written as a patronym: ben, ibn, bint.
fn is_son(name: &Name, (from, _): (u8, u8)) -> bool {
    let token = name.tokens().get(usize::from(from));
    token.is_some_and(|token| token.jumps[0].0 > 0 && token.jumps[0].1 == Kind::Son as u8)
}

/// How the ends of two words are to each other.
enum Ends {
    Alike,
    /// One ends in a vowel, the other does not: Karim, Karima.
    VowelAndNone,
    /// Both end in vowels, but others: Amine, Amina is not among them.
    OtherVowel,
}

fn ends(a: &Name, b: &Name, one: &Meeting) -> Ends {
    match (end(a, one.a), end(b, one.b)) {
        (x, y) if x == y => Ends::Alike,
        (0, _) | (_, 0) => Ends::VowelAndNone,
        _ => Ends::OtherVowel,
    }
}

/// 0 for a consonant, else the kind of vowel.
fn end(name: &Name, (from, len): (u8, u8)) -> u8 {
    let last = usize::from(from) + usize::from(len).saturating_sub(1);
    let Some(token) = name.tokens().get(last) else {
        return 0;
    };
    let symbol = name.symbols_of(token, token).last().copied().unwrap_or(0);
    match (token.family, symbol) {
        (Family::Latin, 50 | 56 | 1) | (Family::Arabic, 43 | 44 | 33 | 32) => 1,
        (Family::Latin, 52 | 55 | 9 | 25) | (Family::Arabic, 45) => 2,
        (Family::Latin, 53 | 54 | 15 | 21) | (Family::Arabic, 46) => 3,
        _ => 0,
    }
}

/// Where the worst meeting stands: first with first, last with last, or elsewhere.
fn place(a: &Name, b: &Name, one: &Meeting) -> f32 {
    let last = |name: &Name, (from, len): (u8, u8)| usize::from(from + len) == name.count;
    if one.a.0 == 0 && one.b.0 == 0 {
        0.0
    } else if last(a, one.a) && last(b, one.b) {
        2.0
    } else {
        1.0
    }
}

/// Symbols of the shorter side.
fn length(a: &Name, b: &Name, one: &Meeting) -> f32 {
    let symbols = |name: &Name, (from, len): (u8, u8)| -> f32 {
        let tokens = name
            .tokens()
            .iter()
            .skip(usize::from(from))
            .take(usize::from(len));
        tokens.map(|token: &Token| f32::from(token.len)).sum()
    };
    symbols(a, one.a).min(symbols(b, one.b))
}

/// Adds what is measured of the dates, and what the names alone came to.
pub(crate) fn add_dates(
    features: &mut Features,
    dates: &crate::dates::DateMeasures,
    name_bits: f32,
) {
    let mut set = |measure: Measure, value: f32| {
        if let Some(place) = features.get_mut(measure as usize) {
            *place = value;
        }
    };
    set(Measure::NameBits, name_bits);
    set(Measure::DateRelation, f32::from(dates.relation as u8));
    set(Measure::DateYears, dates.years);
    set(Measure::DateDigits, dates.digits);
    set(Measure::DateParts, dates.parts);
    set(Measure::DateRest, dates.rest);
}
