//! A small reader of what templates make: enough to see that it nests, names and labels.

use std::collections::{BTreeMap, BTreeSet};

use passerelle_model::Lang;

use crate::words;

const VOID: [&str; 7] = ["meta", "link", "input", "br", "hr", "img", "path"];
/// What ends a paragraph, so that its own end would stand alone.
const BLOCKS: [&str; 20] = [
    "div", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "section", "article", "aside",
    "header", "footer", "nav", "form", "fieldset", "details", "pre", "h2",
];

/// One tag that opens.
#[derive(Debug, Clone)]
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// What is wrong first, in words.
pub(super) fn check(html: &str, lang: Lang, whole: bool) -> Result<(), String> {
    if let Some(key) = missing_key(html) {
        return Err(format!("the message {key} is missing"));
    }
    if html.contains('\u{202e}') {
        return Err("a sign that turns text stands in the page".to_owned());
    }
    let tags = nested(html)?;
    tags.iter().try_for_each(|(tag, _)| bare(tag))?;
    references(&tags)?;
    let labels = tags.iter().filter(|(tag, _)| tag.name == "label");
    let labels: BTreeSet<&str> = labels.filter_map(|(tag, _)| tag.get("for")).collect();
    tags.iter()
        .try_for_each(|(tag, above)| labelled(tag, above, &labels))?;
    match whole {
        true => framed(&tags, lang),
        false => Ok(()),
    }
}

/// `[no-such-key]`, as the desk shows a message that it does not have.
fn missing_key(html: &str) -> Option<&str> {
    html.match_indices('[').find_map(|(at, _)| {
        let (key, _) = html.get(at + 1..)?.split_once(']')?;
        let word = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        let named = key.starts_with(|sign: char| sign.is_ascii_lowercase());
        (named && key.contains('-') && key.split('-').all(word)).then_some(key)
    })
}

/// Every tag that opens with the names of those around it; refuses what does not nest.
fn nested(html: &str) -> Result<Vec<(Tag, Vec<String>)>, String> {
    let (mut tags, mut stack) = (Vec::new(), Vec::<String>::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with('!') {
            continue;
        }
        let end = end_of(rest).ok_or("a tag does not end")?;
        let inside = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            let open = stack
                .pop()
                .ok_or_else(|| format!("</{name}> closes nothing"))?;
            if open != name {
                return Err(format!("</{name}> closes <{open}>"));
            }
            continue;
        }
        let tag = read(inside)?;
        around(&tag, &stack)?;
        tags.push((tag.clone(), stack.clone()));
        if !VOID.contains(&tag.name.as_str()) && !inside.ends_with('/') {
            stack.push(tag.name);
        }
    }
    match stack.last() {
        None => Ok(tags),
        Some(open) => Err(format!("<{open}> is not closed")),
    }
}

/// Where a tag ends; signs within quotes are none.
fn end_of(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, sign)| {
        quoted ^= sign == '"';
        (sign == '>' && !quoted).then_some(at)
    })
}

fn read(inside: &str) -> Result<Tag, String> {
    let inside = inside.trim_end_matches('/');
    let (name, mut rest) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside, ""));
    if name.is_empty()
        || !name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    {
        return Err(format!("<{inside}> is no tag"));
    }
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let len = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(len);
        let mut value = "";
        rest = after;
        if let Some(quoted) = after.strip_prefix("=\"") {
            (value, rest) = quoted.split_once('"').ok_or("an attribute does not end")?;
        } else if after.starts_with('=') {
            return Err(format!("{key} has no quotes"));
        }
        if attributes
            .insert(key.to_owned(), value.to_owned())
            .is_some()
        {
            return Err(format!("{key} twice in <{name}>"));
        }
    }
    Ok(Tag {
        name: name.to_owned(),
        attributes,
    })
}

/// What may not stand within what.
fn around(tag: &Tag, stack: &[String]) -> Result<(), String> {
    let name = tag.name.as_str();
    let within = |outer: &str| stack.iter().any(|open| open == outer);
    let parent = stack.last().map_or("", String::as_str);
    let phrasing = [
        "p", "span", "strong", "bdi", "small", "button", "label", "summary", "time", "h1", "h3",
    ];
    let wrong = (phrasing.iter().any(|outer| within(outer)) && BLOCKS.contains(&name))
        || (within("form") && name == "form")
        || (["a", "button"].iter().any(|outer| within(outer))
            && ["a", "button", "input"].contains(&name))
        || (name == "li" && !["ul", "ol"].contains(&parent))
        || (["ul", "ol"].contains(&parent) && name != "li")
        || (parent == "dl" && !["dt", "dd"].contains(&name))
        || (parent == "tr" && !["th", "td"].contains(&name));
    match wrong {
        true => Err(format!("<{name}> within {stack:?}")),
        false => Ok(()),
    }
}

