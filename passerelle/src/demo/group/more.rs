//! Indicators, programmes, a practice, a request and a consultation of the demonstration.

use passerelle_model::{Day, Lang, UtcTime};
use passerelle_service::joint::{
    Aggregation, Answer, Competence, Consultation, Deed, Evidence, Expert, IndicatorTerms,
    Instalment, Measure, Period, Practice, Programme, ProgrammeRole, Request, Sector, Start,
    Strand,
};

use super::deeds::{days, line, name, texts};
use super::words::{Four, Wording};

pub(super) const TRAINED: Wording = Wording {
    title: [
        "Agents formés à la fraude documentaire",
        "In documentfraude opgeleide ambtenaren",
        "الموظفون المكوَّنون في مجال تزوير الوثائق",
        "Staff trained on document fraud",
    ],
    body: [
        "Nombre de participations, par semestre.",
        "Aantal deelnames, per halfjaar.",
        "عدد المشاركات في كل نصف سنة.",
        "Number of participations, by half-year.",
    ],
};

pub(super) const ANSWERED: Wording = Wording {
    title: [
        "Demandes d'expertise traitées dans les cinq jours",
        "Vragen naar expertise beantwoord binnen vijf dagen",
        "طلبات الخبرة المعالجة في غضون خمسة أيام",
        "Requests for expertise answered within five days",
    ],
    body: [
        "En pour cent des demandes de l'année.",
        "In procent van de vragen van het jaar.",
        "نسبة مئوية من طلبات السنة.",
        "In percent of the requests of the year.",
    ],
};

/// What the indicator fixes.
pub(super) fn trained() -> anyhow::Result<IndicatorTerms> {
    Ok(IndicatorTerms {
        code: "trained-staff".parse()?,
        unit: name("participations")?,
        measure: Measure::Unit,
        ascending: true,
        aggregation: Aggregation::Sum,
        baseline: Some((2023, "0".parse()?)),
        target: Some("120".parse()?),
        parts: Vec::new(),
    })
}

/// What the indicator fixes.
pub(super) fn answered() -> anyhow::Result<IndicatorTerms> {
    Ok(IndicatorTerms {
        code: "answered-in-time".parse()?,
        unit: name("%")?,
        measure: Measure::Percentage,
        ascending: true,
        aggregation: Aggregation::Mean,
        baseline: None,
        target: Some("90".parse()?),
        parts: Vec::new(),
    })
}

/// A value for the half-year that ended so many half-years ago.
pub(super) fn value(
    today: Day,
    ago: u32,
    (target, actual): (&str, &str),
    source: &str,
) -> anyhow::Result<Deed> {
    let until = today.minus_days(180 * ago + 1);
    let period = Period {
        from: until.minus_days(179),
        until,
        target: Some(target.parse()?),
        actual: Some(actual.parse()?),
        source: name(source)?,
        cells: Vec::new(),
        text: None,
    };
    Ok(Deed::Observe {
        period: Box::new(period),
    })
}

/// Why a value is contested.
pub(super) const TWICE: Four = [
    "Une session est comptée deux fois dans ce chiffre.",
    "Eén sessie is in dit cijfer tweemaal geteld.",
    "احتُسبت إحدى الدورات مرتين في هذا الرقم.",
    "One session is counted twice in this figure.",
];

/// A programme that Brussels pays for.
pub(super) fn regions(today: Day) -> anyhow::Result<Programme> {
    let words = Wording {
        title: [
            "Politiques migratoires des régions : appui de démonstration",
            "Migratiebeleid van de regio's: demonstratiesteun",
            "سياسات الهجرة في الجهات: دعم توضيحي",
            "Migration policies of the regions: demonstration of support",
        ],
        body: [
            "Appui aux services régionaux qui accueillent les migrants et les orientent vers l'emploi.",
            "Steun aan regionale diensten die migranten onthalen en naar werk begeleiden.",
            "دعم المصالح الجهوية التي تستقبل المهاجرين وتوجههم نحو الشغل.",
            "Support for regional services that receive migrants and guide them to work.",
        ],
    };
    Ok(Programme {
        identifier: name("BE-DEMO-REGIONS")?,
        texts: texts(&words)?,
        partners: vec![
            (name("be.interior")?, ProgrammeRole::Funding),
            (name("ma.interior")?, ProgrammeRole::Implementing),
        ],
        sector: Sector::Labour,
        strand: Strand::Migration,
        code: "15190".parse()?,
        objectives: vec![15, 16],
        countries: vec![("MA".parse()?, 100)],
        from: Start::On(days(today, -400)),
        until: Some(days(today, 500)),
        budget: Some(("2400000".parse()?, "eur".parse()?)),
        instalments: vec![
            part(today, (-400, -35), "1000000")?,
            part(today, (-34, 331), "1000000")?,
            part(today, (332, 500), "400000")?,
        ],
        indicators: Vec::new(),
        public: true,
    })
}

