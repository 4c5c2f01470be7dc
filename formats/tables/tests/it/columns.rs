use passerelle_tables::{Holds, person_columns};

#[test]
fn headers_that_hold_persons() {
    for (holds, headers) in [
        (
            Holds::Name,
            &[
                "Nom",
                "Prénom",
                "NOM ET PRÉNOM",
                "Nom de famille",
                "Nom du bénéficiaire",
                "Prénom(s)",
                "Naam",
                "Voornaam",
                "Achternaam",
                "Naam van de deelnemer",
                "name",
                "Name",
                "First name",
                "firstName",
                "last_name",
                "full-name",
                "Surname",
                "Participant name",
                "Name of mother",
                "Nom du représentant de l'organisation",
                "Apellidos",
                "Nombre completo",
                "Nombre y apellidos",
                "Nombre del participante",
                "الاسم",
                "الاسم العائلي",
                "الإسم الشخصي",
                "الاسم الكامل",
                "النسب",
                "اللقب",
                "اسم المستفيد",
                "الاِسْم",
                "Contact name",
                "Name (Arabic)",
            ][..],
        ),
        (
            Holds::BirthDate,
            &[
                "Date de naissance",
                "Né(e) le",
                "Année de naissance",
                "Geboortedatum",
                "Geboren op",
                "Date of birth",
                "BirthDate",
                "DOB",
                "birth_date",
                "Fecha de nacimiento",
                "تاريخ الازدياد",
                "تاريخ الميلاد",
                "تاريخ الولادة",
            ],
        ),
        (
            Holds::Document,
            &[
                "N° passeport",
                "Numéro de passeport",
                "Passport",
                "Passport number",
                "Paspoortnummer",
                "Paspoort",
                "CIN",
                "N° CNIE",
                "Carte d'identité",
                "Identity card",
                "Documentnummer",
                "Número de pasaporte",
                "DNI",
                "رقم جواز السفر",
                "بطاقة التعريف الوطنية",
                "Document number",
            ],
        ),
        (
            Holds::Register,
            &[
                "Numéro de registre national",
                "Rijksregisternummer",
                "NISS",
                "INSZ",
                "National register number",
                "الرقم الوطني",
                "National ID",
            ],
        ),
        (
            Holds::Phone,
            &[
                "Téléphone",
                "Tél.",
                "GSM",
                "Telefoonnummer",
                "Phone",
                "Mobile phone",
                "Teléfono",
                "الهاتف",
                "رقم الهاتف",
            ],
        ),
        (
            Holds::Email,
            &[
                "E-mail",
                "email",
                "Courriel",
                "Correo electrónico",
                "البريد الإلكتروني",
                "e-mailadres",
            ],
        ),
        (
            Holds::Address,
            &[
                "Adresse",
                "Adres",
                "Address",
                "Home address",
                "Dirección",
                "عنوان السكنى",
                "Domicile",
            ],
        ),
        (
            Holds::Nationality,
            &[
                "Nationalité du participant",
                "Nationality of the beneficiary",
            ],
        ),
        (
            Holds::Person,
            &["Personne de contact", "Beneficiary ID", "Contactpersoon"],
        ),
    ] {
        for header in headers {
            let hits = person_columns(&["Pays", header]);
            let said: Vec<_> = hits.iter().map(|hit| (hit.column, hit.holds)).collect();
            assert_eq!(said, [(2, holds)], "{header}: {hits:?}");
        }
    }
}

#[test]
fn headers_of_aggregates_and_things() {
    for header in [
        "Country name",
        "country_name",
        "Programme name",
        "Nom du projet",
        "Indicator name",
        "Nom de l'indicateur",
        "Naam van het project",
        "Projectnaam",
        "Landnaam",
        "اسم المشروع",
        "اسم البلد",
        "اسم المنظمة",
        "Organisation name",
        "Nom de l'organisme bénéficiaire",
        "Partner organisation name",
        "Nombre de bénéficiaires",
        "Nombre de passeports délivrés",
        "Number of passports issued",
        "Number of participants",
        "Aantal deelnemers",
        "Aantal paspoorten",
        "عدد المستفيدين",
        "النسب المئوية",
        "عدد جوازات السفر",
        "Nombre d'adresses visitées",
        "Nombre",
        "Nombre total",
        "Nationality",
        "Nationalité",
        "الجنسية",
        "Sexe",
        "Sex",
        "Age band",
        "Tranche d'âge",
        "Région",
        "Ville",
        "City",
        "العنوان",
        "عنوان المشروع",
        "Titre",
        "Title",
        "Web address",
        "Adresse du site web",
        "Address of the institution",
        "E-mail de l'institution",
        "Ministry phone",
        "Valeur",
        "Cible",
        "Target",
        "Baseline",
        "Unité",
        "Période",
        "Année",
        "Date",
        "Source",
        "Participants",
        "Bénéficiaires",
        "% passports",
        "Percentage of births",
        "Taux de natalité",
        "Naissances",
        "Births registered total",
        "ja/nee",
        "Contrat",
        "Commentaire",
        "Programma",
        "Surface",
        "Renamed",
        "Hostel",
        "Telework",
        "Denomination",
        "Nomenclature",
        "Nominal value",
        "Responsible party",
        "Partie responsable",
        "Nombre del proyecto",
        "Nombre del país",
        "Filename",
        "File name",
        "Theme name",
    ] {
        let hits = person_columns(&[header]);
        assert!(hits.is_empty(), "{header}: {hits:?}");
    }
}

#[test]
fn company_makes_the_difference() {
    let columns = |headers: &[&str]| {
        let hits = person_columns(headers);
        hits.iter()
            .map(|hit| (hit.column, hit.in_company))
            .collect::<Vec<_>>()
    };
    assert_eq!(columns(&["Nationality", "Year", "Count"]), []);
    assert_eq!(
        columns(&["Passport", "Nationality"]),
        [(1, false), (2, true)]
    );
    assert_eq!(columns(&["Nombre", "Apellido"]), [(1, true), (2, false)]);
    assert_eq!(columns(&["الاسم", "العنوان"]), [(1, false), (2, true)]);
    assert_eq!(columns(&["Project name", "Nationality"]), []);
}

#[test]
fn a_hit_says_which_and_why_in_its_own_words() {
    let hit = person_columns(&["a", "Date de\u{202e} naissance"])[0];
    assert_eq!(
        hit.to_string(),
        "column 2 would hold dates of birth (date naissance)"
    );
    let hit = person_columns(&["Passport", "Nationalité"])[1];
    let said = "column 2 would hold the nationality of single persons (nationalite), \
                beside other data of persons";
    assert_eq!(hit.to_string(), said);
}

#[test]
fn headers_of_any_length_are_looked_at() {
    let long = format!("{} name", "x ".repeat(100_000));
    assert!(person_columns(&[long.as_str(), ""]).is_empty());
    assert_eq!(person_columns::<&str>(&[]), []);
}
