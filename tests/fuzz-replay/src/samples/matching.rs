//! Files for private matching: one holder, one asker, an index of forty telephones.

use std::convert::Infallible;
use std::sync::LazyLock;

use passerelle_matching::exchange::{
    AnswerFile, Epoch, Fetch, Found, Given, MIN_BUCKET_KEYS, Manifest, Order, Padding, Pending,
    Probes, ask, respond,
};
use passerelle_matching::index::{Index, build};
use passerelle_matching::oprf::{Mode, SecretKey, Suite, evaluate_batch};
use passerelle_matching::{Canonical, Class, Tag};
use rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest as _, Sha256};

use super::world::done;
use super::{Sample, World, bad, good, hostile_cbor, spoilt};

/// Both sides after one question that hits and one that does not.
pub(crate) struct Sides {
    pub(crate) manifest: Manifest,
    pub(crate) order: Order,
    pub(crate) pending: Pending,
    pub(crate) found: Vec<Found>,
    index: Index,
    answer: AnswerFile,
    other: AnswerFile,
}

/// Made once.
pub(crate) fn sides() -> &'static Sides {
    static SIDES: LazyLock<Sides> = LazyLock::new(made);
    &SIDES
}

impl Sides {
    pub(crate) fn index(&self) -> &Index {
        &self.index
    }
}

/// An index large enough for buckets, and one request for two of them.
pub(crate) struct Large {
    pub(crate) manifest: Manifest,
    pub(crate) index: Index,
    pub(crate) fetch: Fetch,
    /// One that it holds.
    pub(crate) tag: Tag,
}

/// Made once.
pub(crate) fn large() -> &'static Large {
    static LARGE: LazyLock<Large> = LazyLock::new(made_large);
    &LARGE
}

fn made_large() -> Large {
    let epoch = done(Epoch::new("be.interior", "ma.interior", Class::Plate, 1));
    let key = done(epoch.key(&[6; 32]));
    // One bucket of a single tag, and the rest of the tags somewhere else.
    let tag = Tag(0x4000_0000_0000_0007);
    let others = (0..MIN_BUCKET_KEYS).map(|number| Tag(u64::MAX - (number << 20)));
    let index = done(build(others.chain([tag]).collect()));
    let manifest = done(Manifest::announce(epoch, &key, &index, "police", (1, 2)));
    let fetch = done(Fetch::of(&manifest, &[tag, Tag(1)], 0, &mut Counted(0)));
    Large {
        manifest,
        index,
        fetch,
        tag,
    }
}

fn made() -> Sides {
    let rng = &mut Counted(0);
    let epoch = done(Epoch::new("be.interior", "ma.interior", Class::Phone, 1));
    let key = done(epoch.key(&[5; 32]));
    let inputs: Vec<Vec<u8>> = (0..40).map(|n| phone(n).input()).collect();
    let suite = Suite::new(Mode::Verifiable);
    let outputs = done(evaluate_batch(
        &suite,
        &key,
        inputs.iter().map(Vec::as_slice),
    ));
    let index = done(build(outputs.iter().map(Tag::of).collect()));
    let manifest = done(Manifest::announce(epoch, &key, &index, "police", (1, 2)));
    let questions = [phone(7), phone(70)];
    let asked = done(ask(&manifest, &questions, "trafficking", [9; 32], rng));
    let answer = done(respond(&manifest, &key, &asked.order, rng));
    let other = foreign(&asked.order, &manifest, rng);
    let found = done(answer.read_with(&manifest, &asked.order, &asked.pending));
    Sides {
        manifest,
        order: asked.order,
        pending: asked.pending,
        found,
        index,
        answer,
        other,
    }
}

/// The same order answered for an index of nothing, under another key.
fn foreign(order: &Order, manifest: &Manifest, rng: &mut Counted) -> AnswerFile {
    let key = done(SecretKey::from_bytes({
        let mut bytes = [0; 32];
        bytes[0] = 9;
        bytes
    }));
    let empty = done(build(Vec::new()));
    let window = (manifest.from, manifest.until);
    let theirs = done(Manifest::announce(
        manifest.epoch.clone(),
        &key,
        &empty,
        "police",
        window,
    ));
    let again = done(ask(
        &theirs,
        &[phone(7), phone(70)],
        &order.purpose,
        [9; 32],
        rng,
    ));
    done(respond(&theirs, &key, &again.order, rng))
}

