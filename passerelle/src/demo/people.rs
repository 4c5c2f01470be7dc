//! Accounts of the demonstration: one for each role on each side, with names nobody has.

use std::collections::BTreeSet;

use passerelle_model::{Lang, Role};
use passerelle_service::{Node, Person, Settings};

type Account = (&'static str, &'static str, &'static str, Role);

const RABAT: [Account; 7] = [
    (
        "rabat-agent",
        "Salma Benkirane",
        "Officière de liaison",
        Role::Officer,
    ),
    (
        "rabat-approbateur",
        "Youssef El Amrani",
        "Chef de section",
        Role::Approver,
    ),
    ("rabat-analyste", "Nadia Chraibi", "Analyste", Role::Analyst),
    (
        "rabat-secretaire",
        "Hicham Ouazzani",
        "Secrétaire",
        Role::Secretary,
    ),
    (
        "rabat-donnees",
        "Karima Tazi",
        "Déléguée à la protection des données",
        Role::DataProtection,
    ),
    (
        "rabat-admin",
        "Omar Lahlou",
        "Administrateur du nœud",
        Role::Administrator,
    ),
    (
        "rabat-superviseur",
        "Leïla Bennani",
        "Inspectrice",
        Role::Supervisor,
    ),
];

const BRUSSELS: [Account; 7] = [
    (
        "brussel-agent",
        "Pieter De Smet",
        "Verbindingsofficier",
        Role::Officer,
    ),
    (
        "brussel-approver",
        "Claire Dumont",
        "Cheffe de service",
        Role::Approver,
    ),
    ("brussel-analist", "Jonas Peeters", "Analist", Role::Analyst),
    (
        "brussel-secretaris",
        "Élise Lambert",
        "Secrétaire",
        Role::Secretary,
    ),
    (
        "brussel-data",
        "Marc Janssens",
        "Functionaris voor gegevensbescherming",
        Role::DataProtection,
    ),
    (
        "brussel-admin",
        "An Willems",
        "Beheerder",
        Role::Administrator,
    ),
    (
        "brussel-toezicht",
        "Sophie Maes",
        "Inspecteur",
        Role::Supervisor,
    ),
];

/// Marks a node as a demonstration and gives it its people.
pub(super) async fn settle(node: &Node) -> anyhow::Result<()> {
    let rabat = node.party().as_str() == "ma.interior";
    let (accounts, lang) = match rabat {
        true => (RABAT, Lang::Fr),
        false => (BRUSSELS, Lang::Nl),
    };
    let settings = Settings {
        capital: vec!["MA".parse()?],
        capital_caveat: Some("no-capital-charge".parse()?),
        file_reference: rabat.then(|| "CNDP D-DEMO/2024".parse()).transpose()?,
        ..Settings::default()
    };
    node.begin_demo(settings).await?;
    let people = accounts
        .into_iter()
        .map(|account| person(node, account, lang))
        .collect::<anyhow::Result<_>>()?;
    node.demo_people(people).await?;
    Ok(())
}

fn person(node: &Node, account: Account, lang: Lang) -> anyhow::Result<Person> {
    let (officer, name, function, role) = account;
    let units = match role.opens_records() {
        true => node.units().into_iter().map(|(unit, _)| unit).collect(),
        false => BTreeSet::new(),
    };
    Ok(Person {
        officer: officer.parse()?,
        name: name.parse()?,
        function: function.parse()?,
        units,
        roles: BTreeSet::from([role]),
        lang,
        suspended: false,
    })
}
