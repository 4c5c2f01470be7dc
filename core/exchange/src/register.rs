//! Watching over each other's registers: a node shows its partner the head of its register,
//! the partner checks that it continues the one it co-signed last, and co-signs it. Nothing of
//! the acts leaves the node, only how many there are.

use minicbor::{Decode, Encode};
use passerelle_journal::merkle::MAX_PROOF_HASHES;
use passerelle_journal::{
    Evidence, Hash, LogKey, Misbehaviour, MustPersist, Refusal, SignedCheckpoint,
    VerifiedCheckpoint, WitnessState,
};
use passerelle_model::{Digest, UtcTime};

use crate::Error;
use crate::message::{Cosignature, MAX_NOTE_BYTES, Message, limit};

/// One turn of the talk about registers, and its answer. Either side shows its own head and
/// answers the one it was shown last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RegisterTurn {
    /// The speaker's head, where it grew since the listener co-signed it.
    #[n(0)]
    pub head: Option<RegisterHead>,
    /// What the speaker makes of the head it was shown.
    #[n(1)]
    pub answer: Option<RegisterAnswer>,
}

/// The head of a register, with proof that it continues an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RegisterHead {
    /// The speaker's clock: tells a message that was long under way from a register that was
    /// set back.
    #[n(0)]
    pub time: UtcTime,
    /// Size from which the proof starts: what the listener co-signed last, as far as known.
    #[n(1)]
    pub old: u64,
    /// The consistency proof of RFC 6962 (section 2.1.2) with its starting hash always
    /// written out; empty from size zero and to the same size.
    #[n(2)]
    pub proof: Vec<Digest>,
    /// The signed checkpoint.
    #[n(3)]
    pub checkpoint: String,
}

/// What became of a head.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum RegisterAnswer {
    /// Co-signed.
    #[n(0)]
    Cosigned(#[n(0)] Cosignature),
    /// Another head is held than the one the proof starts from.
    #[n(1)]
    Held {
        /// The listener's own signed checkpoint, so that nobody has to be believed; none
        /// where nothing is held.
        #[n(0)]
        checkpoint: Option<String>,
    },
}

/// What a witness keeps of a partner's register.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Witnessed {
    /// The partner's signed checkpoint.
    #[n(0)]
    pub checkpoint: String,
    /// The partner's clock when it showed it.
    #[n(1)]
    pub time: UtcTime,
}

/// What a head that was shown leads to.
#[derive(Debug)]
pub enum Shown {
    /// It continues what is held: keep it, then co-sign.
    Continues(MustPersist),
    /// The proof starts elsewhere: say what is held.
    Elsewhere,
    /// It is smaller than what is held, and shown later: the register was set back.
    SetBack {
        /// Size held.
        held: u64,
        /// Size shown.
        shown: u64,
    },
}

impl Message for RegisterTurn {
    fn check(&self) -> Result<(), Error> {
        if let Some(head) = &self.head {
            limit("proof hashes", head.proof.len(), MAX_PROOF_HASHES)?;
            limit("checkpoint bytes", head.checkpoint.len(), MAX_NOTE_BYTES)?;
        }
        let bytes = match &self.answer {
            Some(RegisterAnswer::Cosigned(given)) => given.line.len(),
            Some(RegisterAnswer::Held { checkpoint }) => checkpoint.as_ref().map_or(0, String::len),
            None => 0,
        };
        limit("checkpoint bytes", bytes, MAX_NOTE_BYTES)
    }
}

impl Message for Witnessed {}