fn part(today: Day, (from, until): (i32, i32), amount: &str) -> anyhow::Result<Instalment> {
    Ok(Instalment {
        from: days(today, from),
        until: days(today, until),
        amount: amount.parse()?,
    })
}

/// A programme of Rabat.
pub(super) fn return_to_work(today: Day) -> anyhow::Result<Programme> {
    let words = Wording {
        title: [
            "Retour vers l'emploi : programme de démonstration",
            "Terug naar werk: demonstratieprogramma",
            "العودة إلى العمل: برنامج توضيحي",
            "Back to work: a demonstration programme",
        ],
        body: [
            "Ateliers de réinsertion ; seuls des totaux par région sont suivis.",
            "Re-integratieworkshops; alleen totalen per regio worden gevolgd.",
            "ورشات لإعادة الإدماج، ولا تُتتبع سوى المجاميع حسب الجهة.",
            "Workshops of reintegration; only totals by region are followed.",
        ],
    };
    Ok(Programme {
        identifier: name("MA-DEMO-EMPLOI")?,
        texts: texts(&words)?,
        partners: vec![(name("ma.interior")?, ProgrammeRole::Implementing)],
        sector: Sector::Social,
        strand: Strand::Reintegration,
        code: "prevention-2".parse()?,
        objectives: vec![7],
        countries: vec![("MA".parse()?, 100)],
        from: Start::On(days(today, -200)),
        until: None,
        budget: None,
        instalments: Vec::new(),
        indicators: Vec::new(),
        public: false,
    })
}

/// A practice of Brussels.
pub(super) fn practice(today: Day) -> anyhow::Result<Practice> {
    let words = Wording {
        title: [
            "Cercles de parole avec les parents",
            "Gespreksgroepen met ouders",
            "حلقات حوار مع الآباء والأمهات",
            "Circles of talk with parents",
        ],
        body: [
            "Des médiateurs formés animent huit rencontres par quartier ; l'effet est mesuré avant et après.",
            "Opgeleide bemiddelaars begeleiden acht bijeenkomsten per wijk; het effect wordt voor en na gemeten.",
            "يسيّر وسطاء مكوَّنون ثمانية لقاءات في كل حي، ويقاس الأثر قبلها وبعدها.",
            "Trained mediators lead eight meetings in each district; the effect is measured before and after.",
        ],
    };
    let transfer = [
        "Des médiateurs connus du quartier.",
        "Bemiddelaars die de wijk kent.",
        "وسطاء يعرفهم الحي.",
        "Mediators whom the district knows.",
    ];
    Ok(Practice {
        texts: texts(&words)?,
        sector: Sector::Education,
        strand: Strand::Prevention,
        audience: name("parents d'élèves")?,
        evidence: Evidence::Evaluated,
        transfer: line(&transfer)?,
        contact: name("Coördinatie preventie van radicalisering")?,
        refresh: days(today, 300),
    })
}

/// Why the practice is found good.
pub(super) const PRACTICE_REVIEW: Four = [
    "Clair et transposable ; il manque le coût par quartier.",
    "Helder en overdraagbaar; de kosten per wijk ontbreken.",
    "واضحة وقابلة للنقل، وتنقصها الكلفة لكل حي.",
    "Clear and transferable; the cost by district is missing.",
];

/// A request of Rabat for expertise.
pub(super) fn request(today: Day) -> anyhow::Result<Request> {
    let words = Wording {
        title: [
            "Concevoir un registre d'état civil accessible",
            "Een toegankelijk register van de burgerlijke stand ontwerpen",
            "تصميم سجل للحالة المدنية سهل الولوج",
            "Design a register of civil status within reach",
        ],
        body: [
            "Deux semaines d'appui pour relire un cahier des charges.",
            "Twee weken steun om een lastenboek na te lezen.",
            "أسبوعان من الدعم لمراجعة دفتر تحملات.",
            "Two weeks of support to review a specification.",
        ],
    };
    Ok(Request {
        texts: texts(&words)?,
        sector: Sector::Interior,
        strand: Strand::Expertise,
        languages: vec![Lang::Fr, Lang::Ar],
        host: name("Direction de l'état civil, Rabat")?,
        until: days(today, 180),
        matched: Vec::new(),
    })
}

