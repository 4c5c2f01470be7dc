//! Activities with everything the typed form holds, and with nothing that is not required.

use jiff::civil::date;
use passerelle_iati::{
    Activities, Activity, ActivityDate, AidType, Baseline, Budget, Contact, Country, Decimal,
    Description, Dimension, DimensionKind, Document, Indicator, Marker, Measured, Moment, Money,
    Narrative, Organisation, Outcome, Participant, Period, Planned, Reference, Region, Related,
    Reporter, Sector, Tag, Text, Transaction,
    codes::{
        ActivityStatus, BudgetKind, BudgetStatus, ContactKind, DateKind, DescriptionKind, Measure,
        OrganisationKind, Relation, ResultKind, Role, Significance, Tied, TransactionKind,
    },
};

pub(crate) fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Texts that are hard to write: quotes, signs, line ends, right to left.
fn words() -> Text {
    vec![
        Narrative::new(
            "fr",
            "L’accès <au droit> & à \"l'emploi\"\r\n\tdeux lignes ]]>",
        ),
        Narrative::new("ar", "الولوج إلى العدالة"),
    ]
}

fn short(text: &str) -> Text {
    vec![Narrative::new("fr", text)]
}

fn reporter() -> Reporter {
    Reporter {
        reference: "XX-TEST".to_owned(),
        kind: OrganisationKind::Government,
        secondary: Some(false),
        name: short("Le groupe"),
    }
}

/// What the standard requires.
pub(crate) fn smallest() -> Activities {
    let identifier = "XX-TEST-1".to_owned();
    let mut it = Activity::new(identifier, reporter(), ActivityStatus::Implementation);
    it.title = short("Titre");
    it.descriptions = vec![Description {
        kind: None,
        text: short("Description"),
    }];
    it.participants = vec![participant()];
    it.dates = vec![ActivityDate {
        kind: DateKind::ActualStart,
        day: date(2025, 1, 1),
        note: Vec::new(),
    }];
    Activities {
        generated: None,
        activities: vec![it],
    }
}

fn participant() -> Participant {
    Participant {
        role: Role::Implementing,
        reference: Some("XX-TEST".to_owned()),
        kind: None,
        activity: None,
        name: Vec::new(),
    }
}

/// Everything.
pub(crate) fn fullest() -> Activities {
    let mut file = smallest();
    file.generated = Some("2025-12-31T23:00:00+01:00".parse().unwrap());
    let it = &mut file.activities[0];
    it.lang = Some("fr".to_owned());
    it.currency = Some("EUR".to_owned());
    it.humanitarian = Some(false);
    it.hierarchy = Some(1);
    it.last_updated = Some(Moment::utc(date(2025, 6, 1).at(12, 0, 0, 0)));
    it.title = words();
    it.descriptions.push(Description {
        kind: Some(DescriptionKind::Objectives),
        text: words(),
    });
    it.participants.push(Participant {
        role: Role::Other("1 & 2".to_owned()),
        reference: None,
        kind: Some(OrganisationKind::Multilateral),
        activity: Some("XX-OTHER-1".to_owned()),
        name: words(),
    });
    it.dates.push(ActivityDate {
        kind: DateKind::PlannedEnd,
        day: date(2026, 12, 31),
        note: words(),
    });
    it.contacts = vec![Contact {
        kind: Some(ContactKind::Project),
        organisation: short("Ministère"),
        function: short("Direction"),
    }];
    classified(it);
    money(it);
    it.documents = vec![document()];
    it.related = vec![Related {
        reference: "XX-TEST-2".to_owned(),
        relation: Relation::Child,
    }];
    it.results = vec![outcome()];
    file
}

