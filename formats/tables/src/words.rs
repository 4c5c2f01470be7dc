//! Words of headers that hold data of persons, and words beside which they do not.
//!
//! All in the form that `columns` gives headers: small letters without accents and vowel signs,
//! Arabic without the article, ة as ه and ى as ي. Lists are single texts, parted by spaces.

use crate::Holds;

/// When a phrase counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strength {
    /// Wherever it stands.
    Always,
    /// Unless the header says that it is of a thing or an office.
    Alone,
    /// Only with a word for a person, or where another column holds persons.
    InCompany,
}

use Strength::{Alone, Always, InCompany};

/// What phrases say that a column holds, parted by commas. Words of a phrase may have small words
/// between them.
pub(crate) const PHRASES: &[(Holds, Strength, &str)] = &[
    (
        Holds::Name,
        Always,
        "prenom, nom famille, nom naissance, nom jeune fille, nom complet, nom prenom, \
         nom usage, nomcomplet, patronyme, surnom, voornaam, voornamen, achternaam, \
         familienaam, familienamen, roepnaam, volledige naam, meisjesnaam, bijnaam, \
         first name, last name, family name, given name, middle name, maiden name, \
         full name, firstname, lastname, fullname, surname, forename, nickname, \
         apellido, nombre completo, nombre pila, nombre apellido, اسم عائلي, اسم شخصي, \
         اسم كامل, اسم عاءلي, اسم عايلي, نسب, لقب, كنيه, اسم اب, اسم ام, اسم ثلاثي",
    ),
    (
        Holds::BirthDate,
        Always,
        "date naissance, datenaissance, annee naissance, jour naissance, ne le, nee le, \
         ne e le, ddn, geboortedatum, geboortejaar, geboortedag, geboren, geboren op, \
         date birth, birth date, birthdate, dateofbirth, birth year, year birth, \
         birthday, dob, born, fecha nacimiento, ano nacimiento, nacimiento, nacido, \
         تاريخ ازدياد, تاريخ ميلاد, تاريخ ولاده, سنه ازدياد, سنه ميلاد, ازدياد, ميلاد",
    ),
    (
        Holds::BirthPlace,
        Always,
        "lieu naissance, geboorteplaats, place birth, birth place, birthplace, \
         lugar nacimiento, مكان ازدياد, مكان ميلاد, مكان ولاده",
    ),
    (
        Holds::Document,
        Always,
        "passeport, carte identite, carte sejour, titre sejour, numero document, \
         n document, no document, cin, cni, cnie, numero visa, permis conduire, \
         paspoort, paspoortnummer, paspoortnr, identiteitskaart, verblijfstitel, \
         documentnummer, rijbewijs, passport, passportnumber, identity card, id card, \
         identity document, document number, document no, residence permit, \
         visa number, driving licence, pasaporte, documento identidad, \
         numero documento, dni, nie, جواز, جواز سفر, بطاقه تعريف, بطاقه وطنيه, \
         بطاقه اقامه, رقم وثيقه, رقم تعريف",
    ),
    (
        Holds::Register,
        Always,
        "registre national, numero national, niss, numero securite sociale, matricule, \
         rijksregister, rijksregisternummer, insz, bsn, nationaal nummer, \
         national register, national number, national id, social security number, ssn, \
         personal number, numero seguridad social, رقم وطني, رقم ضمان اجتماعي, سجل وطني",
    ),
    (
        Holds::Account,
        Alone,
        "iban, compte bancaire, rekeningnummer, bank account, cuenta bancaria, حساب بنكي",
    ),
    (
        Holds::Phone,
        Alone,
        "telephone, tel, gsm, portable, mobile, whatsapp, phone, phonenumber, \
         cellphone, telefoon, telefoonnummer, mobiel, telefono, movil, هاتف, جوال",
    ),
    (
        Holds::Email,
        Alone,
        "mail, email, emailaddress, courriel, correo, mailadres, emailadres, \
         بريد الكتروني, بريد",
    ),
    (
        Holds::Address,
        Alone,
        "adresse, domicile, residence principale, code postal, adres, adressen, \
         woonplaats, postcode, straat, address, street, postal code, zip, direccion, \
         domicilio, codigo postal, عنوان سكن, عنوان سكني, عنوان شخصي, محل سكني, \
         محل اقامه",
    ),
    (
        Holds::Person,
        Always,
        "personne contact, contactpersoon, contact person, persona contacto, \
         identifiant beneficiaire, identifiant participant, identifiant personne, \
         id beneficiaire, id participant, id personne, beneficiary id, participant id, \
         person id, personid, case number, numero dossier, dossiernummer, \
         id beneficiary, id person, deelnemer id, id deelnemer, رقم مستفيد, رقم ملف",
    ),
    (Holds::Name, Alone, "nom, naam, namen, name, اسم"),
    (Holds::Name, InCompany, "nombre"),
    (
        Holds::Address,
        InCompany,
        "عنوان, ville, stad, city, ciudad, مدينه",
    ),
    (
        Holds::Nationality,
        InCompany,
        "nationalite, nationaliteit, nationality, citizenship, nacionalidad, جنسيه",
    ),
];

