//! Sources of rules in the reader's language, which the rules name once, in English; and what a
//! rule speaks about.

use passerelle_model::Lang;

use crate::frame::Page;

/// A phrase in English, then in French, Dutch and Arabic. Longer ones come first.
#[rustfmt::skip]
const PHRASES: [[&str; 4]; 29] = [
    ["house plan, §2 agreement", "texte de l’accord", "tekst van de overeenkomst", "نص الاتفاق"],
    ["house plan, §3 fail closed", "règle de la maison : dans le doute, rien ne part", "huisregel: bij twijfel vertrekt niets", "قاعدة داخلية: عند الشك لا يرسل شيء"],
    ["house plan, §5 time", "règle de la maison sur l’heure", "huisregel over de tijd", "قاعدة داخلية بشأن الوقت"],
    ["house plan, §6 promise 1", "règle de la maison : rien ne se perd", "huisregel: niets gaat verloren", "قاعدة داخلية: لا يضيع شيء"],
    ["emergency opening, our own rule", "ouverture d’urgence, règle de la maison", "noodopening, huisregel", "فتح استعجالي، قاعدة داخلية"],
    ["four eyes, our own rule", "quatre yeux, règle de la maison", "vier ogen, huisregel", "مبدأ الأربع أعين، قاعدة داخلية"],
    ["our own rule", "règle de la maison", "huisregel", "قاعدة داخلية"],
    ["offence scope of the agreement", "infractions que l’accord couvre", "misdrijven die de overeenkomst dekt", "الجرائم المشمولة بالاتفاق"],
    ["quotas of the agreement", "quotas de l’accord", "quota van de overeenkomst", "حصص الاتفاق"],
    ["Convention on the Rights of the Child", "Convention relative aux droits de l’enfant", "Verdrag inzake de rechten van het kind", "اتفاقية حقوق الطفل"],
    ["United Nations Convention against Torture", "Convention des Nations unies contre la torture", "VN-Verdrag tegen foltering", "اتفاقية الأمم المتحدة لمناهضة التعذيب"],
    ["Convention against Torture", "Convention contre la torture", "Verdrag tegen foltering", "اتفاقية مناهضة التعذيب"],
    ["Geneva Convention", "Convention de Genève", "Verdrag van Genève", "اتفاقية جنيف"],
    ["Moroccan law 09-08", "loi marocaine 09-08", "Marokkaanse wet 09-08", "القانون رقم 09.08"],
    ["Council document", "document du Conseil", "Raadsdocument", "وثيقة المجلس"],
    ["Directive 2013/32/EU", "directive 2013/32/UE", "Richtlijn 2013/32/EU", "التوجيه الأوروبي 2013/32"],
    ["Directive (EU)", "directive (UE)", "Richtlijn (EU)", "التوجيه (الاتحاد الأوروبي)"],
    ["Regulation (EU)", "règlement (UE)", "Verordening (EU)", "اللائحة (الاتحاد الأوروبي)"],
    ["MISP taxonomy", "taxonomie MISP", "MISP-taxonomie", "تصنيف MISP"],
    ["ICCPR", "PIDCP", "IVBPR", "العهد الدولي الخاص بالحقوق المدنية والسياسية"],
    ["BDSG", "loi fédérale allemande (BDSG)", "Duitse federale wet (BDSG)", "القانون الاتحادي الألماني (BDSG)"],
    ["recital", "considérant", "overweging", "الحيثية"],
    ["Articles", "articles", "artikelen", "المواد"],
    ["Article", "article", "artikel", "المادة"],
    [" and ", " et ", " en ", " و"],
    [" to ", " à ", " tot ", " إلى "],
    ["; ", " ; ", "; ", "؛ "],
    ["FIRST TLP", "TLP de FIRST", "TLP van FIRST", "TLP لمنظمة FIRST"],
    [", ", ", ", ", ", "، "],
];

/// A source as the reader's country cites it.
pub(crate) fn source(lang: Lang, english: &str) -> String {
    let mut said = english.to_owned();
    for [en, fr, nl, ar] in PHRASES {
        let to = match lang {
            Lang::En => return said,
            Lang::Fr => fr,
            Lang::Nl => nl,
            Lang::Ar => ar,
        };
        said = said.replace(en, to);
    }
    said
}

/// What a rule speaks about, in words: a field, a marking, a code; nothing where nothing was
/// chosen.
pub(super) fn about(p: &Page, value: &str) -> String {
    let lists = [
        "field", "ground", "special", "category", "handling", "offence", "kind",
    ];
    let lists = lists.into_iter().map(|list| p.word(list, value));
    match value {
        "" | "not-chosen" => String::new(),
        "red" | "amber" | "amber+strict" | "green" | "clear" => value.to_uppercase(),
        _ => lists
            .into_iter()
            .find(|said| !said.starts_with('['))
            .unwrap_or_else(|| value.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_cited_in_each_language() {
        let english = "G09; Directive (EU) 2016/680, Article 10; Moroccan law 09-08, Article 1";
        assert_eq!(
            source(Lang::Fr, english),
            "G09 ; directive (UE) 2016/680, article 10 ; loi marocaine 09-08, article 1"
        );
        assert_eq!(
            source(Lang::Ar, english),
            "G09؛ التوجيه (الاتحاد الأوروبي) 2016/680، المادة 10؛ القانون رقم 09.08، المادة 1"
        );
        assert_eq!(source(Lang::En, english), english);
        assert_eq!(
            source(Lang::Nl, "our own rule; FIRST TLP 2.0"),
            "huisregel; TLP van FIRST 2.0"
        );
    }
}