/// Judges the head of a partner's register against what is held of it. `key` is the partner's
/// register key.
///
/// # Errors
/// `E_EQUIVOCATION` with the proof where the partner signed two histories; `E_WITNESS_…` and
/// `E_JOURNAL_…` for what is merely not taken.
pub fn judge(shown: &RegisterHead, held: Option<&Witnessed>, key: &LogKey) -> Result<Shown, Error> {
    let head = SignedCheckpoint::open(&shown.checkpoint, key)?;
    let before = match held {
        Some(held) => Some(SignedCheckpoint::open(&held.checkpoint, key)?),
        None => None,
    };
    let state = state(before.as_ref(), key)?;
    let later = held.is_none_or(|held| shown.time > held.time);
    if head.size() < state.size() && later {
        let (held, shown) = (state.size(), head.size());
        return Ok(Shown::SetBack { held, shown });
    }
    if shown.old != state.size() {
        return Ok(Shown::Elsewhere);
    }
    let proof = hashes(&shown.proof);
    match advance(&state, &head, &proof) {
        Ok(must) => Ok(Shown::Continues(must)),
        Err(refusal) => Err(contradiction(before.as_ref(), &head, proof, refusal)),
    }
}

/// Judges nothing: what is held, to be co-signed once more.
///
/// # Errors
/// Where what is held is not of this key.
pub fn held_again(held: &Witnessed, key: &LogKey) -> Result<MustPersist, Error> {
    let head = SignedCheckpoint::open(&held.checkpoint, key)?;
    let state = state(Some(&head), key)?;
    advance(&state, &head, &[]).map_err(Error::Witness)
}

fn state(before: Option<&VerifiedCheckpoint>, key: &LogKey) -> Result<WitnessState, Error> {
    let origin = key.name().clone();
    Ok(match before {
        Some(head) => WitnessState::restore(origin, head.size(), *head.root())?,
        None => WitnessState::fresh(origin),
    })
}

/// From a power of two the proof of RFC 6962 begins after the root held, which must then be
/// what is written out.
fn advance(
    state: &WitnessState,
    head: &VerifiedCheckpoint,
    proof: &[Hash],
) -> Result<MustPersist, Refusal> {
    let old = state.size();
    let (seed, rest) = match proof.split_first() {
        Some((seed, rest)) if old.is_power_of_two() && old < head.size() => (Some(seed), rest),
        _ => (None, proof),
    };
    let hashes = match seed {
        Some(seed) if seed != state.root() => proof,
        _ => rest,
    };
    state.advance(head, Evidence::Proof { old, hashes })
}

/// The proof of two histories, where there is one.
fn contradiction(
    before: Option<&VerifiedCheckpoint>,
    head: &VerifiedCheckpoint,
    proof: Vec<Hash>,
    refusal: Refusal,
) -> Error {
    let proven = before.and_then(|before| match refusal {
        Refusal::Equivocation { .. } => Misbehaviour::same_size(before, head).ok(),
        Refusal::Inconsistent { .. } => Misbehaviour::rewritten(before, head, proof).ok(),
        _ => None,
    });
    match proven {
        Some(proof) => Error::Equivocation(Box::new(proof)),
        None => Error::Witness(refusal),
    }
}

fn hashes(proof: &[Digest]) -> Vec<Hash> {
    proof
        .iter()
        .map(|hash| Hash::from_bytes(*hash.as_bytes()))
        .collect()
}

#[cfg(test)]
mod tests {
    use passerelle_journal::{Checkpoint, KeyName, LogSigner, MemoryTree, merkle};

    use super::*;

    fn signer() -> LogSigner {
        LogSigner::from_seed(KeyName::parse("passerelle/register/x").unwrap(), &[1; 32])
    }

    fn tree(of: &str, size: u64) -> MemoryTree {
        let mut tree = MemoryTree::new();
        let leaves: Vec<_> = (0..size)
            .map(|index| match index {
                0 => merkle::leaf_hash(b"same"),
                _ => merkle::leaf_hash(format!("{of} {index}").as_bytes()),
            })
            .collect();
        tree.append(&leaves).unwrap();
        tree
    }

