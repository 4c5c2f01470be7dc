//! The summary above a form that comes back.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let summary = |(asks, moved)| Summary {
        p,
        asks,
        moved,
        faults: content.many(|_| ("main".to_owned(), content.line.clone())),
    };
    // A page has what the summary leads to.
    let within = |part: Sample| Sample {
        html: format!("<main id=\"main\">{}</main>", part.html),
        ..part
    };
    [(false, false), (true, false), (false, true)]
        .map(|kind| within(sample("refill", &summary(kind))))
        .into()
}

/// Every form of a page, filled again with the same words in each of its boxes.
pub(crate) fn filled_again(p: &Page, html: &str) -> Vec<String> {
    let sheet = forms::read(html);
    let again = |form: &Form| {
        let boxes = form.controls.iter().filter(|one| !one.name().is_empty());
        let typed: Vec<(String, String)> = boxes
            .map(|one| match one.is_open() && !one.is_choice() {
                true => (one.name().to_owned(), "Déjà <typed>".to_owned()),
                false => (one.name().to_owned(), one.attribute("value").to_owned()),
            })
            .collect();
        let sent = Sent {
            action: &form.action,
            typed: &typed,
            wrong: &[],
            why: "—",
            of_a_field: true,
            overtaken: false,
            found: &[],
            files: &["plan.pdf".to_owned()],
            moved: false,
        };
        let page = filled(p, html, &sent);
        // A one-time code is never written again.
        let writes = |one: &&Control| {
            matches!(one.kind(), "text" | "textarea")
                && one.attribute("autocomplete") != "one-time-code"
        };
        if let Some(page) = &page
            && form.controls.iter().any(|one| writes(&one))
        {
            assert!(page.contains("Déjà &#60;typed&#62;"), "{}", form.action);
        }
        page
    };
    sheet.forms.iter().filter_map(again).collect()
}
