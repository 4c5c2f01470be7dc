//! Small disks: file systems in a file or in memory, where this user may mount.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// This user may not mount, or the machine cannot.
#[derive(Debug)]
pub struct Refused;

/// A mounted file system, gone when dropped.
#[derive(Debug)]
pub struct Disk {
    home: TempDir,
    mounted: bool,
}

impl Disk {
    /// An ext4 file system of so many MiB in a file.
    ///
    /// # Errors
    /// [`Refused`] without loop devices, `mkfs.ext4` or the right to mount.
    pub fn ext4(mib: u64) -> Result<Self, Refused> {
        let mut disk = Self::new();
        let image = std::fs::File::create(disk.image()).unwrap();
        image.set_len(mib << 20).unwrap();
        run(Command::new("mkfs.ext4").arg("-qF").arg(disk.image()))?;
        disk.mount(&["-o", "loop"], &disk.image())?;
        Ok(disk)
    }

    /// What the device of `other` holds at this moment, with all that its file system has
    /// not written yet missing: what a power cut leaves.
    ///
    /// # Errors
    /// As [`Disk::ext4`].
    pub fn after_power_cut(other: &Self) -> Result<Self, Refused> {
        let mut disk = Self::new();
        std::fs::copy(other.image(), disk.image()).unwrap();
        disk.mount(&["-o", "loop"], &disk.image())?;
        Ok(disk)
    }

    /// A file system of so many MiB in memory.
    ///
    /// # Errors
    /// [`Refused`] without the right to mount.
    pub fn memory(mib: u64) -> Result<Self, Refused> {
        let mut disk = Self::new();
        let size = format!("size={mib}m,mode=700");
        disk.mount(&["-t", "tmpfs", "-o", &size], Path::new("none"))?;
        Ok(disk)
    }

    /// Where it is mounted.
    pub fn path(&self) -> PathBuf {
        self.home.path().join("mounted")
    }

    /// Writes everything to the device.
    pub fn sync(&self) {
        run(Command::new("sync").arg("-f").arg(self.path())).expect("sync");
    }

    /// Allows no writes any more, or allows them again.
    ///
    /// # Errors
    /// [`Refused`] where the system does not do it.
    pub fn read_only(&self, on: bool) -> Result<(), Refused> {
        let option = if on { "remount,ro" } else { "remount,rw" };
        run(Command::new("mount").args(["-o", option]).arg(self.path()))
    }

    /// Leaves so many KiB free.
    pub fn fill_but(&self, kib: u64) {
        let path = self.path().join("filler");
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .unwrap();
        while self.free_kib() > kib {
            let count = (self.free_kib() - kib).min(64);
            if file
                .write_all(&vec![7; usize::try_from(count << 10).unwrap()])
                .is_err()
            {
                break;
            }
        }
    }

    /// Makes the room again that [`Disk::fill_but`] took.
    pub fn empty(&self) {
        std::fs::remove_file(self.path().join("filler")).unwrap();
    }

    fn free_kib(&self) -> u64 {
        let found = rustix::fs::statvfs(self.path()).unwrap();
        found.f_bavail.saturating_mul(found.f_frsize) >> 10
    }

    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("mounted")).unwrap();
        Self {
            home,
            mounted: false,
        }
    }

    fn image(&self) -> PathBuf {
        self.home.path().join("image")
    }

    fn mount(&mut self, options: &[&str], what: &Path) -> Result<(), Refused> {
        run(Command::new("mount")
            .args(options)
            .arg(what)
            .arg(self.path()))?;
        self.mounted = true;
        Ok(())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if self.mounted {
            // Whoever still has a file open there is a process that is being killed.
            let _ = run(Command::new("umount").arg("-l").arg(self.path()));
        }
    }
}

/// Tells `cargo xtask test` that a test could not do its work.
pub fn note_skip(test: &str, reason: &str) {
    let Some(path) = std::env::var_os("PASSERELLE_SKIPS") else {
        return;
    };
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .unwrap();
    writeln!(file, "{test}: component: {reason}").unwrap();
}

/// Files below a folder that hold something, in order.
pub fn files_below(dir: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, files);
        } else if path.metadata().unwrap().len() > 0 {
            files.push(path);
        }
    }
}

fn run(command: &mut Command) -> Result<(), Refused> {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err(Refused),
    }
}
