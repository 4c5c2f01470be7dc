//! The language of the person at the terminal.

use passerelle_model::Lang;

/// From the environment (`LC_ALL`, `LC_MESSAGES`, `LANG`); English where it names none of
/// the four languages.
pub(crate) fn lang() -> Lang {
    from_environment().unwrap_or(Lang::En)
}

/// The language the environment names, if it is one of the four.
pub(crate) fn from_environment() -> Option<Lang> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| parse(&value))
}

/// `fr_BE.UTF-8` is French.
fn parse(value: &str) -> Option<Lang> {
    value.split(['_', '.', '-', '@']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_part_counts() {
        assert_eq!(parse("fr_BE.UTF-8"), Some(Lang::Fr));
        assert_eq!(parse("ar"), Some(Lang::Ar));
        assert_eq!(parse("C.UTF-8"), None);
        assert_eq!(parse("de_DE"), None);
    }
}
