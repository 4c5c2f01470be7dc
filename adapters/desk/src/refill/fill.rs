//! A form filled again with what was typed, its faults said above it and beside each box.

use std::collections::BTreeMap;
use std::ops::Range;

use askama::Template;
use passerelle_model::Day;

use super::forms::{self, Control, Form, Sheet, value};
use crate::frame::{Page, visible};
use crate::pages::group::persons;
use crate::words;

/// What came with a form that was not taken.
#[derive(Default)]
pub(super) struct Sent<'a> {
    /// Where it was sent.
    pub(super) action: &'a str,
    pub(super) typed: &'a [(String, String)],
    /// Fields that do not fit, as far as the page that read them knows.
    pub(super) wrong: &'a [String],
    /// What the refusal means, in words.
    pub(super) why: &'a str,
    /// Whether a rule refused it, or somebody was faster; else a field does not fit.
    pub(super) of_a_field: bool,
    pub(super) overtaken: bool,
    /// What looks like a person in it, where that is asked.
    pub(super) found: &'a [(String, String)],
    /// Files that came with it.
    pub(super) files: &'a [String],
    /// Whether only the language changed.
    pub(super) moved: bool,
}

/// The summary above a form.
#[derive(Template)]
#[template(path = "refill.html")]
struct Summary<'a> {
    p: &'a Page,
    asks: bool,
    /// Whether nothing is wrong: only the language changed.
    moved: bool,
    /// Address of the field within the page, and what is wrong with it.
    faults: Vec<(String, String)>,
}

/// One change of a page.
type Edit = (Range<usize>, String);

/// A form that is filled in.
struct Filling<'a> {
    p: &'a Page,
    sent: &'a Sent<'a>,
    form: &'a Form,
    edits: Vec<Edit>,
    faults: Vec<(String, String)>,
    /// Whether somebody changed meanwhile what the form is about.
    overtaken: bool,
    /// How many values of a name were put back.
    taken: BTreeMap<String, usize>,
}

/// The page with its form filled again; `None` where it has no such form.
pub(super) fn filled(p: &Page, html: &str, sent: &Sent<'_>) -> Option<String> {
    let sheet = forms::read(html);
    let form = chosen(&sheet, sent)?;
    let mut filling = Filling {
        p,
        sent,
        form,
        edits: Vec::new(),
        faults: Vec::new(),
        overtaken: sent.overtaken || (sent.moved && differs(form, sent)),
        taken: BTreeMap::new(),
    };
    filling.fill();
    let above = Summary {
        p,
        asks: !sent.found.is_empty(),
        moved: sent.moved && !filling.overtaken,
        faults: std::mem::take(&mut filling.faults),
    };
    let (main, title) = (sheet.main?, sheet.title?);
    filling.put(main, above.render().ok()?);
    if !above.moved {
        filling.put(title, escaped(&p.t("refill-title")));
    }
    let languages = languages(p, &sheet, form);
    filling.edits.extend(languages);
    Some(edited(html, filling.edits))
}

/// Whether what the form was about is another by now.
fn differs(form: &Form, sent: &Sent<'_>) -> bool {
    let stamps = ["version", "seen"].into_iter();
    let mut held = stamps.filter_map(|name| form.controls.iter().find(|one| one.name() == name));
    held.any(|one| {
        let typed = sent.typed.iter().find(|(name, _)| name == one.name());
        typed.is_some_and(|(_, typed)| typed != one.attribute("value"))
    })
}

/// A page that answers a form and has it still, as handlers draw it themselves: its languages
/// send that form. Any other page is left as it is.
pub(super) fn spoken(p: &Page, html: &str, sent: &Sent<'_>) -> Option<String> {
    let sheet = forms::read(html);
    let form = chosen(&sheet, sent)?;
    Some(edited(html, languages(p, &sheet, form)))
}

/// The page's languages send a form: what is typed by then comes along, and nothing is asked of
/// it.
fn languages(p: &Page, sheet: &Sheet, form: &Form) -> Vec<Edit> {
    let Some(bar) = sheet.forms.iter().find(|form| form.is_of_languages()) else {
        return Vec::new();
    };
    let mut edits = Vec::new();
    let held = form.attributes.get("id").map(String::as_str);
    if held.is_none() {
        let end = form.tag.end.saturating_sub(1);
        edits.push((end..end, " id=\"sent\"".to_owned()));
    }
    let action = form.attributes.get("action").map_or("", String::as_str);
    let sign = if action.contains('?') { '&' } else { '?' };
    let from = form_urlencoded::byte_serialize(p.path.as_bytes());
    let place = format!("{action}{sign}from={}", from.collect::<String>());
    for button in bar.controls.iter().filter(|one| one.kind() == "button") {
        let mut attributes = button.attributes.clone();
        for (name, value) in [
            ("name", "in-language"),
            ("form", held.unwrap_or("sent")),
            ("formaction", &place),
            ("formmethod", "post"),
            ("formenctype", "application/x-www-form-urlencoded"),
            ("formnovalidate", ""),
        ] {
            attributes.insert(name.to_owned(), value.to_owned());
        }
        edits.push((button.span.clone(), tag("button", &attributes)));
    }
    edits
}

