//! Key files: making one, reading it, erasing it.

use std::fs::OpenOptions;
use std::io::{self, Seek as _, Write as _};
use std::path::Path;

use passerelle_matching::Class;
use passerelle_matching::exchange::Epoch;
use passerelle_matching::oprf::{SEED_BYTES, SecretKey};
use passerelle_model::hex;
use rand_core::Rng as _;
use zeroize::Zeroizing;

use super::read::refused;
use crate::args_matching::KeyArgs;
use crate::failure::{self, Failure};
use crate::{ask, clock, files, rng};

/// Largest key file, in bytes.
const MAX_KEY_FILE_BYTES: u64 = 4096;
/// What a key file begins with.
const HEAD: &str = "passerelle-match-key 1";

/// A key file: the epoch, and the key that its seed gives.
pub(super) struct Key {
    pub(super) epoch: Epoch,
    pub(super) class: Class,
    pub(super) secret: SecretKey,
}

/// Makes a key from a fresh seed.
pub(super) fn make(args: &KeyArgs) -> Result<(), Failure> {
    let (holder, asker, class) = (args.holder.as_str(), args.asker.as_str(), args.class);
    // Refused before anything is written.
    Epoch::new(holder, asker, class, args.epoch).map_err(refused)?;
    let mut seed = Zeroizing::new([0; SEED_BYTES]);
    rng::system().fill_bytes(seed.as_mut());
    let seed = Zeroizing::new(hex::encode(seed.as_ref()));
    let text = Zeroizing::new(format!(
        "{HEAD}\nholder {holder}\nasker {asker}\nclass {class}\nepoch {}\nseed {}\n",
        args.epoch,
        seed.as_str()
    ));
    files::create(&args.out, text.as_bytes())?;
    eprintln!(
        "A key for epoch {} of {holder} for {asker}, class {class}. Keep it off every backup: it \
         is erased at the end of the epoch (match erase-key).",
        args.epoch
    );
    Ok(())
}

/// Reads a key file.
pub(super) fn read(path: &Path) -> Result<Key, Failure> {
    let text = Zeroizing::new(files::read_text(path, MAX_KEY_FILE_BYTES)?);
    let wrong = || {
        let sentence = format!("{}: is no key file of `match key`", path.display());
        Failure::new("E_MATCH_FILE", sentence)
    };
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) {
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

/// Overwrites and removes a key file, and leaves a statement of it.
pub(super) fn erase(path: &Path, statement: &Path, yes: bool) -> Result<(), Failure> {
    let key = read(path)?;
    let text = stated(&key);
    // The statement is written before, and has its name only once the key is gone.
    let staged = files::Staged::write(statement, text.as_bytes())?;
    let question = "Erase this key? Indexes made with it answer nothing any more.";
    ask::confirm(question, yes)?;
    overwrite(path).map_err(|error| failure::io(path, &error))?;
    staged.commit()?;
    eprintln!(
        "The key is overwritten and removed. That says nothing of copies: backups, snapshots, and \
         what a flash disk keeps of old blocks. Remove those too."
    );
    Ok(())
}

fn stated(key: &Key) -> String {
    let epoch = &key.epoch;
    format!(
        "passerelle-match-erased 1\nholder {}\nasker {}\nclass {}\nepoch {}\npublic-key {}\n\
         erased {}\n",
        epoch.holder,
        epoch.asker,
        key.class,
        epoch.number,
        hex::encode(key.secret.public().as_bytes()),
        clock::now()
    )
}

/// Random bytes, then zeros, each flushed to the disk; then the file goes.
fn overwrite(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    let mut bytes = vec![0; length];
    rng::system().fill_bytes(&mut bytes);
    for _ in 0..2 {
        file.rewind()?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        bytes.fill(0);
    }
    std::fs::remove_file(path)?;
    files::sync_parent(path)
}
