//! Reading the files of both parties; refusals name the file.

use std::path::Path;

use passerelle_matching::Error;
use passerelle_matching::exchange::{
    AnswerFile, Fetch, Given, MAX_FILE_BYTES, Manifest, Order, Padding, Pending, Probes,
};
use passerelle_matching::index::{Index, MAX_INDEX_BYTES};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::files;

pub(super) fn manifest(path: &Path) -> Result<Manifest, Failure> {
    Manifest::from_bytes(&bytes(path)?).map_err(|error| of(path, error))
}

pub(super) fn order(path: &Path) -> Result<Order, Failure> {
    Order::from_bytes(&bytes(path)?).map_err(|error| of(path, error))
}

pub(super) fn answer(path: &Path) -> Result<AnswerFile, Failure> {
    AnswerFile::from_bytes(&bytes(path)?).map_err(|error| of(path, error))
}

pub(super) fn pending(path: &Path) -> Result<Pending, Failure> {
    let bytes = Zeroizing::new(bytes(path)?);
    Pending::from_bytes(&bytes).map_err(|error| of(path, error))
}

pub(super) fn padding(path: &Path) -> Result<Padding, Failure> {
    Padding::from_bytes(&bytes(path)?).map_err(|error| of(path, error))
}

pub(super) fn fetch(path: &Path) -> Result<Fetch, Failure> {
    Fetch::from_bytes(&bytes(path)?).map_err(|error| of(path, error))
}

pub(super) fn given(path: &Path) -> Result<Given, Failure> {
    Given::from_bytes(&bytes(path)?).map_err(|error| of(path, error))
}

pub(super) fn probes(path: &Path) -> Result<Probes, Failure> {
    Probes::from_bytes(&bytes(path)?).map_err(|error| of(path, error))
}

/// An index, which must be the one that was announced.
pub(super) fn index(path: &Path, manifest: &Manifest) -> Result<Index, Failure> {
    let bytes = files::read(path, MAX_INDEX_BYTES)?;
    let index = Index::from_bytes(bytes).map_err(|error| of(path, error))?;
    match manifest.check_index(&index) {
        Ok(()) => Ok(index),
        Err(error) => Err(of(path, error)),
    }
}

/// A refusal that is no single file's.
pub(super) fn refused(error: Error) -> Failure {
    Failure::new(error.code(), error.to_string())
}

fn of(path: &Path, error: Error) -> Failure {
    refused(error).within(&path.display().to_string())
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    files::read(path, MAX_FILE_BYTES as u64)
}
