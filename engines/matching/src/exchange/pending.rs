//! What the asker keeps of an order, sealed: with it an answer is read, and the order opened.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

use super::{EXCHANGE_VERSION, Manifest, Order, read, written};
use crate::class::dummy_input;
use crate::oprf::{Blind, Question};
use crate::{Canonical, Error};

/// What the asker keeps, sealed: inputs and blinds. With it an order can be opened to an
/// auditor, and its answer read.
#[derive(Clone, Encode, Decode)]
#[cbor(map)]
pub struct Pending {
    #[n(0)]
    version: u32,
    #[n(1)]
    order: ByteArray<32>,
    /// What was asked, each once, in the order of the caller.
    #[n(2)]
    pub asked: Vec<String>,
    #[n(3)]
    slots: Vec<Slot>,
    #[n(4)]
    case: Option<Case>,
}

/// The case behind an order, and what its commitment was made with.
#[derive(Clone, Encode, Decode)]
struct Case {
    #[n(0)]
    name: String,
    #[n(1)]
    salt: ByteArray<32>,
}

/// One element of a batch: which question it is, or a dummy.
#[derive(Clone, Encode, Decode)]
pub(super) struct Slot {
    #[n(0)]
    pub(super) input: Input,
    #[n(1)]
    pub(super) blind: ByteArray<32>,
}

#[derive(Clone, Encode, Decode)]
pub(super) enum Input {
    #[n(0)]
    Question(#[n(0)] u32),
    #[n(1)]
    Dummy(#[n(0)] ByteArray<16>),
}

/// A question that waits for its answer.
pub(super) struct Waiting {
    /// Which of the caller's; none for a dummy.
    pub(super) number: Option<usize>,
    pub(super) input: Vec<u8>,
    pub(super) question: Question,
}

impl Pending {
    pub(super) fn of(order: [u8; 32], questions: &[Canonical], slots: Vec<Slot>) -> Self {
        Self {
            version: EXCHANGE_VERSION,
            order: order.into(),
            asked: questions.iter().map(|q| q.as_str().to_owned()).collect(),
            slots,
            case: None,
        }
    }

    /// What an order says of its case: SHA-256 of 32 random bytes, then the case.
    pub fn commitment(case: &str, salt: &[u8; 32]) -> [u8; 32] {
        let hash = Sha256::new().chain_update(salt);
        hash.chain_update(case).finalize().into()
    }

    /// Keeps the case along, so that an auditor can read which file to ask for.
    #[must_use]
    pub fn with_case(mut self, name: &str, salt: [u8; 32]) -> Self {
        self.case = Some(Case {
            name: name.to_owned(),
            salt: salt.into(),
        });
        self
    }

    /// The case of an order; none where it was not kept.
    ///
    /// # Errors
    /// `E_MATCH_OPENING` where the order commits to another case.
    pub fn case(&self, order: &Order) -> Result<Option<&str>, Error> {
        let Some(case) = &self.case else {
            return Ok(None);
        };
        match Self::commitment(&case.name, &case.salt) == *order.case {
            true => Ok(Some(&case.name)),
            false => Err(Error::Opening),
        }
    }

    /// Reads what was kept.
    ///
    /// # Errors
    /// `E_MATCH_FILE`, `E_MATCH_VERSION`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        read("pending questions", bytes)
    }

    /// The file; to be kept sealed.
    pub fn to_bytes(&self) -> Vec<u8> {
        written(self)
    }

    /// SHA-256 of the order it belongs to.
    pub fn order(&self) -> &[u8; 32] {
        &self.order
    }

    /// The questions of an order, batch by batch, with their inputs.
    pub(super) fn batches(
        &self,
        manifest: &Manifest,
        order: &Order,
    ) -> Result<Vec<Vec<Waiting>>, Error> {
        let other = Error::Mismatch("these questions belong to another order");
        if *self.order != order.hash() {
            return Err(other);
        }
        let questions = self.questions(manifest)?;
        let elements = order.elements()?;
        if elements.iter().map(Vec::len).sum::<usize>() != self.slots.len() {
            return Err(other);
        }
        let mut slots = self.slots.iter();
        let waiting = |(element, slot): (_, &Slot)| {
            let blind = Blind::from_bytes(*slot.blind)?;
            Ok(Waiting {
                number: match slot.input {
                    Input::Question(number) => usize::try_from(number).ok(),
                    Input::Dummy(_) => None,
                },
                input: bytes_of(&slot.input, &questions)?,
                question: Question { element, blind },
            })
        };
        let each = elements.into_iter();
        each.map(|batch| batch.into_iter().zip(slots.by_ref()).map(waiting).collect())
            .collect()
    }

    pub(super) fn questions(&self, manifest: &Manifest) -> Result<Vec<Canonical>, Error> {
        let class = manifest.class()?;
        let canonical = |text: &String| {
            let canonical = class.canonical(text)?;
            match canonical.as_str() == text {
                true => Ok(canonical),
                false => Err(Error::Opening),
            }
        };
        self.asked.iter().map(canonical).collect()
    }
}

/// What an element asks for, as the function takes it.
pub(super) fn bytes_of(input: &Input, questions: &[Canonical]) -> Result<Vec<u8>, Error> {
    match input {
        Input::Dummy(nonce) => Ok(dummy_input(nonce)),
        Input::Question(number) => {
            let question = questions.get(*number as usize);
            Ok(question.ok_or(Error::Opening)?.input())
        }
    }
}
