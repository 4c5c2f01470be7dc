//! `demo`: two complete nodes in one process, over real TLS on loopback, from first keys to
//! verified receipts.

mod board;
mod cases;
mod group;
mod nodes;
mod people;
mod proofs;
mod story;
mod words;

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use crate::args::DemoArgs;
use crate::commands::stop_signal;
use crate::demo::board::Screen;
use crate::demo::nodes::{Pair, Ports};
use crate::demo::story::Story;
use crate::demo::words::Say;
use crate::failure::{self, Failure};
use crate::{files, locale, rng};

/// Time for everything that does not depend on the size of files.
const BASE_TIME: Duration = Duration::from_secs(180);
/// Slowest pace that is waited for, in bytes a second, sealing and both ends included.
const SLOWEST: u64 = 1 << 20;

/// Runs the demonstration. Exits 0 only if every receipt verifies and both nodes hold the
/// same; always ends by itself within its bound when asked to `--exit`.
pub(crate) async fn run(args: DemoArgs) -> anyhow::Result<ExitCode> {
    let lang = args.language.unwrap_or_else(locale::lang);
    let screen = Screen::new(lang, args.headless);
    let bound = bound(&args.with)?;
    let place = Place::new(args.dir.as_deref())?;
    let mut stop = pin!(stop_signal()?);
    screen.say(Say::Warning);
    let ports = Ports::choose(args.headless)?;
    let pair = tokio::time::timeout(bound, Pair::start(&screen, place.path(), ports)).await;
    let pair = pair.map_err(|_| too_long(bound, Say::Nodes, &screen))??;
    let mut story = Story::new(&screen, &pair, place.path());
    let told = tokio::select! {
        told = tokio::time::timeout(bound, story.tell(&args.with)) => told,
        () = &mut stop => {
            pair.stop().await;
            return Err(Failure::new("E_STOPPED", "stopped before the end").into());
        }
    };
    let result = match told {
        Ok(told) => told.map_err(|error| Failure::of(&error).within(&story.step())),
        Err(_) => Err(too_long(bound, story.at(), &screen)),
    };
    if result.is_ok() && !args.exit {
        addresses(&screen, &pair, place.path());
        stop.await;
    }
    pair.stop().await;
    result?;
    Ok(ExitCode::SUCCESS)
}

fn addresses(screen: &Screen, pair: &Pair, dir: &Path) {
    println!();
    screen.say(Say::Open);
    for side in pair.sides() {
        println!("  {:<9} http://{}", side.name, side.running.api());
        if let Some(base) = side.running.public() {
            println!("            {base}/  ({})", screen.text(Say::Public));
        }
        println!("            Authorization: Bearer {}", side.running.token());
        println!(
            "            passerelle --data {} inbox (or: group board)",
            side.running.data().path().display()
        );
    }
    let folder = proofs::folder(dir);
    println!(
        "  passerelle verify {0}/RECORD.receipt --card {0}/rabat.card --card {0}/brussels.card",
        folder.display()
    );
    screen.say(Say::Group);
    for side in pair.sides() {
        println!("  {:<9} http://{}/group", side.name, side.running.api());
    }
    screen.say(Say::CtrlC);
}

fn too_long(bound: Duration, step: Say, screen: &Screen) -> Failure {
    let sentence = format!("not done within {} s", bound.as_secs());
    Failure::new("E_DEMO_TIME", sentence).within(&screen.text(step))
}

/// How long everything may take, by the size of the files.
fn bound(files: &[PathBuf]) -> Result<Duration, Failure> {
    let mut bytes: u64 = 0;
    for path in files {
        let metadata = std::fs::metadata(path).map_err(|error| failure::io(path, &error))?;
        bytes = bytes.saturating_add(metadata.len());
    }
    Ok(BASE_TIME + Duration::from_secs(bytes / SLOWEST))
}

/// The folder of both nodes: one that stays, or one that goes with the demonstration.
struct Place {
    path: PathBuf,
    stays: bool,
}

impl Place {
    fn new(dir: Option<&Path>) -> Result<Self, Failure> {
        let path = match dir {
            Some(dir) => dir.to_owned(),
            None => std::env::temp_dir().join(format!("passerelle-demo-{}", suffix())),
        };
        let taken = std::fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_some());
        if taken {
            let sentence = format!("{} is not empty; nothing was touched", path.display());
            return Err(Failure::new("E_DATA_NOT_EMPTY", sentence));
        }
        files::make_dir(&path)?;
        Ok(Self {
            path,
            stays: dir.is_some(),
        })
    }

    fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.stays {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

fn suffix() -> String {
    use rand_core::Rng as _;
    let mut bytes = [0; 6];
    rng::system().fill_bytes(&mut bytes);
    passerelle_model::hex::encode(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_its_own_goes_and_a_named_one_stays() {
        let own = Place::new(None).unwrap();
        let path = own.path().to_owned();
        assert!(path.is_dir());
        drop(own);
        assert!(!path.exists());
        let dir = tempfile::tempdir().unwrap();
        drop(Place::new(Some(dir.path())).unwrap());
        assert!(dir.path().is_dir());
        std::fs::write(dir.path().join("x"), "").unwrap();
        assert_eq!(
            Place::new(Some(dir.path())).err().unwrap().code(),
            "E_DATA_NOT_EMPTY"
        );
    }

    #[test]
    fn larger_files_get_more_time() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::File::create(&path)
            .unwrap()
            .set_len(1 << 30)
            .unwrap();
        assert_eq!(
            bound(&[path]).unwrap(),
            BASE_TIME + Duration::from_secs(1024)
        );
        assert_eq!(
            bound(&[dir.path().join("none")]).unwrap_err().code(),
            "E_NO_FILE"
        );
    }
}
