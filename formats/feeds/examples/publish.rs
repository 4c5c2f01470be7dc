//! A communiqué as Atom in French and Arabic, and as JSON-LD, on standard output:
//! `cargo run -p passerelle-feeds --example publish`.

use passerelle_feeds::{
    Alternate, Category, Communique, Content, Entry, Feed, Organisation, atom, communique,
};

/// Language, title of the feed, title and first sentence of the communiqué.
const LANGUAGES: [[&str; 4]; 2] = [
    [
        "fr",
        "Communiqués du Groupe Migratoire Mixte Permanent",
        "Communiqué conjoint",
        "Le groupe a tenu sa réunion annuelle à Rabat.",
    ],
    [
        "ar",
        "بلاغات المجموعة المختلطة الدائمة للهجرة",
        "بلاغ مشترك",
        "عقدت المجموعة اجتماعها السنوي بالرباط.",
    ],
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for [lang, name, title, text] in LANGUAGES {
        let at = "2026-02-20T12:00:00Z".parse()?;
        let page = |lang: &str| format!("https://gmmp.example/{lang}/communiques/7");
        let others = LANGUAGES.iter().filter(|other| other[0] != lang);
        let pages = others
            .clone()
            .map(|other| Alternate::new(other[0], page(other[0])));
        let feeds = others.map(|other| Alternate::new(other[0], feed_at(other[0])));
        let mut entry = Entry::new("tag:gmmp.example,2026:communique/7", title, at);
        entry.page = Some(page(lang));
        entry.alternates = pages.clone().collect();
        entry.content = Some(Content::Text(text.into()));
        entry.categories = vec![Category {
            term: "migration".into(),
            scheme: None,
            label: String::new(),
        }];
        let mut feed = Feed::new(feed_at(lang), name, at);
        feed.lang = lang.into();
        feed.author = name.into();
        feed.alternates = feeds.collect();
        feed.entries = vec![entry];
        print!("{}", atom(&feed)?);
        let described = Communique {
            id: format!("tag:gmmp.example,2026:communique/7/{lang}"),
            title: title.into(),
            lang: lang.into(),
            summary: text.into(),
            page: page(lang),
            published: at,
            updated: at,
            publishers: vec![Organisation {
                names: vec![(lang.into(), name.into())],
                page: None,
                country: None,
                members: Vec::new(),
            }],
            alternates: pages.collect(),
            keywords: vec!["migration".into()],
        };
        println!("{}", communique(&described)?);
    }
    Ok(())
}

fn feed_at(lang: &str) -> String {
    format!("https://gmmp.example/{lang}/feed.atom")
}
