//! What `tests/conformance/iati` lets others judge.
//!
//! `conformance judge FILE...` prints, for each file, `accepted` or the code by which it is
//! refused, and its name; the version that a file names is not judged. `conformance write FOLDER
//! [FILE...]` writes our samples, and each file as it is written again after being read, into the
//! folder. `conformance where` prints the path of this program.

#[expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "samples of the tests: always the same"
)]
#[path = "../tests/it/samples.rs"]
mod samples;

use std::{env, error::Error, fs, path::Path};

use passerelle_iati::{Read, Tree, structure, typed, write};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["where"] => println!("{}", env::current_exe()?.display()),
        ["judge", files @ ..] => {
            for file in files {
                judge(file)?;
            }
        }
        ["write", folder, files @ ..] => write_all(Path::new(folder), files)?,
        _ => return Err("where, judge FILE... or write FOLDER [FILE...]".into()),
    }
    Ok(())
}

fn judge(file: &str) -> Result<(), Box<dyn Error>> {
    let verdict = match taken(&fs::read(file)?) {
        Ok(_) => "accepted",
        Err(error) => error.code(),
    };
    println!("{verdict} {file}");
    Ok(())
}

/// The files of the official corpus name no version.
fn taken(bytes: &[u8]) -> Result<Read, passerelle_iati::Error> {
    let tree = Tree::read(bytes)?;
    match structure::faults(&tree).into_iter().next() {
        Some(fault) => Err(fault),
        None => typed(&tree),
    }
}

fn write_all(folder: &Path, files: &[&str]) -> Result<(), Box<dyn Error>> {
    let smallest = write(&samples::smallest())?;
    let fullest = write(&samples::fullest())?;
    fs::write(folder.join("smallest.xml"), smallest)?;
    fs::write(folder.join("fullest.xml"), fullest)?;
    for (at, file) in files.iter().enumerate() {
        let text = write(&taken(&fs::read(file)?)?.file)?;
        fs::write(folder.join(format!("again-{at}.xml")), text)?;
    }
    Ok(())
}
