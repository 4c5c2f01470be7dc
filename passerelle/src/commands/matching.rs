//! `match`: private hit or no-hit between two parties, by files and without a node.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, BufWriter, Write};
use std::path::Path;

use passerelle_matching::exchange::{
    AnswerFile, Epoch, Found, MAX_FILE_BYTES, Manifest, Opened, Order, Pending, ask, open, respond,
};
use passerelle_matching::index::{Index, MAX_INDEX_BYTES, build, padded};
use passerelle_matching::oprf::{Mode, Output, SEED_BYTES, SecretKey, Suite, evaluate_batch};
use passerelle_matching::{Canonical, Class, Error, Reference, Tag};
use passerelle_model::hex;
use zeroize::Zeroizing;

use crate::args_matching::{Answered, MatchCommand};
use crate::failure::{self, Failure};
use crate::{clock, files, rng};

/// Longest line of a list of identifiers, in bytes.
const MAX_LINE_BYTES: u64 = 4096;
/// Largest key file, in bytes.
const MAX_KEY_FILE_BYTES: u64 = 4096;
/// Identifiers evaluated at a time, so that memory does not grow with them.
const STRIPE: usize = 4096;

/// Runs one command.
pub(super) fn run(command: &MatchCommand) -> Result<(), Failure> {
    match command {
        MatchCommand::Key {
            holder,
            asker,
            class,
            epoch,
            out,
        } => make_key(holder.as_str(), asker.as_str(), *class, *epoch, out),
        MatchCommand::Index {
            key,
            ids,
            out,
            manifest,
            contact,
            days,
        } => make_index(&read_key(key)?, ids, (out, manifest), contact, *days),
        MatchCommand::Ask {
            manifest,
            ids,
            purpose,
            case,
            order,
            keep,
        } => make_order(
            &read_manifest(manifest)?,
            ids,
            (purpose, case),
            (order, keep),
        ),
        MatchCommand::Answer {
            key,
            manifest,
            order,
            out,
        } => {
            let (manifest, key) = (read_manifest(manifest)?, read_key(key)?);
            let answer = respond(
                &manifest,
                &key.secret,
                &read_order(order)?,
                &mut rng::system(),
            );
            files::create(out, &answer.map_err(refused)?.to_bytes())
        }
        MatchCommand::Result(answered) => {
            let looked = look_up(answered)?;
            print_lines(looked.iter().map(|(asked, found, hit)| {
                let word = if *hit { "hit" } else { "none" };
                let reference = if *hit {
                    hex::encode(&found.reference.0)
                } else {
                    String::new()
                };
                format!("{asked}\t{word}\t{reference}")
            }))
        }
        MatchCommand::Reconcile(answered) => {
            let looked = look_up(answered)?;
            // In an order that says nothing about the order of the questions.
            let hits = looked.iter().filter(|(.., hit)| *hit);
            let references: BTreeSet<[u8; 16]> =
                hits.map(|(_, found, _)| found.reference.0).collect();
            print_lines(references.iter().map(|reference| hex::encode(reference)))
        }
        MatchCommand::References {
            key,
            ids,
            references,
        } => whose(&read_key(key)?, ids, references),
        MatchCommand::Audit {
            manifest,
            order,
            keep,
        } => {
            let (manifest, order) = (read_manifest(manifest)?, read_order(order)?);
            let opened = open(&manifest, &order, &read_pending(keep)?).map_err(refused)?;
            print_lines(opened.iter().map(|one| match one {
                Opened::Question(question) => format!("question\t{}", question.as_str()),
                Opened::Dummy => "dummy\t".to_owned(),
            }))
        }
    }
}

/// A key file: the epoch, and the seed its key comes from.
struct Key {
    epoch: Epoch,
    class: Class,
    secret: SecretKey,
}

fn make_key(
    holder: &str,
    asker: &str,
    class: Class,
    number: u64,
    out: &Path,
) -> Result<(), Failure> {
    use rand_core::Rng as _;
    // Refused before anything is written.
    Epoch::new(holder, asker, class, number).map_err(refused)?;
    let mut seed = Zeroizing::new([0; SEED_BYTES]);
    rng::system().fill_bytes(seed.as_mut());
    let seed = Zeroizing::new(hex::encode(seed.as_ref()));
    let text = Zeroizing::new(format!(
        "passerelle-match-key 1\nholder {holder}\nasker {asker}\nclass {class}\nepoch {number}\nseed {}\n",
        seed.as_str()
    ));
    files::create(out, text.as_bytes())
}

