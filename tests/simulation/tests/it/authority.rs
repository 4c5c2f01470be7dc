//! The supervisory authority's own access: who comes in, what is seen, and what stands of it.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what cannot be is a failed test"
)]

use std::time::Duration;

use passerelle_identity::TotpSecret;
use passerelle_model::{Deed, Outcome, PartyId, RecordId};
use passerelle_service::{
    ActFilter, LOOK_MILLIS, NewInspection, Node, OpenedInspection, RightsStep,
};

use crate::duties::{asked, days};
use crate::keeping::{APPROVER, OFFICER, Stage, WATCH, why};

/// Recipients in third countries of one subject's data; and the authority sees that subject and
/// nothing else, until its access ends.
#[tokio::test(start_paused = true)]
async fn the_authority_sees_one_subject() {
    let stage = Stage::new().await;
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    let theirs = stage.told(stage.notice("concerne la personne")).await;
    let others = stage.told(stage.notice("autre affaire")).await;
    let id = asked(&stage).await;
    let party: PartyId = rabat.party().clone();
    let chosen = RightsStep::Chosen {
        party: party.clone(),
        record: theirs,
    };
    let step = rabat.rights_step(watch, (&id, 1), chosen.clone(), why());
    step.await.unwrap();
    let twice = rabat.rights_step(watch, (&id, 2), chosen, why()).await;
    assert_eq!(twice.unwrap_err().code(), "E_RIGHTS_STEP");
    let missing = RightsStep::Chosen {
        party: party.clone(),
        record: RecordId::from_parts(1, [1; 10]),
    };
    let missing = rabat.rights_step(watch, (&id, 2), missing, why()).await;
    assert_eq!(missing.unwrap_err().code(), "E_NOT_FOUND");
    let listed = rabat.rights_recipients(watch, &id).await.unwrap();
    assert_eq!(listed.len(), 1);
    let to = &listed[0].recipients[0];
    assert_eq!(&to.party, stage.node(1).party());
    // Both cards of this stage are of one state.
    assert!(to.country.is_some() && !to.third);
    let hidden = rabat.rights_recipients(stage.actor(0, APPROVER), &id).await;
    assert_eq!(hidden.unwrap_err().code(), "E_NOT_FOUND");

    for days in [0, 61] {
        let refused = rabat.open_inspection(watch, &id, authority(days), why());
        assert_eq!(refused.await.unwrap_err().code(), "E_RETENTION");
    }
    let officer = stage.actor(0, OFFICER);
    let refused = rabat.open_inspection(officer, &id, authority(3), why());
    assert_eq!(refused.await.unwrap_err().code(), "E_NOT_FOUND");
    let opened = rabat.open_inspection(watch, &id, authority(3), why());
    let opened = opened.await.unwrap();
    let pass = enter(rabat, &opened).await.unwrap();
    let seen = rabat.inspect(&pass).await.unwrap();
    assert_eq!(seen.records, listed);
    assert!(seen.log.iter().any(|act| act.deed == Deed::Transfer));
    let object = passerelle_model::Object::Record {
        party: party.clone(),
        record: theirs,
    };
    assert!(seen.log.iter().all(|act| act.object == object));
    let shown = rabat
        .inspect_record(&pass, (&party, &theirs))
        .await
        .unwrap();
    assert!(shown.content.is_some());
    let other = rabat.inspect_record(&pass, (&party, &others)).await;
    assert_eq!(other.unwrap_err().code(), "E_NOT_FOUND");
    // A pass is no code, and nothing else is a pass.
    let guessed = format!("{}-{}", opened.access.id, "0".repeat(64));
    for wrong in [
        "",
        "x",
        guessed.as_str(),
        &opened.code,
        &pass[..pass.len() - 1],
    ] {
        let refused = rabat.inspect(wrong).await;
        assert_eq!(refused.unwrap_err().code(), "E_NOT_FOUND", "{wrong}");
    }
    // Coming in and every look is in the register, under a name of its own, for whom.
    let looks = looks(&stage, &opened).await;
    assert_eq!(looks.len(), 3);
    let named = looks.iter().filter(|act| act.why.is_some());
    let why_of = "CNDP, dossier 2024-118 · Nadia B., juriste";
    assert!(
        named
            .clone()
            .all(|act| act.why.as_ref().unwrap().as_str() == why_of)
    );
    assert_eq!(named.count(), 2);
    let ended = rabat
        .end_inspection(watch, (&id, &opened.access.id), why())
        .await;
    ended.unwrap();
    assert_eq!(
        rabat.inspect(&pass).await.unwrap_err().code(),
        "E_NOT_FOUND"
    );
    let opened = rabat.open_inspection(watch, &id, authority(3), why());
    let opened = opened.await.unwrap();
    days(3).await;
    let late = enter(rabat, &opened).await;
    assert_eq!(late.unwrap_err().code(), "E_NOT_FOUND");
    assert_eq!(rabat.inspections(watch, &id).await.unwrap().len(), 2);
    stage.is_clean().await;
}

pub(crate) fn authority(days: u32) -> NewInspection {
    NewInspection {
        authority: "CNDP, dossier 2024-118".parse().unwrap(),
        person: "Nadia B.".parse().unwrap(),
        function: "juriste".parse().unwrap(),
        checked: "carte de service, rappel par le standard".parse().unwrap(),
        days,
    }
}

/// What the authenticator shows now.
fn one_time(node: &Node, opened: &OpenedInspection) -> String {
    let secret = TotpSecret::from_base32(&opened.enrolment.secret).unwrap();
    secret.code_at(node.time())
}

