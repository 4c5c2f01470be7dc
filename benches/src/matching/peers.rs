//! What others make of the same: the crate `voprf` in this process, `OpenMined` PSI from `PyPI` in
//! one of its own.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use passerelle_matching::Tag;
use passerelle_matching::index::build;
use passerelle_matching::oprf::{
    Answer, Element, Question, Suite, answer, blind_batch, evaluate_batch, finalize_batch,
};
use rand_core::Rng as _;
use voprf::{BlindedElement, EvaluationElement, Proof, Ristretto255, VoprfClient, VoprfServer};

use super::{inputs, key, slices};
use crate::clock::rng;
use crate::computed::{computed, each};
use crate::report::{Goal, Report};

/// Keys of the index and questions, for `OpenMined` PSI.
const SETS: usize = 100_000;
/// Elements that one proof covers.
const BATCH: usize = 32_768;
/// What runs it: prints computed seconds of set-up and of the questions.
const PSI: &str = r#"
import sys, time
import private_set_intersection.python as psi
lines = [line.rstrip("\n") for line in open(sys.argv[1])]
half = len(lines) // 2
held, asked = lines[:half], lines[half // 2:half // 2 + half]
client, server = psi.client.CreateWithNewKey(True), psi.server.CreateWithNewKey(True)
start = time.process_time()
setup = server.CreateSetupMessage(1e-9, len(asked), held, psi.DataStructure.GCS)
made = time.process_time()
request = client.CreateRequest(asked)
response = server.ProcessRequest(request)
found = client.GetIntersection(setup, response)
print(made - start, time.process_time() - made, len(found))
"#;

/// The generator as the older `rand_core` of the crate wants it.
struct Older;

impl rand_core_06::RngCore for Older {
    fn next_u32(&mut self) -> u32 {
        rng().next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        rng().next_u64()
    }

    fn fill_bytes(&mut self, out: &mut [u8]) {
        rng().fill_bytes(out);
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), rand_core_06::Error> {
        self.fill_bytes(out);
        Ok(())
    }
}

impl rand_core_06::CryptoRng for Older {}

/// Nanoseconds an element of the crate `voprf`, from bytes to bytes.
pub(super) struct Theirs {
    pub(super) index: f64,
    pub(super) proven: f64,
    pub(super) verified: f64,
}

/// Measures batches of `count`.
pub(super) fn voprf(count: usize) -> anyhow::Result<Theirs> {
    let wrong = |error: voprf::Error| anyhow::anyhow!("voprf: {error}");
    let inputs = inputs(count)?;
    let server = VoprfServer::<Ristretto255>::new(&mut Older).map_err(wrong)?;
    let index = each(count, || {
        for input in &inputs {
            black_box(server.evaluate(input).map_err(wrong)?);
        }
        Ok(())
    })?;
    let mut clients = Vec::new();
    let mut asked = Vec::new();
    for input in &inputs {
        let blinded = VoprfClient::<Ristretto255>::blind(input, &mut Older).map_err(wrong)?;
        asked.push(blinded.message.serialize());
        clients.push(blinded.state);
    }
    let mut last = None;
    let proven = each(count, || {
        let read = asked.iter().map(|bytes| BlindedElement::deserialize(bytes));
        let read = read.collect::<Result<Vec<_>, _>>().map_err(wrong)?;
        let answered = server
            .batch_blind_evaluate(&mut Older, &read)
            .map_err(wrong)?;
        let written = answered.messages.iter().map(|element| element.serialize());
        last = Some((written.collect::<Vec<_>>(), answered.proof.serialize()));
        Ok(())
    })?;
    let (answered, proof) = last.context("nothing was answered")?;
    let verified = each(count, || {
        let read = answered
            .iter()
            .map(|bytes| EvaluationElement::deserialize(bytes));
        let read = read.collect::<Result<Vec<_>, _>>().map_err(wrong)?;
        let proof = Proof::deserialize(&proof).map_err(wrong)?;
        let key = server.get_public_key();
        let outputs = VoprfClient::batch_finalize(&inputs, &clients, &read, &proof, key);
        for output in outputs.map_err(wrong)? {
            black_box(output.map_err(wrong)?);
        }
        Ok(())
    })?;
    Ok(Theirs {
        index,
        proven,
        verified,
    })
}

/// Set-up for 10^5 keys, then 10^5 questions, both sides: theirs and ours, with proofs.
pub(super) fn psi(
    tools: &Path,
    scratch: &Path,
    suites: [&Suite; 2],
    report: &mut Report,
) -> anyhow::Result<()> {
    let all = inputs(2 * SETS)?;
    let (setup, run, found) = theirs(tools, scratch)?;
    report.figure("OpenMined PSI, set-up of 10⁵ keys", "s", setup);
    report.figure("OpenMined PSI, 10⁵ questions, both sides", "s", run);
    for suite in suites {
        let (how, least_setup, least_run) = match suite.has_lanes() {
            true => ("on lanes", 12.0, 5.0),
            false => ("on dalek", 3.0, 2.0),
        };
        let (our_setup, our_run, our_found) = ours(suite, &all)?;
        anyhow::ensure!(found == our_found, "{found} hits and {our_found} of ours");
        let name = format!("OpenMined PSI ÷ ours, set-up of 10⁵ keys, {how}");
        report.goal(&name, "", Goal::AtLeast(least_setup), setup / our_setup);
        let name = format!("OpenMined PSI ÷ ours with proofs, 10⁵ questions, {how}");
        report.goal(&name, "", Goal::AtLeast(least_run), run / our_run);
    }
    Ok(())
}

fn theirs(tools: &Path, scratch: &Path) -> anyhow::Result<(f64, f64, usize)> {
    let python = tools.join("psi-venv/bin/python");
    anyhow::ensure!(python.exists(), "no openmined-psi in {}", python.display());
    let file = scratch.join("identifiers");
    let lines: String = (0..2 * SETS).map(|n| format!("+32460{n:06}\n")).collect();
    std::fs::write(&file, lines)?;
    let output = Command::new(python)
        .arg("-c")
        .arg(PSI)
        .arg(&file)
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let why = said.lines().last().unwrap_or_default();
    anyhow::ensure!(output.status.success(), "{why}");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut words = text.split_whitespace();
    let mut word = || words.next().context("three numbers");
    Ok((word()?.parse()?, word()?.parse()?, word()?.parse()?))
}

/// The same sets: the second half of what is held is asked for, and as many others.
fn ours(suite: &Suite, all: &[Vec<u8>]) -> anyhow::Result<(f64, f64, usize)> {
    let key = key(suite)?;
    let all = slices(all);
    let (held, rest) = all.split_at(SETS);
    let before = computed()?;
    let outputs = evaluate_batch(suite, &key, held.iter().copied())?;
    let index = build(outputs.iter().map(Tag::of).collect())?;
    let made = computed()?;
    let (_, known) = held.split_at(SETS / 2);
    let (others, _) = rest.split_at(SETS / 2);
    let asked = [known, others].concat();
    let mut hits = 0;
    for inputs in asked.chunks(BATCH) {
        let questions = blind_batch(suite, inputs, &mut rng())?;
        let travels = |elements: Vec<Element>| {
            let bytes: Vec<[u8; 32]> = elements.iter().map(|one| *one.as_bytes()).collect();
            Element::from_bytes_batch(suite, &bytes)
        };
        let sent = questions.iter().map(|question: &Question| question.element);
        let asked = travels(sent.collect())?;
        let Answer { elements, proof } = answer(suite, &key, &asked, b"", &mut rng())?;
        let elements = travels(elements)?;
        let (public, answer) = (key.public(), Answer { elements, proof });
        let outputs = finalize_batch(suite, Some(&public), inputs, &questions, &answer)?;
        hits += outputs
            .iter()
            .filter(|one| index.holds(Tag::of(one)))
            .count();
    }
    Ok(((made - before) / 1e9, (computed()? - made) / 1e9, hits))
}
