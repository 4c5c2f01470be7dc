use passerelle_feeds::{Alternate, Category, Content, Entry, Error, Feed, atom};
use proptest::prelude::*;

use crate::at;
use crate::reader::parse;

fn feed() -> Feed {
    let mut feed = Feed::new(
        "https://gmmp.example/ar.atom",
        "بلاغات",
        at("2026-02-20T12:00:00Z"),
    );
    feed.lang = "ar-MA".into();
    feed.author = "المجموعة".into();
    feed.page = Some("https://gmmp.example/ar?a=1&b=2".into());
    feed.alternates = vec![
        Alternate::new("fr", "https://gmmp.example/fr.atom"),
        Alternate::new("nl", "https://gmmp.example/nl.atom"),
    ];
    let mut entry = Entry::new(
        "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
        "بلاغ",
        feed.updated,
    );
    entry.published = Some(at("2026-02-19T12:00:00Z"));
    entry.page = Some("https://gmmp.example/ar/7".into());
    entry.alternates = vec![Alternate::new("fr", "https://gmmp.example/fr/7")];
    entry.content = Some(Content::Html("<p>نص &amp; نص</p>".into()));
    entry.categories = vec![Category {
        term: "migration".into(),
        scheme: Some("https://gmmp.example/themes".into()),
        label: "الهجرة \"x\"".into(),
    }];
    feed.entries = vec![entry];
    feed
}

#[test]
fn a_feed_in_arabic() {
    let root = parse(&atom(&feed()).unwrap());
    assert_eq!(
        (root.name.as_str(), root.attribute("xml:lang")),
        ("feed", "ar-MA")
    );
    assert_eq!(root.attribute("xmlns"), "http://www.w3.org/2005/Atom");
    assert_eq!(root.text_of("id"), "https://gmmp.example/ar.atom");
    assert_eq!(root.text_of("updated"), "2026-02-20T12:00:00Z");
    assert_eq!(
        root.all("author").next().unwrap().text_of("name"),
        "المجموعة"
    );
    let links: Vec<_> = root
        .all("link")
        .map(|link| {
            [
                link.attribute("rel"),
                link.attribute("hreflang"),
                link.attribute("href"),
            ]
        })
        .collect();
    let expected = [
        ["self", "ar-MA", "https://gmmp.example/ar.atom"],
        ["alternate", "ar-MA", "https://gmmp.example/ar?a=1&b=2"],
        ["alternate", "fr", "https://gmmp.example/fr.atom"],
        ["alternate", "nl", "https://gmmp.example/nl.atom"],
    ];
    assert_eq!(links, expected);
    let entry = root.all("entry").next().unwrap();
    assert_eq!(entry.text_of("published"), "2026-02-19T12:00:00Z");
    let content = entry.all("content").next().unwrap();
    assert_eq!(
        (content.attribute("type"), content.text.as_str()),
        ("html", "<p>نص &amp; نص</p>")
    );
    assert!(content.children.is_empty());
    assert_eq!(entry.all("link").count(), 2);
    assert_eq!(
        entry.all("category").next().unwrap().attribute("label"),
        "الهجرة \"x\""
    );
}

#[test]
fn a_summary_alone_is_content_too() {
    let mut feed = feed();
    feed.entries[0] = Entry::new("tag:a.example,2026:b", "t", feed.updated);
    assert_eq!(atom(&feed), Err(Error::Missing("content")));
    feed.entries[0].summary = "s".into();
    let root = parse(&atom(&feed).unwrap());
    let entry = root.all("entry").next().unwrap();
    assert_eq!(
        (entry.text_of("summary"), entry.text_of("content")),
        ("s", "s")
    );
}

#[test]
fn feeds_that_are_refused() {
    let code = |change: fn(&mut Feed)| {
        let mut feed = feed();
        change(&mut feed);
        atom(&feed).map_err(Error::code).err()
    };
    assert_eq!(code(|_| {}), None);
    assert_eq!(code(|f| f.title.clear()), Some("E_FEED_MISSING"));
    assert_eq!(code(|f| f.author.clear()), Some("E_FEED_MISSING"));
    assert_eq!(code(|f| f.lang = "x y".into()), Some("E_FEED_LANGUAGE"));
    assert_eq!(code(|f| f.link = "feed.atom".into()), Some("E_FEED_LINK"));
    assert_eq!(
        code(|f| f.title = "a\u{202e}".into()),
        Some("E_FEED_CONTROL")
    );
    assert_eq!(code(|f| f.title = "a".repeat(9_000)), Some("E_FEED_LIMIT"));
    assert_eq!(
        code(|f| f.entries[0].id = "7".into()),
        Some("E_FEED_IDENTIFIER")
    );
    assert_eq!(
        code(|f| f.entries.push(f.entries[0].clone())),
        Some("E_FEED_TWICE")
    );
    assert_eq!(
        code(|f| f.alternates[1].lang = "fr".into()),
        Some("E_FEED_TWICE")
    );
    assert_eq!(
        code(|f| f.alternates[1].lang = "ar-MA".into()),
        Some("E_FEED_TWICE")
    );
    let late = |f: &mut Feed| f.entries[0].published = Some(at("2027-01-01T00:00:00Z"));
    assert_eq!(code(late), Some("E_FEED_ORDER"));
    assert_eq!(
        code(|f| f.entries = vec![f.entries[0].clone(); 501]),
        Some("E_FEED_LIMIT")
    );
}

proptest! {
    #[test]
    fn texts_come_back_whatever_they_hold(
        title in "[<>&\"'\\]\\[\n\ta-c é🕊م-]{0,30}x", html in "[<>&\"';#\n!a-z/-]{0,60}x",
    ) {
        let mut feed = feed();
        feed.title = title.clone();
        feed.entries[0].content = Some(Content::Html(html.clone()));
        feed.entries[0].categories[0].label = title.clone();
        let root = parse(&atom(&feed).unwrap());
        prop_assert_eq!(root.text_of("title"), &title);
        let entry = root.all("entry").next().unwrap();
        prop_assert_eq!(entry.text_of("content"), &html);
        prop_assert_eq!(entry.all("category").next().unwrap().attribute("label"), &title);
    }
}
