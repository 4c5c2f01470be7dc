//! Batches of statements.

use passerelle_model::{
    AgreementHash, Digest, NODE_UNIT, Said, Statement, StatementBatch, StatementsHead,
};

use super::super::open::root_of;
use super::super::*;
use super::{World, opened, recipient};
use crate::sign_statements;
use crate::testing::{SAMPLE_TIME, SeededRng};

fn statement(index: u64) -> Statement {
    Statement {
        index,
        commitment: Digest::new([3; 32]),
        record: None,
        said: Said::Accepted,
        time: SAMPLE_TIME,
        salt: Digest::new([index as u8; 32]),
    }
}

/// Brussels about Rabat's record.
fn batch(world: &World, statements: Vec<Statement>, root: Option<Digest>) -> StatementBatch {
    let computed = root_of(&statements);
    let head = StatementsHead {
        channel: "ma-be-security".parse().unwrap(),
        by: world.brussels.party.clone(),
        about: world.rabat.party.clone(),
        size: statements.len() as u64,
        root: root.unwrap_or(computed),
    };
    let signed_head = sign_statements(&head, world.brussels.keyring.record()).unwrap();
    StatementBatch {
        signed_head,
        statements,
    }
}

fn statements_header(world: &World) -> Header {
    Header {
        channel: "ma-be-security".parse().unwrap(),
        agreement: AgreementHash::new([1; 32]),
        from: world.brussels.party.clone(),
        what: What::Statements,
        to: vec![recipient(&world.rabat.card, NODE_UNIT)],
    }
}

fn read_statements(
    world: &mut World,
    header: &Header,
    batch: &StatementBatch,
) -> Result<OpenedStatements, Error> {
    let envelope = world.sealed_as(header, &batch.to_bytes());
    let us = &world.rabat;
    let read = open(&envelope, &us.party, &us.keyring, &mut OpenedPackets::new())?;
    read.verified_statements(&[&world.brussels.card])
}

#[test]
fn statements_arrive_under_their_signed_root() {
    let mut world = World::new();
    let batch = batch(&world, vec![statement(1), statement(2), statement(3)], None);
    let header = statements_header(&world);
    let (mut packets, mut rng) = (Packets::new(), SeededRng::new(1));
    let cards = [&world.rabat.card];
    let sealed = seal_statements(&header, &batch, &cards, &mut packets, &mut rng).unwrap();
    let read = opened(&sealed.bytes, &world.rabat).unwrap();
    let read = read.verified_statements(&[&world.brussels.card]).unwrap();
    assert_eq!(read.statements(), batch.statements);
    assert_eq!(read.into_parts().0.bytes(), batch.signed_head);
    let record = Header {
        what: What::Record,
        ..header
    };
    let refused = seal_statements(&record, &batch, &cards, &mut packets, &mut rng);
    assert_eq!(refused.unwrap_err().code(), "E_MALFORMED");
    assert!(read_statements(&mut world, &record, &batch).is_err());
}

#[test]
fn statements_that_were_not_signed_or_not_for_here_are_refused() {
    let mut world = World::new();
    let header = statements_header(&world);
    let good = batch(&world, vec![statement(1), statement(2)], None);
    let mut swapped = good.clone();
    swapped.statements.swap(0, 1);
    let mut fewer = good.clone();
    fewer.statements.pop();
    let other_root = batch(&world, vec![statement(1)], Some(Digest::new([0; 32])));
    for bad in [swapped, fewer, other_root] {
        let refused = read_statements(&mut world, &header, &bad).unwrap_err();
        assert_eq!(refused.code(), "E_STATEMENTS");
    }
    // Others may hear it as well.
    let mixed = vec![
        recipient(&world.brussels.card, "node"),
        recipient(&world.rabat.card, "node"),
    ];
    let heard = Header {
        to: mixed,
        ..header.clone()
    };
    assert!(read_statements(&mut world, &heard, &good).is_ok());
    let places = [
        Header {
            channel: "ma-be-health".parse().unwrap(),
            ..header.clone()
        },
        Header {
            from: world.hague.party.clone(),
            ..header.clone()
        },
        Header {
            what: What::Record,
            ..header
        },
    ];
    for header in places {
        let refused = read_statements(&mut world, &header, &good).unwrap_err();
        assert_eq!(refused.code(), "E_FORWARDED");
    }
}
