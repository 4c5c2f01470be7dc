//! One flipped bit anywhere in a stopped node is found by the doctor, or changes nothing that
//! the node shows. `PASSERELLE_FLIPS` for more than 80.

use std::path::PathBuf;
use std::process::Command;

use passerelle_two_nodes::{Copy, Rng, Side, World, draft, files_below, recall};

use crate::{NODE, wanted};

#[test]
fn a_flipped_bit_is_found_or_changes_nothing() {
    let mut rig = Rig::new();
    let mut rng = Rng::new(wanted("PASSERELLE_SEED", 1));
    let (mut found, mut seen_by_sqlite, mut harmless, mut missed) = (0, 0, 0, Vec::new());
    for _ in 0..wanted("PASSERELLE_FLIPS", 80) {
        let flip = rig.flip(&mut rng);
        let seen = flip.file == "store/store.sqlite" && !rig.is_integral();
        match rig.verdict() {
            Verdict::Found => {
                found += 1;
                seen_by_sqlite += u32::from(seen);
            }
            Verdict::Harmless => harmless += 1,
            Verdict::Missed(what) => missed.push(format!("{flip:?}: {what}")),
        }
    }
    println!("{found} found, {seen_by_sqlite} of them by the engine alone, {harmless} harmless");
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
    assert!(found >= 20, "only {found} flips mattered");
    // The negative control: the engine's own check does not notice most of them.
    assert!(seen_by_sqlite * 2 < found, "{seen_by_sqlite} of {found}");
}

#[derive(Debug)]
#[expect(dead_code, reason = "printed where a flip is missed")]
struct Flip {
    file: String,
    offset: u64,
    bit: u8,
}

enum Verdict {
    Found,
    Harmless,
    Missed(String),
}

/// A stopped node, a copy to damage, and what it shows when it is whole.
struct Rig {
    world: World,
    whole: PathBuf,
    damaged: PathBuf,
    shows: Copy,
}

impl Rig {
    fn new() -> Self {
        let mut world = World::up(NODE);
        for number in 0..12 {
            let key = format!("k{number}");
            let attached: &[usize] = if number % 4 == 0 {
                &[70_000, 200_000]
            } else {
                &[]
            };
            for side in Side::BOTH {
                let tokens: Vec<String> = attached
                    .iter()
                    .map(|size| {
                        let content = Rng::new(number).bytes(*size);
                        let staged = world.node(side).stage("a.bin", &content).unwrap();
                        staged.json()["token"].as_str().unwrap().to_owned()
                    })
                    .collect();
                world.release(side, &key, &draft(side, &key, &tokens));
            }
        }
        let target = world.released[&(Side::A, "k4".to_owned())].clone();
        world.release(Side::A, "recall", &recall(Side::A, &target));
        world.recalled.insert(target);
        world.check();
        Side::BOTH
            .iter()
            .for_each(|side| world.node_mut(*side).stop());
        let whole = world.node(Side::B).data.clone();
        let damaged = world.path("damaged");
        let mut rig = Self {
            world,
            whole,
            damaged: damaged.clone(),
            shows: Copy(Vec::new()),
        };
        rig.restore();
        rig.world.node_mut(Side::B).data = damaged;
        rig.world.node(Side::B).say("doctor").ok();
        rig.shows = rig.copy();
        rig
    }

    fn restore(&self) {
        let _ = std::fs::remove_dir_all(&self.damaged);
        let copied = Command::new("cp")
            .arg("-a")
            .arg(&self.whole)
            .arg(&self.damaged)
            .status();
        assert!(copied.unwrap().success());
    }

    /// Flips one bit of a fresh copy: mostly in the store, else in any other file.
    fn flip(&self, rng: &mut Rng) -> Flip {
        self.restore();
        let mut files = Vec::new();
        files_below(&self.damaged, &mut files);
        let store = self.damaged.join("store/store.sqlite");
        let path = match rng.below(4) {
            0 => files[usize::try_from(rng.below(files.len() as u64)).unwrap()].clone(),
            _ => store,
        };
        let mut bytes = std::fs::read(&path).unwrap();
        let (offset, bit) = (rng.below(bytes.len() as u64), rng.below(8) as u8);
        bytes[usize::try_from(offset).unwrap()] ^= 1 << bit;
        std::fs::write(&path, bytes).unwrap();
        let file = path
            .strip_prefix(&self.damaged)
            .unwrap()
            .display()
            .to_string();
        Flip { file, offset, bit }
    }

    /// What SQLite itself thinks of the damaged store.
    fn is_integral(&self) -> bool {
        let open = || {
            let store = self.damaged.join("store/store.sqlite");
            let connection = rusqlite::Connection::open(store)?;
            connection.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))
        };
        open().is_ok_and(|said| said == "ok")
    }

    fn verdict(&mut self) -> Verdict {
        let doctor = self.world.node(Side::B).say("--json doctor");
        if doctor.code != 0 {
            return Verdict::Found;
        }
        let shows = self.copy();
        let differs = self
            .shows
            .0
            .iter()
            .zip(&shows.0)
            .find(|(before, now)| before != now);
        match differs {
            None if shows.0.len() == self.shows.0.len() => Verdict::Harmless,
            None => Verdict::Missed("another number of records".into()),
            Some((before, now)) => Verdict::Missed(difference(&before.1, &now.1, &before.0)),
        }
    }

    fn copy(&mut self) -> Copy {
        let node = self.world.node_mut(Side::B);
        if !node.try_start(&[]) {
            return Copy(vec![("refuses to start".into(), node.logged())]);
        }
        let copy = node.copy();
        node.kill();
        copy
    }
}

fn difference(before: &str, now: &str, path: &str) -> String {
    let same = before
        .bytes()
        .zip(now.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |text: &str| {
        let text: String = text.chars().collect();
        let start = same.saturating_sub(40).min(text.len());
        String::from_utf8_lossy(&text.as_bytes()[start..text.len().min(start + 120)]).into_owned()
    };
    format!("{path}\n   {}\n   {}", around(before), around(now))
}
