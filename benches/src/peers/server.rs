//! A server process that ends with its measurement.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use crate::clock::{Stopwatch, nap};

/// How long a server may take to start: an Erlang system needs its time.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server with all processes of its group.
pub(super) struct Server(Child);

impl Server {
    /// Starts it and waits until `address` takes connections.
    pub(super) fn start(command: &mut Command, address: SocketAddr) -> anyhow::Result<Self> {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut server = Self(command.process_group(0).spawn()?);
        let waiting = Stopwatch::start();
        while !answers(address) {
            if let Some(status) = server.0.try_wait()? {
                anyhow::bail!("it ended at once: {status}");
            }
            anyhow::ensure!(waiting.elapsed() < PATIENCE, "it does not answer");
            nap(Duration::from_millis(50));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.0.wait();
    }
}

fn answers(address: SocketAddr) -> bool {
    TcpStream::connect(address).is_ok_and(|mut stream| stream.flush().is_ok())
}
