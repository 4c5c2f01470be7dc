//! Commitments of the demonstration: one for each way that a commitment can go.

use passerelle_service::joint::{Sector, Strand};

use super::words::{Four, Wording};

/// A commitment before it is offered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Promise {
    pub(super) words: Wording,
    /// Whether Rabat answers for it.
    pub(super) rabat: bool,
    pub(super) function: &'static str,
    pub(super) sector: Sector,
    pub(super) strand: Strand,
    pub(super) objective: Option<u8>,
    /// Days from today until it is due.
    pub(super) due: i32,
    pub(super) public: bool,
}

/// Kept, verified and public.
pub(super) const DIRECTORY: Promise = Promise {
    words: Wording {
        title: [
            "Annuaire commun des points de contact, par fonction",
            "Gezamenlijke gids van contactpunten, per functie",
            "دليل مشترك لنقط الاتصال حسب الوظيفة",
            "Common directory of contact points, by function",
        ],
        body: [
            "Dans chaque secteur une fonction et une adresse de service ; aucun nom de personne.",
            "In elke sector een functie en een dienstadres; geen persoonsnamen.",
            "في كل قطاع وظيفة وعنوان مصلحة، دون أي اسم شخصي.",
            "In each sector a function and the address of a service; no person's name.",
        ],
    },
    rabat: true,
    function: "Direction chargée de la coopération",
    sector: Sector::Interior,
    strand: Strand::Expertise,
    objective: Some(23),
    due: -30,
    public: true,
};

/// Under way; its due day was moved by agreement.
pub(super) const TRAINERS: Promise = Promise {
    words: Wording {
        title: [
            "Former des formateurs à la fraude documentaire",
            "Opleiders in documentfraude vormen",
            "تكوين مكونين في مجال تزوير الوثائق",
            "Train trainers on document fraud",
        ],
        body: [
            "Deux sessions de cinq jours, une dans chaque pays, pour vingt formateurs.",
            "Twee sessies van vijf dagen, één in elk land, voor twintig opleiders.",
            "دورتان من خمسة أيام، واحدة في كل بلد، لفائدة عشرين مكوناً.",
            "Two sessions of five days, one in each country, for twenty trainers.",
        ],
    },
    rabat: false,
    function: "Directie Grenzen en Documenten",
    sector: Sector::Interior,
    strand: Strand::Borders,
    objective: Some(11),
    due: -5,
    public: true,
};

/// Due and not done.
pub(super) const FIGURES: Promise = Promise {
    words: Wording {
        title: [
            "Statistiques comparables sur les trafics",
            "Vergelijkbare statistieken over smokkel",
            "إحصاءات قابلة للمقارنة حول التهريب",
            "Statistics on trafficking that compare",
        ],
        body: [
            "Un tableau commun de définitions, sans donnée de personne, et une première livraison.",
            "Een gemeenschappelijke tabel met definities, zonder persoonsgegevens, en een eerste levering.",
            "جدول مشترك للتعاريف، دون معطيات شخصية، وتسليم أول.",
            "A common table of definitions, without data on persons, and a first delivery.",
        ],
    },
    rabat: false,
    function: "Dienst Statistiek van Justitie",
    sector: Sector::Justice,
    strand: Strand::Security,
    objective: Some(10),
    due: -20,
    public: true,
};

/// Held up: a step before it was called off.
pub(super) const LEAFLET: Promise = Promise {
    words: Wording {
        title: [
            "Informer les migrants sur l'accès aux soins",
            "Migranten informeren over toegang tot zorg",
            "إعلام المهاجرين بشأن الولوج إلى العلاجات",
            "Tell migrants how to reach health care",
        ],
        body: [
            "Un dépliant en quatre langues dans les centres de santé des deux pays.",
            "Een folder in vier talen in de gezondheidscentra van beide landen.",
            "مطوية بأربع لغات في المراكز الصحية للبلدين.",
            "A leaflet in four languages in health centres of both countries.",
        ],
    },
    rabat: true,
    function: "Direction de la population, ministère de la Santé",
    sector: Sector::Health,
    strand: Strand::Migration,
    objective: Some(15),
    due: 60,
    public: true,
};

