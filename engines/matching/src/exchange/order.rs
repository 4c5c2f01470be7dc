//! The order: blinded questions in batches of a few fixed sizes.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;

use super::pending::{Input, Slot, bytes_of};
use super::{EXCHANGE_VERSION, Manifest, Pending, check_name, digest, read, written};
use crate::chance::shuffle;
use crate::oprf::{ELEMENT_BYTES, Element, Mode, Question, Suite, blind_batch, blind_with};
use crate::{Canonical, Error};

/// Sizes of batches: the number of questions is known to one step only.
pub const SIZES: [usize; 6] = [1, 8, 64, 512, 4096, 32_768];
/// Most batches of one order: more than eight million questions.
pub const MAX_ORDER_BATCHES: usize = 256;
/// Elements blinded at a time.
const STRIPE: usize = 4096;

/// What is asked, as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Order {
    #[n(0)]
    version: u32,
    /// Random name of the order.
    #[n(1)]
    pub id: ByteArray<16>,
    /// SHA-256 of the manifest it answers to.
    #[n(2)]
    pub manifest: ByteArray<32>,
    /// Purpose code, from the agreement.
    #[n(3)]
    pub purpose: String,
    /// Commitment to the case the questions belong to.
    #[n(4)]
    pub case: ByteArray<32>,
    #[n(5)]
    batches: Vec<ByteVec>,
}

/// An order with what belongs to it.
pub struct Asked {
    /// To be signed, sealed and sent.
    pub order: Order,
    /// To be kept, sealed.
    pub pending: Pending,
}

/// An element that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// It asked for this.
    Question(Canonical),
    /// It filled the batch up.
    Dummy,
}

/// Makes an order. Questions of all batches stand in an order of chance, so that nothing can be
/// read from their places. That the manifest counts now, and names what this side makes its
/// identifiers by, the caller checks before ([`Manifest::check_time`],
/// [`Manifest::check_source`]).
///
/// # Errors
/// `E_MATCH_BATCH` for no question or too many; `E_MATCH_MISMATCH` for one of another class.
pub fn ask(
    manifest: &Manifest,
    questions: &[Canonical],
    purpose: &str,
    case: [u8; 32],
    rng: &mut impl CryptoRng,
) -> Result<Asked, Error> {
    let class = manifest.class()?;
    if questions.iter().any(|question| question.class() != class) {
        return Err(Error::Mismatch("a question is of another class"));
    }
    check_name("order", purpose)?;
    let sizes = sizes(questions.len())?;
    let suite = Suite::new(Mode::Verifiable);
    let mut inputs: Vec<Input> = (0..)
        .zip(questions)
        .map(|(number, _)| Input::Question(number))
        .collect();
    while inputs.len() < sizes.iter().sum() {
        let mut nonce = [0; 16];
        rng.fill_bytes(&mut nonce);
        inputs.push(Input::Dummy(nonce.into()));
    }
    shuffle(&mut inputs, rng);
    let mut elements = Vec::with_capacity(inputs.len());
    let mut blinds = Vec::with_capacity(inputs.len());
    for stripe in inputs.chunks(STRIPE) {
        for question in blinded(&suite, stripe, questions, rng)? {
            elements.push(question.element);
            blinds.push(question.blind.expose());
        }
    }
    let slots = inputs.into_iter().zip(blinds);
    let slots = slots
        .map(|(input, blind)| Slot {
            input,
            blind: blind.into(),
        })
        .collect();
    let mut id = [0; 16];
    rng.fill_bytes(&mut id);
    let order = Order {
        version: EXCHANGE_VERSION,
        id: id.into(),
        manifest: manifest.hash().into(),
        purpose: purpose.to_owned(),
        case: case.into(),
        batches: batched(&elements, &sizes),
    };
    let pending = Pending::of(order.hash(), questions, slots);
    Ok(Asked { order, pending })
}

/// Blinds what a stripe of elements asks for.
fn blinded(
    suite: &Suite,
    stripe: &[Input],
    questions: &[Canonical],
    rng: &mut impl CryptoRng,
) -> Result<Vec<Question>, Error> {
    let bytes: Result<Vec<_>, Error> = stripe.iter().map(|one| bytes_of(one, questions)).collect();
    let bytes = bytes?;
    let inputs: Vec<&[u8]> = bytes.iter().map(AsRef::as_ref).collect();
    blind_batch(suite, &inputs, rng)
}

