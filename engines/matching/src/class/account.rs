//! Bank accounts (ISO 13616).

use super::text::{Why, compact};

pub(super) const PROBES: &[(&str, &str)] = &[
    ("BE71 0961 2345 6769", "BE71096123456769"),
    ("be71-0961-2345-6769", "BE71096123456769"),
    ("BE72 0961 2345 6769", "E_MATCH_IDENTIFIER"),
];

/// Lengths by country (registry of ISO 13616; Morocco as its banks print it).
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 \
    CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 \
    HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MA28 MC27 \
    MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 \
    SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

/// Country, check digits, account: the remainder by 97 is 1.
pub(super) fn iban(text: &str) -> Result<String, Why> {
    let iban = compact(text, "-.");
    if !iban.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err("has other characters than letters and digits");
    }
    let country = iban.get(..2).ok_or("names a country without IBAN")?;
    let length = LENGTHS
        .split_ascii_whitespace()
        .find_map(|entry| entry.strip_prefix(country)?.parse::<usize>().ok())
        .ok_or("names a country without IBAN")?;
    if iban.len() != length {
        return Err("has another length than its country's");
    }
    let (head, tail) = iban
        .split_at_checked(4)
        .ok_or("has another length than its country's")?;
    match remainder(tail.chars().chain(head.chars())) == 1 {
        true => Ok(iban),
        false => Err("fails its check digits"),
    }
}

fn remainder(characters: impl Iterator<Item = char>) -> u32 {
    characters.fold(0, |rest, c| {
        let value = c.to_digit(36).unwrap_or(0);
        match value < 10 {
            true => (rest * 10 + value) % 97,
            false => (rest * 100 + value) % 97,
        }
    })
}
