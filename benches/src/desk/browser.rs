//! A browser as far as timing goes: one kept connection, one request at a time.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::Context as _;

use crate::clock::Stopwatch;

/// Largest answer that is read, in bytes.
const MAX_ANSWER_BYTES: usize = 64 << 20;

/// One kept connection with the cookie of one session.
pub(crate) struct Browser {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
    cookie: String,
}

/// What came back.
pub(crate) struct Answer {
    /// Status code.
    pub(crate) status: u16,
    /// The page.
    pub(crate) body: String,
    /// From the first byte sent to the last byte read.
    pub(crate) took: Duration,
}

/// A page that is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    path: String,
    form: Option<Vec<(String, String)>>,
}

impl Ask {
    /// A page to look at.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            form: None,
        }
    }

    /// A form that is sent.
    pub(crate) fn post(path: &str, fields: &[(&str, &str)]) -> Self {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self {
            path: path.to_owned(),
            form: Some(fields.iter().map(own).collect()),
        }
    }
}

impl Browser {
    /// Connects as the person of a session.
    pub(crate) fn new(address: SocketAddr, session: &str) -> anyhow::Result<Self> {
        Ok(Self {
            address,
            stream: connected(address)?,
            cookie: format!("passerelle-session={session}; passerelle-language=fr"),
        })
    }

    /// Asks and reads the whole answer; once more on a new connection where the server had
    /// closed the one that was kept.
    pub(crate) fn ask(&mut self, ask: &Ask) -> anyhow::Result<Answer> {
        if let Ok(answer) = self.try_ask(ask) {
            return Ok(answer);
        }
        self.stream = connected(self.address)?;
        self.try_ask(ask)
    }

    fn try_ask(&mut self, ask: &Ask) -> anyhow::Result<Answer> {
        let request = self.request(ask);
        let clock = Stopwatch::start();
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (status, length) = self.head()?;
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Answer {
            status,
            took: clock.elapsed(),
            body: String::from_utf8(body)?,
        })
    }

    fn request(&self, ask: &Ask) -> String {
        let shared = format!("Host: 127.0.0.1\r\nCookie: {}\r\n", self.cookie);
        match &ask.form {
            None => format!("GET {} HTTP/1.1\r\n{shared}\r\n", ask.path),
            Some(fields) => {
                let pairs: Vec<String> = fields
                    .iter()
                    .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
                    .collect();
                let body = pairs.join("&");
                format!(
                    "POST {} HTTP/1.1\r\n{shared}Sec-Fetch-Site: same-origin\r\n\
                     Content-Type: application/x-www-form-urlencoded\r\n\
                     Content-Length: {}\r\n\r\n{body}",
                    ask.path,
                    body.len()
                )
            }
        }
    }

    fn head(&mut self) -> anyhow::Result<(u16, usize)> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).context("no status line")?.parse()?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.parse()?;
            }
        }
        anyhow::ensure!(length <= MAX_ANSWER_BYTES, "an answer of {length} bytes");
        Ok((status, length))
    }
}

fn connected(address: SocketAddr) -> anyhow::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}
