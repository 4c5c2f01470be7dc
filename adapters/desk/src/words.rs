//! What the desk says, in four languages: Fluent files compiled into the program.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use passerelle_model::Lang;
use unic_langid::LanguageIdentifier;

/// The files of one language: what every page says, then each room's own words.
macro_rules! files {
    ($folder:literal) => {
        [
            include_str!(concat!("../locales/", $folder, "/desk.ftl")),
            include_str!(concat!("../locales/", $folder, "/keeping.ftl")),
            include_str!(concat!("../locales/", $folder, "/duties.ftl")),
            include_str!(concat!("../locales/", $folder, "/partners.ftl")),
            include_str!(concat!("../locales/", $folder, "/backups.ftl")),
            include_str!(concat!("../locales/", $folder, "/permits.ftl")),
            include_str!(concat!("../locales/", $folder, "/group.ftl")),
            include_str!(concat!("../locales/", $folder, "/group-meet.ftl")),
            include_str!(concat!("../locales/", $folder, "/group-follow.ftl")),
            include_str!(concat!("../locales/", $folder, "/group-learn.ftl")),
            include_str!(concat!("../locales/", $folder, "/group-public.ftl")),
        ]
    };
}

/// Each language with its tag and its files.
const FILES: [(Lang, &str, [&str; 11]); 4] = [
    (Lang::Fr, "fr", files!("fr")),
    (Lang::Nl, "nl", files!("nl")),
    (Lang::Ar, "ar-MA", files!("ar")),
    (Lang::En, "en", files!("en")),
];

static BUNDLES: LazyLock<Vec<(Lang, FluentBundle<FluentResource>)>> = LazyLock::new(load);

fn load() -> Vec<(Lang, FluentBundle<FluentResource>)> {
    let mut bundles = Vec::new();
    for (lang, tag, texts) in FILES {
        let tag: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation is done with <bdi> where it is needed.
        bundle.set_use_isolating(false);
        for text in texts {
            // A test reads every file; a faulty line must not stop a node.
            let read = FluentResource::try_new(text.to_owned());
            if bundle
                .add_resource(read.unwrap_or_else(|(part, _)| part))
                .is_err()
            {
                tracing::error!(%lang, "a message stands twice");
            }
        }
        bundles.push((lang, bundle));
    }
    bundles
}

/// The message of a key; a missing one shows its key in brackets, and fails a test.
pub(crate) fn say(lang: Lang, key: &str, args: &[(&str, &str)]) -> String {
    let mut given = FluentArgs::new();
    for (name, value) in args {
        // Numbers choose plural forms; what is not written as a number is, such as item 7.10,
        // stays as it is written.
        match value.parse::<f64>() {
            Ok(number) if number.to_string() == *value => {
                given.set(*name, FluentValue::from(number))
            }
            _ => given.set(*name, FluentValue::from((*value).to_owned())),
        }
    }
    let missing = || format!("[{key}]");
    let Some((_, bundle)) = BUNDLES.iter().find(|(held, _)| *held == lang) else {
        return missing();
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return missing();
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&given), &mut errors);
    text.into_owned()
}

/// Direction of writing.
pub(crate) fn direction(lang: Lang) -> &'static str {
    match lang {
        Lang::Ar => "rtl",
        _ => "ltr",
    }
}

/// Language tag of a page.
pub(crate) fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::Nl => "nl",
        Lang::Ar => "ar-MA",
        Lang::En => "en",
    }
}

/// Each language in its own name.
pub(crate) fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Français",
        Lang::Nl => "Nederlands",
        Lang::Ar => "العربية",
        Lang::En => "English",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Keys of a file with the placeables of each.
    fn keys(text: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut last = String::new();
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            {
                last = key.to_owned();
                assert!(
                    found.insert(last.clone(), BTreeSet::new()).is_none(),
                    "{key} twice"
                );
            }
            let places = line.match_indices('$').map(|(at, _)| {
                let rest = &line[at + 1..];
                rest.chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                    .collect()
            });
            if let Some(held) = found.get_mut(&last) {
                held.extend(places);
            }
        }
        found
    }

    #[test]
    fn all_languages_say_the_same_things() {
        let first = keys(&FILES[0].2.concat());
        assert!(first.len() > 150);
        for (lang, _, texts) in FILES {
            for text in texts {
                assert!(FluentResource::try_new(text.to_owned()).is_ok(), "{lang}");
            }
            let other = keys(&texts.concat());
            let (a, b): (BTreeSet<_>, BTreeSet<_>) =
                (first.keys().collect(), other.keys().collect());
            let differ: Vec<_> = a.symmetric_difference(&b).collect();
            assert!(differ.is_empty(), "{lang}: {differ:?}");
            for (key, places) in &first {
                assert_eq!(places, &other[key], "{lang}: {key}");
            }
        }
    }

    #[test]
    fn every_key_a_template_or_page_names_exists() {
        let known = keys(&FILES[0].2.concat());
        let mut named = BTreeSet::new();
        for folder in [
            "templates",
            "templates/group",
            "src",
            "src/pages",
            "src/pages/group",
        ] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            for file in std::fs::read_dir(folder).unwrap().flatten() {
                let Ok(text) = std::fs::read_to_string(file.path()) else {
                    continue;
                };
                for call in [".t(\"", ".tn(\"", ".ta(\""] {
                    for (at, _) in text.match_indices(call) {
                        let rest = &text[at + call.len()..];
                        named.insert(rest.split('"').next().unwrap_or_default().to_owned());
                    }
                }
            }
        }
        assert!(named.len() > 80);
        let missing: Vec<_> = named
            .iter()
            .filter(|key| !known.contains_key(*key))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn arabic_counts_in_six_ways_and_a_missing_key_is_seen() {
        let said: BTreeSet<String> = ["0", "1", "2", "3", "11", "100"]
            .iter()
            .map(|n| say(Lang::Ar, "count-records", &[("n", n)]))
            .collect();
        assert_eq!(said.len(), 6, "{said:?}");
        assert_eq!(say(Lang::Fr, "no-such-key", &[]), "[no-such-key]");
    }

    #[test]
    fn what_is_no_number_stays_as_it_is_written() {
        let due = |what| say(Lang::En, "public-due", &[("what", what)]);
        for what in ["7.10", "007", "1e3", "inf", "+5"] {
            assert!(due(what).contains(what), "{}", due(what));
        }
    }
}