/// The form that was sent: by its address, its fixed fields and its button.
fn chosen<'a>(sheet: &'a Sheet, sent: &Sent<'_>) -> Option<&'a Form> {
    let here = sheet
        .forms
        .iter()
        .filter(|form| form.action == sent.action && !form.is_of_languages());
    let likeness = |form: &&Form| {
        let like = |(name, typed): &(String, String)| {
            let same = form.controls.iter().filter(|one| one.name() == name);
            let fits = |one: &Control| match one.kind() {
                "hidden" | "button" if one.attribute("value") == typed => 8,
                "hidden" if name != "version" && name != "seen" => -4,
                "button" => 0,
                _ => 1,
            };
            same.map(fits).max().unwrap_or(-1)
        };
        sent.typed.iter().map(like).sum::<i32>()
    };
    // The first of several that are alike.
    here.rev().max_by_key(likeness)
}

impl Filling<'_> {
    fn put(&mut self, at: usize, text: String) {
        self.edits.push((at..at, text));
    }

    fn fill(&mut self) {
        for fold in &self.form.folds {
            let end = fold.end.saturating_sub(1);
            self.put(end, " open".to_owned());
        }
        let mut said: Vec<&str> = Vec::new();
        for (n, control) in self.form.controls.iter().enumerate() {
            if !control.is_open() {
                continue;
            }
            let typed = self.typed(control);
            let fault = match control.is_choice() && said.contains(&control.name()) {
                true => None,
                false => self.fault(control, typed.as_deref()),
            };
            said.push(control.name());
            self.again(n, control, typed, fault);
        }
        self.rest();
        if !self.sent.found.is_empty() {
            let sure = sure(self.p);
            self.put(self.form.last, sure);
        }
    }

    /// What was typed in a box: of several of one name each has its own.
    fn typed(&mut self, control: &Control) -> Option<String> {
        let mut all = self
            .sent
            .typed
            .iter()
            .filter(|(name, _)| name == control.name());
        if control.is_choice() {
            let on = all.any(|(_, typed)| typed == control.attribute("value"));
            return on.then(|| control.attribute("value").to_owned());
        }
        let taken = self.taken.entry(control.name().to_owned()).or_default();
        *taken += 1;
        all.nth(*taken - 1).map(|(_, typed)| typed.clone())
    }

    /// What is wrong with a box, in words.
    fn fault(&self, control: &Control, typed: Option<&str>) -> Option<String> {
        let typed = typed.unwrap_or_default();
        if !self.sent.found.is_empty() {
            let found = self.sent.found.iter();
            let mut here = found.filter(|(one, _)| typed.contains(one.as_str()));
            return here.next().map(|one| persons::said(self.p, one));
        }
        if self.overtaken {
            let now = control.held();
            let written = !control.is_choice() && control.kind() != "select";
            let differs = written && now != typed && !now.is_empty();
            return differs.then(|| self.p.ta("refill-stands", &visible(now)));
        }
        if self.sent.moved {
            return None;
        }
        let named = self.sent.wrong.iter().any(|name| name == control.name());
        if !self.sent.of_a_field {
            return named.then(|| self.sent.why.to_owned());
        }
        if let Some(key) = unfit(control, typed, self.sent.typed) {
            return Some(self.p.t(key));
        }
        named.then(|| match typed.trim().is_empty() {
            true => self.p.t("fault-empty"),
            false => self.p.t("fault-invalid"),
        })
    }

    fn again(&mut self, n: usize, control: &Control, typed: Option<String>, fault: Option<String>) {
        let mut attributes = control.attributes.clone();
        let id = attributes
            .entry("id".to_owned())
            .or_insert_with(|| format!("refill-{n}"))
            .clone();
        if let Some(fault) = fault {
            let mark = format!("wrong-{id}");
            let described = attributes.entry("aria-describedby".to_owned()).or_default();
            *described = format!("{described} {mark}").trim().to_owned();
            if control.kind() != "radio" {
                attributes.insert("aria-invalid".to_owned(), "true".to_owned());
            }
            self.mark(control, &mark, &fault);
            self.line_of(control, &id, &fault);
        }
        let unseen = control.attribute("autocomplete") == "one-time-code";
        match (control.kind(), typed) {
            (_, _) if unseen => {}
            ("file", _) => self.files_again(control),
            ("password", _) => {}
            ("textarea", typed) => {
                let typed = typed.unwrap_or_default();
                // A browser leaves out the first line's end.
                let inner = format!("\n{}", escaped(&typed));
                self.edits.push((control.inner.clone(), inner));
            }
            ("select", typed) => self.choose(control, &typed.unwrap_or_default()),
            (_, typed) if control.is_choice() => {
                attributes.remove("checked");
                if typed.is_some() {
                    attributes.insert("checked".to_owned(), String::new());
                }
            }
            (_, typed) => {
                attributes.insert("value".to_owned(), typed.unwrap_or_default());
            }
        }
        let tag = tag(&control.element, &attributes);
        self.edits.push((control.span.clone(), tag));
    }

    fn choose(&mut self, control: &Control, typed: &str) {
        for option in &control.options {
            let mut attributes = option.attributes.clone();
            attributes.remove("selected");
            if value(&attributes) == typed {
                attributes.insert("selected".to_owned(), String::new());
            }
            let tag = tag("option", &attributes);
            self.edits.push((option.span.clone(), tag));
        }
    }

    /// The fault beside its box; below the question where it is about a choice.
    fn mark(&mut self, control: &Control, mark: &str, fault: &str) {
        let at = match &control.legend {
            Some((_, end)) if control.is_choice() => *end,
            _ => control.span.start,
        };
        let said = escaped(fault);
        let text = format!(
            "<span class=\"fault\" id=\"{mark}\"><span aria-hidden=\"true\">✕</span> {said}</span>"
        );
        self.put(at, text);
    }

    fn line_of(&mut self, control: &Control, id: &str, fault: &str) {
        let said = [("what", control.said()), ("why", fault)];
        let line = words::say(self.p.lang, "fault-line", &said);
        self.faults.push((id.to_owned(), line));
    }

    /// No browser fills a file in again: where one was chosen, that is said beside its box.
    fn files_again(&mut self, control: &Control) {
        if self.sent.files.is_empty() {
            return;
        }
        let said = escaped(&self.p.ta("refill-files", &self.sent.files.join(", ")));
        let text = format!("<span class=\"fault\">{said}</span>");
        self.put(control.span.start, text);
    }

    /// A refusal that no field explains leads to the first of the form.
    fn rest(&mut self) {
        if self.sent.moved {
            return;
        }
        let explained = !self.faults.is_empty() && !self.overtaken;
        if explained && (self.sent.of_a_field || !self.sent.found.is_empty()) {
            return;
        }
        let open = self.form.controls.iter().enumerate();
        let first = open.into_iter().find(|(_, one)| one.is_open());
        let id = first.map_or_else(
            || "main".to_owned(),
            |(n, one)| match one.has("id") {
                true => one.attribute("id").to_owned(),
                false => format!("refill-{n}"),
            },
        );
        let said = self
            .faults
            .iter()
            .any(|(_, said)| said.contains(self.sent.why));
        if !said {
            self.faults.insert(0, (id, self.sent.why.to_owned()));
        }
    }
}

