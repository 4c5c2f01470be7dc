//! Prints precision and recall on the labelled texts: `measure` the tables, `measure errors` each
//! error of the development part, `measure errors held` those of the held-out part too.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "reads texts of this crate"
)]

use passerelle_communique::{Language, version};

#[path = "../tests/it/labels.rs"]
mod labels;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let asked = |word: &str| words.iter().any(|one| one == word);
    if asked("errors") {
        errors(asked("held"));
        return;
    }
    println!("Rules and tables: `{}`\n", version());
    for part in ["dev", "held"] {
        println!(
            "{}\n",
            if part == "dev" {
                "Development part"
            } else {
                "Held-out part"
            }
        );
        table(part);
        println!();
    }
}

fn errors(held: bool) {
    for (name, content) in labels::TEXTS {
        if held || name.contains("dev") {
            for error in labels::measure(content).errors {
                println!("{name}: {error}");
            }
        }
    }
}

fn table(part: &str) {
    println!("| kind | all | French | Dutch | Arabic | English |\n|---|---|---|---|---|---|");
    let columns = [
        None,
        Some(Language::French),
        Some(Language::Dutch),
        Some(Language::Arabic),
        Some(Language::English),
    ];
    let sums = columns.map(|language| labels::total(part, language));
    for kind in labels::KINDS {
        let cells = sums.iter().map(|sum| {
            let count = sum.get(kind).copied().unwrap_or_default();
            let figure =
                |share: Option<f64>| share.map_or("–".to_owned(), |share| format!("{share:.2}"));
            format!("{} / {}", figure(count.precision()), figure(count.recall()))
        });
        println!("| {kind} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}
