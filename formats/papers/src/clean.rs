//! Text that shows what it says: no reordering, nothing invisible, single spaces.

/// Cleans text and counts what it removed.
#[derive(Debug, Default)]
pub(crate) struct Cleaner {
    pub(crate) directions: usize,
    pub(crate) controls: usize,
}

impl Cleaner {
    /// One line with single spaces and none at its ends.
    pub(crate) fn line(&mut self, raw: &str) -> String {
        let mut line = String::with_capacity(raw.len());
        for char in raw.chars() {
            match Class::of(char) {
                Class::Space if line.is_empty() || line.ends_with(' ') => {}
                Class::Space => line.push(' '),
                Class::Text => line.push(char),
                Class::Filler => {}
                Class::Direction => self.directions += 1,
                Class::Control => self.controls += 1,
            }
        }
        line.truncate(line.trim_end().len());
        line
    }
}

enum Class {
    Text,
    Space,
    /// Says where a line may break; of no meaning once the lines are others.
    Filler,
    Direction,
    Control,
}

impl Class {
    fn of(char: char) -> Self {
        match char {
            // Joiners shape Arabic and Persian words; the three marks order digits and signs
            // within a line and cannot turn a word around.
            '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => Self::Text,
            // UAX #9: embeddings and overrides with their end, isolates with theirs. The ends
            // go with the beginnings, or they would end what they did not begin.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Self::Direction,
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => Self::Filler,
            _ if char.is_whitespace() => Self::Space,
            _ if char.is_control() => Self::Control,
            // Deprecated format characters, interlinear annotation, tags: text that nobody sees.
            '\u{2061}'..='\u{2064}'
            | '\u{206a}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}' => Self::Control,
            _ if u32::from(char) & 0xfffe == 0xfffe => Self::Control,
            _ => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_and_isolates_go_and_are_counted() {
        let mut cleaner = Cleaner::default();
        let line = cleaner.line("a\u{202e}cod.\u{202c}b \u{2067}c\u{2069}");
        assert_eq!(line, "acod.b c");
        assert_eq!((cleaner.directions, cleaner.controls), (4, 0));
    }

    #[test]
    fn joiners_stay() {
        let mut cleaner = Cleaner::default();
        assert_eq!(cleaner.line("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(cleaner.directions + cleaner.controls, 0);
    }

    #[test]
    fn controls_and_unseen_text_go() {
        let mut cleaner = Cleaner::default();
        assert_eq!(cleaner.line("a\u{0}\u{7}\u{85}b\u{e0041}\u{ffff}"), "a b");
        assert_eq!(cleaner.controls, 4);
    }

    #[test]
    fn spaces_are_single() {
        let mut cleaner = Cleaner::default();
        assert_eq!(
            cleaner.line(" \n a\u{a0}\u{202f}b\t\u{200b} c \u{feff} "),
            "a b c"
        );
    }
}
