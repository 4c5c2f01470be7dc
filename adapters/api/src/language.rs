//! The language that a caller reads best.

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;
use passerelle_model::Lang;

/// Most ranges of `Accept-Language` that are looked at.
const MAX_RANGES: usize = 16;

/// The best of our languages (RFC 9110 §12.5.4); English where none is asked for.
pub(crate) fn preferred(headers: &HeaderMap) -> Lang {
    let wishes = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut best = (0, Lang::En);
    for (lang, weight) in wishes.split(',').take(MAX_RANGES).filter_map(range) {
        if weight > best.0 {
            best = (weight, lang);
        }
    }
    best.1
}

/// `fr-BE;q=0.8` as French and 800; nothing for languages we do not speak.
fn range(text: &str) -> Option<(Lang, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let tag = parts.next()?.to_ascii_lowercase();
    let lang = tag.split('-').next()?.parse().ok()?;
    let weight = match parts.find_map(|part| part.strip_prefix("q=")) {
        Some(quality) => thousandths(quality)?,
        None => 1000,
    };
    Some((lang, weight))
}

/// `0.8` as 800 (RFC 9110 §12.4.2).
fn thousandths(quality: &str) -> Option<u16> {
    let (whole, part) = quality.split_once('.').unwrap_or((quality, ""));
    if part.len() > 3 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{part:0<3}").parse().ok()?;
    match whole {
        "0" => Some(part),
        "1" if part == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(wishes: &str) -> Lang {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, wishes.parse().unwrap());
        preferred(&headers)
    }

    #[test]
    fn the_heaviest_language_we_speak_wins() {
        assert_eq!(of("nl-BE, fr;q=0.8"), Lang::Nl);
        assert_eq!(of("de, fr;q=0.8, nl;q=0.9"), Lang::Nl);
        assert_eq!(of("ar-MA"), Lang::Ar);
        assert_eq!(of("FR"), Lang::Fr);
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        for odd in [
            "",
            "de",
            "*",
            "fr;q=0",
            "fr;q=2",
            "fr;q=0.1234",
            "fr;q=x",
            ";;,,",
        ] {
            assert_eq!(of(odd), Lang::En, "{odd}");
        }
        assert_eq!(preferred(&HeaderMap::new()), Lang::En);
    }
}