async fn enter(
    node: &Node,
    opened: &OpenedInspection,
) -> Result<String, passerelle_service::Error> {
    let code = one_time(node, opened);
    node.enter_inspection(&opened.code, &code).await
}

/// What the register holds of an access, the newest first.
async fn looks(stage: &Stage, opened: &OpenedInspection) -> Vec<passerelle_model::Act> {
    let filter = ActFilter {
        officer: Some(opened.access.officer().unwrap()),
        ..ActFilter::default()
    };
    stage.acts_found(0, &filter).await
}

/// Coming in takes the code and a one-time code; each works once, guessing has to wait, and
/// whatever is wrong looks the same. A look ends.
#[tokio::test(start_paused = true)]
async fn the_authority_comes_in_with_two_things() {
    let stage = Stage::new().await;
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    let id = asked(&stage).await;
    let opened = rabat.open_inspection(watch, &id, authority(3), why());
    let opened = opened.await.unwrap();
    let other = rabat.open_inspection(watch, &id, authority(3), why());
    let other = other.await.unwrap();
    let right = one_time(rabat, &opened);
    let foreign = one_time(rabat, &other);
    let mut answers = Vec::new();
    for (code, one_time) in [
        (opened.code.as_str(), ""),
        (&opened.code, &foreign),
        (&other.code, &right),
        (&opened.code[..opened.code.len() - 1], &right),
        ("x", &right),
    ] {
        let refused = rabat.enter_inspection(code, one_time).await.unwrap_err();
        answers.push((refused.code(), refused.to_string()));
    }
    let pass = rabat.enter_inspection(&opened.code, &right).await.unwrap();
    let again = rabat
        .enter_inspection(&opened.code, &right)
        .await
        .unwrap_err();
    answers.push((again.code(), again.to_string()));
    assert!(rabat.inspect(&pass).await.is_ok(), "whoever is in stays in");
    for _ in 0..4 {
        let guessed = rabat.enter_inspection(&opened.code, "000000").await;
        answers.push((
            guessed.as_ref().unwrap_err().code(),
            guessed.unwrap_err().to_string(),
        ));
    }
    tokio::time::sleep(Duration::from_secs(4)).await;
    let waits = enter(rabat, &opened).await.unwrap_err();
    answers.push((waits.code(), waits.to_string()));
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    let refused: Vec<String> = looks(&stage, &opened)
        .await
        .iter()
        .filter(|act| act.outcome == Outcome::Refused)
        .map(|act| act.codes[0].to_string())
        .collect();
    assert_eq!(refused.iter().filter(|code| *code == "E_LOCKED").count(), 1);
    assert_eq!(
        refused.iter().filter(|code| *code == "E_SIGN_IN").count(),
        7
    );

    tokio::time::sleep(Duration::from_secs(60)).await;
    let next = enter(rabat, &opened).await.unwrap();
    let out = rabat.inspect(&pass).await.unwrap_err();
    assert_eq!(out.code(), "E_NOT_FOUND", "one is in at a time");
    rabat.leave_inspection(&next).await.unwrap();
    assert!(rabat.inspect(&next).await.is_err());
    tokio::time::sleep(Duration::from_secs(60)).await;
    let last = enter(rabat, &opened).await.unwrap();
    tokio::time::sleep(Duration::from_millis(LOOK_MILLIS - 1000)).await;
    assert!(rabat.inspect(&last).await.is_ok());
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(rabat.inspect(&last).await.is_err());
    stage.is_clean().await;
}

/// Files of the records of the request are there too, each an act before it is read; files of
/// other records are not.
#[tokio::test(start_paused = true)]
async fn the_authority_takes_the_files_of_one_subject() {
    let stage = Stage::new().await;
    let (rabat, watch) = (stage.node(0), stage.actor(0, WATCH));
    let mut records = Vec::new();
    for text in ["du sujet\n", "d'un autre\n"] {
        let file: &[u8] = text.as_bytes();
        let staged = rabat.stage("pièce.txt", "text/plain", Box::pin(file)).await;
        let mut notice = stage.notice("avec pièce");
        notice.attachments = vec![staged.unwrap().token];
        records.push(stage.told(notice).await);
    }
    let id = asked(&stage).await;
    let party = rabat.party().clone();
    let chosen = RightsStep::Chosen {
        party: party.clone(),
        record: records[0],
    };
    rabat
        .rights_step(watch, (&id, 1), chosen, why())
        .await
        .unwrap();
    let opened = rabat.open_inspection(watch, &id, authority(3), why());
    let opened = opened.await.unwrap();
    let pass = enter(rabat, &opened).await.unwrap();
    let file = rabat.inspect_file(&pass, (&party, &records[0]), 0);
    let mut file = file.await.unwrap();
    let taken = looks(&stage, &opened).await;
    assert_eq!(taken[0].deed, Deed::Export, "before a byte of it is read");
    assert_eq!(file.name, "pièce.txt");
    assert_eq!(file.next().await.unwrap().unwrap(), b"du sujet\n");
    for (pass, record, position) in [
        (pass.as_str(), records[1], 0),
        (&pass, records[0], 1),
        (&opened.code, records[0], 0),
    ] {
        let refused = rabat.inspect_file(pass, (&party, &record), position).await;
        assert_eq!(refused.unwrap_err().code(), "E_NOT_FOUND");
    }
    stage.is_clean().await;
}
