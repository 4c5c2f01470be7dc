//! The forms of a page of ours, with where their parts stand in it: enough to fill one again.

use std::collections::BTreeMap;
use std::ops::Range;

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

/// What is read of a page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) forms: Vec<Form>,
    /// Where the title's text begins, and where the main part does.
    pub(super) title: Option<usize>,
    pub(super) main: Option<usize>,
}

/// One form.
#[derive(Debug, Default)]
pub(super) struct Form {
    /// Where it is sent, without what follows `?`.
    pub(super) action: String,
    /// Its tag, with what stands in it.
    pub(super) tag: Range<usize>,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) controls: Vec<Control>,
    /// Folds around it and in it that are closed.
    pub(super) folds: Vec<Range<usize>>,
    /// Before the line of its last button, else its end.
    pub(super) last: usize,
}

/// A box, a choice, a list, a text or a button.
#[derive(Debug, Default, Clone)]
pub(super) struct Control {
    pub(super) element: String,
    pub(super) attributes: BTreeMap<String, String>,
    /// The tag, and for a text what stands in it.
    pub(super) span: Range<usize>,
    pub(super) inner: Range<usize>,
    pub(super) text: String,
    pub(super) options: Vec<Choice>,
    pub(super) label: String,
    /// The question around a choice, with where it ends.
    pub(super) legend: Option<(String, usize)>,
}

/// One line of a list.
#[derive(Debug, Default, Clone)]
pub(super) struct Choice {
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) span: Range<usize>,
}

impl Form {
    /// Whether it is the page's choice of languages.
    pub(super) fn is_of_languages(&self) -> bool {
        let class = self.attributes.get("class");
        class.is_some_and(|class| class == "languages")
    }
}

impl Control {
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub(super) fn name(&self) -> &str {
        self.attribute("name")
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }

    /// `text`, `date`, `checkbox`, `hidden`, …, `textarea`, `select`, `button`.
    pub(super) fn kind(&self) -> &str {
        match (self.element.as_str(), self.attribute("type")) {
            ("input", "") => "text",
            ("input", kind) => kind,
            (element, _) => element,
        }
    }

    /// Whether it is one of several that are chosen from.
    pub(super) fn is_choice(&self) -> bool {
        matches!(self.kind(), "checkbox" | "radio")
    }

    /// Whether a person fills it in.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.kind(), "hidden" | "button") && !self.name().is_empty()
    }

    /// What people call it.
    pub(super) fn said(&self) -> &str {
        match &self.legend {
            Some((legend, _)) if self.kind() == "radio" => legend,
            _ if !self.label.is_empty() => &self.label,
            Some((legend, _)) => legend,
            None => self.name(),
        }
    }

    /// What the page has in it.
    pub(super) fn held(&self) -> &str {
        let chosen = |choice: &&Choice| choice.attributes.contains_key("selected");
        match self.kind() {
            "textarea" => &self.text,
            "select" => {
                let on = self.options.iter().find(chosen).or(self.options.first());
                on.map_or("", |choice| value(&choice.attributes))
            }
            _ => self.attribute("value"),
        }
    }
}

pub(super) fn value(attributes: &BTreeMap<String, String>) -> &str {
    attributes.get("value").map_or("", String::as_str)
}

/// Reads a page.
pub(super) fn read(html: &str) -> Sheet {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reading = Reading::default();
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => reading.open(&tag),
            Token::EndTag(tag) => reading.close(&plain(&tag.name), tag.span.start, tag.span.end),
            Token::String(text) => reading.text(&plain(&text)),
            _ => {}
        }
    }
    reading.done()
}

/// What is open while a page is read.
#[derive(Default)]
struct Reading {
    sheet: Sheet,
    form: Option<Form>,
    /// Folds that are open in the page's nesting; `None` where people see into them.
    folds: Vec<Option<Range<usize>>>,
    /// Questions around choices.
    legends: Vec<(String, usize)>,
    /// Labels by the box that they are for, and those around their box.
    labels: BTreeMap<String, String>,
    label: Option<(String, String, Option<usize>)>,
    in_legend: bool,
    /// Where the line began in which one stands.
    line: usize,
}

