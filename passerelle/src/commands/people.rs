//! `people` and `policy`: who uses the desk here, and who opens what.

use passerelle_model::{Lang, OfficerId};
use passerelle_service::{PersonView, PolicyView};
use serde::Deserialize;
use serde_json::json;

use super::Context;
use crate::args::{PeopleCommand, PolicyCommand};
use crate::args_people::AddPerson;
use crate::client::Call;
use crate::table::{Table, safe_text};

pub(super) async fn run(ctx: &Context<'_>, command: PeopleCommand) -> anyhow::Result<()> {
    match command {
        PeopleCommand::List => list(ctx).await,
        PeopleCommand::Add(person) => add(ctx, &person).await,
        PeopleCommand::Reset { officer } => {
            let call = Call::post(format!("/v1/people/{officer}/reset"));
            link(ctx, call.with_json(&json!({}))).await
        }
        PeopleCommand::Suspend { officer, lift } => suspend(ctx, &officer, !lift).await,
    }
}

async fn list(ctx: &Context<'_>) -> anyhow::Result<()> {
    let call = Call::get("/v1/people");
    let Some(people) = ctx.fetch::<Vec<PersonView>>(call).await? else {
        return Ok(());
    };
    let mut table = Table::new(&["ID", "NAME", "UNITS", "ROLES", "STATE", "SEEN"]);
    for view in &people {
        let person = &view.person;
        let state = match (person.suspended, view.enrolled) {
            (true, _) => "suspended",
            (false, true) => "active",
            (false, false) => "invited",
        };
        table.row([
            person.officer.as_str(),
            &safe_text(person.name.as_str()),
            &joined(&person.units),
            &joined(&person.roles),
            state,
            &view
                .last_seen
                .map_or_else(String::new, |time| time.to_string()),
        ]);
    }
    print!("{table}");
    Ok(())
}

async fn add(ctx: &Context<'_>, person: &AddPerson) -> anyhow::Result<()> {
    let body = json!({
        "officer": person.officer, "name": person.name, "function": person.function,
        "units": person.unit, "roles": person.role, "lang": person.language,
    });
    link(ctx, Call::post("/v1/people").with_json(&body)).await
}

async fn link(ctx: &Context<'_>, call: Call) -> anyhow::Result<()> {
    #[derive(Deserialize)]
    struct SetupLink {
        officer: OfficerId,
        path: String,
    }
    if let Some(SetupLink { officer, path }) = ctx.fetch::<SetupLink>(call).await? {
        eprintln!("{officer} chooses a password here, on the desk of this node; shown this once:");
        println!("{path}");
    }
    Ok(())
}

async fn suspend(ctx: &Context<'_>, officer: &OfficerId, suspended: bool) -> anyhow::Result<()> {
    let call = Call::post(format!("/v1/people/{officer}/suspend"));
    call.with_json(&json!({ "suspended": suspended }))
        .send(&ctx.client)
        .await?;
    match suspended {
        true => println!("{officer} may not sign in any more; their sessions are ended."),
        false => println!("{officer} may sign in again."),
    }
    Ok(())
}

pub(super) async fn policy(ctx: &Context<'_>, command: PolicyCommand) -> anyhow::Result<()> {
    let call = match command {
        PolicyCommand::Show => Call::get("/v1/policy"),
        PolicyCommand::Publish => Call::post("/v1/policy").with_json(&json!({})),
    };
    if let Some(policy) = ctx.fetch::<PolicyView>(call).await? {
        print!("{}", in_words(&policy));
    }
    Ok(())
}

fn in_words(policy: &PolicyView) -> String {
    let mut table = Table::new(&["UNIT", "CLASS", "ROLES", "PEOPLE"]);
    for line in &policy.lines {
        let roles = match line.roles.is_empty() {
            true => "nobody".to_owned(),
            false => joined(&line.roles),
        };
        table.row([
            &safe_text(line.unit_names.in_lang(Lang::En)),
            line.class.as_str(),
            &roles,
            &line.people.to_string(),
        ]);
    }
    format!(
        "Access policy of {}, number {}, signed {}\n{table}",
        policy.party, policy.number, policy.issued
    )
}

fn joined<T: ToString>(all: impl IntoIterator<Item = T>) -> String {
    let all: Vec<String> = all.into_iter().map(|one| one.to_string()).collect();
    all.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_that_nobody_opens_is_said() {
        let policy: PolicyView = serde_json::from_value(json!({
            "party": "ma.interior", "number": 3, "issued": "2024-04-15T20:00:00Z",
            "lines": [{
                "unit": "liaison", "unit_names": { "fr": "Liaison" }, "class": "case-data",
                "roles": [], "people": 0,
            }],
        }))
        .unwrap();
        let said = in_words(&policy);
        assert!(
            said.contains("number 3") && said.contains("nobody"),
            "{said}"
        );
    }
}
