//! What the joint group of the demonstration says, in our own words: French, Dutch, Arabic and
//! English of each text. Written for this demonstration from what both states made public on
//! 15 April 2024; nothing here was agreed by anybody.

/// One text in the four languages: French, Dutch, Arabic, English.
pub(super) type Four = [&'static str; 4];

/// A title and what stands below it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording {
    pub(super) title: Four,
    pub(super) body: Four,
}

/// Stands below every text.
pub(super) const NOTE: Four = [
    "Texte de démonstration : aucune administration ne l'a adopté.",
    "Demonstratietekst: geen enkele administratie heeft hem aangenomen.",
    "نص توضيحي: لم تعتمده أي إدارة.",
    "Text of a demonstration: no administration has adopted it.",
];

pub(super) const MANDATE: Wording = Wording {
    title: [
        "Groupe Migratoire Mixte Permanent : mandat et façon de travailler",
        "Permanente Gemengde Migratiegroep: opdracht en werkwijze",
        "المجموعة المختلطة الدائمة للهجرة: المهمة وطريقة العمل",
        "Permanent Joint Migration Group: mandate and way of working",
    ],
    body: [
        "Le groupe réunit les secteurs concernés deux fois par an. Chaque engagement a un responsable, une échéance et une mesure. L'autre partie, et elle seule, constate qu'il est tenu. Aucun dossier individuel n'y est traité.",
        "De groep brengt de betrokken sectoren tweemaal per jaar samen. Elke verbintenis heeft een verantwoordelijke, een termijn en een maatstaf. Alleen de andere partij stelt vast dat zij is nagekomen. Individuele dossiers worden er niet behandeld.",
        "تجمع المجموعة القطاعات المعنية مرتين في السنة. لكل التزام جهة مسؤولة وأجل ومقياس، والطرف الآخر وحده هو من يعاين الوفاء به. ولا تُعالج فيها أي ملفات فردية.",
        "The group brings the sectors together twice a year. Each commitment has somebody who answers for it, a due date and a measure. Only the other party finds that it is kept. No individual file is dealt with here.",
    ],
};

pub(super) const MEETING: Wording = Wording {
    title: [
        "Rencontre ministérielle, Rabat, 15 avril 2024",
        "Ministeriële ontmoeting, Rabat, 15 april 2024",
        "لقاء وزاري، الرباط، 15 أبريل 2024",
        "Ministerial meeting, Rabat, 15 April 2024",
    ],
    body: [
        "Revue des sujets communs : anticipation des menaces, trafics, prévention, migration, diaspora.",
        "Overzicht van de gemeenschappelijke onderwerpen: vooruitlopen op dreigingen, smokkel, preventie, migratie, diaspora.",
        "استعراض القضايا المشتركة: استباق التهديدات، والتهريب، والوقاية، والهجرة، والجالية.",
        "Review of common topics: anticipating threats, trafficking, prevention, migration, diaspora.",
    ],
};

pub(super) const ITEM_EXPERTISE: Wording = Wording {
    title: [
        "Expertise et information : mieux anticiper",
        "Expertise en informatie: beter vooruitzien",
        "الخبرة والمعلومات: من أجل استباق أفضل",
        "Expertise and information: seeing ahead",
    ],
    body: [
        "Quels canaux entre services, pour quels sujets, avec quel délai de réponse ?",
        "Welke kanalen tussen diensten, voor welke onderwerpen, met welke antwoordtermijn?",
        "ما القنوات بين المصالح، ولأي مواضيع، وبأي أجل للرد؟",
        "Which channels between services, for which topics, answered how fast?",
    ],
};

pub(super) const ITEM_BORDERS: Wording = Wording {
    title: [
        "Trafics d'un pays à l'autre",
        "Smokkel van het ene land naar het andere",
        "التهريب من بلد إلى آخر",
        "Trafficking from one country to another",
    ],
    body: [
        "Tendances observées, statistiques comparables, fraude aux documents.",
        "Waargenomen tendensen, vergelijkbare statistieken, documentfraude.",
        "الاتجاهات الملاحظة، وإحصاءات قابلة للمقارنة، وتزوير الوثائق.",
        "Trends seen, statistics that compare, document fraud.",
    ],
};

