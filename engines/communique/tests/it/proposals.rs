//! What is proposed, and what is not.

use passerelle_communique::{
    Language, LeftOutReason, Missing, Nature, PartyBy, Strength, Who, blocks_of, read,
};

use crate::Read;

fn judged(text: &str) -> (Nature, Strength, Who) {
    let read = Read::new(text);
    let one = read.only();
    (one.nature, one.strength, one.responsible.who)
}

#[test]
fn the_verb_says_how_strongly() {
    use Nature::{Commitment, Decision, Information, Statement};
    use Strength::{
        Agreed, Calls, Examines, Intends, Notes, Reaffirms, Stresses, Undertakes, Welcomes,
    };
    let cases = [
        (
            "Les deux parties ont convenu de créer une équipe.",
            Commitment,
            Agreed,
        ),
        (
            "Les deux parties sont convenues d'examiner la création d'une équipe.",
            Commitment,
            Examines,
        ),
        (
            "Les deux parties n'ont pas convenu de la création d'une équipe.",
            Information,
            Notes,
        ),
        (
            "Les deux parties avaient convenu de la création d'une équipe.",
            Information,
            Notes,
        ),
        (
            "Les deux parties ont décidé de créer une équipe.",
            Decision,
            Agreed,
        ),
        (
            "Les deux parties s'engagent à créer une équipe.",
            Commitment,
            Undertakes,
        ),
        (
            "Les deux parties entendent créer une équipe.",
            Commitment,
            Intends,
        ),
        (
            "Les deux parties ont réaffirmé l'importance de la police.",
            Statement,
            Reaffirms,
        ),
        (
            "Beide landen spraken af om een ploeg op te richten.",
            Commitment,
            Agreed,
        ),
        (
            "Beide landen zullen nagaan of een ploeg mogelijk is.",
            Commitment,
            Examines,
        ),
        (
            "Beide landen zijn niet overeengekomen om een ploeg op te richten.",
            Information,
            Notes,
        ),
        (
            "Beide landen verwelkomen de oprichting van een ploeg.",
            Statement,
            Welcomes,
        ),
        (
            "Both sides agreed to set up a team of the police.",
            Commitment,
            Agreed,
        ),
        (
            "Both sides agreed to explore the idea of a team.",
            Commitment,
            Examines,
        ),
        (
            "Both sides have not agreed on the idea of a team.",
            Information,
            Notes,
        ),
        (
            "Both sides intend to sign the text of the protocol.",
            Commitment,
            Intends,
        ),
        ("Both sides requested the list of visas.", Statement, Calls),
        (
            "Both sides called for the release of the funds.",
            Statement,
            Calls,
        ),
        (
            "اتفق الجانبان على إحداث فريق من الخبراء.",
            Commitment,
            Agreed,
        ),
        (
            "اتفق الجانبان على دراسة إحداث فريق من الخبراء.",
            Commitment,
            Examines,
        ),
        (
            "أكد الجانبان على أهمية إحداث فريق من الخبراء.",
            Statement,
            Stresses,
        ),
        ("رحب الجانبان بإحداث فريق من الخبراء.", Statement, Welcomes),
    ];
    for (text, nature, strength) in cases {
        assert_eq!(judged(text), (nature, strength, Who::Both), "{text}");
    }
}

#[test]
fn vowel_signs_tatweel_and_hamza_make_no_other_word() {
    let text = "اتَّفَقَ الجـــانبان علَى إحداثِ فريقٍ من الخبراء.";
    assert_eq!(
        judged(text),
        (Nature::Commitment, Strength::Agreed, Who::Both)
    );
}

#[test]
fn the_subject_is_responsible() {
    let cases = [
        (
            "La Belgique transmettra la liste des experts de la police.",
            Who::One("BE"),
        ),
        (
            "La liste des experts sera transmise par la partie marocaine.",
            Who::One("MA"),
        ),
        (
            "La Belgique et le Maroc ont convenu de créer une équipe.",
            Who::Both,
        ),
        (
            "Nederland verbindt zich ertoe een deskundige te sturen.",
            Who::One("NL"),
        ),
        (
            "The Jordanian side undertook to send an expert to the seminar.",
            Who::One("JO"),
        ),
        (
            "تعهد الجانب البلجيكي بتكوين خبراء من الشرطة.",
            Who::One("BE"),
        ),
        (
            "المغرب سيرسل لائحة الخبراء إلى الجانب الإسباني.",
            Who::One("MA"),
        ),
        (
            "Il est convenu que la liste soit prête avant le mois de mai.",
            Who::Both,
        ),
        (
            "Action : diffuser la liste des contacts (responsable : DGSN).",
            Who::Named,
        ),
        (
            "L'Office des étrangers transmettra la liste des experts.",
            Who::Named,
        ),
        (
            "Décision : publier la liste des contacts de la police.",
            Who::Unclear,
        ),
    ];
    for (text, who) in cases {
        assert_eq!(judged(text).2, who, "{text}");
    }
}