/// What the form itself asks of a box and does not get.
fn unfit(control: &Control, typed: &str, all: &[(String, String)]) -> Option<&'static str> {
    let empty = match control.is_choice() {
        true => !all.iter().any(|(name, _)| name == control.name()),
        false => typed.trim().is_empty(),
    };
    if empty {
        return control.has("required").then_some("fault-empty");
    }
    let most = control.attribute("maxlength").parse::<usize>();
    if most.is_ok_and(|most| typed.chars().count() > most) {
        return Some("fault-long");
    }
    let fits = match control.kind() {
        "date" => typed.trim().parse::<Day>().is_ok(),
        "number" => number(control, typed),
        "select" => control
            .options
            .iter()
            .any(|one| value(&one.attributes) == typed),
        _ => true,
    };
    (!fits).then_some("fault-invalid")
}

fn number(control: &Control, typed: &str) -> bool {
    let bound = |name| control.attribute(name).parse::<f64>().ok();
    typed.trim().parse::<f64>().is_ok_and(|number| {
        bound("min").is_none_or(|min| number >= min) && bound("max").is_none_or(|max| number <= max)
    })
}

/// The box that says that a person looked again.
fn sure(p: &Page) -> String {
    let said = escaped(&p.t("refill-sure"));
    format!(
        "<p class=\"field\"><input type=\"checkbox\" id=\"refill-sure\" name=\"sure\" \
         value=\"yes\"><label for=\"refill-sure\">{said}</label></p>"
    )
}

fn tag(element: &str, attributes: &BTreeMap<String, String>) -> String {
    let one = |(name, value): (&String, &String)| match value.is_empty() && name != "value" {
        true => format!(" {name}"),
        false => format!(" {name}=\"{}\"", escaped(value)),
    };
    let all: String = attributes.iter().map(one).collect();
    format!("<{element}{all}>")
}

fn escaped(text: &str) -> String {
    let html = askama::filters::Html;
    askama::filters::escape(text, html).map_or_else(|_| String::new(), |safe| safe.to_string())
}

fn edited(html: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut whole = String::with_capacity(html.len() + html.len() / 8);
    let mut at = 0;
    for (range, text) in edits {
        whole.push_str(html.get(at..range.start).unwrap_or_default());
        whole.push_str(&text);
        at = range.end.max(at);
    }
    whole.push_str(html.get(at..).unwrap_or_default());
    whole
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;

#[cfg(test)]
#[path = "samples.rs"]
pub(crate) mod samples;
