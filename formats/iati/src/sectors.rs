//! Sectors of the DAC that joint work between two administrations uses, in four languages.
//!
//! Source: code list `Sector` of the standard (OECD DAC purpose codes, five digits). The names are
//! short forms of ours, for screens; the list's own wording governs.

/// One sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Five digits.
    pub code: &'static str,
    /// French.
    pub fr: &'static str,
    /// Dutch.
    pub nl: &'static str,
    /// Arabic.
    pub ar: &'static str,
    /// English.
    pub en: &'static str,
}

/// The sectors, by code.
pub const SECTORS: &[Name] = &[
    name(
        "11110",
        "Politique et administration de l'éducation",
        "Onderwijsbeleid en -administratie",
        "سياسة التعليم وإدارته",
        "Education policy and administration",
    ),
    name(
        "11220",
        "Enseignement primaire",
        "Lager onderwijs",
        "التعليم الابتدائي",
        "Primary education",
    ),
    name(
        "11330",
        "Formation professionnelle",
        "Beroepsopleiding",
        "التكوين المهني",
        "Vocational training",
    ),
    name(
        "11420",
        "Enseignement supérieur",
        "Hoger onderwijs",
        "التعليم العالي",
        "Higher education",
    ),
    name(
        "12110",
        "Politique et administration de la santé",
        "Gezondheidsbeleid en -administratie",
        "سياسة الصحة وإدارتها",
        "Health policy and administration",
    ),
    name(
        "12220",
        "Soins de santé de base",
        "Basisgezondheidszorg",
        "الرعاية الصحية الأساسية",
        "Basic health care",
    ),
    name(
        "12340",
        "Santé mentale et bien-être",
        "Geestelijke gezondheid en welzijn",
        "الصحة النفسية والرفاه",
        "Mental health and well-being",
    ),
    name(
        "15110",
        "Politique et gestion du secteur public",
        "Beleid en beheer van de overheidssector",
        "سياسة القطاع العام وتدبيره",
        "Public sector policy and management",
    ),
    name(
        "15130",
        "Développement juridique et judiciaire",
        "Juridische en gerechtelijke ontwikkeling",
        "التطوير القانوني والقضائي",
        "Legal and judicial development",
    ),
    name(
        "15134",
        "Affaires judiciaires",
        "Gerechtelijke zaken",
        "الشؤون القضائية",
        "Judicial affairs",
    ),
    name(
        "15136",
        "Immigration",
        "Immigratie",
        "الهجرة الوافدة",
        "Immigration",
    ),
    name("15137", "Prisons", "Gevangenissen", "السجون", "Prisons"),
    name(
        "15150",
        "Participation démocratique et société civile",
        "Democratische participatie en maatschappelijk middenveld",
        "المشاركة الديمقراطية والمجتمع المدني",
        "Democratic participation and civil society",
    ),
    name(
        "15160",
        "Droits humains",
        "Mensenrechten",
        "حقوق الإنسان",
        "Human rights",
    ),
    name(
        "15170",
        "Organisations et institutions pour les droits des femmes",
        "Organisaties en instellingen voor vrouwenrechten",
        "منظمات ومؤسسات حقوق المرأة",
        "Women's rights organisations and institutions",
    ),
    name(
        "15180",
        "Lutte contre la violence envers les femmes et les filles",
        "Bestrijding van geweld tegen vrouwen en meisjes",
        "مكافحة العنف ضد النساء والفتيات",
        "Ending violence against women and girls",
    ),
    name(
        "15190",
        "Migration et mobilité ordonnées, sûres, régulières et responsables",
        "Ordelijke, veilige, reguliere en verantwoorde migratie en mobiliteit",
        "هجرة وتنقل منظمان وآمنان ونظاميان ومسؤولان",
        "Orderly, safe, regular and responsible migration and mobility",
    ),
    name(
        "15210",
        "Gestion et réforme du système de sécurité",
        "Beheer en hervorming van het veiligheidsapparaat",
        "تدبير منظومة الأمن وإصلاحها",
        "Security system management and reform",
    ),
    name(
        "15220",
        "Paix civile, prévention et règlement des conflits",
        "Civiele vredesopbouw, conflictpreventie en -oplossing",
        "بناء السلام المدني ومنع النزاعات وحلها",
        "Civilian peace-building, conflict prevention and resolution",
    ),
    name(
        "16010",
        "Protection sociale",
        "Sociale bescherming",
        "الحماية الاجتماعية",
        "Social protection",
    ),
    name(
        "16020",
        "Création d'emplois",
        "Werkgelegenheid",
        "إحداث فرص الشغل",
        "Employment creation",
    ),
    name(
        "16070",
        "Droits du travail",
        "Arbeidsrechten",
        "حقوق العمل",
        "Labour rights",
    ),
    name(
        "16080",
        "Dialogue social",
        "Sociale dialoog",
        "الحوار الاجتماعي",
        "Social dialogue",
    ),
    name(
        "43010",
        "Aide plurisectorielle",
        "Multisectorale hulp",
        "مساعدة متعددة القطاعات",
        "Multisector aid",
    ),
];

/// The sector with this code, if it is one of ours.
#[must_use]
pub fn sector(code: &str) -> Option<&'static Name> {
    SECTORS.iter().find(|name| name.code == code)
}

const fn name(
    code: &'static str,
    fr: &'static str,
    nl: &'static str,
    ar: &'static str,
    en: &'static str,
) -> Name {
    Name {
        code,
        fr,
        nl,
        ar,
        en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_named_in_every_language() {
        assert!(SECTORS.is_sorted_by(|a, b| a.code < b.code));
        for it in SECTORS {
            assert!(
                [it.fr, it.nl, it.ar, it.en]
                    .iter()
                    .all(|name| !name.is_empty())
            );
            assert!(
                it.ar.chars().all(|c| !c.is_ascii_alphabetic()),
                "{}",
                it.code
            );
        }
        assert_eq!(sector("16070").map(|name| name.en), Some("Labour rights"));
        assert_eq!(sector("15240"), None);
    }
}