#[test]
fn what_is_missing_is_said() {
    let missing = |text: &str| Read::new(text).only().missing.clone();
    use Missing::{Date, Indicator, Owner};
    assert_eq!(
        missing("Décision : publier la liste des contacts."),
        [Date, Owner, Indicator]
    );
    assert_eq!(
        missing("Décision n° 3 : publier la liste avant le 1er mai 2024."),
        [Owner, Indicator]
    );
    assert_eq!(
        missing("La Belgique formera 40 agents avant le 1er mai 2024."),
        []
    );
    assert_eq!(
        missing("La Belgique formera 40 agents de la police."),
        [Date]
    );
    assert_eq!(
        missing("Les deux parties ont convenu de créer une équipe."),
        [Date, Indicator]
    );
    assert_eq!(missing("Both sides welcomed the report on the police."), []);
}

#[test]
fn times_are_read_in_words_too() {
    let cases = [
        (
            "La Belgique formera des agents dans un délai de trois mois.",
            "dans un délai de trois mois",
        ),
        (
            "La Belgique formera des agents d'ici la fin de l'année 2025.",
            "d'ici la fin de l'année 2025",
        ),
        (
            "België zal de lijst sturen binnen zes weken na de vergadering.",
            "binnen zes weken",
        ),
        (
            "Germany will send the list by the end of the year to the other side.",
            "by the end of the year",
        ),
        (
            "سترسل بلجيكا اللائحة في غضون ثلاثة أشهر من الاجتماع.",
            "في غضون ثلاثة أشهر",
        ),
    ];
    for (text, due) in cases {
        let read = Read::new(text);
        assert_eq!(read.text(read.only().due.unwrap().found), due, "{text}");
    }
}