pub(super) const ITEM_PREVENTION: Wording = Wording {
    title: [
        "Prévenir la radicalisation, réussir la réinsertion",
        "Radicalisering voorkomen, re-integratie doen slagen",
        "الوقاية من التطرف وإنجاح إعادة الإدماج",
        "Preventing radicalisation, making reintegration work",
    ],
    body: [
        "Programmes et pratiques évaluées ; jamais de liste de participants.",
        "Programma's en geëvalueerde praktijken; nooit een lijst van deelnemers.",
        "برامج وممارسات خضعت للتقييم، دون أي لائحة للمشاركين.",
        "Programmes and evaluated practices; never a list of participants.",
    ],
};

pub(super) const ITEM_MIGRATION: Wording = Wording {
    title: [
        "Le migrant au centre : actions coordonnées du groupe",
        "De migrant centraal: gecoördineerde acties van de groep",
        "المهاجر في صلب الاهتمام: إجراءات منسقة للمجموعة",
        "The migrant at the centre: coordinated actions of the group",
    ],
    body: [
        "Santé, travail, formation, état civil : qui fait quoi, et pour quand.",
        "Gezondheid, werk, opleiding, burgerlijke stand: wie doet wat, en tegen wanneer.",
        "الصحة والعمل والتكوين والحالة المدنية: من يقوم بماذا، ومتى.",
        "Health, work, training, civil status: who does what, and by when.",
    ],
};

pub(super) const ITEM_DIASPORA: Wording = Wording {
    title: [
        "La diaspora, un pont entre les deux pays",
        "De diaspora, een brug tussen beide landen",
        "الجالية جسر بين البلدين",
        "The diaspora, a bridge between both countries",
    ],
    body: [
        "Consulter les associations, accueillir les compétences offertes.",
        "Verenigingen raadplegen, aangeboden competenties verwelkomen.",
        "استشارة الجمعيات والترحيب بالكفاءات المعروضة.",
        "Consulting associations, welcoming the skills they offer.",
    ],
};

pub(super) const TOPIC_ROUTES: Wording = Wording {
    title: [
        "Réseaux de trafic transfrontaliers",
        "Grensoverschrijdende smokkelnetwerken",
        "شبكات التهريب العابرة للحدود",
        "Cross-border trafficking networks",
    ],
    body: [
        "Comment évoluent les routes et les moyens, vus de chaque capitale.",
        "Hoe routes en middelen evolueren, gezien vanuit elke hoofdstad.",
        "كيف تتطور المسالك والوسائل كما تُرى من كل عاصمة.",
        "How routes and means change, seen from each capital.",
    ],
};

pub(super) const TOPIC_ONLINE: Wording = Wording {
    title: [
        "Radicalisation en ligne de publics jeunes",
        "Onlineradicalisering van jonge doelgroepen",
        "التطرف عبر الإنترنت لدى الفئات الشابة",
        "Online radicalisation of young audiences",
    ],
    body: [
        "Portée des contenus et effet des programmes de prévention.",
        "Bereik van de inhoud en effect van preventieprogramma's.",
        "مدى انتشار المحتويات وأثر برامج الوقاية.",
        "Reach of content and effect of prevention programmes.",
    ],
};

pub(super) const TOPIC_SEASONS: Wording = Wording {
    title: [
        "Pressions saisonnières sur les routes migratoires",
        "Seizoensdruk op de migratieroutes",
        "الضغوط الموسمية على مسالك الهجرة",
        "Seasonal pressure on migration routes",
    ],
    body: [
        "Accueil, soins et information aux périodes de forte affluence.",
        "Opvang, zorg en informatie in drukke perioden.",
        "الاستقبال والرعاية والإعلام في فترات الذروة.",
        "Reception, care and information in busy periods.",
    ],
};

