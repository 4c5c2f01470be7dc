//! The colours of parties. A node may choose any `#rrggbb`; it is made darker or lighter until
//! text in it can be read on every paper of the desk, and text on it too.

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rgb([u8; 3]);

/// Colours by name.
const NAMED: [(&str, Rgb); 6] = [
    ("green", Rgb([0x14, 0x53, 0x2d])),
    ("blue", Rgb([0x1e, 0x3a, 0x8a])),
    ("violet", Rgb([0x5b, 0x2a, 0x86])),
    ("red", Rgb([0x8b, 0x1e, 0x2d])),
    ("teal", Rgb([0x0f, 0x52, 0x57])),
    ("brown", Rgb([0x6b, 0x3f, 0x14])),
];
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
    /// A colour as settings write it: one of [`NAMED`], or `#14532d`; the sign may be missing.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some((_, colour)) = NAMED.iter().find(|(name, _)| *name == text) {
            return Some(*colour);
        }
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

    /// The nearest colour of the same hue that can be read on a paper, and on which `on` can
    /// be read.
    fn readable(self, tint: Self, on: Self) -> Self {
        let end = match tint.luminance() > 0.5 {
            true => 0.0,
            false => 1.0,
        };
        let hue = Hue::of(self);
        (0..=STEPS)
            .map(|step| match step {
                0 => self,
                _ => hue.towards(end, f64::from(step) / f64::from(STEPS)),
            })
            .find(|one| one.contrast(tint) >= LEAST && one.contrast(on) >= LEAST)
            .unwrap_or_else(|| hue.towards(end, 1.0))
    }
}

/// A colour by hue (0 to 6), saturation and lightness (0 to 1): CSS Color 4, section 7.
#[derive(Debug, Clone, Copy)]
struct Hue {
    hue: f64,
    saturation: f64,
    lightness: f64,
}

impl Hue {
    fn of(Rgb(bytes): Rgb) -> Self {
        let [red, green, blue] = bytes.map(|byte| f64::from(byte) / 255.0);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let (lightness, range) = (f64::midpoint(most, least), most - least);
        if range == 0.0 {
            return Self {
                hue: 0.0,
                saturation: 0.0,
                lightness,
            };
        }
        let hue = match () {
            () if most == red => ((green - blue) / range).rem_euclid(6.0),
            () if most == green => (blue - red) / range + 2.0,
            () => (red - green) / range + 4.0,
        };
        Self {
            hue,
            saturation: range / (1.0 - (2.0 * lightness - 1.0).abs()),
            lightness,
        }
    }

    /// The same hue with its lightness a share of the way to `end`; on the way to white it
    /// grows calmer, for light on dark paper glares.
    fn towards(self, end: f64, share: f64) -> Rgb {
        let lightness = self.lightness + (end - self.lightness) * share;
        let saturation = self.saturation * (1.0 - share * end / 2.0);
        let reach = saturation * lightness.min(1.0 - lightness);
        // The share of a full turn at which each of red, green and blue stands.
        let channel = |turn: f64| {
            let at = (turn + self.hue * 2.0) % 12.0;
            let value = lightness - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0);
            byte(value)
        };
        Rgb([channel(0.0), channel(8.0), channel(4.0)])
    }
}

/// A share of 255, to the nearest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value lies between 0 and 255"
)]
fn byte(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0).round() as u8
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
    fn a_hue_goes_there_and_back() {
        for colour in ["14532d", "1e3a8a", "c8102e", "ffffff", "808080", "000000"] {
            let held = Rgb::parse(colour).unwrap();
            assert_eq!(Hue::of(held).towards(1.0, 0.0), held, "{colour}");
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
