//! Minutes are written so that we, and others, read what was meant.

use passerelle_papers::{
    Kind, Language,
    odt::{Fact, Item, Minutes, Moment, Party, Said, Version, minutes},
};

use super::{blocks, heading, item, paper, row, text};

fn said(french: &str, arabic: &str) -> Said {
    vec![
        Version::new(Language::Fr, french),
        Version::new(Language::Ar, arabic),
    ]
}

fn one(french: &str) -> Said {
    vec![Version::new(Language::Fr, french)]
}

fn sample() -> Minutes {
    Minutes {
        title: said("Procès-verbal <n° 3>", "محضر الاجتماع"),
        facts: vec![Fact {
            label: one("Lieu"),
            value: said("Rabat", "الرباط"),
        }],
        items: vec![
            Item::Heading(1, one("Décisions & suites")),
            Item::Numbered(said(
                "Les parties nomment un point de contact.",
                "يعين الطرفان نقطة اتصال لكل منهما.",
            )),
            Item::Paragraph(one("Texte\u{202e} libre\u{0}.\nSuite.")),
            Item::Numbered(one("Elles se réunissent deux fois par an.")),
            Item::List(vec![one("une"), one("deux")]),
            Item::Table(
                vec![one("Action"), one("Délai")],
                vec![vec![one("Former")], vec![one("Échanger"), one("mai")]],
            ),
        ],
        parties: ["Pour la Belgique", "Pour le Maroc"]
            .map(|name| Party {
                name: one(name),
                under: one("Date, fonction"),
            })
            .to_vec(),
        written: Moment {
            year: 2026,
            month: 3,
            day: 2,
            hour: 9,
            minute: 30,
            second: 0,
        },
    }
}

#[test]
fn minutes_read_back_as_they_were_said() {
    let paper = paper(&minutes(&sample())).unwrap();
    assert_eq!(paper.kind, Kind::Odt);
    assert_eq!(paper.title.as_deref(), Some("Procès-verbal <n° 3>"));
    assert_eq!(paper.warnings, []);
    assert_eq!(
        blocks(&paper),
        [
            heading(1, "Procès-verbal <n° 3>"),
            heading(1, "محضر الاجتماع"),
            row(&["Lieu", "Rabat الرباط"], "Lieu\tRabat الرباط"),
            heading(1, "Décisions & suites"),
            item(1, "Les parties nomment un point de contact."),
            item(1, "يعين الطرفان نقطة اتصال لكل منهما."),
            text("Texte libre. Suite."),
            item(1, "Elles se réunissent deux fois par an."),
            item(1, "une"),
            item(1, "deux"),
            row(&["Action", "Délai"], "Action\tDélai"),
            row(&["Former", ""], "Former\t"),
            row(&["Échanger", "mai"], "Échanger\tmai"),
            row(
                &["Pour la Belgique", "Pour le Maroc"],
                "Pour la Belgique\tPour le Maroc"
            ),
            row(
                &["Date, fonction", "Date, fonction"],
                "Date, fonction\tDate, fonction"
            ),
        ]
    );
}

#[test]
fn the_type_stands_first_and_in_the_clear() {
    let bytes = minutes(&sample());
    let name = b"mimetypeapplication/vnd.oasis.opendocument.text";
    // OpenDocument 1.3, part 2, 3.3: at byte 30, for whoever looks at the first bytes only.
    assert_eq!(&bytes[30..30 + name.len()], name);
    assert_eq!(&bytes[8..10], &[0, 0]);
}

#[test]
fn the_same_minutes_are_the_same_bytes_and_others_are_not() {
    assert_eq!(minutes(&sample()), minutes(&sample()));
    let mut later = sample();
    later.written.hour += 1;
    assert_ne!(minutes(&later), minutes(&sample()));
}

#[test]
fn empty_minutes_and_odd_levels_are_written() {
    let mut odd = sample();
    odd.facts.clear();
    odd.parties.clear();
    odd.items = vec![
        Item::Heading(0, one("zéro")),
        Item::Heading(9, one("neuf")),
        Item::Table(vec![], vec![]),
        Item::List(vec![]),
    ];
    odd.written.year = 1900;
    let paper = paper(&minutes(&odd)).unwrap();
    assert_eq!(
        blocks(&paper)[2..],
        [heading(1, "zéro"), heading(3, "neuf")]
    );
}
