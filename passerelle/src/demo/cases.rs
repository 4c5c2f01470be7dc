//! Sample cases in our own words, from what the communiqué of 15 April 2024 made public: two
//! interior ministries that exchange information about terrorist groups' crimes and
//! cross-border trafficking. Nobody is named; nothing here happened.

use passerelle_model::{
    Asking, Author, Kind, Lang, Markings, PartyId, RecordId, Reference, RefusalReason, Relation,
    StructuredData, Urgency,
};
use passerelle_service::view::Draft;

/// The channel of the demonstration.
pub(super) const CHANNEL: &str = "ma-be-security";
/// The channel of the joint group.
pub(super) const GROUP_CHANNEL: &str = "ma-be-gmmp";
/// The unit of each side that takes part in the joint group, and in no case.
pub(super) const GROUP_UNIT: &str = "gmmp";

/// An attachment made here.
pub(super) struct Sheet {
    pub(super) name: &'static str,
    pub(super) media_type: &'static str,
    pub(super) content: &'static [u8],
}

/// What Brussels attaches to its answer.
pub(super) const SHEET: Sheet = Sheet {
    name: "voertuigcontrole.csv",
    media_type: "text/csv",
    content: b"plate,country,status,checked\n1-DEM-000,BE,registered,2024-04-16\n",
};

type Drafted = Result<Draft, passerelle_model::Error>;

/// Rabat asks Brussels to check a vehicle.
pub(super) fn vehicle_request() -> Drafted {
    let mut draft = draft(
        Kind::Request,
        Lang::Fr,
        "be.interior/police",
        "Vérification d'un véhicule",
        "Un véhicule utilitaire portant une plaque belge est passé trois fois en une semaine par \
         le même point de contrôle, chaque fois de nuit.\n\n\
         Merci de vérifier la plaque et le statut du véhicule. Aucune donnée de personne n'est \
         demandée.",
    )?;
    draft.urgency = Some(Urgency::Priority);
    draft.asking = Some(Asking {
        held_because: "La plaque est belge.".parse()?,
        link: None,
        urgency_reason: Some("Le véhicule repasse chaque semaine.".parse()?),
        limits: None,
        file: None,
    });
    draft.offences = vec!["organised-crime".parse()?];
    draft.data = Some(StructuredData {
        schema: "vehicle-check/1".parse()?,
        json: "{\"plate\":\"1-DEM-000\",\"country\":\"BE\"}".to_owned(),
    });
    Ok(draft)
}

/// Brussels answers, with a sheet.
pub(super) fn vehicle_answer(request: &Named) -> Drafted {
    let mut draft = draft(
        Kind::Answer,
        Lang::Nl,
        "ma.interior/trafficking",
        "Antwoord: voertuigcontrole",
        "De plaat is toegekend en het voertuig staat niet als gestolen geseind. De uitkomst \
         staat in de bijlage.",
    )?;
    draft.references = vec![request.reference(Relation::Answers)];
    draft.evaluation = "A1".parse()?;
    Ok(draft)
}

/// Rabat tells Brussels about a route.
pub(super) fn route_notice() -> Drafted {
    let mut draft = draft(
        Kind::Notice,
        Lang::Ar,
        "be.interior/liaison",
        "مسار جديد للتهريب",
        "لوحظ منذ مطلع الشهر مسار جديد للتهريب العابر للحدود عبر ميناءين، مع تغيير الحاويات \
         ليلا.\n\nالمرجو الانتباه إلى الشحنات المتجهة شمالا.",
    )?;
    draft.evaluation = "B2".parse()?;
    draft.offences = vec!["organised-crime".parse()?];
    Ok(draft)
}

/// Brussels asks for something the agreement does not cover.
pub(super) fn broad_request() -> Drafted {
    let mut draft = draft(
        Kind::Request,
        Lang::Nl,
        "ma.interior/liaison",
        "Lijst van alle verkeersboetes in 2023",
        "Graag de volledige lijst van verkeersboetes voor voertuigen met Belgische plaat.",
    )?;
    draft.urgency = Some(Urgency::Normal);
    draft.asking = Some(Asking {
        held_because: "De boetes zijn daar uitgeschreven.".parse()?,
        link: None,
        urgency_reason: None,
        limits: None,
        file: None,
    });
    Ok(draft)
}

