//! Drafts of the officer, begun as people begin them.

use anyhow::Context as _;
use passerelle_model::Kind;
use passerelle_service::{Field, NewDraft, Node, Saved};

use super::world::PEOPLE;

/// Begins `count` drafts of the officer's, each with a subject and a text.
pub(crate) async fn begin(node: &Node, count: u64) -> anyhow::Result<()> {
    let account = node.demo_accounts().await?;
    let account = account
        .into_iter()
        .find(|account| account.person.officer.as_str() == PEOPLE[0].0)
        .context("the officer has an account")?;
    let given = passerelle_service::SignIn {
        name: PEOPLE[0].0.to_owned(),
        password: account.password,
        code: account.code,
        device: "bench".to_owned(),
    };
    let signed_in = node.sign_in(given).await?;
    for number in 0..count {
        let new = NewDraft {
            kind: Kind::Notice,
            about: None,
            unit: None,
        };
        let view = node.new_draft(&signed_in.actor, new).await?;
        let form = view
            .form
            .clone()
            .with(Field::Subject, [format!("Projet {number}")])
            .with(Field::Text, ["Texte du projet. ".repeat(100)]);
        let saved = node
            .save_draft(&signed_in.actor, &view.id, view.version, form)
            .await?;
        anyhow::ensure!(matches!(saved, Saved::Kept(_)), "the draft was kept");
    }
    node.sign_out(&signed_in.actor, &signed_in.secret.reveal())
        .await?;
    Ok(())
}
