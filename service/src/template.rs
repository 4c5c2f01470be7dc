//! The first text of an agreement between two parties: complete, parseable, and written to be
//! edited by lawyers before anybody signs it.

use std::fmt::Write as _;

use passerelle_envelope::VerifiedCard;
use passerelle_model::{ChannelId, Day, Lang, NODE_UNIT, Side, UnitId};

/// A text with the members' real keys and those of their units that fit, and terms to start
/// from.
pub(crate) fn agreement(
    side: Side,
    channel: &ChannelId,
    cards: &[&VerifiedCard],
    today: Day,
    fits: &dyn Fn(&UnitId) -> bool,
) -> String {
    let words = Words::of(side);
    let mut out = String::new();
    let until = today.plus_days(5 * 365);
    let (title, head) = (words.title, words.head);
    let _ = write!(
        out,
        "# Agreement under which records are exchanged. Edit it, compare it, then each party signs\n\
         # exactly these bytes; their SHA-256 stands in every record.\n\
         id = \"{channel}\"\nrevision = 1\n{head}{title}\nlanguages = [\"fr\", \"nl\", \"ar\", \"en\"]\n\
         in_force_from = \"{today}\"\nin_force_until = \"{until}\"\n"
    );
    for card in cards {
        member(&mut out, card, fits);
    }
    out.push_str(words.terms);
    data_classes(&mut out, cards, words.class, fits);
    out.push_str(words.limits);
    out
}

/// What differs between the two sides.
struct Words {
    head: &'static str,
    title: &'static str,
    terms: &'static str,
    class: &'static str,
    limits: &'static str,
}

impl Words {
    fn of(side: Side) -> Self {
        match side {
            Side::Cases => Self {
                head: "",
                title: TITLE,
                terms: TERMS,
                class: CASE_DATA,
                limits: LIMITS,
            },
            Side::Group => Self {
                head: GROUP_SIDE,
                title: GROUP_TITLE,
                terms: GROUP_TERMS,
                class: GROUP_PAPERS,
                limits: GROUP_LIMITS,
            },
        }
    }
}

fn member(out: &mut String, card: &VerifiedCard, fits: &dyn Fn(&UnitId) -> bool) {
    let content = card.content();
    let units: Vec<String> = units(card, fits)
        .map(|unit| format!("\"{unit}\""))
        .collect();
    let _ = write!(
        out,
        "\n# {}\n[[member]]\nparty = \"{}\"\nroot = \"{}\"\nunits = [{}]\n",
        content.names.in_lang(Lang::En),
        content.party,
        content.root,
        units.join(", ")
    );
}

fn data_classes(
    out: &mut String,
    cards: &[&VerifiedCard],
    class: &str,
    fits: &dyn Fn(&UnitId) -> bool,
) {
    let all: Vec<String> = cards
        .iter()
        .flat_map(|card| units(card, fits).map(|unit| format!("\"{}/{unit}\"", card.party())))
        .collect();
    let _ = write!(
        out,
        "\n# Who may receive what: units by name, never a whole country.\n[[data_class]]\n\
         {class}\nrecipients = [{}]\n",
        all.join(", ")
    );
}

fn units<'a>(
    card: &'a VerifiedCard,
    fits: &'a dyn Fn(&UnitId) -> bool,
) -> impl Iterator<Item = &'a UnitId> {
    let units = card.content().units.iter().map(|unit| &unit.unit);
    units.filter(move |unit| unit.as_str() != NODE_UNIT && fits(unit))
}

const TITLE: &str = "title = { fr = \"Échange d'informations et d'expertises\", \
     nl = \"Uitwisseling van informatie en expertise\", \
     ar = \"تبادل المعلومات والخبرات\", en = \"Exchange of information and expertise\" }";

const CASE_DATA: &str = "code = \"case-data\"\nname = { fr = \"Données de dossier\", nl = \"Dossiergegevens\", \
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

const GROUP_SIDE: &str = "# The joint group's side: no cases and no persons. It never changes.\n\
     side = \"group\"\n";

const GROUP_TITLE: &str = "title = { fr = \"Groupe Migratoire Mixte Permanent (GMMP)\", \
     nl = \"Permanente Gemengde Migratiegroep (GMMP)\", \
     ar = \"المجموعة المختلطة الدائمة للهجرة\", \
     en = \"Permanent Joint Migration Group (GMMP)\" }";

const GROUP_PAPERS: &str = "code = \"group-papers\"\nname = { fr = \"Documents du groupe mixte\", \
     nl = \"Stukken van de gemengde groep\", ar = \"وثائق المجموعة المختلطة\", \
     en = \"Papers of the joint group\" }";

const GROUP_TERMS: &str = r#"
# Purposes, each carried by at least one legal basis below.
[[purpose]]
code = "migration"
name = { fr = "Coopération en matière de migration", nl = "Samenwerking inzake migratie", ar = "التعاون في مجال الهجرة", en = "Cooperation on migration" }
bases = ["declaration-2024"]

[[purpose]]
code = "expertise"
name = { fr = "Échange d'expertises", nl = "Uitwisseling van expertise", ar = "تبادل الخبرات", en = "Exchange of expertise" }
bases = ["declaration-2024"]

[[purpose]]
code = "prevention"
name = { fr = "Prévention et réinsertion", nl = "Preventie en re-integratie", ar = "الوقاية وإعادة الإدماج", en = "Prevention and reintegration" }
bases = ["declaration-2024"]

[[purpose]]
code = "diaspora"
name = { fr = "Diaspora", nl = "Diaspora", ar = "الجالية", en = "Diaspora" }
bases = ["declaration-2024"]

[[basis]]
code = "declaration-2024"
title = { fr = "Déclaration conjointe du 15 avril 2024", nl = "Gezamenlijke verklaring van 15 april 2024", ar = "الإعلان المشترك الصادر في 15 أبريل 2024", en = "Joint declaration of 15 April 2024" }
from = "2024-04-15"

# No offence is dealt with here.
[scope]
offences = []
least_maximum_penalty_years = 0
"#;

const GROUP_LIMITS: &str = r#"
# Hours within which an answer is owed; what is said in the group owes none.
[deadlines]
urgent_hours = 24
priority_hours = 168
normal_hours = 720

# Latest review and erasure, in days after release.
[retention]
review_days = 3650
erasure_days = 10950

# Volume limits for each member.
[quotas]
records_per_day = 100000
questions_per_day = 0
attachment_bytes = 17179869184
"#;