fn read_key(path: &Path) -> Result<Key, Failure> {
    let text = Zeroizing::new(files::read_text(path, MAX_KEY_FILE_BYTES)?);
    let wrong = || {
        let sentence = format!(
            "{}: is no key file of `passerelle match key`",
            path.display()
        );
        Failure::new("E_MATCH_FILE", sentence)
    };
    let mut lines = text.lines();
    if lines.next() != Some("passerelle-match-key 1") {
        return Err(wrong());
    }
    let mut field = |name: &str| {
        let line = lines.next()?.strip_prefix(name)?;
        line.strip_prefix(' ').map(str::to_owned)
    };
    let names = ["holder", "asker", "class", "epoch", "seed"];
    let [holder, asker, class, number, seed] =
        names.map(|name| field(name).map(Zeroizing::new).ok_or_else(wrong));
    let class: Class = class?.parse().map_err(refused)?;
    let number = number?.parse().map_err(|_| wrong())?;
    let bytes = hex::decode(&seed?).map(Zeroizing::new).ok_or_else(wrong)?;
    let seed = Zeroizing::new(<[u8; SEED_BYTES]>::try_from(bytes.as_slice()).map_err(|_| wrong())?);
    let epoch = Epoch::new(&holder?, &asker?, class, number).map_err(refused)?;
    let secret = epoch.key(&seed).map_err(refused)?;
    Ok(Key {
        epoch,
        class,
        secret,
    })
}

fn make_index(
    key: &Key,
    ids: &Path,
    (out, manifest): (&Path, &Path),
    contact: &str,
    days: u64,
) -> Result<(), Failure> {
    let mut tags = Vec::new();
    evaluated(key, ids, |_, output| tags.push(Tag::of(output)))?;
    tags.sort_unstable();
    tags.dedup();
    let held = tags.len();
    let dummies = padded(&mut tags, &mut rng::system()).len();
    let index = build(tags).map_err(refused)?;
    let now = clock::now().seconds();
    let valid = (now, now + days * 86_400);
    let announced = Manifest::announce(key.epoch.clone(), &key.secret, &index, contact, valid);
    files::create(out, index.as_bytes())?;
    files::create(manifest, &announced.map_err(refused)?.to_bytes())?;
    eprintln!(
        "{held} identifiers, {dummies} dummies, {} bytes",
        index.as_bytes().len()
    );
    Ok(())
}

fn make_order(
    manifest: &Manifest,
    ids: &Path,
    (purpose, case): (&str, &str),
    (order, keep): (&Path, &Path),
) -> Result<(), Failure> {
    use rand_core::Rng as _;
    use sha2::{Digest as _, Sha256};
    let class = manifest.class().map_err(refused)?;
    let (mut questions, mut seen) = (Vec::new(), BTreeSet::new());
    each_line(ids, |number, line| {
        let question = canonical(class, number, line)?;
        if seen.insert(question.clone()) {
            questions.push(question);
        }
        Ok(())
    })?;
    let rng = &mut rng::system();
    let mut salt = [0; 32];
    rng.fill_bytes(&mut salt);
    let case: [u8; 32] = Sha256::new()
        .chain_update(salt)
        .chain_update(case.as_bytes())
        .finalize()
        .into();
    let asked = ask(manifest, &questions, purpose, case, rng).map_err(refused)?;
    // What is kept first: an order without it could never be read.
    files::create(keep, &Zeroizing::new(asked.pending.to_bytes()))?;
    files::create(order, &asked.order.to_bytes())?;
    eprintln!(
        "{} questions in {} elements; commitment to the case: salt {}",
        questions.len(),
        asked.order.len(),
        hex::encode(&salt)
    );
    Ok(())
}

/// Every question with what came of it and whether the index holds it.
fn look_up(answered: &Answered) -> Result<Vec<(String, Found, bool)>, Failure> {
    let manifest = read_manifest(&answered.manifest)?;
    let index = files::read(&answered.index, MAX_INDEX_BYTES)?;
    let index = Index::from_bytes(index).map_err(refused)?;
    manifest.check_index(&index).map_err(refused)?;
    let order = read_order(&answered.order)?;
    let pending = read_pending(&answered.keep)?;
    let answer = files::read(&answered.answer, MAX_FILE_BYTES as u64)?;
    let answer = AnswerFile::from_bytes(&answer).map_err(refused)?;
    let found = answer
        .read_with(&manifest, &order, &pending)
        .map_err(refused)?;
    Ok(pending
        .asked
        .into_iter()
        .zip(found)
        .map(|(asked, found)| (asked, found, index.holds(found.tag)))
        .collect())
}

