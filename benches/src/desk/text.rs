//! Texts of made-up records: always the same ones for the same record, so that other indices
//! can be built from them as well.

use std::fmt::Write as _;

/// Words of one record's text.
const WORDS: u64 = 40;
/// Different French and Arabic words, each.
const VOCABULARY: u64 = 4000;
/// A word of every second record.
pub(crate) const COMMON: &str = "dossier";
/// Another word of every second record; a quarter has both.
pub(crate) const COMMON_TOO: &str = "frontière";
/// A word of [`RARE_RECORDS`] records, however many there are.
pub(crate) const RARE: &str = "zellige";
/// In how many records [`RARE`] stands.
const RARE_RECORDS: u64 = 20;
/// A word of every second Arabic record, which is every third record.
pub(crate) const ARABIC: &str = "الحدود";

/// Subject and text of record `number` of `all`.
pub(crate) fn of(number: u64, all: u64) -> (String, String) {
    let mut draw = Draw(number ^ 0x9e37_79b9_7f4a_7c15);
    let arabic = number % 3 == 2;
    let mut text = String::new();
    for _ in 0..WORDS {
        let (_, half) = (draw.next(), draw.next());
        // The square of a fraction: few words are frequent, most are rare.
        let share = ((half % 65_536) * (half % 65_536)) >> 16;
        word(&mut text, arabic, (share * VOCABULARY) >> 16);
        text.push(' ');
    }
    if draw.next().is_multiple_of(2) {
        text.push_str(if arabic { ARABIC } else { COMMON });
    }
    if draw.next().is_multiple_of(2) {
        let _ = write!(text, " {COMMON_TOO}");
    }
    if number.is_multiple_of((all / RARE_RECORDS).max(1)) {
        let _ = write!(text, " {RARE}");
    }
    let subject = match arabic {
        true => format!("طلب معلومات رقم {number}"),
        false => format!("Demande de vérification {number}"),
    };
    (subject, text)
}

/// The word of this rank: syllables of its digits.
fn word(out: &mut String, arabic: bool, mut rank: u64) {
    const FRENCH: [&str; 16] = [
        "ba", "ré", "ti", "mo", "lu", "cha", "vé", "pri", "no", "su", "da", "gê", "li", "tou",
        "fra", "mer",
    ];
    const ARABIC: [&str; 16] = [
        "با", "ري", "تم", "مو", "لو", "شا", "عي", "قر", "نو", "سو", "دا", "جي", "لك", "طر", "فر",
        "حم",
    ];
    let syllables = if arabic { ARABIC } else { FRENCH };
    for _ in 0..4 {
        let at = usize::try_from(rank % 16).unwrap_or_default();
        out.push_str(syllables.get(at).copied().unwrap_or_default());
        rank /= 16;
    }
}

/// SplitMix64: the same numbers everywhere.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_each_time_and_the_rare_word_stays_rare() {
        assert_eq!(of(7, 1000), of(7, 1000));
        for all in [1000, 20_000] {
            let rare = (0..all).filter(|n| of(*n, all).1.contains(RARE)).count();
            assert_eq!(rare, 20, "{all}");
        }
    }
}
