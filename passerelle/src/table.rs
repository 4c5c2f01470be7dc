//! Text on a terminal: columns that line up whatever the script, and nothing a partner
//! wrote that could move the cursor or turn the direction of the line.

use std::fmt;

/// First strong isolate (Unicode UAX #9): the text inside keeps its own direction.
const FSI: char = '\u{2068}';
/// Ends it.
const PDI: char = '\u{2069}';

/// Rows under headings, written with aligned columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// With headings.
    pub(crate) fn new(headings: &[&str]) -> Self {
        Self {
            rows: vec![headings.iter().map(|text| safe(text)).collect()],
        }
    }

    /// One more row.
    pub(crate) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.rows
            .push(cells.iter().map(|text| safe(text)).collect());
    }

    /// Whether there is no row under the headings.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.len() < 2
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |row: &Vec<String>, at: usize| row.get(at).map_or(0, |cell| width(cell));
        let widest = |at: usize| self.rows.iter().map(|row| cell(row, at)).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(widest).collect();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, wanted) in row.iter().zip(&widths) {
                line.push_str(&padded(cell, *wanted));
                line.push_str("  ");
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// `text` with spaces to `wanted` columns.
pub(crate) fn padded(text: &str, wanted: usize) -> String {
    let missing = wanted.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// One line as it may be shown: control characters escaped, right-to-left text isolated.
pub(crate) fn safe(text: &str) -> String {
    let clean: String = text.chars().flat_map(shown).collect();
    isolated(clean)
}

/// Several lines as they may be shown.
pub(crate) fn safe_text(text: &str) -> String {
    text.split('\n').map(safe).collect::<Vec<_>>().join("\n")
}

/// At most `columns` columns of one line, with an ellipsis where something is left out.
pub(crate) fn clipped(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += char_width(*c);
        used < columns
    };
    let mut out: String = text.chars().take_while(fits).collect();
    out.push('…');
    out
}

/// Columns that `text` takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// `1.4 MiB` and the like.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS.get(unit).unwrap_or(&"TiB"))
}

fn shown(c: char) -> impl Iterator<Item = char> {
    let hidden = (c.is_control() && c != '\t') || is_direction(c);
    let escape = hidden.then(|| c.escape_unicode());
    let plain = (!hidden).then_some(c);
    escape.into_iter().flatten().chain(plain)
}

fn isolated(text: String) -> String {
    if text.chars().any(is_right_to_left) {
        format!("{FSI}{text}{PDI}")
    } else {
        text
    }
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Hebrew, Arabic, Syriac, Thaana and their presentation forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// Zero for marks that stand on the letter before and for invisible signs, two for wide
/// East Asian characters (Unicode UAX #11), one for all others.
fn char_width(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' => 0,
        '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' => 0,
        '\u{6ea}'..='\u{6ed}' | '\u{61c}' | '\u{200b}'..='\u{200f}' => 0,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{fe20}'..='\u{fe2f}' | '\u{feff}' => 0,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}' => 2,
        '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' => 2,
        '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_in_every_script() {
        let mut table = Table::new(&["name", "n"]);
        table.row(["Ministère", "1"]);
        table.row(["وِزارة", "2"]);
        table.row(["内政部", "3"]);
        let text = table.to_string();
        let ends: Vec<usize> = text
            .lines()
            .map(|line| width(&line[..line.len() - 1]))
            .collect();
        assert_eq!(ends, [11; 4], "{text}");
        assert!(!table.is_empty() && Table::new(&["a"]).is_empty());
    }

    #[test]
    fn nothing_moves_the_cursor_or_turns_the_line() {
        assert_eq!(safe("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(safe("x\u{202e}y"), "x\\u{202e}y");
        assert_eq!(safe("وزارة"), "\u{2068}وزارة\u{2069}");
        assert_eq!(safe_text("a\nوز"), "a\n\u{2068}وز\u{2069}");
    }

    #[test]
    fn long_lines_are_clipped() {
        assert_eq!(clipped("abc", 3), "abc");
        assert_eq!(clipped("abcd", 3), "ab…");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(1023), "1023 B");
        assert_eq!(size(1536), "1.5 KiB");
        assert_eq!(size(4 << 30), "4.0 GiB");
    }
}
