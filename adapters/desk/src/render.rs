//! Every template with every kind of content in every language, and what must hold of each.

mod html;

use std::collections::BTreeSet;

use passerelle_model::{Lang, Role};
use passerelle_service::Actor;

use crate::frame::{Page, samples, visible};
use crate::pages;

/// Content to fill a template with.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    pub(crate) name: &'static str,
    /// Rows of every list.
    pub(crate) rows: usize,
    /// One line, as handlers hand it over.
    pub(crate) line: String,
    /// Several lines.
    pub(crate) text: String,
}

impl Content {
    /// Something of everything, or nothing of anything.
    pub(crate) fn some<T>(&self, make: impl FnOnce() -> T) -> Option<T> {
        (self.rows > 0).then(make)
    }

    /// As many as there are rows.
    pub(crate) fn many<T>(&self, make: impl Fn(usize) -> T) -> Vec<T> {
        (0..self.rows).map(make).collect()
    }

    fn all() -> [Self; 4] {
        let made = |name, rows, line: &str, text: &str| Self {
            name,
            rows,
            line: visible(line),
            text: visible(text),
        };
        let dutch = "meervoudigepersoonlijkheidsstoornisbehandelingsovereenkomst";
        let tall = "وَٱلْمُسْتَخْلَصُونَ لِلتَّعَاوُنِ ٱلْمُشْتَرَكِ ﷲ";
        let hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>\u{202e}fdp.exe";
        [
            made("empty", 0, "", ""),
            made(
                "ordinary",
                2,
                "Véhicule vu à Tanger",
                "Deux lignes.\nLa seconde.",
            ),
            made(
                "overfull",
                40,
                dutch,
                &format!("{dutch} {tall}\n").repeat(20),
            ),
            made("hostile", 3, hostile, &hostile.repeat(20)),
        ]
    }
}

/// One template, filled.
pub(crate) struct Sample {
    /// Its file, without the ending.
    pub(crate) template: &'static str,
    /// What it holds: a part is no page of its own.
    pub(crate) html: String,
}

/// A template as a sample.
pub(crate) fn sample(template: &'static str, made: &impl askama::Template) -> Sample {
    Sample {
        template,
        html: made.render().unwrap(),
    }
}

/// Templates that others include; they are drawn with those.
const PARTS: [&str; 7] = [
    "base",
    "field",
    "group/follow-parts",
    "group/shared",
    "parts",
    "public/base",
    "public/shared",
];
/// Templates sent alone into a page.
const PIECES: [&str; 3] = ["panel", "proof-body", "refill"];

fn drawn(p: &Page, content: &Content) -> Vec<Sample> {
    [
        crate::answer::samples::all(p, content),
        pages::access::samples::all(p, content),
        pages::alarms::samples::all(p, content),
        pages::backups::samples::all(p, content),
        pages::breaches::samples::all(p, content),
        pages::cases::samples::all(p, content),
        pages::confidant::samples::all(p, content),
        pages::confided::samples::all(p, content),
        pages::drafts::samples::all(p, content),
        pages::group::action::samples::all(p, content),
        pages::group::briefing::samples::all(p, content),
        pages::group::calendar::samples::all(p, content),
        pages::group::commitment::samples::all(p, content),
        pages::group::expertise::samples::all(p, content),
        pages::group::follow::samples::all(p, content),
        pages::group::indicators::samples::all(p, content),
        pages::group::learn_form::samples::all(p, content),
        pages::group::learn_object::samples::all(p, content),
        pages::group::matrix::samples::all(p, content),
        pages::group::measure::samples::all(p, content),
        pages::group::persons::samples::all(p, content),
        pages::group::preview::samples::all(p, content),
        pages::group::programmes::samples::all(p, content),
        pages::group::promise::samples::all(p, content),
        pages::group::table_files::samples::all(p, content),
        pages::group::timeline::samples::all(p, content),
        pages::group::topics::samples::all(p, content),
        pages::group::communiques::samples::all(p, content),
        pages::group::consultations::samples::all(p, content),
        pages::group::home::samples::all(p, content),
        pages::group::items::samples::all(p, content),
        pages::group::items_form::samples::all(p, content),
        pages::group::meeting::samples::all(p, content),
        pages::group::meetings::samples::all(p, content),
        pages::group::minutes::samples::all(p, content),
        pages::group::object::samples::all(p, content),
        pages::group::readings::samples::all(p, content),
        pages::home::samples::all(p, content),
        pages::inspection::samples::all(p, content),
        pages::keeping::samples::all(p, content),
        pages::partners::samples::all(p, content),
        pages::people::samples::all(p, content),
        pages::processing::samples::all(p, content),
        pages::proof::samples::all(p, content),
        pages::register::samples::all(p, content),
        pages::requests::samples::all(p, content),
        pages::search::samples::all(p, content),
        pages::sessions::samples::all(p, content),
        pages::settings::samples::all(p, content),
        pages::setup::samples::all(p, content),
        pages::sign_in::samples::all(p, content),
        pages::statistics::samples::all(p, content),
        pages::tokens::samples::all(p, content),
        crate::public::samples::all(p, content),
        crate::refill::samples::all(p, content),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn page(lang: Lang, signed_in: bool) -> Page {
    let roles = [Role::Officer, Role::Approver];
    Page {
        actor: signed_in.then(|| Actor::sample("Salma Benkirane", &roles, lang).unwrap()),
        notice: signed_in.then(|| "Enregistré".to_owned()),
        ..samples::page(lang)
    }
}

/// Each form of a page, sent wrong and drawn again.
fn refilled(p: &Page, sample: &Sample, place: &str) {
    let whole = !PIECES.contains(&sample.template);
    for again in crate::refill::samples::filled_again(p, &sample.html) {
        html::check(&again, p.lang, whole)
            .unwrap_or_else(|fault| panic!("{place}, again: {fault}"));
    }
}

#[test]
fn every_template_holds_in_every_language_with_any_content() {
    let mut seen = BTreeSet::new();
    for lang in Lang::ALL {
        for content in Content::all() {
            for signed_in in [false, true] {
                let p = &page(*lang, signed_in);
                for sample in drawn(p, &content) {
                    let place = format!("{} {} {lang}", sample.template, content.name);
                    let whole = !PIECES.contains(&sample.template);
                    html::check(&sample.html, *lang, whole)
                        .unwrap_or_else(|fault| panic!("{place}: {fault}"));
                    // A page with a hundred forms is drawn a hundred times: once is enough.
                    if signed_in && *lang == Lang::Ar && content.name == "ordinary" {
                        refilled(p, &sample, &place);
                    }
                    seen.insert(sample.template);
                }
            }
        }
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let files = |room: &str| {
        let prefix = if room.is_empty() {
            String::new()
        } else {
            format!("{room}/")
        };
        let listed = std::fs::read_dir(folder.join(room)).unwrap().flatten();
        let pages = listed.filter(|file| file.path().is_file());
        let named = pages.map(move |file| {
            let name = file.file_name().into_string().unwrap();
            format!("{prefix}{}", name.replace(".html", ""))
        });
        named.collect::<Vec<_>>()
    };
    for name in files("")
        .into_iter()
        .chain(files("group"))
        .chain(files("public"))
    {
        let name = name.as_str();
        let drawn = seen.contains(name);
        let part = PARTS.contains(&name);
        assert!(drawn != part, "{name} has no sample, or is listed in vain");
    }
}