fn whose(key: &Key, ids: &Path, references: &Path) -> Result<(), Failure> {
    let mut wanted: BTreeMap<[u8; 16], Option<String>> = BTreeMap::new();
    each_line(references, |number, line| {
        let bytes = hex::decode(line).and_then(|bytes| bytes.try_into().ok());
        let bytes = bytes.ok_or_else(|| at(number, "E_MATCH_FILE", "is no reference"))?;
        wanted.insert(bytes, None);
        Ok(())
    })?;
    evaluated(key, ids, |canonical, output| {
        if let Some(place) = wanted.get_mut(&Reference::of(output).0) {
            *place = Some(canonical.as_str().to_owned());
        }
    })?;
    print_lines(wanted.iter().map(|(reference, found)| {
        let known = found.as_deref().unwrap_or("unknown");
        format!("{}\t{known}", hex::encode(reference))
    }))
}

/// Evaluates every identifier of a list under our key.
fn evaluated(
    key: &Key,
    ids: &Path,
    mut each: impl FnMut(&Canonical, &Output),
) -> Result<(), Failure> {
    let suite = Suite::new(Mode::Verifiable);
    let mut stripe: Vec<Canonical> = Vec::with_capacity(STRIPE);
    let mut turn = |stripe: &mut Vec<Canonical>| {
        let inputs: Vec<Vec<u8>> = stripe.iter().map(Canonical::input).collect();
        let outputs = evaluate_batch(&suite, &key.secret, inputs.iter().map(Vec::as_slice));
        let outputs = outputs.map_err(refused)?;
        stripe
            .iter()
            .zip(&outputs)
            .for_each(|(one, output)| each(one, output));
        stripe.clear();
        Ok::<(), Failure>(())
    };
    each_line(ids, |number, line| {
        stripe.push(canonical(key.class, number, line)?);
        match stripe.len() == STRIPE {
            true => turn(&mut stripe),
            false => Ok(()),
        }
    })?;
    turn(&mut stripe)
}

fn canonical(class: Class, number: u64, line: &str) -> Result<Canonical, Failure> {
    class
        .canonical(line)
        .map_err(|error| at(number, error.code(), &error.to_string()))
}

/// Every line that is not empty, with its number from 1.
fn each_line(
    path: &Path,
    mut each: impl FnMut(u64, &str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    use std::io::Read as _;
    let source: Box<dyn std::io::Read> = match path == Path::new("-") {
        true => Box::new(std::io::stdin()),
        false => Box::new(std::fs::File::open(path).map_err(|e| failure::io(path, &e))?),
    };
    let mut reader = BufReader::new(source);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = reader
            .by_ref()
            .take(MAX_LINE_BYTES)
            .read_until(b'\n', &mut line);
        if read.map_err(|error| failure::io(path, &error))? == 0 {
            break;
        }
        if line.last() != Some(&b'\n') && line.len() as u64 == MAX_LINE_BYTES {
            return Err(at(number, "E_TOO_LARGE", "is longer than 4,096 bytes"));
        }
        let text =
            std::str::from_utf8(&line).map_err(|_| at(number, "E_NOT_UTF8", "is not UTF-8"))?;
        let text = text.trim_end_matches(['\n', '\r']);
        if !text.trim().is_empty() {
            each(number, text)?;
        }
    }
    Ok(())
}

fn read_manifest(path: &Path) -> Result<Manifest, Failure> {
    Manifest::from_bytes(&files::read(path, MAX_FILE_BYTES as u64)?).map_err(refused)
}

fn read_order(path: &Path) -> Result<Order, Failure> {
    Order::from_bytes(&files::read(path, MAX_FILE_BYTES as u64)?).map_err(refused)
}

fn read_pending(path: &Path) -> Result<Pending, Failure> {
    let bytes = Zeroizing::new(files::read(path, MAX_FILE_BYTES as u64)?);
    Pending::from_bytes(&bytes).map_err(refused)
}

fn print_lines(lines: impl Iterator<Item = String>) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let path = Path::new("standard output");
    for line in lines {
        writeln!(out, "{line}").map_err(|error| failure::io(path, &error))?;
    }
    out.flush().map_err(|error| failure::io(path, &error))
}

fn at(number: u64, code: &str, why: &str) -> Failure {
    Failure::new(code, format!("line {number}: {why}"))
}

fn refused(error: Error) -> Failure {
    Failure::new(error.code(), error.to_string())
}