#[test]
fn a_future_of_purpose_promises_nothing() {
    for text in [
        "Ce groupe permettra de mener des actions coordonnées pour les deux pays.",
        "This group will allow better coordination between the services of the two countries.",
        "De werkgroep zal bijdragen aan de veiligheid van de twee landen.",
        "L'ordre du jour est adopté.",
        "Les ministres se sont rencontrés dans la salle de la mairie.",
    ] {
        let found = Read::new(text).reading.candidates;
        assert!(
            found.iter().all(|one| one.nature > Nature::Commitment),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn every_reason_is_an_entry_and_a_place() {
    let read = Read::new("Les deux parties ont convenu de créer une équipe.");
    let why = read.only().why[0];
    assert_eq!((why.table, read.text(why.found)), ("verbs", "convenu"));
    assert!(why.entry.contains("convenu"));
}

#[test]
fn a_line_under_results_is_one_and_keeps_its_heading_as_reason() {
    let read =
        Read::new("2. Afspraken\n\n- Ghana levert een lijst van grensposten aan de partner.\n");
    let one = read.only();
    assert_eq!(
        (one.nature, one.responsible.who),
        (Nature::Commitment, Who::One("GH"))
    );
    assert_eq!(
        (one.why[0].table, read.text(one.why[0].found)),
        ("heading", "Afspraken")
    );
    assert_eq!(one.verb, None);
}

#[test]
fn items_take_owner_and_verb_from_the_line_that_opens_the_list() {
    let text = "Les deux ministres :\n- ont convenu de créer une équipe ;\n- saluent la police.\n";
    let read = Read::new(text);
    let strengths = read
        .reading
        .candidates
        .iter()
        .map(|one| (one.strength, one.responsible.who));
    let wanted = [
        (Strength::Agreed, Who::Both),
        (Strength::Welcomes, Who::Both),
    ];
    assert!(strengths.eq(wanted), "{:?}", read.reading.candidates);
    let text =
        "The parties agreed on the following:\n- one point of contact each;\n- a yearly visit.\n";
    let read = Read::new(text);
    assert_eq!(
        read.reading.candidates.len(),
        2,
        "the line that opens the list is none"
    );
    assert!(
        read.reading
            .candidates
            .iter()
            .all(|one| one.strength == Strength::Agreed)
    );
    assert_eq!(
        read.text(read.reading.candidates[1].why[0].found),
        "agreed on"
    );
}

#[test]
fn an_owner_on_a_line_of_its_own_belongs_to_the_line_before() {
    let read =
        Read::new("Decision 1: publish the list of contacts.\nResponsible: Immigration Office\n");
    let one = read.only();
    assert_eq!(one.responsible.who, Who::Named);
    assert_eq!(read.text(one.responsible.words[0]), "Immigration Office");
    assert!(!one.missing.contains(&Missing::Owner));
}

#[test]
fn functions_keep_their_portfolios_and_names_their_particles() {
    let cases = [
        (
            "La ministre de l'Intérieur, des Réformes institutionnelles et du Renouveau démocratique, \
             Mme Ann Van den Berg, a reçu la presse.",
            "ministre de l'Intérieur, des Réformes institutionnelles et du Renouveau démocratique \
             | Ann Van den Berg | ",
        ),
        (
            "De minister van Binnenlandse Zaken, Institutionele Hervormingen en Democratische \
             Vernieuwing, Jan de Wit, sprak met de pers.",
            "minister van Binnenlandse Zaken, Institutionele Hervormingen en Democratische \
             Vernieuwing | Jan de Wit | ",
        ),
        (
            "The Wali, Secretary General of the Ministry of the Interior, Mr. Omar El Idrissi, met \
             the press in the town.",
            "Wali, Secretary General of the Ministry of the Interior | Omar El Idrissi | ",
        ),
        (
            "استقبل وزير الداخلية، السيد محمد بن علي، الصحافة.",
            "وزير الداخلية | محمد بن علي | ",
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(Read::new(text).delegates(), [wanted]);
    }
}

#[test]
fn a_state_that_only_the_place_tells_is_marked_so() {
    let text = "Le ministre de l'Intérieur, M. Ali Amrani, a reçu à Rabat la ministre belge de la \
                Justice, Mme Ann Claes.";
    let read = Read::new(text);
    let by: Vec<_> = read
        .reading
        .meeting
        .delegates
        .iter()
        .map(|one| one.party)
        .collect();
    assert_eq!(
        by,
        [Some(("MA", PartyBy::Host)), Some(("BE", PartyBy::Named))]
    );
}

#[test]
fn abbreviations_initials_and_numbers_end_no_sentence() {
    let text = "M. A. Dupont a vu Mme. Claes le 15.04.2024 à l'art. 3 du texte. Ils ont convenu de \
                « créer une équipe. » Elle sera mixte.";
    let read = Read::new(text);
    assert_eq!(
        read.reading.sentences.len(),
        3,
        "{:?}",
        read.reading.sentences
    );
    assert!(read.sentence(1).ends_with("équipe. »"));
    let arabic = Read::new("هل اتفق الجانبان؟ نعم، اتفق الجانبان على النص؛ وهو قصير.");
    assert_eq!(arabic.reading.sentences.len(), 2);
}

#[test]
fn a_page_is_left_out_where_it_is_no_text() {
    use LeftOutReason::{Legal, Menu, ReadAlso, Share, Subscribe};
    let page = "Accueil\nActualités\nNos régions\nContact\n\nPartager sur Facebook\n\nLes deux parties \
                ont convenu de créer une équipe.\n\nS'abonner à la newsletter\nLire aussi\nUn match \
                mémorable au stade\nTous droits réservés\n";
    let read = Read::new(page);
    let left: Vec<_> = read.reading.left_out.iter().map(|one| one.reason).collect();
    assert_eq!(
        left,
        [
            Menu, Menu, Menu, Menu, Share, Subscribe, ReadAlso, ReadAlso, Legal
        ]
    );
    assert_eq!(read.only().responsible.who, Who::Both);
}

#[test]
fn a_text_that_speaks_of_sharing_and_of_cookies_is_a_text() {
    for text in [
        "Both sides agreed to share news on Facebook.",
        "Les deux parties ont décidé de partager les cookies.",
    ] {
        assert!(Read::new(text).reading.left_out.is_empty(), "{text}");
    }
}

#[test]
fn lines_that_only_the_margin_broke_are_one_block() {
    let text = "Les deux parties ont convenu, au terme d'un échange long et franc,\nde créer une \
                équipe avant le 1er mai 2024.\nElles ont salué la police.\n";
    let blocks = blocks_of(text);
    assert_eq!(blocks.len(), 2);
    for (at, block) in blocks {
        assert_eq!(text.get(at..at + block.text.len()), Some(block.text));
    }
}

#[test]
fn a_bilingual_text_is_read_in_both() {
    let text = "Les deux parties ont convenu de créer une équipe de la police.\n\nBeide partijen zijn \
                overeengekomen om een ploeg van de politie op te richten.\n\nاتفق الجانبان على إحداث \
                فريق من الشرطة.\n";
    let read = Read::new(text);
    assert_eq!(read.reading.candidates.len(), 3);
}

#[test]
fn a_language_that_a_person_gives_is_taken() {
    let blocks: Vec<_> = blocks_of("Décision : visa.")
        .into_iter()
        .map(|(_, block)| block)
        .collect();
    let reading = read(&blocks, Some(Language::French)).unwrap();
    assert_eq!(reading.language, Some(Language::French));
}