pub(super) const WHY_ROUTES_RABAT: Four = [
    "Deux saisons de statistiques montrent un déplacement vers les colis.",
    "Twee seizoenen statistieken tonen een verschuiving naar pakketten.",
    "تُظهر إحصاءات موسمين انتقالاً نحو الطرود.",
    "Two seasons of statistics show a shift to parcels.",
];

pub(super) const WHY_ROUTES_BRUSSELS: Four = [
    "Les ports voient moins de conteneurs et plus de petits envois.",
    "De havens zien minder containers en meer kleine zendingen.",
    "تلاحظ الموانئ عدداً أقل من الحاويات وإرساليات صغيرة أكثر.",
    "Ports see fewer containers and more small consignments.",
];

pub(super) const WHY_ONLINE_RABAT: Four = [
    "Les campagnes scolaires ont fait baisser l'audience des contenus suivis.",
    "Schoolcampagnes deden het publiek van de gevolgde inhoud dalen.",
    "خفضت الحملات المدرسية جمهور المحتويات المرصودة.",
    "School campaigns lowered the audience of the content that is watched.",
];

pub(super) const WHY_ONLINE_BRUSSELS: Four = [
    "De nouveaux formats courts échappent aux programmes en place.",
    "Nieuwe korte formaten ontsnappen aan de bestaande programma's.",
    "تفلت الصيغ القصيرة الجديدة من البرامج القائمة.",
    "New short formats escape the programmes in place.",
];

pub(super) const DECISION_CHANNEL: Wording = Wording {
    title: [
        "Ouvrir un canal d'échange d'expertise entre les deux ministères",
        "Een kanaal voor uitwisseling van expertise tussen beide ministeries openen",
        "فتح قناة لتبادل الخبرات بين الوزارتين",
        "Open a channel for exchange of expertise between both ministries",
    ],
    body: [
        "Chaque ministère désigne une fonction qui répond aux demandes d'expertise dans les cinq jours ouvrables.",
        "Elk ministerie wijst een functie aan die binnen vijf werkdagen op vragen naar expertise antwoordt.",
        "تعيّن كل وزارة وظيفة ترد على طلبات الخبرة في غضون خمسة أيام عمل.",
        "Each ministry names a function that answers requests for expertise within five working days.",
    ],
};

pub(super) const DECISION_PLAN: Wording = Wording {
    title: [
        "Donner au groupe un programme de travail de deux ans",
        "De groep een werkprogramma van twee jaar geven",
        "تزويد المجموعة ببرنامج عمل لسنتين",
        "Give the group a work programme of two years",
    ],
    body: [
        "Le programme suit les secteurs et les objectifs du Pacte mondial ; il est revu à chaque réunion plénière.",
        "Het programma volgt de sectoren en de doelstellingen van het Mondiaal Pact; het wordt op elke plenaire vergadering herzien.",
        "يتبع البرنامج القطاعات وأهداف الميثاق العالمي، ويُراجع في كل اجتماع عام.",
        "The programme follows sectors and the objectives of the Global Compact; each plenary reviews it.",
    ],
};

pub(super) const COMMUNIQUE: Wording = Wording {
    title: [
        "Communiqué commun : premiers engagements du groupe",
        "Gezamenlijk communiqué: eerste verbintenissen van de groep",
        "بلاغ مشترك: أولى التزامات المجموعة",
        "Joint communiqué: first commitments of the group",
    ],
    body: [
        "Les deux parties ont arrêté leurs premiers engagements et les suivent ensemble. L'annuaire des points de contact est en service.",
        "Beide partijen hebben hun eerste verbintenissen vastgelegd en volgen ze samen op. De gids van contactpunten is in gebruik.",
        "حدد الطرفان التزاماتهما الأولى ويتابعانها معاً. ودليل نقط الاتصال أصبح قيد العمل.",
        "Both parties have settled their first commitments and follow them up together. The directory of contact points is in use.",
    ],
};
