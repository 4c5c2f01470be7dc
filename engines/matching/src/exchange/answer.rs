//! The answer, and what the asker finds in it.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;

use super::order::{packed, unpacked};
use super::{EXCHANGE_VERSION, Manifest, Order, Pending, read, written};
use crate::oprf::{
    Answer, Mode, Output, PROOF_BYTES, Proof, SecretKey, Suite, answer, finalize_batch,
};
use crate::{Error, Reference, Tag};

/// What the holder sends back.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct AnswerFile {
    #[n(0)]
    version: u32,
    /// SHA-256 of the order.
    #[n(1)]
    pub order: ByteArray<32>,
    #[n(2)]
    batches: Vec<Batch>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Batch {
    #[n(0)]
    elements: ByteVec,
    #[n(1)]
    proof: ByteArray<PROOF_BYTES>,
}

/// What came of one question: its tag to look up, and the reference to ask for more with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// To be looked up in the index.
    pub tag: Tag,
    /// To be named by a request that follows a hit.
    pub reference: Reference,
}

/// Answers an order: one proof for each batch. Budgets, signatures and the log are judged by
/// the caller, before.
///
/// # Errors
/// `E_MATCH_MISMATCH` where the order was made for another manifest or key; `E_MATCH_ELEMENT`.
pub fn respond(
    manifest: &Manifest,
    key: &SecretKey,
    order: &Order,
    rng: &mut impl CryptoRng,
) -> Result<AnswerFile, Error> {
    if *order.manifest != manifest.hash() {
        return Err(Error::Mismatch("the order was made for another manifest"));
    }
    manifest.check_key(key)?;
    let suite = Suite::new(Mode::Verifiable);
    let mut batches = Vec::new();
    for asked in order.elements()? {
        let given = answer(&suite, key, &asked, b"", rng)?;
        let proof = given.proof.ok_or(Error::Proof)?;
        batches.push(Batch {
            elements: packed(&given.elements),
            proof: proof.to_bytes().into(),
        });
    }
    Ok(AnswerFile {
        version: EXCHANGE_VERSION,
        order: order.hash().into(),
        batches,
    })
}

impl AnswerFile {
    /// Reads an answer.
    ///
    /// # Errors
    /// `E_MATCH_FILE`, `E_MATCH_VERSION`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        read("answer", bytes)
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        written(self)
    }

    /// Checks every proof against the key that was announced, and reads what came of each
    /// question, in the order in which the caller asked.
    ///
    /// # Errors
    /// `E_MATCH_PROOF` where another key answered: to be told to the partner's supervisor;
    /// `E_MATCH_MISMATCH`, `E_MATCH_BATCH`, `E_MATCH_ELEMENT`.
    pub fn read_with(
        &self,
        manifest: &Manifest,
        order: &Order,
        pending: &Pending,
    ) -> Result<Vec<Found>, Error> {
        let mut found: Vec<Option<Found>> = vec![None; pending.asked.len()];
        for (number, output) in self.outputs(manifest, order, pending)? {
            if let Some(place) = number.and_then(|number| found.get_mut(number)) {
                *place = Some(Found {
                    tag: Tag::of(&output),
                    reference: Reference::of(&output),
                });
            }
        }
        let whole: Option<Vec<Found>> = found.into_iter().collect();
        whole.ok_or(Error::Mismatch("a question was never asked"))
    }

    /// Checks every proof, and gives the tag of every element, of dummies too: whose buckets
    /// are fetched together.
    ///
    /// # Errors
    /// As [`AnswerFile::read_with`].
    pub fn tags(
        &self,
        manifest: &Manifest,
        order: &Order,
        pending: &Pending,
    ) -> Result<Vec<Tag>, Error> {
        let outputs = self.outputs(manifest, order, pending)?;
        Ok(outputs.iter().map(|(_, output)| Tag::of(output)).collect())
    }

    /// Every output, with the number of the caller's question; none for a dummy.
    fn outputs(
        &self,
        manifest: &Manifest,
        order: &Order,
        pending: &Pending,
    ) -> Result<Vec<(Option<usize>, Output)>, Error> {
        if *self.order != order.hash() || *order.manifest != manifest.hash() {
            return Err(Error::Mismatch("this answers another order"));
        }
        let batches = pending.batches(manifest, order)?;
        if batches.len() != self.batches.len() {
            return Err(Error::Batch("questions and answers differ in number"));
        }
        let (suite, key) = (Suite::new(Mode::Verifiable), manifest.key()?);
        let mut found = Vec::with_capacity(order.len());
        for (asked, given) in batches.into_iter().zip(&self.batches) {
            let answer = Answer {
                elements: unpacked(&given.elements)?,
                proof: Some(Proof::from_bytes(&given.proof)?),
            };
            let (mut numbers, mut inputs, mut questions) = (vec![], vec![], vec![]);
            for waiting in asked {
                numbers.push(waiting.number);
                inputs.push(waiting.input);
                questions.push(waiting.question);
            }
            let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
            let outputs = finalize_batch(&suite, Some(&key), &inputs, &questions, &answer)?;
            found.extend(numbers.into_iter().zip(outputs));
        }
        Ok(found)
    }
}
