//! What a run found: rows with one value a round, as Markdown for people and JSON for programs.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::json;

use crate::machine::Machine;
use crate::stats::{Sample, spread};

/// What a ratio should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Goal {
    /// This much or more.
    AtLeast(f64),
    /// This much or less.
    AtMost(f64),
    /// Only told.
    None,
}

impl Goal {
    fn words(self) -> String {
        match self {
            Self::AtLeast(goal) => format!("≥ {goal}"),
            Self::AtMost(goal) => format!("≤ {goal}"),
            Self::None => "–".to_owned(),
        }
    }

    fn verdict(self, median: f64) -> &'static str {
        match self {
            Self::AtLeast(goal) if median >= goal => "met",
            Self::AtMost(goal) if median <= goal => "met",
            Self::None => "",
            _ => "missed",
        }
    }
}

struct Row {
    name: String,
    unit: &'static str,
    goal: Goal,
    values: Vec<f64>,
}

/// All rows of a run, in the order in which they came.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
    notes: Vec<String>,
}

impl Report {
    /// One round's value of a ratio, or of a figure that has a goal of its own.
    pub(crate) fn goal(&mut self, name: &str, unit: &'static str, goal: Goal, value: f64) {
        eprintln!("  {name}: {} {unit}", shown(value));
        match self.rows.iter_mut().find(|row| row.name == name) {
            Some(row) => row.values.push(value),
            None => {
                let (name, values) = (name.to_owned(), vec![value]);
                self.rows.push(Row {
                    name,
                    unit,
                    goal,
                    values,
                });
            }
        }
    }

    /// One round's value of a figure behind the ratios.
    pub(crate) fn figure(&mut self, name: &str, unit: &'static str, value: f64) {
        self.goal(name, unit, Goal::None, value);
    }

    /// Rate, p50 and p99 of one round.
    pub(crate) fn sample(&mut self, name: &str, sample: Sample) {
        self.figure(name, "/s", sample.rate);
        self.figure(&format!("{name}, p50"), "µs", sample.p50);
        self.figure(&format!("{name}, p99"), "µs", sample.p99);
    }

    /// A sentence for the reader of the figures.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            eprintln!("  note: {note}");
            self.notes.push(note);
        }
    }

    /// Writes `results.md` and `results.json` into `dir`.
    pub(crate) fn write(&self, dir: &Path, machine: &Machine) -> anyhow::Result<()> {
        fs::write(dir.join("results.md"), self.markdown(machine))?;
        let rows: Vec<_> = self.rows.iter().map(Row::json).collect();
        let all = json!({ "machine": machine.facts(), "rows": rows, "notes": self.notes });
        fs::write(
            dir.join("results.json"),
            serde_json::to_string_pretty(&all)?,
        )?;
        Ok(())
    }

    fn markdown(&self, machine: &Machine) -> String {
        let mut out = String::new();
        let (goals, figures): (Vec<_>, Vec<_>) =
            self.rows.iter().partition(|row| row.goal != Goal::None);
        for (name, value) in machine.facts() {
            let _ = writeln!(out, "- {name}: {value}");
        }
        out.push_str("\n| what | target | min | median | max | |\n|---|---|---|---|---|---|\n");
        goals.iter().for_each(|row| row.line(&mut out));
        out.push_str("\nFigures behind the ratios:\n\n");
        out.push_str("| what | | min | median | max | |\n|---|---|---|---|---|---|\n");
        figures.iter().for_each(|row| row.line(&mut out));
        out.push('\n');
        for note in &self.notes {
            let _ = writeln!(out, "- {note}");
        }
        out
    }
}

impl Row {
    fn line(&self, out: &mut String) {
        let (min, median, max) = spread(&self.values);
        let (goal, verdict) = (self.goal.words(), self.goal.verdict(median));
        let (min, median, max) = (shown(min), shown(median), shown(max));
        let unit = self.unit;
        let goal = if self.goal == Goal::None {
            unit.to_owned()
        } else {
            format!("{goal} {unit}")
        };
        let goal = goal.trim();
        let _ = writeln!(
            out,
            "| {} | {goal} | {min} | {median} | {max} | {verdict} |",
            self.name
        );
    }

    fn json(&self) -> serde_json::Value {
        let (min, median, max) = spread(&self.values);
        json!({
            "name": self.name, "unit": self.unit, "target": self.goal.words(),
            "rounds": self.values, "min": min, "median": median, "max": max,
            "verdict": self.goal.verdict(median),
        })
    }
}

/// Three digits that count.
fn shown(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        small if small >= 0.1 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_whether_its_median_meets_the_goal() {
        let mut report = Report::default();
        for value in [0.4, 0.7, 12.3] {
            report.goal("a ÷ b", "", Goal::AtLeast(0.6), value);
            report.goal("b ÷ a", "s", Goal::AtMost(0.6), value);
            report.figure("a", "/s", value * 1000.0);
        }
        let text = report.markdown(&Machine::look());
        assert!(
            text.contains("| a ÷ b | ≥ 0.6 | 0.40 | 0.70 | 12.3 | met |"),
            "{text}"
        );
        assert!(
            text.contains("| b ÷ a | ≤ 0.6 s | 0.40 | 0.70 | 12.3 | missed |"),
            "{text}"
        );
        assert!(text.contains("| a | /s | 400 | 700 | 12300 |  |"), "{text}");
    }

    #[test]
    fn a_note_is_kept_once() {
        let mut report = Report::default();
        report.note("n");
        report.note("n");
        assert_eq!(report.notes.len(), 1);
    }
}
