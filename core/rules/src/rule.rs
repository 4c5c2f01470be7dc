//! The rules by name, each with its code, its sentences and its source.

use passerelle_model::Lang;

/// A rule that was broken, and by what.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {about}", self.rule.sentence(Lang::En))]
pub struct Refusal {
    /// The rule.
    pub rule: Rule,
    /// The value that breaks it, such as a code or a unit; never content of a record.
    pub about: String,
}

impl Refusal {
    pub(crate) fn of(rule: Rule, about: impl ToString) -> Self {
        Self {
            rule,
            about: about.to_string(),
        }
    }

    /// Stable code.
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }
}

macro_rules! rules {
    ($($(#[$meta:meta])* $name:ident: $code:literal, $source:literal,
        $fr:literal, $nl:literal, $ar:literal, $en:literal;)+) => {
        /// Every rule of release and reception.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$meta])* $name,)+ }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Stable code, the same in API, command line, desk and statements.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// Where the rule comes from.
            pub fn source(self) -> &'static str {
                match self { $(Self::$name => $source,)+ }
            }

            /// What it says, for people.
            pub fn sentence(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::Fr) => $fr,
                      (Self::$name, Lang::Nl) => $nl,
                      (Self::$name, Lang::Ar) => $ar,
                      (Self::$name, Lang::En) => $en,)+
                }
            }
        }
    };
}