/// Whom Brussels can send.
pub(super) fn expert(today: Day) -> anyhow::Result<Expert> {
    let words = Wording {
        title: [
            "Conseiller en registres d'état civil",
            "Adviseur registers burgerlijke stand",
            "مستشار في سجلات الحالة المدنية",
            "Adviser on registers of civil status",
        ],
        body: [
            "Cahiers des charges, qualité des données, accès aux guichets.",
            "Lastenboeken, gegevenskwaliteit, toegang aan loketten.",
            "دفاتر التحملات وجودة المعطيات والولوج إلى الشبابيك.",
            "Specifications, quality of data, access at desks.",
        ],
    };
    Ok(Expert {
        texts: texts(&words)?,
        sectors: vec![Sector::Interior],
        strands: vec![Strand::Expertise],
        languages: vec![Lang::Fr, Lang::Nl],
        from: Some(days(today, 20)),
    })
}

/// What an association offers.
pub(super) fn competence(today: Day) -> anyhow::Result<Competence> {
    let words = Wording {
        title: [
            "Mentorat de jeunes artisans",
            "Mentoraat voor jonge ambachtslieden",
            "مواكبة الحرفيين الشباب",
            "Mentoring of young craftspeople",
        ],
        body: [
            "Dix journées par an, en français, en néerlandais ou en arabe.",
            "Tien dagen per jaar, in het Frans, Nederlands of Arabisch.",
            "عشرة أيام في السنة بالفرنسية أو الهولندية أو العربية.",
            "Ten days a year, in French, Dutch or Arabic.",
        ],
    };
    Ok(Competence {
        texts: texts(&words)?,
        organisation: name("Association de démonstration des artisans de Bruxelles")?,
        sectors: vec![Sector::Labour],
        languages: vec![Lang::Fr, Lang::Nl, Lang::Ar],
        until: days(today, 365),
    })
}

/// A question of Brussels to associations.
pub(super) fn consultation(now: UtcTime) -> anyhow::Result<Consultation> {
    let words = Wording {
        title: [
            "Comment rendre les démarches consulaires plus simples ?",
            "Hoe maken we consulaire procedures eenvoudiger?",
            "كيف نجعل الإجراءات القنصلية أكثر بساطة؟",
            "How can consular procedures be made simpler?",
        ],
        body: [
            "Les associations inscrites répondent jusqu'à la date indiquée.",
            "Ingeschreven verenigingen antwoorden tot de vermelde datum.",
            "تجيب الجمعيات المسجلة إلى غاية التاريخ المحدد.",
            "Associations that registered answer until the day that is named.",
        ],
    };
    let reply = [
        "Une fiche commune par démarche est proposée comme engagement.",
        "Eén gezamenlijke fiche per procedure is als verbintenis voorgesteld.",
        "اقتُرحت بطاقة مشتركة لكل إجراء كالتزام.",
        "One common sheet for each procedure is proposed as a commitment.",
    ];
    let today = now.day();
    Ok(Consultation {
        texts: texts(&words)?,
        audience: name("associations de la diaspora en Belgique")?,
        strand: Strand::Diaspora,
        from: days(today, -60).start(),
        until: days(today, -10).start(),
        reply: Some(line(&reply)?),
    })
}

/// What two associations answered.
pub(super) fn answers() -> anyhow::Result<Vec<Deed>> {
    let all = [
        (
            "Association de démonstration des familles",
            Lang::Fr,
            "Une seule liste de pièces, la même aux deux guichets, et un rendez-vous le samedi.",
        ),
        (
            "Demonstratievereniging Ouders en School",
            Lang::Nl,
            "Uitleg in het Nederlands en het Arabisch, en een bevestiging per brief.",
        ),
    ];
    let answer = |(organisation, lang, text): (&str, Lang, &str)| {
        Ok(Deed::Answer {
            answer: Answer {
                organisation: name(organisation)?,
                lang,
                text: text.parse()?,
            },
        })
    };
    all.into_iter().map(answer).collect()
}