    fn shown(tree: &MemoryTree, old: u64, time: u64) -> RegisterHead {
        let head = Checkpoint::new(signer().key().name().clone(), tree.size(), tree.root());
        let proof = match old == 0 || old >= tree.size() {
            true => vec![],
            false => merkle::prefix_proof(tree, old, tree.size()).unwrap(),
        };
        RegisterHead {
            time: UtcTime::from_millis(time),
            old,
            proof: proof
                .iter()
                .map(|hash| Digest::new(*hash.as_bytes()))
                .collect(),
            checkpoint: head.unwrap().sign(&signer()).unwrap().to_string(),
        }
    }

    fn held(tree: &MemoryTree) -> Witnessed {
        Witnessed {
            checkpoint: shown(tree, 0, 0).checkpoint,
            time: UtcTime::from_millis(100),
        }
    }

    #[test]
    fn every_honest_step_is_taken() {
        for old in 0..20 {
            for new in old..20 {
                let before = (old > 0).then(|| held(&tree("a", old)));
                let next = shown(&tree("a", new), old, 200);
                let judged = judge(&next, before.as_ref(), signer().key()).unwrap();
                let Shown::Continues(must) = judged else {
                    panic!("{old} to {new}: {judged:?}")
                };
                assert_eq!(must.after().size(), new);
            }
        }
    }

    /// Whatever the sizes, a rewritten register is proved to be one.
    #[test]
    fn another_history_is_proved() {
        for old in 2..20 {
            for new in old..20 {
                let next = shown(&tree("b", new), old, 200);
                let refused = judge(&next, Some(&held(&tree("a", old))), signer().key());
                let Err(Error::Equivocation(proof)) = refused else {
                    panic!("{old} to {new}: {refused:?}")
                };
                proof.verify(signer().key()).unwrap();
            }
        }
    }

    #[test]
    fn a_bad_proof_accuses_nobody() {
        let mut next = shown(&tree("a", 9), 4, 200);
        for position in 0..next.proof.len() {
            let good = next.proof[position];
            next.proof[position] = Digest::new([7; 32]);
            let refused = judge(&next, Some(&held(&tree("a", 4))), signer().key());
            assert_eq!(refused.unwrap_err().code(), "E_WITNESS_INCONSISTENT");
            next.proof[position] = good;
        }
    }

    #[test]
    fn smaller_is_late_or_set_back() {
        let held = held(&tree("a", 9));
        let late = judge(&shown(&tree("a", 5), 3, 99), Some(&held), signer().key());
        assert!(matches!(late, Ok(Shown::Elsewhere)));
        let back = judge(&shown(&tree("a", 5), 3, 101), Some(&held), signer().key());
        assert!(matches!(back, Ok(Shown::SetBack { held: 9, shown: 5 })));
    }

    #[test]
    fn another_log_and_another_key_are_refused() {
        let other = LogSigner::from_seed(signer().key().name().clone(), &[2; 32]);
        let next = shown(&tree("a", 3), 0, 1);
        let refused = judge(&next, None, other.key()).unwrap_err();
        assert_eq!(refused.code(), "E_JOURNAL_UNSIGNED");
        let name = KeyName::parse("passerelle/register/y").unwrap();
        let other = LogSigner::from_seed(name, &[1; 32]);
        let refused = judge(&next, None, other.key()).unwrap_err();
        assert_eq!(refused.code(), "E_JOURNAL_ORIGIN");
    }

    #[test]
    fn a_turn_reads_back_and_is_limited() {
        let mut turn = RegisterTurn {
            head: Some(shown(&tree("a", 9), 4, 5)),
            answer: Some(RegisterAnswer::Held {
                checkpoint: Some("x".to_owned()),
            }),
        };
        assert_eq!(RegisterTurn::from_bytes(&turn.to_bytes()).unwrap(), turn);
        if let Some(head) = &mut turn.head {
            head.proof = vec![Digest::new([0; 32]); MAX_PROOF_HASHES + 1];
        }
        let refused = RegisterTurn::from_bytes(&turn.to_bytes()).unwrap_err();
        assert_eq!(refused.code(), "E_TOO_LARGE");
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let _ = RegisterTurn::from_bytes(&bytes);
        }
    }
}
