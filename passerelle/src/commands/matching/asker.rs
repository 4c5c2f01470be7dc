//! The side that asks: orders, buckets, results; and opening an order to an auditor.

use std::collections::BTreeSet;
use std::path::Path;

use passerelle_matching::exchange::{
    AnswerFile, Fetch, Found, Manifest, Opened, Order, Pending, ask as ask_order, open,
};
use passerelle_matching::index::buckets_of;
use passerelle_model::hex;
use rand_core::Rng as _;
use zeroize::Zeroizing;

use super::read::{self, refused};
use super::{lists, probes};
use crate::args_matching::{Answered, AskArgs, FetchArgs, LookUpArgs};
use crate::failure::Failure;
use crate::{clock, files, rng};

/// Longest name of a case, in bytes.
const MAX_CASE_BYTES: usize = 256;

/// A question with what came of it, and whether the index holds it.
struct Line {
    asked: String,
    found: Found,
    hit: bool,
}

/// Everything of an order that was answered, read.
struct Read {
    manifest: Manifest,
    order: Order,
    pending: Pending,
    answer: AnswerFile,
}

/// Makes an order.
pub(super) fn ask(args: &AskArgs) -> Result<(), Failure> {
    [&args.order, &args.keep]
        .into_iter()
        .try_for_each(|path| files::absent(path))?;
    if !(1..=MAX_CASE_BYTES).contains(&args.case.len()) {
        return Err(Failure::usage("--case has 1 to 256 bytes"));
    }
    let manifest = read::manifest(&args.manifest)?;
    manifest
        .check_time(clock::now().seconds())
        .map_err(refused)?;
    let class = manifest.class().map_err(refused)?;
    manifest
        .check_source(&probes::source(class))
        .map_err(refused)?;
    let (mut questions, mut seen) = (Vec::new(), BTreeSet::new());
    lists::identifiers(&args.ids, class, |question| {
        if seen.insert(question.clone()) {
            questions.push(question);
        }
        Ok(())
    })?;
    drop(seen);
    say_long("blinding", questions.len());
    let rng = &mut rng::system();
    let mut salt = [0; 32];
    rng.fill_bytes(&mut salt);
    let case = Pending::commitment(&args.case, &salt);
    let asked = ask_order(&manifest, &questions, &args.purpose, case, rng).map_err(refused)?;
    let kept = asked.pending.with_case(&args.case, salt);
    let (kept, order) = (Zeroizing::new(kept.to_bytes()), asked.order.to_bytes());
    // Both or none: an order without what is kept could never be read.
    files::create_all(&[(&args.keep, &kept), (&args.order, &order)])?;
    say_order(questions.len(), &asked.order);
    Ok(())
}

fn say_order(questions: usize, order: &Order) {
    let sizes: Vec<String> = order.sizes().map(|size| size.to_string()).collect();
    eprintln!(
        "{questions} questions and {} dummies in {} batches: {}. The holder learns these sizes, \
         the purpose and the time, and not what is asked.",
        order.len() - questions,
        sizes.len(),
        sizes.join(" + ")
    );
}

/// Asks for buckets.
pub(super) fn fetch(args: &FetchArgs) -> Result<(), Failure> {
    files::absent(&args.out)?;
    let read = Read::of(&args.answered)?;
    say_long("checking the proofs of", read.order.len());
    let tags = read.answer.tags(&read.manifest, &read.order, &read.pending);
    let tags = tags.map_err(refused)?;
    let decoys = usize::from(args.decoys);
    let fetch = Fetch::of(&read.manifest, &tags, decoys, &mut rng::system()).map_err(refused)?;
    files::create(&args.out, &fetch.to_bytes())?;
    say_fetch(fetch.len(), buckets_of(read.manifest.keys), decoys);
    Ok(())
}

