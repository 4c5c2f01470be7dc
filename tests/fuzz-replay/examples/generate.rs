//! Writes the files that a search starts from into `fuzz/corpus/`, beside those that are kept
//! because they once broke something (their names begin with `found-`).

use std::error::Error;
use std::fs;
use std::path::Path;

use passerelle_fuzz_replay::{TARGETS, samples};

fn main() -> Result<(), Box<dyn Error>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for target in TARGETS {
        let folder = corpus.join(target.name);
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let found = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("found-"));
            if !found {
                fs::remove_file(path)?;
            }
        }
        for sample in samples::of(target) {
            fs::write(folder.join(&sample.name), &sample.bytes)?;
        }
    }
    Ok(())
}
