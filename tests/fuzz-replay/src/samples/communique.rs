//! Files for communiqués and minutes.

use super::{Sample, World, bad, choosing, good};

const FRENCH: &str = "Accueil\nActualités\nContact\n\nLe ministre de l'Intérieur, M. Ali Amrani, a reçu \
    lundi 15 avril 2024 à Rabat la ministre belge de l'Intérieur, Mme Ann Claes. Ils ont convenu de \
    créer une équipe avant le 31 mai.\n\nLire aussi\nMétéo\n";
const DUTCH: &str = "Datum: 3 oktober 2023\nAanwezig voor België:\n- Joris Claes, Directeur-generaal\n\n\
    2. Afspraken\n1. België bezorgt de lijst binnen drie maanden.\nBeide landen kwamen vandaag overeen.\n";
const ENGLISH: &str = "Rania Khatib | Director | Jordan\nDecision 1: Both sides agreed to explore 3 \
    patrols.\nResponsible: Border Unit\nThe parties have not agreed by 2024-04-15.\n";
const ARABIC: &str = "استقبل وزير الداخلية، السيد محمد بن علي، يوم ١٥ نيسان/أبريل ٢٠٢٤ بالرباط، نظيره \
    البلجيكي. واتفق الجانبان على إحداث فريق قبل متم شتنبر.\n\nاقرأ أيضا\n";

pub(crate) fn text(_: &World) -> Vec<Sample> {
    let mixed = format!("{FRENCH}\n{DUTCH}\n{ENGLISH}\n{ARABIC}");
    let plain = vec![
        good("french", FRENCH),
        good("dutch", DUTCH),
        good("english", ENGLISH),
        good("arabic", ARABIC),
        good("mixed", mixed),
        good(
            "menus",
            "Home\nNews\nAbout us\nContact\nShare on Facebook\n",
        ),
        good("other-language", "Die beiden Minister haben sich geeinigt."),
        good(
            "directions",
            "Les par\u{202e}ties ont con\u{200b}venu de cr\u{640}éer.",
        ),
        good(
            "no-full-stop",
            "les deux parties ont convenu de ".repeat(40),
        ),
        good("gaps", "kwamen ".repeat(60)),
        good(
            "capitals",
            "Minister van Zaken, A B C D, E en F ".repeat(10),
        ),
        bad("no-letter", "12.04.2024 – « »"),
        bad("empty", ""),
        bad("not-utf8", [b'A', 9, 0xff]),
    ];
    let mut samples = choosing(9, plain);
    samples.extend(choosing(0, vec![good("french-known", "Décision : visa.")]));
    samples.extend(choosing(3, vec![good("arabic-known", "Décision : visa.")]));
    samples
}
