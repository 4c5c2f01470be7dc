//! `backup` and `restore`: everything of one node in one sealed file, and back.

use std::path::Path;

use passerelle_envelope::Unlock;
use passerelle_envelope::backup::{BackupHead, Manifest, PartHead};
use passerelle_model::hex;
use passerelle_service::{Error, Restoring, read_backup};
use serde::Serialize;
use serde_json::json;

use super::{Context, data_dir, print_json};
use crate::args::{BackupArgs, BackupKeyArgs, Common, RestoreArgs};
use crate::client::{Call, save};
use crate::failure::{self, Failure};
use crate::files::DataDir;
use crate::restore::{self, Site};
use crate::table::size;
use crate::{ask, keys};

/// Makes a backup into a new file.
pub(super) async fn make(ctx: &Context<'_>, args: &BackupArgs) -> anyhow::Result<()> {
    let Some(out) = &args.out else {
        return Err(Failure::usage("say where to: --out FILE, or --check FILE").into());
    };
    let data = data_dir(ctx.common)?;
    let order = order(&new_secret(&args.key, &data)?);
    let answer = Call::post("/v1/backups")
        .with_json(&order)
        .send(&ctx.client)
        .await?;
    let bytes = save(answer, out).await?;
    eprintln!("Wrote a backup of {} to {}.", size(bytes), out.display());
    Ok(())
}

/// Reads a whole backup and keeps nothing of it.
pub(super) async fn check(common: &Common, file: &Path, key: &BackupKeyArgs) -> anyhow::Result<()> {
    let manifest = read(file, key, &mut Nothing).await?;
    told(common, &manifest, &format!("{} is whole.", file.display()));
    Ok(())
}

/// Makes a node in a new folder from a backup.
pub(super) async fn restore(common: &Common, args: &RestoreArgs) -> anyhow::Result<()> {
    let data = data_dir(common)?;
    let mut site = Site::open(&data)?;
    let manifest = read(&args.file, &args.key, &mut site).await?;
    restore::finish(site, &manifest).await?;
    told(
        common,
        &manifest,
        &format!("Restored into {}.", data.path().display()),
    );
    if !common.json {
        println!(
            "Start it with `passerelle up`: it releases nothing before its partners have said \
             what they hold, and gets back what it signed since."
        );
    }
    Ok(())
}

async fn read(
    file: &Path,
    key: &BackupKeyArgs,
    site: &mut (dyn Restoring + Send),
) -> anyhow::Result<Manifest> {
    let opened = tokio::fs::File::open(file).await;
    let opened = opened.map_err(|error| failure::io(file, &error))?;
    // The head says which secret is wanted; asking for it may fail in words of our own.
    let mut refused = None;
    let unlock = |head: &BackupHead| {
        known_secret(head, key).map_err(|error| {
            let failure = Failure::of(&error);
            let message = failure.to_string();
            refused = Some(error);
            Error::Input(message)
        })
    };
    let read = read_backup(opened, unlock, site).await;
    match refused {
        Some(error) => Err(error),
        None => Ok(read?),
    }
}

fn told(common: &Common, manifest: &Manifest, done: &str) {
    if common.json {
        return print_json(&view(manifest));
    }
    println!("{done}");
    println!("Backup of {}, made {}:", manifest.party, manifest.time);
    for journal in &manifest.journals {
        println!(
            "  {} {}: {} entries",
            journal.channel, journal.party, journal.size
        );
    }
}

fn view(manifest: &Manifest) -> impl Serialize {
    let journals: Vec<_> = manifest
        .journals
        .iter()
        .map(|journal| {
            json!({
                "channel": journal.channel, "party": journal.party, "size": journal.size,
            })
        })
        .collect();
    json!({ "party": manifest.party, "time": manifest.time, "journals": journals })
}

/// What seals a new backup: a key file, made where it is missing, or a passphrase.
fn new_secret(key: &BackupKeyArgs, data: &DataDir) -> anyhow::Result<Unlock> {
    let unlock = match (&key.key_file, &key.backup_passphrase_file) {
        (Some(path), _) => {
            keys::check_place(path, data)?;
            match path.exists() {
                true => keys::read_key_file(path)?,
                false => keys::create_key_file(path)?,
            }
        }
        (None, Some(path)) => keys::read_passphrase(path)?,
        (None, None) => keys::ask_new()?,
    };
    keys::check_passphrase(&unlock)?;
    Ok(unlock)
}

fn known_secret(head: &BackupHead, key: &BackupKeyArgs) -> anyhow::Result<Unlock> {
    match (&key.key_file, &key.backup_passphrase_file) {
        (Some(path), _) => keys::read_key_file(path),
        (None, Some(path)) => keys::read_passphrase(path),
        (None, None) if head.needs_passphrase() => Ok(Unlock::Passphrase(ask::passphrase(
            "Passphrase of the backup: ",
        )?)),
        (None, None) => Err(Failure::usage("this backup opens with a key file: --key-file").into()),
    }
}

/// The secret as the API takes it.
fn order(unlock: &Unlock) -> serde_json::Value {
    match unlock {
        Unlock::KeyFile(key) => json!({ "key": hex::encode(key.as_slice()) }),
        Unlock::Passphrase(text) => json!({ "passphrase": text.as_str() }),
    }
}

/// A place that keeps nothing: reading alone shows whether a backup is whole.
struct Nothing;

impl Restoring for Nothing {
    fn begin(&mut self, _: &PartHead) -> Result<(), Error> {
        Ok(())
    }

    fn append(&mut self, _: &[u8]) -> Result<(), Error> {
        Ok(())
    }

    fn whole(&mut self, _: &PartHead) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use passerelle_envelope::{format_key_file, parse_key_file};
    use zeroize::Zeroizing;

    use super::*;

    #[test]
    fn a_key_file_reaches_the_api_as_it_is() {
        let key = Zeroizing::new([7; 32]);
        let text = format_key_file(&key);
        let read = Unlock::KeyFile(parse_key_file(&text).unwrap());
        assert_eq!(order(&read)["key"], "07".repeat(32));
    }
}
