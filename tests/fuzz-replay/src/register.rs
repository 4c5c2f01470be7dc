//! The talk about registers, and audit packages.

use std::sync::LazyLock;

use passerelle_exchange::audit::{Package, RegisterProven, verify_register};
use passerelle_exchange::register::{RegisterTurn, Shown, Witnessed, judge};
use passerelle_exchange::{Error, register_key};

use crate::exchange::message;
use crate::samples::register::{HELD, checkpoint, package, tree};
use crate::samples::world;
use crate::{one_text, taken};

/// `RegisterTurn`, and `judge` of the head in it against what is held of an honest register:
/// what continues it is a head that was really signed, and the register is never accused.
pub(crate) fn turn(bytes: &[u8]) -> bool {
    let Some(turn) = message::<RegisterTurn>(bytes) else {
        return false;
    };
    let Some(shown) = turn.head else {
        return true;
    };
    let world = world();
    let Ok(key) = register_key(world.rabat.card.content()) else {
        return false;
    };
    let held = Witnessed {
        checkpoint: checkpoint(world, HELD).to_string(),
        time: passerelle_envelope::testing::SAMPLE_TIME,
    };
    match judge(&shown, Some(&held), &key) {
        Ok(Shown::Continues(must)) => {
            let size = must.after().size();
            let signed = checkpoint(world, size);
            assert_eq!(must.after().root(), signed.unverified().root(), "forged");
            true
        }
        Ok(Shown::Elsewhere | Shown::SetBack { .. }) => true,
        Err(error) => {
            let accused = matches!(error, Error::Equivocation(_));
            assert!(!accused, "an honest register is accused");
            false
        }
    }
}

/// `Package::parse` and `verify_register`: what is proved is what really stands there.
pub(crate) fn audit(bytes: &[u8]) -> bool {
    let Some(package) = one_text(bytes, Package::parse) else {
        return false;
    };
    let world = world();
    let partners = std::slice::from_ref(&world.brussels.card);
    let Some(proven) = taken(package.verify(&world.rabat.card, partners)) else {
        return false;
    };
    let known = known();
    assert_eq!(proven.party, known.party, "forged");
    assert!(proven.size <= tree(world).size(), "forged");
    for (index, act) in proven.acts {
        let held = known.acts.iter().find(|(other, _)| *other == index);
        let same = held.is_some_and(|(_, held)| act.is_none() || act == *held);
        assert!(same, "forged");
    }
    true
}

fn known() -> &'static RegisterProven {
    static KNOWN: LazyLock<RegisterProven> = LazyLock::new(|| {
        let world = world();
        let text = package(world, 0, None).to_string();
        let partners = std::slice::from_ref(&world.brussels.card);
        let proven = verify_register(&text, &world.rabat.card, partners);
        crate::samples::world::done(proven)
    });
    &KNOWN
}