rules! {
    /// The agreement revision named is not the one that all signed.
    AgreementUnsigned: "E_AGREEMENT_UNSIGNED", "house plan, \u{a7}2 agreement",
        "L'accord n'est pas signé par toutes les parties",
        "De overeenkomst is niet door alle partijen ondertekend",
        "الاتفاق غير موقع من جميع الأطراف",
        "The agreement is not signed by every party";
    /// The record names another revision, or another channel, than it is judged under.
    AgreementOther: "E_AGREEMENT_OTHER", "house plan, \u{a7}2 agreement",
        "L'enregistrement nomme une autre version de l'accord",
        "Het bericht verwijst naar een andere versie van de overeenkomst",
        "السجل يشير إلى صيغة أخرى من الاتفاق",
        "The record names another revision of the agreement";
    /// Outside the days of the agreement.
    AgreementNotInForce: "E_AGREEMENT_NOT_IN_FORCE", "house plan, \u{a7}2 agreement",
        "L'accord n'est pas en vigueur à cette date",
        "De overeenkomst is op deze datum niet van kracht",
        "الاتفاق غير ساري المفعول في هذا التاريخ",
        "The agreement is not in force on this day";
    /// The sender is not a member.
    NotMember: "E_NOT_MEMBER", "house plan, \u{a7}2 agreement",
        "Cette partie n'est pas membre de l'accord",
        "Deze partij is geen lid van de overeenkomst",
        "هذا الطرف ليس عضوا في الاتفاق",
        "This party is not a member of the agreement";
    /// G01.
    Purpose: "E_PURPOSE", "G01; Directive (EU) 2016/680, Article 4",
        "La finalité n'est pas prévue par l'accord",
        "Het doel is niet voorzien in de overeenkomst",
        "الغاية غير منصوص عليها في الاتفاق",
        "The purpose is not in the agreement";
    /// G01.
    Basis: "E_BASIS", "G01; Directive (EU) 2016/680, Article 8",
        "La base juridique n'est pas en vigueur ou ne porte pas cette finalité",
        "De rechtsgrond is niet van kracht of draagt dit doel niet",
        "الأساس القانوني غير ساري أو لا يشمل هذه الغاية",
        "The legal basis is not in force or does not carry this purpose";
    /// G02.
    Scope: "E_SCOPE", "G02; offence scope of the agreement",
        "L'infraction n'entre pas dans le champ de l'accord",
        "Het strafbaar feit valt buiten de overeenkomst",
        "الجريمة خارج نطاق الاتفاق",
        "The offence is outside the agreement's scope";
    /// Fail closed.
    RecipientEmpty: "E_RECIPIENT_EMPTY", "house plan, \u{a7}3 fail closed",
        "Aucun destinataire n'est indiqué",
        "Er is geen ontvanger opgegeven",
        "لم يحدد أي مرسل إليه",
        "No recipient is named";
    /// G16.
    Recipient: "E_RECIPIENT", "G16; Directive (EU) 2016/680, Article 35(1)(b)",
        "Cette unité ne peut pas recevoir cette catégorie de données",
        "Deze eenheid mag deze gegevenscategorie niet ontvangen",
        "لا يجوز لهذه الوحدة تلقي هذا الصنف من المعطيات",
        "This unit may not receive this class of data";
    /// The data class is not in the agreement.
    DataClass: "E_DATA_CLASS", "house plan, \u{a7}2 agreement",
        "La catégorie de données n'est pas prévue par l'accord",
        "De gegevenscategorie is niet voorzien in de overeenkomst",
        "صنف المعطيات غير منصوص عليه في الاتفاق",
        "The data class is not in the agreement";
    /// G32.
    Retention: "E_RETENTION", "G32; Directive (EU) 2016/680, Article 5",
        "Les dates de révision ou d'effacement dépassent l'accord ou sont passées",
        "De datum van herziening of wissing overschrijdt de overeenkomst of is voorbij",
        "تاريخ المراجعة أو المحو يتجاوز الاتفاق أو قد فات",
        "The review or erasure date is past or beyond what the agreement allows";
    /// G23, G25.
    Caveat: "E_CAVEAT", "G23, G25; Council document 6261/18",
        "Une condition d'utilisation manque ou n'est pas prévue par l'accord",
        "Een gebruiksvoorwaarde ontbreekt of is niet voorzien in de overeenkomst",
        "شرط من شروط الاستعمال ناقص أو غير منصوص عليه في الاتفاق",
        "A use restriction is missing or not in the agreement";
    /// Language of the record.
    Language: "E_LANGUAGE", "house plan, \u{a7}2 agreement",
        "L'accord ne prévoit pas cette langue",
        "De overeenkomst voorziet deze taal niet",
        "الاتفاق لا ينص على هذه اللغة",
        "The agreement does not provide for this language";
    /// G30.
    RequestIncomplete: "E_REQUEST_INCOMPLETE", "G30; Directive (EU) 2023/977, Article 4",
        "La demande n'a ni texte ni données",
        "Het verzoek heeft geen tekst en geen gegevens",
        "الطلب لا يتضمن نصا ولا معطيات",
        "The request has neither text nor data";
    /// Volume limits.
    Quota: "E_QUOTA", "G29; quotas of the agreement",
        "Le quota de l'accord est épuisé pour aujourd'hui",
        "Het quotum van de overeenkomst is voor vandaag op",
        "استنفدت الحصة اليومية المنصوص عليها في الاتفاق",
        "The agreement's quota for today is used up";
    /// Size limit of attachments.
    AttachmentSize: "E_ATTACHMENT_SIZE", "quotas of the agreement",
        "La pièce jointe dépasse la taille prévue par l'accord",
        "De bijlage is groter dan de overeenkomst toelaat",
        "المرفق يتجاوز الحجم المنصوص عليه في الاتفاق",
        "The attachment is larger than the agreement allows";
    /// The sender's clock cannot be right.
    Clock: "E_CLOCK", "house plan, \u{a7}5 time",
        "La date de l'enregistrement est dans le futur",
        "De datum van het bericht ligt in de toekomst",
        "تاريخ السجل في المستقبل",
        "The record's time lies in the future";
    /// Same identifier twice.
    Duplicate: "E_DUPLICATE", "house plan, \u{a7}6 promise 1",
        "Un enregistrement porte déjà cet identifiant",
        "Er bestaat al een bericht met deze identificatie",
        "يوجد سجل يحمل المعرف نفسه",
        "A record with this identifier exists already";
    /// A correction or recall of something never sent here.
    Reference: "E_REFERENCE", "G08; Directive (EU) 2016/680, Article 7(3)",
        "L'enregistrement visé n'est pas connu",
        "Het bedoelde bericht is niet bekend",
        "السجل المشار إليه غير معروف",
        "The record referred to is not known";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_every_language_speaks() {
        let codes: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        assert_eq!(codes.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            let sentences: BTreeSet<_> = Lang::ALL.iter().map(|l| rule.sentence(*l)).collect();
            assert_eq!(sentences.len(), 4, "{rule:?}");
            assert!(rule.code().starts_with("E_") && !rule.source().is_empty());
        }
    }
}
