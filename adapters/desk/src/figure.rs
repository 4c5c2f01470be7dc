//! Figures: where the bars of a stacked bar chart stand. Templates draw them; each figure has
//! its table beside it.

/// Width of the drawing, in units of its view box.
const WIDTH: u64 = 640;
/// Height of a bar.
const THICK: u64 = 18;
/// From one bar to the next, with its label between.
const STEP: u64 = 46;

/// A bar, as it is counted.
#[derive(Debug, Clone)]
pub(crate) struct Stack {
    label: String,
    parts: Vec<(&'static str, String, u64)>,
}

/// The whole figure.
#[derive(Debug, Clone)]
pub(crate) struct Bars {
    pub(crate) width: u64,
    pub(crate) height: u64,
    pub(crate) thick: u64,
    /// Where labels begin.
    pub(crate) start: u64,
    pub(crate) rows: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone)]
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) text_at: u64,
    pub(crate) at: u64,
    pub(crate) parts: Vec<Part>,
}

/// One part of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) class: &'static str,
    pub(crate) x: u64,
    pub(crate) width: u64,
    pub(crate) title: String,
}

impl Stack {
    pub(crate) fn new(label: String) -> Self {
        let parts = Vec::new();
        Self { label, parts }
    }

    /// Adds to the part of this class.
    pub(crate) fn add(&mut self, class: &'static str, word: &str, count: u64) {
        match self.parts.iter_mut().find(|(held, ..)| *held == class) {
            Some((_, _, sum)) => *sum += count,
            None => self.parts.push((class, word.to_owned(), count)),
        }
    }

    fn sum(&self) -> u64 {
        self.parts.iter().map(|(_, _, count)| count).sum()
    }
}

impl Bars {
    /// Bars on one scale: the longest is as wide as the drawing. Where writing runs from the
    /// right, so do they.
    pub(crate) fn new(stacks: &[Stack], mirrored: bool) -> Self {
        let most = stacks.iter().map(Stack::sum).max().unwrap_or(0).max(1);
        let row = |(number, stack): (u64, &Stack)| Bar {
            label: stack.label.clone(),
            text_at: number * STEP + 16,
            at: number * STEP + 22,
            parts: parts(stack, most, mirrored),
        };
        Self {
            width: WIDTH,
            height: stacks.len() as u64 * STEP,
            thick: THICK,
            start: if mirrored { WIDTH } else { 0 },
            rows: (0..).zip(stacks).map(row).collect(),
        }
    }
}

/// Edges are rounded, not widths, so that parts neither overlap nor leave gaps.
fn parts(stack: &Stack, most: u64, mirrored: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut sum = 0;
    for (class, word, count) in &stack.parts {
        let begin = sum * WIDTH / most;
        sum += count;
        let end = sum * WIDTH / most;
        if *count > 0 {
            parts.push(Part {
                class,
                x: if mirrored { WIDTH - end } else { begin },
                width: (end - begin).max(1),
                title: format!("{word}: {count}"),
            });
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stacks() -> Vec<Stack> {
        let mut long = Stack::new("a".to_owned());
        for (class, count) in [("on-time", 2), ("late", 0), ("open", 1), ("on-time", 1)] {
            long.add(class, class, count);
        }
        let mut short = Stack::new("b".to_owned());
        short.add("on-time", "on-time", 1);
        vec![long, short]
    }

    #[test]
    fn parts_stand_side_by_side_on_one_scale() {
        let bars = Bars::new(&stacks(), false);
        let long = &bars.rows[0].parts;
        assert_eq!(long.len(), 2, "nothing is drawn of nothing");
        assert_eq!((long[0].x, long[0].width), (0, 480));
        assert_eq!((long[1].x, long[1].width), (480, 160));
        assert_eq!(bars.rows[1].parts[0].width, 160);
        assert_eq!(long[0].title, "on-time: 3");
    }

    #[test]
    fn bars_run_from_the_right_where_writing_does() {
        let bars = Bars::new(&stacks(), true);
        assert_eq!(bars.start, WIDTH);
        assert_eq!(bars.rows[1].parts[0].x, 480);
        assert!(Bars::new(&[], true).rows.is_empty());
    }
}
