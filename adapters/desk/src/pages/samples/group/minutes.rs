//! Minutes, with paragraphs that two wrote at once.

use super::super::object::samples::{panel, talk};
use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let channel = "ma-be-gmmp".parse().unwrap();
    let text = || Text {
        shown: content.text.clone(),
        raw: content.text.clone(),
        side: "theirs",
        by: content.line.clone(),
    };
    let language = |lang: &Lang| Language {
        lang: *lang,
        tag: words::tag(*lang),
        dir: dir(*lang),
        language: words::own_name(*lang),
        texts: match lang {
            Lang::Fr => vec![text(), text()],
            Lang::En => Vec::new(),
            _ => vec![text()],
        },
    };
    let title = |lang: &Lang| Title {
        lang: *lang,
        tag: words::tag(*lang),
        dir: dir(*lang),
        language: words::own_name(*lang),
        title: content.line.clone(),
        complete: *lang == Lang::Fr,
    };
    let shows = |agreed: bool| {
        let mut agree = panel(p, content, true);
        if !agreed {
            agree.agreed = None;
        }
        Shows {
            p: p.clone(),
            tabs: tabs(p, &channel, "-"),
            title: content.line.clone(),
            kind: kind_word(p, Kind::Minutes),
            parent: content.some(|| ("/group".to_owned(), content.line.clone())),
            place: "/group/ma-be-gmmp/minutes/ma.interior~01a20e9d74a4e4de3b9982d866381d22"
                .to_owned(),
            version: 9,
            phases: PHASES
                .map(|one| (one, p.word("meet-phase", one), one == "circulated"))
                .into(),
            window: content.some(|| p.day("2024-05-02")),
            changed: (!agreed && content.rows > 0).then(|| Changed {
                since_read: content.rows > 2,
                paragraphs: content.many(|n| minutes_changes::Change {
                    number: (n > 0).then_some(n),
                    place: format!(
                        "m{}{}",
                        char::from(b'b' + (n / 20) as u8),
                        char::from(b'b' + (n % 20) as u8)
                    ),
                    tag: "fr",
                    dir: "ltr",
                    language: words::own_name(Lang::Fr),
                    before: vec![content.text.clone()],
                    after: vec![content.text.clone()],
                    by: panel(p, content, true)
                        .agreed
                        .map_or_else(Vec::new, |agreed| agreed.signatures),
                }),
                upto: "ma.interior=3".to_owned(),
            }),
            speaks: true,
            writes: true,
            steps: vec![("prepared", p.t("meet-minutes-step-prepared"))],
            circulates: true,
            tomorrow: "2024-04-16".to_owned(),
            offers: content.rows > 0,
            languages: Lang::ALL.iter().map(title).collect(),
            paragraphs: content.many(|n| Written {
                number: n + 1,
                // Places are letters; here two, so that forty differ.
                place: format!(
                    "m{}{}",
                    char::from(b'b' + (n / 20) as u8),
                    char::from(b'b' + (n % 20) as u8)
                ),
                seen: "ma.interior.3.0".to_owned(),
                versions: Lang::ALL.iter().map(language).collect(),
                twice: true,
            }),
            agree,
            talk: talk(p, content),
        }
    };
    [true, false]
        .map(|agreed| sample("group/minutes", &shows(agreed)))
        .into()
}
