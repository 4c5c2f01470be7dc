//! The side that holds an index: making it, its windows, answering, buckets, references.

use std::collections::BTreeMap;
use std::path::Path;

use passerelle_matching::exchange::{Given, Manifest, Padding, respond};
use passerelle_matching::index::{Change, Index, build, next_window, padded};
use passerelle_matching::{Reference, Tag};
use passerelle_model::hex;

use super::key_file::{self, Key};
use super::read::{self, refused};
use super::{lists, probes};
use crate::args_matching::{IndexArgs, MergeArgs};
use crate::failure::Failure;
use crate::{clock, files, rng};

const SECONDS_A_DAY: u64 = 86_400;

/// Makes the first index of an epoch.
pub(super) fn index(args: &IndexArgs) -> Result<(), Failure> {
    let outs = [Some(&args.out), Some(&args.manifest), args.padding.as_ref()];
    outs.iter()
        .flatten()
        .try_for_each(|path| files::absent(path))?;
    let key = key_file::read(&args.key)?;
    let mut tags = tags(&key, &args.ids)?;
    tags.sort_unstable();
    tags.dedup();
    let held = tags.len();
    let dummies = padded(&mut tags, &mut rng::system());
    let index = build(tags).map_err(refused)?;
    let now = clock::now().seconds();
    let valid = (now, now + args.days * SECONDS_A_DAY);
    let manifest = Manifest::announce(key.epoch, &key.secret, &index, &args.contact, valid)
        .and_then(|manifest| manifest.with_source(&probes::source(key.class)))
        .map_err(refused)?;
    let padding = Padding::of(&index, dummies.clone());
    let padding = args.padding.as_deref().map(|path| (path, padding));
    write(&index, &manifest, (&args.out, &args.manifest), padding)?;
    eprintln!("{held} identifiers, {} dummies", dummies.len());
    say_index(&index);
    Ok(())
}

/// Makes the index of the next window.
pub(super) fn merge(args: &MergeArgs) -> Result<(), Failure> {
    let outs = [&args.out, &args.out_manifest, &args.out_padding];
    outs.iter().try_for_each(|path| files::absent(path))?;
    let key = key_file::read(&args.key)?;
    let manifest = read::manifest(&args.manifest)?;
    manifest.check_key(&key.secret).map_err(refused)?;
    let source = probes::source(key.class);
    manifest.check_source(&source).map_err(refused)?;
    let index = read::index(&args.index, &manifest)?;
    let dummies = read::padding(&args.padding)?
        .dummies(&index)
        .map_err(refused)?;
    let read = |list: Option<&Path>| list.map_or(Ok(Vec::new()), |path| tags(&key, path));
    let change = Change {
        added: read(args.add.as_deref())?,
        removed: read(args.remove.as_deref())?,
    };
    let window = next_window(&index, &dummies, change, &mut rng::system()).map_err(refused)?;
    let now = clock::now().seconds();
    let next = manifest
        .next(&key.secret, &window.index, now)
        .map_err(refused)?;
    let padding = Padding::of(&window.index, window.dummies.clone());
    let outs = (args.out.as_path(), args.out_manifest.as_path());
    write(
        &window.index,
        &next,
        outs,
        Some((&args.out_padding, padding)),
    )?;
    eprintln!(
        "Window {}: {} came in, {} went, {} to remove were not there, {} dummies",
        next.window,
        window.added,
        window.removed,
        window.unknown,
        window.dummies.len()
    );
    say_index(&window.index);
    eprintln!("Erase the last index and manifest, and have the partner erase them.");
    Ok(())
}

/// Answers an order.
pub(super) fn answer(key: &Path, manifest: &Path, order: &Path, out: &Path) -> Result<(), Failure> {
    files::absent(out)?;
    let key = key_file::read(key)?;
    let manifest = read::manifest(manifest)?;
    manifest
        .check_time(clock::now().seconds())
        .map_err(refused)?;
    let order = read::order(order)?;
    eprintln!("{} elements, purpose {}", order.len(), order.purpose);
    let answer = respond(&manifest, &key.secret, &order, &mut rng::system()).map_err(refused)?;
    files::create(out, &answer.to_bytes())
}

/// Gives buckets.
pub(super) fn buckets(
    manifest: &Path,
    index: &Path,
    fetch: &Path,
    out: &Path,
) -> Result<(), Failure> {
    files::absent(out)?;
    let manifest = read::manifest(manifest)?;
    manifest
        .check_time(clock::now().seconds())
        .map_err(refused)?;
    let fetch = read::fetch(fetch)?;
    let index = read::index(index, &manifest)?;
    let given = Given::of(&manifest, &index, &fetch).map_err(refused)?;
    let bytes = given.to_bytes();
    files::create(out, &bytes)?;
    eprintln!(
        "{} of {} buckets, {} bytes",
        fetch.len(),
        index.buckets(),
        bytes.len()
    );
    Ok(())
}

/// Which identifiers of ours references belong to.
pub(super) fn references(key: &Path, ids: &Path, references: &Path) -> Result<(), Failure> {
    let key = key_file::read(key)?;
    let mut wanted: BTreeMap<[u8; 16], Option<String>> = BTreeMap::new();
    lists::lines(references, |number, line| {
        let bytes = hex::decode(line).and_then(|bytes| bytes.try_into().ok());
        let wrong = || lists::at(references, number, "E_MATCH_FILE", "is no reference");
        wanted.insert(bytes.ok_or_else(wrong)?, None);
        Ok(true)
    })?;
    lists::evaluated(&key, ids, |canonical, output| {
        if let Some(place) = wanted.get_mut(&Reference::of(output).0) {
            *place = Some(canonical.as_str().to_owned());
        }
    })?;
    lists::print(wanted.iter().map(|(reference, found)| {
        let known = found.as_deref().unwrap_or("unknown");
        format!("{}\t{known}", hex::encode(reference))
    }))
}

fn tags(key: &Key, ids: &Path) -> Result<Vec<Tag>, Failure> {
    let mut tags = Vec::new();
    lists::evaluated(key, ids, |_, output| tags.push(Tag::of(output)))?;
    Ok(tags)
}

fn write(
    index: &Index,
    manifest: &Manifest,
    (out, announced): (&Path, &Path),
    padding: Option<(&Path, Padding)>,
) -> Result<(), Failure> {
    let manifest = manifest.to_bytes();
    let padding = padding.map(|(path, padding)| (path, padding.to_bytes()));
    let mut all = vec![(out, index.as_bytes()), (announced, manifest.as_slice())];
    all.extend(
        padding
            .as_ref()
            .map(|(path, bytes)| (*path, bytes.as_slice())),
    );
    files::create_all(&all)
}

/// What an index gives away, in plain words.
fn say_index(index: &Index) {
    eprintln!(
        "{} tags, {} bytes. Whoever has the index can test a guess only by asking you. If the key \
         ever leaks, all that can be guessed of a copy is found out: erase the key at the end of \
         the epoch.",
        index.len(),
        index.as_bytes().len()
    );
}