/// Rabat declines it, with a reason from the list.
pub(super) fn refusal(request: &Named) -> Drafted {
    let mut draft = draft(
        Kind::Refusal,
        Lang::Fr,
        "be.interior/liaison",
        "Demande hors du champ de l'accord",
        "Les contraventions routières ne relèvent pas des infractions couvertes par l'accord.",
    )?;
    draft.reason = Some(RefusalReason::Scope);
    draft.references = vec![request.reference(Relation::Answers)];
    Ok(draft)
}

/// Rabat puts its notice right.
pub(super) fn correction(notice: &Named) -> Drafted {
    let mut draft = draft(
        Kind::Correction,
        Lang::Ar,
        "be.interior/liaison",
        "تصحيح: مسار التهريب",
        "المسار يمر عبر ميناء واحد لا ميناءين.",
    )?;
    draft.references = vec![notice.reference(Relation::Corrects)];
    draft.evaluation = "B2".parse()?;
    Ok(draft)
}

/// Rabat takes the notice back, now that the corrected one stands.
pub(super) fn recall(notice: &Named) -> Drafted {
    let subject = "سحب الإشعار الأول";
    let text = "حلّ التصحيح محلّ هذا الإشعار.";
    let mut draft = draft(Kind::Recall, Lang::Ar, "be.interior/liaison", subject, text)?;
    draft.references = vec![notice.reference(Relation::Recalls)];
    Ok(draft)
}

/// A file of the person who watches, from Rabat to the Federal Police.
pub(super) fn file_notice(subject: &str, text: Option<String>) -> Drafted {
    let mut draft = draft(Kind::Notice, Lang::Fr, "be.interior/police", subject, "")?;
    draft.text = text;
    Ok(draft)
}

/// A record that was released, by what others refer to.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) party: PartyId,
    pub(super) record: RecordId,
}

impl Named {
    fn reference(&self, relation: Relation) -> Reference {
        Reference {
            relation,
            party: self.party.clone(),
            record: self.record,
        }
    }
}

fn draft(kind: Kind, lang: Lang, to: &str, subject: &str, text: &str) -> Drafted {
    let author = Author {
        officer: "demo".parse()?,
        unit: "liaison".parse()?,
        function: function(lang).parse()?,
    };
    Ok(Draft {
        channel: Some(CHANNEL.parse()?),
        kind,
        author,
        purpose: "trafficking".parse()?,
        basis: "convention-2014".parse()?,
        class: "case-data".parse()?,
        markings: Markings {
            tlp: "amber+strict".parse()?,
            pap: "amber".parse()?,
            handling: "h1".parse()?,
            caveats: Vec::new(),
        },
        evaluation: "X4".parse()?,
        review: None,
        erasure: None,
        to: vec![to.parse()?],
        references: Vec::new(),
        urgency: None,
        reason: None,
        lang,
        subject: subject.to_owned(),
        text: Some(text.to_owned()),
        data: None,
        attachments: Vec::new(),
        offences: Vec::new(),
        particulars: None,
        asking: None,
        permission: None,
        intake: None,
    })
}

fn function(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Officier de liaison",
        Lang::Nl => "Verbindingsofficier",
        Lang::Ar => "ضابط الاتصال",
        Lang::En => "Liaison officer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_sound() {
        let party = "ma.interior".parse().unwrap();
        let named = Named {
            party,
            record: RecordId::from_parts(1, [0; 10]),
        };
        let cases = [
            vehicle_request(),
            vehicle_answer(&named),
            route_notice(),
            broad_request(),
            refusal(&named),
            correction(&named),
            recall(&named),
        ];
        for case in cases {
            let case = case.unwrap();
            assert!(
                case.text
                    .unwrap()
                    .parse::<passerelle_model::Markdown>()
                    .is_ok()
            );
        }
    }
}