/// What a request for buckets gives away, in plain words.
fn say_fetch(asked: usize, buckets: usize, decoys: usize) {
    eprintln!("{asked} of {buckets} buckets, {decoys} decoys for each element.");
    match asked == buckets {
        true => eprintln!("They are all: take the index whole, it gives nothing more away."),
        false => eprintln!(
            "The holder learns the first {} bits of each tag among them: it can test any list of \
             its own, of which one in {buckets} passes for each bucket by chance. Of an index \
             that is handed over whole it would learn nothing.",
            buckets.ilog2()
        ),
    }
}

/// Prints every question with what came of it.
pub(super) fn result(args: &LookUpArgs) -> Result<(), Failure> {
    let looked = look_up(args)?;
    let hits = looked.iter().filter(|line| line.hit).count();
    lists::print(looked.iter().map(|line| match line.hit {
        true => {
            let reference = hex::encode(&line.found.reference.0);
            format!("{}\thit\t{reference}", line.asked)
        }
        false => format!("{}\tnone\t", line.asked),
    }))?;
    eprintln!(
        "{hits} hits among {} questions; the proofs hold",
        looked.len()
    );
    Ok(())
}

/// Prints references of hits, in an order that says nothing of the order of the questions.
pub(super) fn reconcile(args: &LookUpArgs) -> Result<(), Failure> {
    let looked = look_up(args)?;
    let hits = looked.iter().filter(|line| line.hit);
    let references: BTreeSet<[u8; 16]> = hits.map(|line| line.found.reference.0).collect();
    lists::print(references.iter().map(|reference| hex::encode(reference)))
}

/// Opens an order.
pub(super) fn audit(manifest: &Path, order: &Path, keep: &Path) -> Result<(), Failure> {
    let (manifest, order) = (read::manifest(manifest)?, read::order(order)?);
    let pending = read::pending(keep)?;
    say_long("opening", order.len());
    let opened = open(&manifest, &order, &pending).map_err(refused)?;
    let case = pending.case(&order).map_err(refused)?;
    let head = [
        format!("purpose\t{}", order.purpose),
        format!("case\t{}", case.unwrap_or("was not kept")),
    ];
    lists::print(head.into_iter().chain(opened.iter().map(|one| match one {
        Opened::Question(question) => format!("question\t{}", question.as_str()),
        Opened::Dummy => "dummy\t".to_owned(),
    })))
}

/// One line before a step that takes long.
fn say_long(step: &str, elements: usize) {
    if elements >= 10_000 {
        eprintln!("{step} {elements} elements");
    }
}

fn look_up(args: &LookUpArgs) -> Result<Vec<Line>, Failure> {
    let read = Read::of(&args.answered)?;
    say_long("checking the proofs of", read.order.len());
    let found = read
        .answer
        .read_with(&read.manifest, &read.order, &read.pending);
    let found = found.map_err(refused)?;
    let hits = hits(args, &read.manifest, &found)?;
    let lines = read.pending.asked.into_iter().zip(found).zip(hits);
    Ok(lines
        .map(|((asked, found), hit)| Line { asked, found, hit })
        .collect())
}

/// Whether each is in the index, or in the buckets that were given in its place.
fn hits(args: &LookUpArgs, manifest: &Manifest, found: &[Found]) -> Result<Vec<bool>, Failure> {
    if let Some(path) = &args.index {
        let index = read::index(path, manifest)?;
        return Ok(found.iter().map(|found| index.holds(found.tag)).collect());
    }
    let (Some(buckets), Some(fetch)) = (&args.buckets, &args.fetch) else {
        return Err(Failure::usage("--index, or --buckets and --fetch"));
    };
    let (given, fetch) = (read::given(buckets)?, read::fetch(fetch)?);
    let fetched = given.checked(manifest, &fetch).map_err(refused)?;
    let held: Result<Vec<bool>, _> = found.iter().map(|found| fetched.holds(found.tag)).collect();
    held.map_err(refused)
}

impl Read {
    fn of(answered: &Answered) -> Result<Self, Failure> {
        Ok(Self {
            manifest: read::manifest(&answered.manifest)?,
            order: read::order(&answered.order)?,
            pending: read::pending(&answered.keep)?,
            answer: read::answer(&answered.answer)?,
        })
    }
}