/// Beside these a name or a contact is an office's.
pub(crate) const OFFICES: &str = "organisation organization organisatie organisaties organizacion organisme \
    institution instelling institucion ministere ministerie ministry ministerio \
    administration administratie agence agentschap agency agencia association \
    vereniging asociacion ong ngo ngos company societe entreprise bedrijf empresa ecole \
    school scholen escuela universite university universiteit hopital hospital \
    ziekenhuis centre center centrum centro service dienst department departement \
    office bureau unit unite consortium partenaire partner partners donor donateur \
    bailleur embassy ambassade authority autorite commune gemeente municipality \
    secretariat fondation منظمه موسسه وزاره جمعيه وكاله شركه مدرسه جامعه مستشفي مركز \
    مصلحه اداره جماعه شريك هيءه هييه مانح";

/// Beside these a name is a thing's.
pub(crate) const THINGS: &str = "country pays land landen pais programme program programma programa project projet \
    proyecto indicator indicateur indicador region regio province provincie provincia \
    city ville stad ciudad village dorp site web website url ip file fichier bestand \
    archivo field champ sector secteur theme thema tema practice pratique praktijk \
    activity activite activiteit actividad action actie measure mesure event evenement \
    meeting reunion vergadering document report rapport dataset table column colonne \
    category categorie type code product produit contract contrat fund fonds instrument \
    tool outil training formation opleiding course cours group groupe groep objective \
    objectif doel target cible output outcome result resultat resultaat district zone \
    area place lieu location campaign campagne facility building batiment language \
    langue taal currency devise unit unite source variable short commitment engagement \
    decision milestone jalon network reseau بلد دوله برنامج مشروع موشر جهه اقليم مدينه \
    قطاع نشاط اجتماع ملف وثيقه مجموعه هدف نتيجه موقع تكوين عمليه صندوق محور التزام قرار";

/// One person, who may be of an office that is named beside them.
pub(crate) const PEOPLE: &str = "person personne persoon persona contact representant representative \
    vertegenwoordiger representante director directeur manager agent staff employee \
    employe medewerker empleado expert coordinator coordinateur mother father mere pere \
    moeder vader madre padre spouse conjoint echtgenoot child enfant kind nino migrant \
    refugee refugie vluchteling victim victime slachtoffer victima patient student \
    etudiant eleve detainee detenu returnee retourne titulaire holder houder شخص ممثل \
    مدير موظف خبير ام اب طفل مهاجر لاجء لاجي ضحيه طالب مريض";

/// One person, unless an office is named beside them: offices benefit and take part too.
pub(crate) const PARTICIPANTS: &str = "beneficiaire beneficiary begunstigde beneficiario participant deelnemer \
    participante member membre lid miembro applicant demandeur aanvrager solicitante \
    candidate candidat kandidaat candidato user utilisateur مستفيد مشارك عضو مرشح";

/// The column counts: a table may say how many passports were issued.
pub(crate) const COUNTS: &str = "nb nbr nbre aantal aantallen count total totaal taux rate percentage pourcentage \
    percent proportion share aandeel porcentaje tasa cantidad عدد نسبه مجموع معدل ميويه";

/// Words that may stand between those of a phrase.
pub(crate) const SMALL: &str = "de du des d l la le les et au aux of the and a an van het der en op del el los las \
    y s n no nr num ou or و في من";