fn phone(number: u32) -> Canonical {
    done(Class::Phone.canonical(&format!("+3246{number:07}")))
}

pub(crate) fn identifier(_: &World) -> Vec<Sample> {
    let mut samples: Vec<Sample> = Class::ALL
        .iter()
        .flat_map(|class| {
            class
                .probes()
                .iter()
                .take(2)
                .zip(["", "-other"])
                .map(move |probe| (class, probe))
        })
        .map(|(class, ((written, _), name))| good(&format!("{class}{name}"), *written))
        .collect();
    samples.push(bad("hidden", "+32\u{202e}460000001"));
    samples.push(bad("nothing", " "));
    samples
}

pub(crate) fn index(_: &World) -> Vec<Sample> {
    let mut samples = spoilt("index", sides().index.as_bytes().to_vec());
    let mut newer = sides().index.as_bytes().to_vec();
    newer.iter_mut().skip(8).take(1).for_each(|byte| *byte = 2);
    samples.push(bad("newer-version", newer));
    samples.push(good("empty", done(build(Vec::new())).as_bytes().to_vec()));
    samples
}

pub(crate) fn manifest(_: &World) -> Vec<Sample> {
    let mut samples = spoilt("manifest", sides().manifest.to_bytes());
    samples.extend(hostile_cbor());
    samples
}

pub(crate) fn order(_: &World) -> Vec<Sample> {
    let mut samples = spoilt("order", sides().order.to_bytes());
    samples.extend(hostile_cbor());
    samples
}

pub(crate) fn pending(_: &World) -> Vec<Sample> {
    let mut samples = spoilt("pending", sides().pending.to_bytes());
    samples.extend(hostile_cbor());
    samples
}

pub(crate) fn answer(_: &World) -> Vec<Sample> {
    let mut samples = spoilt("answer", sides().answer.to_bytes());
    samples.extend(hostile_cbor());
    samples.push(bad("of-another-order", sides().other.to_bytes()));
    samples
}

pub(crate) fn fetch(_: &World) -> Vec<Sample> {
    let mut samples = spoilt("fetch", large().fetch.to_bytes());
    samples.extend(hostile_cbor());
    samples
}

pub(crate) fn buckets(_: &World) -> Vec<Sample> {
    let large = large();
    let given = done(Given::of(&large.manifest, &large.index, &large.fetch));
    let mut samples = spoilt("buckets", given.to_bytes());
    samples.extend(hostile_cbor());
    let other = done(Fetch::of(&large.manifest, &[Tag(1)], 0, &mut Counted(0)));
    let other = done(Given::of(&large.manifest, &large.index, &other));
    samples.push(bad("of-another-request", other.to_bytes()));
    samples
}

pub(crate) fn padding(_: &World) -> Vec<Sample> {
    let index = &sides().index;
    let padding = Padding::of(index, index.tags().take(3).collect());
    let mut samples = spoilt("padding", padding.to_bytes());
    samples.extend(hostile_cbor());
    let foreign = Padding::of(&done(build(Vec::new())), Vec::new());
    samples.push(bad("of-another-index", foreign.to_bytes()));
    samples
}

pub(crate) fn probes(_: &World) -> Vec<Sample> {
    let class = Class::Phone;
    let written = class.probes().iter().map(|(written, _)| *written);
    let probes = done(Probes::of(class, "", written, |text| class.made_of(text)));
    let mut samples = spoilt("probes", probes.to_bytes());
    samples.extend(hostile_cbor());
    let others = done(Probes::of(class, "tables 2", ["x"], |_| "y".to_owned()));
    samples.push(bad("of-other-tables", others.to_bytes()));
    let wrong = done(Probes::of(class, "", ["+32 460"], |_| "+32460".to_owned()));
    samples.push(bad("made-otherwise", wrong.to_bytes()));
    samples
}

/// The same numbers each time.
struct Counted(u64);

impl TryRng for Counted {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let bytes = self.try_next_u64()?.to_le_bytes();
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for piece in out.chunks_mut(32) {
            self.0 += 1;
            let block = Sha256::digest(self.0.to_be_bytes());
            piece
                .iter_mut()
                .zip(block)
                .for_each(|(to, from)| *to = from);
        }
        Ok(())
    }
}

impl TryCryptoRng for Counted {}
