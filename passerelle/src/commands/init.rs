//! `init`: a new node.

use std::collections::BTreeMap;

use passerelle_model::{Country, Lang, Name, Names, PartyId, UnitId};

use super::{card, data_dir, print_json};
use crate::args::{Common, InitArgs, UnitName};
use crate::config::KeySource;
use crate::failure::Failure;
use crate::locale;
use crate::setup::{self, KeyPlan, Made, Plan};

pub(super) async fn run(common: &Common, args: InitArgs) -> anyhow::Result<()> {
    let data = data_dir(common)?;
    let made = setup::make(&data, plan(common, args)?).await?;
    if common.json {
        print_json(&made.card);
        return Ok(());
    }
    println!(
        "Made a node of {} in {}.",
        made.card.party,
        data.path().display()
    );
    println!("{}", key_note(&made));
    println!();
    print!("{}", card::described(&made.card, None, locale::lang()));
    println!();
    println!(
        "Next: passerelle card --data {0} --out my.card, give it to your partner;",
        data.path().display()
    );
    println!("      passerelle pair PARTNER.card, then passerelle agreement new.");
    Ok(())
}

fn plan(common: &Common, args: InitArgs) -> Result<Plan, Failure> {
    let first = args.name.first().map_or(Lang::En, |(lang, _)| *lang);
    let names = once("name", args.name)?;
    let country = match args.country {
        Some(country) => country,
        None => country_of(&args.party)?,
    };
    let inside = args.key_inside_data_i_know;
    let key = match (args.key_file, &common.passphrase_file, args.ask_passphrase) {
        (_, _, true) => KeyPlan::Ask,
        (Some(path), ..) => KeyPlan::KeyFile { path, inside },
        (None, Some(path), _) => KeyPlan::PassphraseFile {
            path: path.clone(),
            inside,
        },
        (None, None, false) => KeyPlan::UserSettings,
    };
    let units = units(args.unit, first)?;
    let (party, address) = (args.party, args.address);
    let (desk, exchange) = (args.desk, args.exchange);
    Ok(Plan {
        party,
        names,
        country,
        units,
        address,
        desk,
        exchange,
        public: None,
        key,
    })
}

/// `ma.interior` is Moroccan.
fn country_of(party: &PartyId) -> Result<Country, Failure> {
    let first = party.as_str().split('.').next().unwrap_or_default();
    first.to_ascii_uppercase().parse().map_err(|_| {
        Failure::usage(format!(
            "which country is {party} of? Add --country with two letters"
        ))
    })
}

fn once(what: &str, names: Vec<(Lang, Name)>) -> Result<Names, Failure> {
    let mut map = BTreeMap::new();
    for (lang, name) in names {
        if map.insert(lang, name).is_some() {
            return Err(Failure::usage(format!("two {what}s in {lang}: give one")));
        }
    }
    Names::new(map).map_err(|error| Failure::new(error.code(), error.to_string()))
}

/// Units with their names; `liaison` where none is given.
fn units(given: Vec<UnitName>, first: Lang) -> Result<BTreeMap<UnitId, Names>, Failure> {
    let said = |error: passerelle_model::Error| Failure::new(error.code(), error.to_string());
    if given.is_empty() {
        let liaison = setup::names("Liaison", "Liaison", "الاتصال", "Liaison").map_err(said)?;
        return Ok(BTreeMap::from([(
            "liaison".parse().map_err(said)?,
            liaison,
        )]));
    }
    let mut named: BTreeMap<UnitId, Vec<(Lang, Name)>> = BTreeMap::new();
    for UnitName { unit, lang, name } in given {
        let name = name.map_or_else(|| unit.as_str().parse().map_err(said), Ok)?;
        named
            .entry(unit)
            .or_default()
            .push((lang.unwrap_or(first), name));
    }
    named
        .into_iter()
        .map(|(unit, names)| Ok((unit, once("unit name", names)?)))
        .collect()
}

fn key_note(made: &Made) -> String {
    match &made.keys {
        KeySource::KeyFile(path) => format!(
            "Its key file is {}: without it nothing opens. Keep it, and a copy, apart from the \
             data.",
            path.display()
        ),
        KeySource::PassphraseFile(path) => {
            format!(
                "Its passphrase is read from {}: without it nothing opens.",
                path.display()
            )
        }
        KeySource::Ask => "Its passphrase is typed at each start: without it nothing opens.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_is_the_first_word_where_it_has_two_letters() {
        let country = |party: &str| country_of(&party.parse().unwrap());
        assert_eq!(country("ma.interior").unwrap().as_str(), "MA");
        assert!(country("interior.ma").unwrap_err().is_usage());
    }

    #[test]
    fn units_have_names_and_a_default() {
        let default = units(Vec::new(), Lang::Fr).unwrap();
        assert_eq!(default.len(), 1);
        let unit = |lang, name: &str| UnitName {
            unit: "police".parse().unwrap(),
            lang,
            name: Some(name.parse().unwrap()),
        };
        let two = units(
            vec![unit(None, "Police"), unit(Some(Lang::Nl), "Politie")],
            Lang::Fr,
        );
        let two = two.unwrap();
        let names = two.values().next().unwrap();
        assert_eq!(names.in_lang(Lang::Nl), "Politie");
        let doubled = units(vec![unit(None, "A"), unit(None, "B")], Lang::Fr);
        assert!(doubled.unwrap_err().is_usage());
    }
}
