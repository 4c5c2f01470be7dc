//! Clauses about blobs.

use passerelle_model::Digest;
use sha2::{Digest as _, Sha256};

use super::{Breach, Outcome, conflict, same};
use crate::{Blobs, Error};

/// A blob that is written here is found under the SHA-256 of its bytes.
pub fn a_created_blob_gets_its_name(blobs: &dyn Blobs) -> Outcome {
    let mut writer = blobs.create()?;
    same("empty", writer.is_empty(), true)?;
    writer.append(b"pass")?;
    writer.append(b"erelle")?;
    same("length", writer.len(), 10)?;
    writer.finish(name(b"passerelle"))?;
    same(
        "bytes",
        read(blobs, b"passerelle")?,
        Some(b"passerelle".to_vec()),
    )
}

/// A blob whose bytes have another hash gets no name, and nothing of it stays.
pub fn a_blob_of_another_hash_is_refused_and_removed(blobs: &dyn Blobs) -> Outcome {
    let mut writer = blobs.create()?;
    writer.append(b"other")?;
    corrupt(writer.finish(name(b"passerelle")))?;
    let mut writer = blobs.resume(name(b"passerelle"))?;
    writer.append(b"other")?;
    corrupt(writer.finish(name(b"passerelle")))?;
    same("open", read(blobs, b"passerelle")?, None)?;
    same("listed", blobs.list()?, vec![])?;
    same("starts again", blobs.resume(name(b"passerelle"))?.len(), 0)
}

/// What was synced of a partner's blob is there when the transfer goes on.
pub fn a_partial_blob_is_continued(blobs: &dyn Blobs) -> Outcome {
    let mut writer = blobs.resume(name(b"passerelle"))?;
    writer.append(b"pass")?;
    writer.sync()?;
    drop(writer);
    let mut writer = blobs.resume(name(b"passerelle"))?;
    same("length", writer.len(), 4)?;
    let mut held = [0; 8];
    same("read back", writer.read_at(1, &mut held)?, 3)?;
    same("bytes", &held, b"ass\0\0\0\0\0")?;
    writer.append(b"erelle")?;
    writer.finish(name(b"passerelle"))?;
    same(
        "bytes",
        read(blobs, b"passerelle")?,
        Some(b"passerelle".to_vec()),
    )
}

/// A second writer of the same blob is refused until the first is gone.
pub fn one_writer_at_a_time(blobs: &dyn Blobs) -> Outcome {
    let first = blobs.resume(name(b"a"))?;
    conflict("second", blobs.resume(name(b"a")).map(drop))?;
    blobs.resume(name(b"b")).map(drop)?;
    drop(first);
    blobs.resume(name(b"a")).map(drop)?;
    Ok(())
}

/// After a truncation bytes go where the end now is.
pub fn a_truncated_blob_continues_at_its_end(blobs: &dyn Blobs) -> Outcome {
    let mut writer = blobs.resume(name(b"passerelle"))?;
    writer.append(b"passXXXX")?;
    writer.truncate(4)?;
    same("length", writer.len(), 4)?;
    writer.truncate(400)?;
    same("no growth", writer.len(), 4)?;
    writer.append(b"erelle")?;
    writer.finish(name(b"passerelle"))?;
    same(
        "bytes",
        read(blobs, b"passerelle")?,
        Some(b"passerelle".to_vec()),
    )
}

/// A complete blob is not resumed; making the same one again is no error.
pub fn a_complete_blob_is_not_written_again(blobs: &dyn Blobs) -> Outcome {
    make(blobs, b"x")?;
    conflict("resume", blobs.resume(name(b"x")).map(drop))?;
    make(blobs, b"x")?;
    same("once", blobs.list()?.len(), 1)
}

/// Partial blobs are neither opened nor listed.
pub fn an_unfinished_blob_is_not_open(blobs: &dyn Blobs) -> Outcome {
    let mut writer = blobs.resume(name(b"x"))?;
    writer.append(b"x")?;
    writer.sync()?;
    same("open", read(blobs, b"x")?, None)?;
    same("listed", blobs.list()?, vec![])
}

/// Complete and partial blobs are destroyed; destroying nothing is no error.
pub fn removed_blobs_are_gone(blobs: &dyn Blobs) -> Outcome {
    make(blobs, b"x")?;
    let mut writer = blobs.resume(name(b"yy"))?;
    writer.append(b"y")?;
    writer.sync()?;
    drop(writer);
    for bytes in [&b"x"[..], b"yy", b"unknown"] {
        blobs.remove(name(bytes))?;
    }
    same("complete", read(blobs, b"x")?, None)?;
    same("partial", blobs.resume(name(b"yy"))?.len(), 0)
}

/// A blob that is removed while it arrives does not come back when it is finished.
pub fn a_blob_removed_while_written_stays_gone(blobs: &dyn Blobs) -> Outcome {
    let mut writer = blobs.resume(name(b"x"))?;
    writer.append(b"x")?;
    blobs.remove(name(b"x"))?;
    conflict("finish", writer.finish(name(b"x")))?;
    same("open", read(blobs, b"x")?, None)?;
    same("partial", blobs.resume(name(b"x"))?.len(), 0)
}

/// Names with lengths, in order of name.
pub fn blobs_are_listed_in_order(blobs: &dyn Blobs) -> Outcome {
    let mut wanted = Vec::new();
    for n in 0..20_u8 {
        let bytes = vec![n; usize::from(n)];
        make(blobs, &bytes)?;
        wanted.push((name(&bytes), u64::from(n)));
    }
    wanted.sort();
    same("list", blobs.list()?, wanted)
}

/// A reader reads from any place, and only what is there.
pub fn blobs_are_read_at_any_offset(blobs: &dyn Blobs) -> Outcome {
    make(blobs, b"0123456789")?;
    let reader = blobs.open(name(b"0123456789"))?;
    let reader = reader.ok_or_else(|| Breach("not open".into()))?;
    let mut buffer = [b'-'; 4];
    same("middle", reader.read_at(3, &mut buffer)?, 4)?;
    same("bytes", &buffer, b"3456")?;
    same("end", reader.read_at(8, &mut buffer)?, 2)?;
    same("bytes", &buffer, b"8956")?;
    same("beyond", reader.read_at(10, &mut buffer)?, 0)?;
    same("far beyond", reader.read_at(1 << 60, &mut buffer)?, 0)
}

/// A blob of no bytes is complete like any other.
pub fn an_empty_blob_is_a_blob(blobs: &dyn Blobs) -> Outcome {
    make(blobs, b"")?;
    same("bytes", read(blobs, b"")?, Some(Vec::new()))
}

fn name(bytes: &[u8]) -> Digest {
    Digest::new(Sha256::digest(bytes).into())
}

fn make(blobs: &dyn Blobs, bytes: &[u8]) -> Result<(), Error> {
    let mut writer = blobs.create()?;
    writer.append(bytes)?;
    writer.finish(name(bytes))
}

fn read(blobs: &dyn Blobs, bytes: &[u8]) -> Result<Option<Vec<u8>>, Breach> {
    let Some(reader) = blobs.open(name(bytes))? else {
        return Ok(None);
    };
    let mut found = vec![0; usize::try_from(reader.len()).unwrap_or(0)];
    let count = reader.read_at(0, &mut found)?;
    found.truncate(count);
    Ok(Some(found))
}

fn corrupt(result: Result<(), Error>) -> Outcome {
    match result {
        Err(Error::Corrupt(_)) => Ok(()),
        other => Err(Breach(format!("not corrupt but {other:?}"))),
    }
}
