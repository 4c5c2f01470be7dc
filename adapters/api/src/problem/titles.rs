//! Titles of problems: the status phrase, which RFC 9457 §4.2.1 lets us translate.

use http::StatusCode;
use passerelle_model::Lang;

/// The phrase of `status` in `lang`; a general one for a status that we never send.
pub(super) fn title(status: StatusCode, lang: Lang) -> &'static str {
    let [fr, nl, ar, en] = phrases(status.as_u16());
    match lang {
        Lang::Fr => fr,
        Lang::Nl => nl,
        Lang::Ar => ar,
        Lang::En => en,
    }
}

fn phrases(status: u16) -> [&'static str; 4] {
    match status {
        400 => [
            "Requête non valable",
            "Ongeldig verzoek",
            "طلب غير صالح",
            "Bad request",
        ],
        401 => [
            "Jeton requis",
            "Token vereist",
            "الرمز مطلوب",
            "Unauthorized",
        ],
        403 => ["Interdit", "Verboden", "ممنوع", "Forbidden"],
        404 => ["Introuvable", "Niet gevonden", "غير موجود", "Not found"],
        405 => [
            "Méthode non admise",
            "Methode niet toegestaan",
            "طريقة غير مسموح بها",
            "Method not allowed",
        ],
        408 => [
            "Délai dépassé",
            "Tijd verstreken",
            "انتهت المهلة",
            "Request timeout",
        ],
        409 => [
            "Conflit",
            "Conflict met de huidige toestand",
            "تعارض",
            "Conflict",
        ],
        410 => ["Contenu effacé", "Inhoud gewist", "تم محو المحتوى", "Gone"],
        413 => [
            "Trop volumineux",
            "Te groot",
            "حجم كبير جدا",
            "Content too large",
        ],
        415 => [
            "Type de contenu non admis",
            "Inhoudstype niet ondersteund",
            "نوع محتوى غير مدعوم",
            "Unsupported media type",
        ],
        421 => [
            "Hôte inconnu ici",
            "Onbekende host",
            "مضيف غير معروف",
            "Misdirected request",
        ],
        422 => [
            "Refusé par les règles",
            "Geweigerd door de regels",
            "مرفوض بموجب القواعد",
            "Refused by the rules",
        ],
        503 => [
            "Service indisponible",
            "Dienst niet beschikbaar",
            "الخدمة غير متاحة",
            "Service unavailable",
        ],
        507 => [
            "Espace insuffisant",
            "Onvoldoende opslagruimte",
            "مساحة التخزين غير كافية",
            "Insufficient storage",
        ],
        _ => [
            "Erreur interne",
            "Interne fout",
            "خطأ داخلي",
            "Internal error",
        ],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_title_speaks_four_languages() {
        for status in [
            400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 421, 422, 500, 503, 507,
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            let titles: BTreeSet<_> = Lang::ALL.iter().map(|l| title(status, *l)).collect();
            assert_eq!(titles.len(), 4, "{status}");
        }
    }
}
