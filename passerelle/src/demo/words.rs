//! What the demonstration says, in four languages.

use passerelle_model::Lang;

/// One phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Say {
    Warning,
    Nodes,
    Read,
    Pair,
    Agreement,
    Send,
    Receipts,
    Recall,
    Group,
    Equal,
    Verified,
    Open,
    Public,
    CtrlC,
}

impl Say {
    /// The phrase in `lang`.
    pub(super) fn in_lang(self, lang: Lang) -> &'static str {
        let [fr, nl, ar, en] = PHRASES.get(self as usize).copied().unwrap_or_default();
        match lang {
            Lang::Fr => fr,
            Lang::Nl => nl,
            Lang::Ar => ar,
            Lang::En => en,
        }
    }
}

/// French, Dutch, Arabic and English of each phrase, in the order of [`Say`].
const PHRASES: [[&str; 4]; 14] = [
    [
        "Démonstration : les clés de ces deux nœuds reposent à côté de leurs données. N'y mettez rien de vrai.",
        "Demonstratie: de sleutels van deze twee knooppunten liggen naast hun gegevens. Zet er niets echts in.",
        "عرض توضيحي: مفاتيح العقدتين موجودة بجانب بياناتهما. لا تضعوا فيها أي شيء حقيقي.",
        "Demonstration: the keys of these two nodes lie beside their data. Put nothing real in them.",
    ],
    [
        "Deux nœuds : clés, carte, registre",
        "Twee knooppunten: sleutels, kaart, opslag",
        "عقدتان: مفاتيح وبطاقة ومخزن",
        "Two nodes: keys, card, store",
    ],
    [
        "Les deux officiers se lisent leurs empreintes au téléphone",
        "De twee officieren lezen elkaar aan de telefoon hun vingerafdruk voor",
        "يقرأ الضابطان بصمتيهما أحدهما للآخر عبر الهاتف",
        "The two officers read their fingerprints to each other by phone",
    ],
    [
        "Chacun épingle la carte de l'autre",
        "Elk zet de kaart van de ander vast",
        "يثبّت كل طرف بطاقة الآخر",
        "Each pins the other's card",
    ],
    [
        "Un accord, signé des deux côtés",
        "Eén akkoord, door beide ondertekend",
        "اتفاق يوقّعه الطرفان",
        "One agreement, signed by both",
    ],
    [
        "Les messages : brouillon · approuvé · remis · tenu · accepté · complet",
        "De berichten: ontwerp · goedgekeurd · vrijgegeven · bewaard · aanvaard · volledig",
        "الرسائل: مسودة · موافق عليها · صادرة · محفوظة · مقبولة · كاملة",
        "The records: draft · approved · released · held · accepted · complete",
    ],
    [
        "Un reçu pour chacun, vérifié hors ligne avec les deux cartes",
        "Een ontvangstbewijs voor elk, offline nagegaan met beide kaarten",
        "إيصال لكل رسالة، يُتحقق منه دون اتصال بالبطاقتين",
        "A receipt for each, verified offline with both cards",
    ],
    [
        "Un rappel : le partenaire efface et le déclare",
        "Een terugroeping: de partner wist en verklaart het",
        "سحب: يمحو الشريك المحتوى ويصرّح بذلك",
        "A recall: the partner erases and says so",
    ],
    [
        "Le groupe mixte : textes, engagements et suivi, les mêmes des deux côtés",
        "De gemengde groep: teksten, verbintenissen en opvolging, aan beide kanten gelijk",
        "المجموعة المختلطة: نصوص والتزامات وتتبع، متطابقة لدى الطرفين",
        "The joint group: texts, commitments and follow-up, the same on both sides",
    ],
    [
        "Les deux nœuds tiennent la même chose",
        "Beide knooppunten bewaren hetzelfde",
        "العقدتان تحفظان الشيء نفسه",
        "Both nodes hold the same",
    ],
    [
        "Reçus vérifiés",
        "Nagegane ontvangstbewijzen",
        "الإيصالات المتحقق منها",
        "Verified receipts",
    ],
    ["À ouvrir :", "Te openen:", "للفتح:", "To open:"],
    [
        "site public",
        "publieke site",
        "الموقع العمومي",
        "public site",
    ],
    [
        "Les deux nœuds tournent jusqu'à Ctrl-C.",
        "Beide knooppunten draaien tot Ctrl-C.",
        "تعمل العقدتان حتى Ctrl-C.",
        "Both nodes run until Ctrl-C.",
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_for_each_phrase_in_order() {
        assert_eq!(PHRASES.len(), Say::CtrlC as usize + 1);
        assert!(Say::CtrlC.in_lang(Lang::Fr).contains("Ctrl-C"));
        assert_eq!(Say::Open.in_lang(Lang::En), "To open:");
        assert!(Say::Nodes.in_lang(Lang::Nl).starts_with("Twee knooppunten"));
    }
}
