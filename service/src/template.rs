//! The first text of an agreement between two parties: complete, parseable, and written to be
//! edited by lawyers before anybody signs it.

use std::fmt::Write as _;

use passerelle_envelope::VerifiedCard;
use passerelle_model::{ChannelId, Day, Lang, NODE_UNIT};

/// A text with the members' real keys and units, and terms to start from.
pub(crate) fn agreement(channel: &ChannelId, cards: &[&VerifiedCard], today: Day) -> String {
    let mut out = String::new();
    let until = today.plus_days(5 * 365);
    let _ = write!(
        out,
        "# Agreement under which records are exchanged. Edit it, compare it, then each party signs\n\
         # exactly these bytes; their SHA-256 stands in every record.\n\
         id = \"{channel}\"\nrevision = 1\n{TITLE}\nlanguages = [\"fr\", \"nl\", \"ar\", \"en\"]\n\
         in_force_from = \"{today}\"\nin_force_until = \"{until}\"\n"
    );
    for card in cards {
        member(&mut out, card);
    }
    out.push_str(TERMS);
    data_classes(&mut out, cards);
    out.push_str(LIMITS);
    out
}

fn member(out: &mut String, card: &VerifiedCard) {
    let content = card.content();
    let units: Vec<String> = units(card).map(|unit| format!("\"{unit}\"")).collect();
    let _ = write!(
        out,
        "\n# {}\n[[member]]\nparty = \"{}\"\nroot = \"{}\"\nunits = [{}]\n",
        content.names.in_lang(Lang::En),
        content.party,
        content.root,
        units.join(", ")
    );
}

fn data_classes(out: &mut String, cards: &[&VerifiedCard]) {
    let all: Vec<String> = cards
        .iter()
        .flat_map(|card| units(card).map(|unit| format!("\"{}/{unit}\"", card.party())))
        .collect();
    let _ = write!(
        out,
        "\n# Who may receive what: units by name, never a whole country.\n[[data_class]]\n\
         code = \"case-data\"\n{CASE_DATA}\nrecipients = [{}]\n",
        all.join(", ")
    );
}

fn units(card: &VerifiedCard) -> impl Iterator<Item = String> + '_ {
    let units = card
        .content()
        .units
        .iter()
        .map(|unit| unit.unit.to_string());
    units.filter(|unit| unit != NODE_UNIT)
}

const TITLE: &str = "title = { fr = \"Échange d'informations et d'expertises\", \
     nl = \"Uitwisseling van informatie en expertise\", \
     ar = \"تبادل المعلومات والخبرات\", en = \"Exchange of information and expertise\" }";

const CASE_DATA: &str = "name = { fr = \"Données de dossier\", nl = \"Dossiergegevens\", \
     ar = \"معطيات الملف\", en = \"Case data\" }";

const TERMS: &str = r#"
# Purposes, each carried by at least one legal basis below.
[[purpose]]
code = "terrorism"
name = { fr = "Lutte contre les activités criminelles des groupes terroristes", nl = "Bestrijding van misdrijven van terroristische groepen", ar = "مكافحة الأنشطة الإجرامية للجماعات الإرهابية", en = "Fight against terrorist groups' crimes" }
bases = ["convention-2014"]

[[purpose]]
code = "trafficking"
name = { fr = "Lutte contre les réseaux de trafics transfrontaliers", nl = "Bestrijding van grensoverschrijdende smokkelnetwerken", ar = "مكافحة شبكات التهريب العابر للحدود", en = "Fight against cross-border trafficking networks" }
bases = ["convention-2014"]

[[basis]]
code = "convention-2014"
title = { fr = "Convention du 18 février 2014 (criminalité organisée et terrorisme)", nl = "Overeenkomst van 18 februari 2014 (georganiseerde misdaad en terrorisme)", ar = "اتفاقية 18 فبراير 2014 (الجريمة المنظمة والإرهاب)", en = "Convention of 18 February 2014 (organised crime and terrorism)" }
from = "2022-06-01"

# Offences covered, and the lowest maximum penalty that counts.
[scope]
offences = ["terrorism", "organised-crime"]
least_maximum_penalty_years = 4
"#;

const LIMITS: &str = r#"
# Hours within which an answer is owed.
[deadlines]
urgent_hours = 8
priority_hours = 72
normal_hours = 168

# Latest review and erasure, in days after release.
[retention]
review_days = 365
erasure_days = 1826

# Use restrictions that records may carry; "always = true" makes one obligatory.
[[caveat]]
code = "no-capital-charge"
text = { fr = "Ne pas requérir, prononcer ni exécuter la peine de mort.", nl = "Geen doodstraf vorderen, uitspreken of uitvoeren.", ar = "عدم طلب عقوبة الإعدام أو النطق بها أو تنفيذها.", en = "Not to request, hand down or execute a death penalty." }

[[caveat]]
code = "originator-consent"
text = { fr = "Aucune transmission sans l'accord de l'expéditeur.", nl = "Geen doorgifte zonder toestemming van de afzender.", ar = "لا نقل دون موافقة المرسل.", en = "No onward transfer without the sender's consent." }

# Volume limits for each member.
[quotas]
records_per_day = 100000
questions_per_day = 1000
attachment_bytes = 17179869184
"#;
