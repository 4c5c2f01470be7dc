//! The figure of an assessment: three scales, with a mark of each side.

use passerelle_service::joint::{Assessment, Impact, Likelihood, Trend};

use crate::frame::Page;

/// Width of the drawing, in units of its view box.
const WIDTH: usize = 640;
/// Blank at each end, so that words and marks are whole.
const EDGE: usize = 60;

/// One scale with its marks.
pub(crate) struct Scale {
    pub(crate) title: String,
    pub(crate) width: usize,
    pub(crate) steps: Vec<(usize, String)>,
    /// Class, place and word of each mark; ours above the line, theirs below.
    pub(crate) marks: Vec<(&'static str, usize, usize, String)>,
}

/// Likelihood, impact and trend of the views that were shown; nothing where none was.
pub(crate) fn scales<'a>(
    p: &Page,
    views: impl Iterator<Item = (&'static str, &'a Assessment)>,
) -> Vec<Scale> {
    let views: Vec<(&'static str, &Assessment)> = views.collect();
    if views.is_empty() {
        return Vec::new();
    }
    let words = |list: &str, all: Vec<&str>| -> Vec<String> {
        all.into_iter().map(|one| p.word(list, one)).collect()
    };
    let at = |step: fn(&Assessment) -> usize| {
        let marks = views.iter();
        marks.map(|(side, view)| (*side, step(view))).collect()
    };
    let named = |all: &[Likelihood]| all.iter().map(|one| one.as_str()).collect();
    let likelihood = words("group-likelihood", named(Likelihood::ALL));
    let impact = words(
        "group-impact",
        Impact::ALL.iter().map(|one| one.as_str()).collect(),
    );
    let trend = words(
        "group-trend",
        Trend::ALL.iter().map(|one| one.as_str()).collect(),
    );
    vec![
        scale(
            p,
            "group-likelihood",
            likelihood,
            at(|view| view.likelihood as usize),
        ),
        scale(p, "group-impact", impact, at(|view| view.impact as usize)),
        scale(p, "group-trend", trend, at(|view| view.trend as usize)),
    ]
}

fn scale(p: &Page, key: &str, words: Vec<String>, marks: Vec<(&'static str, usize)>) -> Scale {
    let gaps = words.len().saturating_sub(1).max(1);
    let mirrored = p.dir() == "rtl";
    let x = |step: usize| {
        let x = EDGE + step * (WIDTH - 2 * EDGE) / gaps;
        if mirrored { WIDTH - x } else { x }
    };
    let mark = |(side, step): (&'static str, usize)| {
        let y = if side == "ours" { 24 } else { 48 };
        (
            side,
            x(step),
            y,
            words.get(step).cloned().unwrap_or_default(),
        )
    };
    Scale {
        title: p.t(key),
        width: WIDTH,
        marks: marks.into_iter().map(mark).collect(),
        steps: words
            .iter()
            .enumerate()
            .map(|(n, word)| (x(n), word.clone()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use passerelle_model::Lang;
    use passerelle_service::joint::Texts;

    #[test]
    fn marks_stand_on_their_step_and_mirror() {
        let view = |likelihood| Assessment {
            likelihood,
            impact: Impact::Low,
            trend: Trend::Rising,
            reasons: Texts::titled(Lang::Fr, "raisons".parse().unwrap()),
        };
        let (ours, theirs) = (view(Likelihood::Remote), view(Likelihood::Certain));
        let both = || [("ours", &ours), ("theirs", &theirs)].into_iter();
        let places = |lang| {
            let p = crate::frame::samples::page(lang);
            let scale = scales(&p, both()).remove(0);
            scale.marks.iter().map(|(_, x, ..)| *x).collect::<Vec<_>>()
        };
        assert_eq!(places(Lang::Fr), [EDGE, WIDTH - EDGE]);
        assert_eq!(places(Lang::Ar), [WIDTH - EDGE, EDGE]);
        let p = crate::frame::samples::page(Lang::Nl);
        assert!(scales(&p, std::iter::empty()).is_empty());
    }
}