/// Nothing inline that the policy refuses, no way out, no physical side.
fn bare(tag: &Tag) -> Result<(), String> {
    let inline = tag
        .attributes
        .keys()
        .any(|key| key == "style" || key.starts_with("on"));
    let script = tag.name == "script" && tag.get("src").is_none();
    if inline || script || ["style", "iframe", "object"].contains(&tag.name.as_str()) {
        return Err(format!("inline style or script in {tag:?}"));
    }
    let sided = |class: &str| {
        class
            .split('-')
            .any(|part| part == "left" || part == "right")
    };
    if tag
        .get("class")
        .unwrap_or_default()
        .split_whitespace()
        .any(sided)
    {
        return Err(format!("a physical side in {tag:?}"));
    }
    let leads = ["href", "src", "action"]
        .iter()
        .filter_map(|name| tag.get(name));
    for to in leads {
        // A letter that the reader writes leads to nobody.
        let letter = tag.name == "a" && to.starts_with("mailto:?");
        if !letter && (!to.starts_with(['/', '#']) || to.starts_with("//")) {
            return Err(format!("{to} leads elsewhere"));
        }
    }
    Ok(())
}

/// Names stand once, and what refers to a name finds it.
fn references(tags: &[(Tag, Vec<String>)]) -> Result<(), String> {
    let mut ids = BTreeSet::new();
    for (tag, _) in tags {
        if let Some(id) = tag.get("id")
            && (id.is_empty() || !ids.insert(id))
        {
            return Err(format!("the name {id} stands twice or is empty"));
        }
    }
    for (tag, _) in tags {
        let names = ["for", "aria-describedby", "aria-labelledby"];
        let named = names.iter().filter_map(|name| tag.get(name));
        let within = tag.get("href").and_then(|to| to.strip_prefix('#'));
        for id in named.chain(within).flat_map(str::split_whitespace) {
            if !ids.contains(id) {
                return Err(format!("{id} is named and not there"));
            }
        }
    }
    Ok(())
}

fn labelled(tag: &Tag, above: &[String], labels: &BTreeSet<&str>) -> Result<(), String> {
    let field = ["input", "select", "textarea"].contains(&tag.name.as_str());
    let hidden = tag.get("type") == Some("hidden") || tag.get("hidden").is_some();
    if !field
        || hidden
        || tag.get("aria-label").is_some()
        || above.iter().any(|name| name == "label")
    {
        return Ok(());
    }
    match labels.contains(tag.get("id").unwrap_or_default()) {
        true => Ok(()),
        false => Err(format!("{tag:?} has no label")),
    }
}

/// Language and direction of the whole; one heading of the first level; a way past the head.
fn framed(tags: &[(Tag, Vec<String>)], lang: Lang) -> Result<(), String> {
    let first = tags.first().map(|(tag, _)| tag);
    let said = first.map(|tag| (tag.name.as_str(), tag.get("lang"), tag.get("dir")));
    let asked = ("html", Some(words::tag(lang)), Some(words::direction(lang)));
    if said != Some(asked) {
        return Err(format!("begins with {said:?}"));
    }
    let count = |name: &str| tags.iter().filter(|(tag, _)| tag.name == name).count();
    if (count("h1"), count("main")) != (1, 1) {
        return Err("not one first heading and one main part".to_owned());
    }
    match tags.iter().any(|(tag, _)| tag.get("class") == Some("skip")) {
        true => Ok(()),
        false => Err("nothing leads past the head".to_owned()),
    }
}

#[test]
fn each_fault_is_found() {
    for faulty in [
        "<p>[no-such-key]</p>",
        "<p>\u{202e}</p>",
        "<div><p></div></p>",
        "<ul><div></div></ul>",
        "<p><div></div></p>",
        "<a href=\"/\"><button></button></a>",
        "<form><form></form></form>",
        "<div>",
        "</div>",
        "<p style=\"x\"></p>",
        "<p onclick=\"x\"></p>",
        "<script>alert(1)</script>",
        "<p class=\"float-left\"></p>",
        "<a href=\"https://evil.example\"></a>",
        "<a href=\"javascript:alert(1)\"></a>",
        "<a href=\"mailto:agent@example.org\"></a>",
        "<input name=\"a\">",
        "<label for=\"b\"></label>",
        "<p id=\"a\"></p><p id=\"a\"></p>",
        "<p aria-describedby=\"gone\"></p>",
        "<p a=b></p>",
        "<3",
    ] {
        assert!(check(faulty, Lang::Fr, false).is_err(), "{faulty}");
    }
    let fine = "<form><label for=\"a\">A</label><input id=\"a\" name=\"a\"></form>";
    assert_eq!(check(fine, Lang::Fr, false), Ok(()));
    let latin = "<html lang=\"fr\" dir=\"rtl\"><a class=\"skip\" href=\"#m\"></a><main id=\"m\"><h1></h1></main></html>";
    assert!(check(latin, Lang::Fr, true).is_err());
    assert!(check(&latin.replace("rtl", "ltr"), Lang::Fr, true).is_ok());
}
