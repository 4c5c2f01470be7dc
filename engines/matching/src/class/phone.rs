//! Telephone numbers (ITU-T E.164).

use super::text::Why;

pub(super) const PROBES: &[(&str, &str)] = &[
    ("+32 (0)460 00 00 01", "+32460000001"),
    ("00212 6 00-00-00-01", "+212600000001"),
    ("+212 0600000001", "+212600000001"),
    ("+39 06 0000001", "+39060000001"),
    ("+\u{663}\u{662} 460 000 001", "+32460000001"),
    ("0460 00 00 01", "E_MATCH_IDENTIFIER"),
];

/// Country codes (ITU-T E.164, list of assigned codes), by their number of digits.
const ONE: &str = "1 7";
const TWO: &str = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 \
    60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
const THREE: &str = "211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 \
    234 235 236 237 238 239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 256 \
    257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 351 352 353 354 355 \
    356 357 358 359 370 371 372 373 374 375 376 377 378 379 380 381 382 383 385 386 387 389 420 \
    421 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 \
    672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 800 808 850 \
    852 853 855 856 870 878 880 881 882 883 886 888 960 961 962 963 964 965 966 967 968 970 971 \
    972 973 974 975 976 977 979 992 993 994 995 996 998";
/// Countries whose numbers keep a zero at their beginning when they are called from abroad.
const KEEPS_ZERO: &str = "39 225 241 242 378 379";

/// `+`, country code, number: a zero that is only dialled at home is left out.
pub(super) fn number(text: &str) -> Result<String, Why> {
    let digits = match (text.strip_prefix('+'), text.strip_prefix("00")) {
        (Some(rest), _) | (None, Some(rest)) => rest,
        _ => return Err("begins with + and the country code"),
    };
    let between = |c: char| c.is_whitespace() || "()-./".contains(c);
    let digits: String = digits.chars().filter(|c| !between(*c)).collect();
    if !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err("has other characters than digits");
    }
    let code = country(&digits).ok_or("has no known country code")?;
    let rest = digits.get(code.len()..).unwrap_or_default();
    let keeps = KEEPS_ZERO.split_ascii_whitespace().any(|kept| kept == code);
    let rest = match (keeps, rest.strip_prefix('0')) {
        (false, Some(without)) => without,
        _ => rest,
    };
    if !keeps && rest.starts_with('0') {
        return Err("has more zeros than one after its country code");
    }
    match (7..=15).contains(&(code.len() + rest.len())) {
        true => Ok(format!("+{code}{rest}")),
        false => Err("has 7 to 15 digits"),
    }
}

fn country(digits: &str) -> Option<&str> {
    let fits = |count: usize, list: &str| {
        let code = digits.get(..count)?;
        list.split_ascii_whitespace()
            .any(|known| known == code)
            .then_some(code)
    };
    fits(1, ONE)
        .or_else(|| fits(2, TWO))
        .or_else(|| fits(3, THREE))
}
