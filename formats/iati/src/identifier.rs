//! Identifiers of organisations.

/// Longest identifier, in bytes.
const MAX_BYTES: usize = 100;

/// Whether a text has the form of an identifier of an organisation: a register of the list of
/// org-id.guide or of the standard (`XM-DAC`, `BE-BCE_KBO`, `MA-RC`), a hyphen and what stands in
/// that register. Whether there is such an organisation nobody can tell from its form.
#[must_use]
pub fn is_organisation_identifier(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let (Some(place), Some(register), Some(number)) = (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let upper = |c: char| c.is_ascii_uppercase();
    let in_register = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let in_number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    text.len() <= MAX_BYTES
        && place.len() == 2
        && place.chars().all(upper)
        && !register.is_empty()
        && register.chars().all(in_register)
        && number.starts_with(|c: char| c.is_ascii_alphanumeric())
        && number.ends_with(|c: char| c.is_ascii_alphanumeric())
        && number.chars().all(in_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_and_a_number() {
        for good in [
            "XM-DAC-2-10",
            "BE-BCE_KBO-0264814354",
            "MA-RC-12345",
            "XI-IATI-EC_NEAR",
        ] {
            assert!(is_organisation_identifier(good), "{good}");
        }
        for bad in [
            "",
            "ma.interior",
            "MA-GOV",
            "xm-dac-2",
            "XM-DAC-",
            "XM--2",
            "XM-DAC-2/10",
            "XM-DAC-2 10",
            "XM-DAC-2&3",
            "XMM-DAC-2",
            "XM-DAC-2-",
        ] {
            assert!(!is_organisation_identifier(bad), "{bad}");
        }
    }
}