/// Rejected with a reason, then agreed in another form.
pub(super) const SKILLS: Promise = Promise {
    words: Wording {
        title: [
            "Reconnaître les compétences professionnelles : essai dans deux métiers",
            "Beroepscompetenties erkennen: proef in twee beroepen",
            "الاعتراف بالكفاءات المهنية: تجربة في مهنتين",
            "Recognise vocational skills: a trial in two trades",
        ],
        body: [
            "Les organismes de formation comparent leurs référentiels dans le bâtiment et la restauration.",
            "De opleidingsinstellingen vergelijken hun referentiekaders in de bouw en de horeca.",
            "تقارن مؤسسات التكوين مرجعياتها في البناء والمطعمة.",
            "Training bodies compare their standards in building and catering.",
        ],
    },
    rabat: true,
    function: "Office de la formation professionnelle",
    sector: Sector::Labour,
    strand: Strand::Migration,
    objective: Some(18),
    due: 75,
    public: true,
};

/// What was asked instead of [`SKILLS`].
pub(super) const SKILLS_CHANGE: Four = [
    "Donner six mois de plus, et dire quels organismes belges sont associés.",
    "Zes maanden langer, en zeggen welke Belgische instellingen meedoen.",
    "تمديد الأجل بستة أشهر، مع ذكر المؤسسات البلجيكية المشاركة.",
    "Give six months more, and say which Belgian bodies take part.",
];

/// The text that came of it.
pub(super) const SKILLS_AGAIN: Four = [
    "Les organismes de formation des deux pays, dont ceux des trois Régions belges, comparent leurs référentiels dans le bâtiment et la restauration.",
    "De opleidingsinstellingen van beide landen, ook die van de drie Belgische Gewesten, vergelijken hun referentiekaders in de bouw en de horeca.",
    "تقارن مؤسسات التكوين في البلدين، بما فيها مؤسسات الجهات البلجيكية الثلاث، مرجعياتها في البناء والمطعمة.",
    "Training bodies of both countries, those of the three Belgian Regions among them, compare their standards in building and catering.",
];

/// Agreed with a reservation; not begun and due soon.
pub(super) const SCHOOLS: Promise = Promise {
    words: Wording {
        title: [
            "Échanger des pratiques évaluées de prévention à l'école",
            "Geëvalueerde preventiepraktijken op school uitwisselen",
            "تبادل ممارسات وقائية مقيّمة في المدرسة",
            "Exchange evaluated practices of prevention at school",
        ],
        body: [
            "Chaque partie décrit trois pratiques avec leur évaluation ; l'autre les relit.",
            "Elke partij beschrijft drie praktijken met hun evaluatie; de andere leest ze na.",
            "يصف كل طرف ثلاث ممارسات مع تقييمها، ويراجعها الطرف الآخر.",
            "Each party describes three practices with their evaluation; the other reviews them.",
        ],
    },
    rabat: false,
    function: "Coördinatie preventie van radicalisering",
    sector: Sector::Education,
    strand: Strand::Prevention,
    objective: None,
    due: 25,
    public: true,
};

/// The reservation on [`SCHOOLS`].
pub(super) const SCHOOLS_RESERVATION: Four = [
    "L'enseignement relève des Communautés : leur accord est réservé.",
    "Onderwijs is een bevoegdheid van de Gemeenschappen: hun instemming blijft voorbehouden.",
    "التعليم من اختصاص الجماعات اللغوية: تبقى موافقتها محفوظة.",
    "Education belongs to the Communities: their agreement is reserved.",
];