fn classified(it: &mut Activity) {
    it.countries = vec![Country {
        code: "MA".to_owned(),
        percentage: Some(number("66.6667")),
        note: words(),
    }];
    it.regions = vec![Region {
        code: "189".to_owned(),
        vocabulary: Some("1".to_owned()),
        vocabulary_uri: Some("https://example.org/regions".to_owned()),
        percentage: Some(number("33.3333")),
        note: Vec::new(),
    }];
    it.sectors = vec![Sector {
        code: "15190".to_owned(),
        vocabulary: Some("1".to_owned()),
        vocabulary_uri: None,
        percentage: None,
        note: Vec::new(),
    }];
    it.tags = vec![
        Tag::gcm(9, short("Lutte contre le trafic")).unwrap(),
        Tag::sdg("10"),
        Tag::sdg("10.7"),
    ];
    it.markers = vec![Marker {
        code: "1".to_owned(),
        vocabulary: Some("1".to_owned()),
        vocabulary_uri: None,
        significance: Some(Significance::Significant),
        note: words(),
    }];
    it.collaboration = Some("1".to_owned());
    it.flow = Some("10".to_owned());
    it.finance = Some("110".to_owned());
    it.aid = vec![AidType {
        code: "C01".to_owned(),
        vocabulary: Some("1".to_owned()),
    }];
    it.tied = Some(Tied::Untied);
}

fn money(it: &mut Activity) {
    let value = |amount| Money {
        amount: number(amount),
        currency: Some("MAD".to_owned()),
        value_date: date(2025, 1, 1),
    };
    let organisation = || {
        Some(Organisation {
            reference: Some("XX-TEST".to_owned()),
            activity: Some("XX-TEST-1".to_owned()),
            kind: Some(OrganisationKind::Government),
            name: words(),
        })
    };
    it.budgets = vec![Budget {
        kind: Some(BudgetKind::Revised),
        status: Some(BudgetStatus::Committed),
        start: date(2025, 1, 1),
        end: date(2025, 12, 31),
        value: value("17993979.53"),
    }];
    it.planned = vec![Planned {
        kind: None,
        start: date(2025, 1, 1),
        end: None,
        value: value("-0.000000000000000001"),
        provider: organisation(),
        receiver: None,
    }];
    it.transactions = vec![Transaction {
        reference: Some("a \"b\"\n".to_owned()),
        humanitarian: Some(true),
        kind: TransactionKind::Disbursement,
        day: date(2025, 2, 28),
        value: value("999999999999999999"),
        note: words(),
        provider: organisation(),
        receiver: organisation(),
    }];
}

fn document() -> Document {
    Document {
        url: "https://example.org/a?b=1&c=2".to_owned(),
        format: "application/pdf".to_owned(),
        title: words(),
        description: words(),
        categories: vec!["A01".to_owned(), "A02".to_owned()],
        languages: vec!["fr".to_owned(), "ar".to_owned()],
        day: Some(date(2025, 3, 1)),
    }
}

fn outcome() -> Outcome {
    Outcome {
        kind: ResultKind::Outcome,
        aggregates: Some(true),
        title: words(),
        description: words(),
        references: vec![reference()],
        indicators: vec![indicator(Measure::Unit), indicator(Measure::Qualitative)],
    }
}

fn reference() -> Reference {
    Reference {
        vocabulary: "99".to_owned(),
        code: "EUTF 2.3".to_owned(),
        uri: Some("https://example.org/catalogue".to_owned()),
    }
}

fn indicator(measure: Measure) -> Indicator {
    let value = (measure == Measure::Unit).then(|| number("120.5"));
    let measured = Measured {
        value,
        locations: vec!["AF-KAN".to_owned()],
        dimensions: [
            DimensionKind::Sex,
            DimensionKind::Age,
            DimensionKind::Region,
        ]
        .map(|kind| Dimension {
            kind,
            value: "a <b".to_owned(),
        })
        .to_vec(),
        comment: words(),
    };
    Indicator {
        measure,
        ascending: Some(false),
        aggregates: Some(true),
        title: words(),
        description: words(),
        references: Vec::new(),
        baselines: vec![Baseline {
            year: 2024,
            day: Some(date(2024, 12, 31)),
            measured: measured.clone(),
        }],
        periods: vec![Period {
            start: date(2025, 1, 1),
            end: date(2025, 12, 31),
            targets: vec![measured.clone()],
            actuals: vec![measured],
        }],
    }
}