impl Order {
    /// Reads an order.
    ///
    /// # Errors
    /// `E_MATCH_FILE`, `E_MATCH_VERSION`, `E_MATCH_BATCH`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let order: Self = read("order", bytes)?;
        check_name("order", &order.purpose)?;
        if !(1..=MAX_ORDER_BATCHES).contains(&order.batches.len()) {
            return Err(Error::Batch("an order has 1 to 256 batches"));
        }
        let fits = |batch: &ByteVec| SIZES.iter().any(|size| batch.len() == size * ELEMENT_BYTES);
        match order.batches.iter().all(fits) {
            true => Ok(order),
            false => Err(Error::Batch(
                "a batch has 1, 8, 64, 512, 4,096 or 32,768 elements",
            )),
        }
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        written(self)
    }

    /// SHA-256 of the file: what both logs hold.
    pub fn hash(&self) -> [u8; 32] {
        digest(&self.to_bytes())
    }

    /// Number of elements, dummies among them: what budgets count.
    pub fn len(&self) -> usize {
        self.sizes().sum()
    }

    /// Whether nothing is asked, which no order that was read is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of elements of each batch.
    pub fn sizes(&self) -> impl Iterator<Item = usize> + '_ {
        self.batches.iter().map(|batch| batch.len() / ELEMENT_BYTES)
    }

    /// The elements of each batch.
    ///
    /// # Errors
    /// `E_MATCH_ELEMENT` for one that is none.
    pub(super) fn elements(&self) -> Result<Vec<Vec<Element>>, Error> {
        self.batches.iter().map(|batch| unpacked(batch)).collect()
    }
}

/// Opens every element of a logged order to an auditor: what was asked, and what filled it up.
///
/// # Errors
/// `E_MATCH_OPENING` where what was kept does not give the elements that were logged;
/// `E_MATCH_MISMATCH` where it belongs to another order.
pub fn open(manifest: &Manifest, order: &Order, pending: &Pending) -> Result<Vec<Opened>, Error> {
    let suite = Suite::new(Mode::Verifiable);
    let questions = pending.questions(manifest)?;
    let mut opened = Vec::new();
    for waiting in pending.batches(manifest, order)?.into_iter().flatten() {
        let question = &waiting.question;
        if blind_with(&suite, &waiting.input, &question.blind)? != question.element {
            return Err(Error::Opening);
        }
        let asked = waiting
            .number
            .and_then(|number| questions.get(number).cloned());
        opened.push(asked.map_or(Opened::Dummy, Opened::Question));
    }
    Ok(opened)
}

/// The sizes of batches for a number of questions: the largest as often as it is full, then the
/// smallest that holds the rest.
fn sizes(count: usize) -> Result<Vec<usize>, Error> {
    let [.., largest] = SIZES;
    let full = count / largest;
    let rest = count % largest;
    let mut sizes = vec![largest; full.min(MAX_ORDER_BATCHES + 1)];
    if rest > 0 {
        sizes.extend(SIZES.into_iter().find(|size| *size >= rest));
    }
    match (1..=MAX_ORDER_BATCHES).contains(&sizes.len()) {
        true => Ok(sizes),
        false => Err(Error::Batch("an order has 1 to 256 batches")),
    }
}

fn batched(elements: &[Element], sizes: &[usize]) -> Vec<ByteVec> {
    let mut rest = elements;
    let mut batches = Vec::with_capacity(sizes.len());
    for size in sizes {
        let (batch, others) = rest.split_at(rest.len().min(*size));
        batches.push(packed(batch));
        rest = others;
    }
    batches
}

/// Elements one after the other.
pub(super) fn packed(elements: &[Element]) -> ByteVec {
    let bytes: Vec<u8> = elements.iter().flat_map(|e| *e.as_bytes()).collect();
    bytes.into()
}

pub(super) fn unpacked(batch: &[u8]) -> Result<Vec<Element>, Error> {
    let (elements, rest) = batch.as_chunks::<ELEMENT_BYTES>();
    if !rest.is_empty() {
        return Err(Error::Batch("ends within an element"));
    }
    Element::from_bytes_batch(&Suite::new(Mode::Verifiable), elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_split_into_batches_of_few_sizes() {
        assert_eq!(sizes(1).unwrap(), [1]);
        assert_eq!(sizes(9).unwrap(), [64]);
        assert_eq!(sizes(32_768).unwrap(), [32_768]);
        assert_eq!(sizes(32_769).unwrap(), [32_768, 1]);
        assert_eq!(sizes(100_000).unwrap(), [32_768, 32_768, 32_768, 4096]);
        let most = MAX_ORDER_BATCHES * 32_768;
        assert_eq!(sizes(most).unwrap().len(), MAX_ORDER_BATCHES);
        for count in [0, most + 1, usize::MAX] {
            assert_eq!(sizes(count).unwrap_err().code(), "E_MATCH_BATCH");
        }
    }
}