impl Reading {
    fn open(&mut self, tag: &StartTag<usize>) {
        let attributes = attributes(tag);
        let span = tag.span.start..tag.span.end;
        match plain(&tag.name).as_str() {
            "title" => self.sheet.title = self.sheet.title.or(Some(span.end)),
            "main" => self.sheet.main = Some(span.end),
            "form" => self.begin(attributes, span),
            "details" => self.fold(&attributes, span),
            "fieldset" => self.legends.push((String::new(), span.end)),
            "legend" => self.in_legend = true,
            "label" => {
                let of = attributes.get("for").cloned().unwrap_or_default();
                self.label = Some((of, String::new(), None));
            }
            "p" | "div" => self.line = span.start,
            "option" => self.option(attributes, span),
            name @ ("input" | "textarea" | "select" | "button") => {
                self.control(name, attributes, span);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, start: usize, end: usize) {
        match name {
            "form" => {
                let mut form = self.form.take().unwrap_or_default();
                if form.last == 0 {
                    form.last = start;
                }
                self.sheet.forms.push(form);
            }
            "details" => drop(self.folds.pop()),
            "fieldset" => drop(self.legends.pop()),
            "legend" => {
                self.in_legend = false;
                if let Some(legend) = self.legends.last_mut() {
                    legend.1 = end;
                }
            }
            "label" => self.labelled(),
            "textarea" => {
                if let Some(last) = self.last() {
                    last.inner.end = start;
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, label, _)) = &mut self.label {
            label.push_str(text);
        }
        if self.in_legend
            && let Some((legend, _)) = self.legends.last_mut()
        {
            legend.push_str(text);
        }
        if let Some(last) = self.last()
            && last.element == "textarea"
            && last.inner.end == 0
        {
            last.text.push_str(text);
        }
    }

    fn last(&mut self) -> Option<&mut Control> {
        self.form.as_mut()?.controls.last_mut()
    }

    fn begin(&mut self, attributes: BTreeMap<String, String>, tag: Range<usize>) {
        let action = attributes.get("action").map_or("", String::as_str);
        self.line = tag.end;
        self.form = Some(Form {
            action: action.split('?').next().unwrap_or_default().to_owned(),
            tag,
            attributes,
            folds: self.folds.iter().flatten().cloned().collect(),
            ..Form::default()
        });
    }

    fn fold(&mut self, attributes: &BTreeMap<String, String>, span: Range<usize>) {
        let closed = (!attributes.contains_key("open")).then_some(span);
        if let (Some(form), Some(fold)) = (&mut self.form, &closed) {
            form.folds.push(fold.clone());
        }
        self.folds.push(closed);
    }

    fn option(&mut self, attributes: BTreeMap<String, String>, span: Range<usize>) {
        if let Some(last) = self.last() {
            last.options.push(Choice { attributes, span });
        }
    }

    fn control(&mut self, name: &str, attributes: BTreeMap<String, String>, span: Range<usize>) {
        let (line, legend) = (self.line, self.legends.last().cloned());
        let Some(form) = &mut self.form else { return };
        if name == "button" {
            form.last = line;
        }
        if let Some((_, _, inside)) = &mut self.label {
            *inside = Some(form.controls.len());
        }
        form.controls.push(Control {
            element: name.to_owned(),
            attributes,
            inner: span.end..0,
            span,
            legend: legend.filter(|(said, _)| !said.trim().is_empty()),
            ..Control::default()
        });
    }

    fn labelled(&mut self) {
        let Some((of, said, inside)) = self.label.take() else {
            return;
        };
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let controls = self.form.as_mut().map(|form| &mut form.controls);
        if let (Some(at), Some(controls)) = (inside, controls)
            && let Some(control) = controls.get_mut(at)
        {
            control.label.clone_from(&said);
        }
        self.labels.insert(of, said);
    }

    /// Labels may stand after their box.
    fn done(mut self) -> Sheet {
        let labels = self.labels;
        let forms = self.sheet.forms.iter_mut();
        for control in forms.flat_map(|form| &mut form.controls) {
            if let Some(said) = labels.get(control.attribute("id"))
                && control.label.is_empty()
                && control.has("id")
            {
                control.label.clone_from(said);
            }
            if let Some((legend, _)) = &mut control.legend {
                *legend = legend.split_whitespace().collect::<Vec<_>>().join(" ");
            }
        }
        self.sheet
    }
}

fn attributes(tag: &StartTag<usize>) -> BTreeMap<String, String> {
    let all = tag.attributes.iter();
    all.map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

fn plain(text: &HtmlString) -> String {
    String::from_utf8_lossy(text).into_owned()
}
