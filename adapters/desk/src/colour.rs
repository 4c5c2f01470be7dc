//! The colours of parties. A node may choose any `#rrggbb`; it is made darker or lighter until
//! text in it can be read on every paper of the desk, and text on it too.

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rgb([u8; 3]);

/// The least contrast of text (WCAG 2.2 asks 4.5 : 1 at level AA), with some room.
const LEAST: f64 = 5.0;
/// Light and dark: the paper on which reading is hardest (`--tint` in the sheet), and what
/// stands on a party's colour.
const PAPERS: [(Rgb, Rgb); 2] = [
    (Rgb([0xf1, 0xed, 0xe4]), Rgb([0xff, 0xff, 0xff])),
    (Rgb([0x26, 0x2b, 0x28]), Rgb([0x17, 0x1a, 0x18])),
];
/// Steps from a colour to black or white.
const STEPS: u32 = 40;

impl Rgb {
    /// A colour as settings write it, `#14532d`; the sign may be missing.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').unwrap_or(text);
        if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let all = u32::from_str_radix(hex, 16).ok()?;
        let [_, red, green, blue] = all.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// Six digits, without the sign.
    pub(crate) fn hex(self) -> String {
        let Self([red, green, blue]) = self;
        format!("{red:02x}{green:02x}{blue:02x}")
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            match share <= 0.04045 {
                true => share / 12.92,
                false => ((share + 0.055) / 1.055).powf(2.4),
            }
        };
        let Self([red, green, blue]) = self;
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Contrast of two colours, 1 to 21 (WCAG 2.2).
    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// This much of the way to another colour, in steps.
    fn towards(self, other: Self, step: u32) -> Self {
        let mix = |from: u8, to: u8| {
            let sum = u32::from(from) * (STEPS - step) + u32::from(to) * step;
            u8::try_from(sum / STEPS).unwrap_or(to)
        };
        let (Self([r, g, b]), Self([x, y, z])) = (self, other);
        Self([mix(r, x), mix(g, y), mix(b, z)])
    }

    /// The nearest colour that can be read on a paper, and on which `on` can be read.
    fn readable(self, tint: Self, on: Self) -> Self {
        let end = match tint.luminance() > 0.5 {
            true => Self([0, 0, 0]),
            false => Self([0xff, 0xff, 0xff]),
        };
        (0..=STEPS)
            .map(|step| self.towards(end, step))
            .find(|one| one.contrast(tint) >= LEAST && one.contrast(on) >= LEAST)
            .unwrap_or(end)
    }
}

/// The accent of a country's party where its node chose none.
pub(crate) fn of_country(country: &str) -> Rgb {
    match country {
        "MA" => Rgb([0x14, 0x53, 0x2d]),
        "BE" => Rgb([0x1e, 0x3a, 0x8a]),
        "NL" => Rgb([0x9a, 0x34, 0x12]),
        _ => Rgb([0x5b, 0x2a, 0x86]),
    }
}

/// The sheet that a file name stands for: `colours-14532d-1e3a8a.css`.
pub(crate) fn sheet_named(file: &str) -> Option<String> {
    let name = file.strip_prefix("colours-")?.strip_suffix(".css")?;
    let (ours, theirs) = name.split_once('-')?;
    Some(sheet(Rgb::parse(ours)?, Rgb::parse(theirs)?))
}

/// Our colour and theirs, on light and on dark paper.
fn sheet(ours: Rgb, theirs: Rgb) -> String {
    let rule = |(tint, on): (Rgb, Rgb)| {
        let [ours, theirs] = [ours, theirs].map(|one| one.readable(tint, on).hex());
        let on = on.hex();
        format!(":root{{--ours:#{ours};--theirs:#{theirs};--on-ours:#{on};--on-theirs:#{on}}}")
    };
    let [light, dark] = PAPERS.map(rule);
    format!("@media screen{{{light}}}\n@media screen and (prefers-color-scheme:dark){{{dark}}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_colour_is_readable_on_both_papers_and_under_its_own_text() {
        for red in (0..=255_u8).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    for (tint, on) in PAPERS {
                        let made = Rgb([red, green, blue]).readable(tint, on);
                        assert!(made.contrast(tint) >= LEAST, "{made:?} on {tint:?}");
                        assert!(made.contrast(on) >= LEAST, "{on:?} on {made:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (black, white) = (Rgb([0, 0, 0]), Rgb([255, 255, 255]));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        let grey = Rgb::parse("#777777").unwrap();
        assert!((grey.contrast(white) - 4.478).abs() < 0.001);
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        assert!(
            sheet_named("colours-14532d-1e3a8a.css")
                .unwrap()
                .contains("--ours:#14532d")
        );
    }

    #[test]
    fn names_of_other_shapes_are_no_sheets() {
        for name in [
            "colours-14532d.css",
            "colours-xyzxyz-1e3a8a.css",
            "colours-é1e3a-1e3a8a.css",
        ] {
            assert_eq!(sheet_named(name), None, "{name}");
        }
    }
}