/// Waits for the signature of Brussels.
pub(super) const VICTIMS: Promise = Promise {
    words: Wording {
        title: [
            "Accompagner la réinsertion : un parcours d'appui aux familles",
            "Re-integratie begeleiden: een ondersteuningstraject voor gezinnen",
            "مواكبة إعادة الإدماج: مسار لدعم الأسر",
            "Help reintegration along: a path of support for families",
        ],
        body: [
            "Un guide commun pour les services sociaux ; seuls des agrégats sont échangés.",
            "Een gemeenschappelijke gids voor de sociale diensten; alleen geaggregeerde cijfers worden uitgewisseld.",
            "دليل مشترك للمصالح الاجتماعية، ولا تُتبادل سوى معطيات مجمّعة.",
            "A common guide for social services; only aggregates are exchanged.",
        ],
    },
    rabat: true,
    function: "Direction de l'action sociale",
    sector: Sector::Social,
    strand: Strand::Reintegration,
    objective: Some(7),
    due: 300,
    public: false,
};

/// Waits for the signature of Rabat.
pub(super) const DESKS: Promise = Promise {
    words: Wording {
        title: [
            "La même information aux guichets consulaires des deux pays",
            "Dezelfde informatie aan de consulaire loketten van beide landen",
            "المعلومة نفسها في الشبابيك القنصلية للبلدين",
            "The same information at consular desks of both countries",
        ],
        body: [
            "Une fiche commune par démarche, relue deux fois par an.",
            "Eén gezamenlijke fiche per procedure, tweemaal per jaar nagelezen.",
            "بطاقة مشتركة لكل إجراء، تُراجع مرتين في السنة.",
            "One common sheet for each procedure, reviewed twice a year.",
        ],
    },
    rabat: false,
    function: "Directie Consulaire Zaken",
    sector: Sector::Foreign,
    strand: Strand::Migration,
    objective: Some(14),
    due: 240,
    public: true,
};

/// Agreed, then objected to.
pub(super) const FORUM: Promise = Promise {
    words: Wording {
        title: [
            "Un forum annuel des associations de la diaspora",
            "Een jaarlijks forum van diasporaverenigingen",
            "منتدى سنوي لجمعيات الجالية",
            "A yearly forum of associations of the diaspora",
        ],
        body: [
            "Une journée, en alternance à Bruxelles et à Rabat, ouverte aux associations inscrites.",
            "Eén dag, afwisselend in Brussel en Rabat, open voor ingeschreven verenigingen.",
            "يوم واحد بالتناوب بين بروكسل والرباط، مفتوح للجمعيات المسجلة.",
            "One day, in Brussels and Rabat by turns, open to associations that register.",
        ],
    },
    rabat: false,
    function: "Dienst Gelijke Kansen",
    sector: Sector::Culture,
    strand: Strand::Diaspora,
    objective: Some(19),
    due: 150,
    public: true,
};

/// The objection to [`FORUM`].
pub(super) const FORUM_OBJECTION: Four = [
    "La date retenue tombe pendant le Ramadan ; elle doit être revue.",
    "De gekozen datum valt in de ramadan; zij moet worden herzien.",
    "الموعد المحدد يوافق شهر رمضان، وينبغي مراجعته.",
    "The chosen date falls in Ramadan; it must be looked at again.",
];

/// Reported done; the other side has not verified it yet.
pub(super) const GUIDE: Promise = Promise {
    words: Wording {
        title: [
            "Guide commun de protection des données pour le groupe",
            "Gezamenlijke gids gegevensbescherming voor de groep",
            "دليل مشترك لحماية المعطيات الخاصة بالمجموعة",
            "Common guide to data protection for the group",
        ],
        body: [
            "Ce qui se partage, ce qui ne se partage pas, et qui le contrôle.",
            "Wat gedeeld wordt, wat niet, en wie daarop toeziet.",
            "ما يُتقاسم وما لا يُتقاسم ومن يراقب ذلك.",
            "What is shared, what is not, and who supervises it.",
        ],
    },
    rabat: true,
    function: "Délégation à la protection des données",
    sector: Sector::Rights,
    strand: Strand::Institutions,
    objective: Some(1),
    due: 45,
    public: true,
};
