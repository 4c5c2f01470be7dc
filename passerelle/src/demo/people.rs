//! Accounts of the demonstration: one for each role on each side, and more for the joint group,
//! with names nobody has.

use std::collections::BTreeSet;

use passerelle_model::{Lang, Role, Side, UnitId};
use passerelle_service::{Node, Person, Settings};

use super::cases::GROUP_UNIT;

type Account = (&'static str, &'static str, &'static str, Role);

const RABAT: [Account; 9] = [
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
        "Secrétaire du groupe mixte",
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
    (
        "rabat-secteur",
        "Rachid Alaoui",
        "Responsable de secteur",
        Role::Officer,
    ),
    (
        "rabat-cabinet",
        "Imane Berrada",
        "Cabinet du ministre",
        Role::Supervisor,
    ),
];

const BRUSSELS: [Account; 9] = [
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
        "Secrétaire du groupe mixte",
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
    (
        "brussel-sector",
        "Thomas Claes",
        "Sectorverantwoordelijke",
        Role::Officer,
    ),
    (
        "brussel-kabinet",
        "Julie Renard",
        "Cabinet de la ministre",
        Role::Supervisor,
    ),
];

/// Who else works in the joint group, beside the secretaries.
const IN_GROUP: [&str; 4] = [
    "rabat-secteur",
    "rabat-cabinet",
    "brussel-sector",
    "brussel-kabinet",
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
    // Whoever works in the joint group works in no case.
    let group = role == Role::Secretary || IN_GROUP.contains(&officer);
    let side = |unit: &UnitId| (unit.as_str() == GROUP_UNIT) == group;
    let units = node.units().into_iter().map(|(unit, _)| unit).filter(side);
    let units = match role.opens(Side::Group) {
        true => units.collect(),
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
