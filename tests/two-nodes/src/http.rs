//! The API over a plain socket: one connection for each call, so that a node that is killed
//! leaves nothing half-used behind.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use serde_json::Value;

/// The way to the API of one running node.
#[derive(Debug, Clone)]
pub struct Api {
    address: SocketAddr,
    token: String,
}

/// What it answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Api {
    /// A caller with a token.
    pub fn new(address: SocketAddr, token: &str) -> Self {
        Self {
            address,
            token: token.to_owned(),
        }
    }

    /// Reads.
    ///
    /// # Errors
    /// The socket's, where the node is not there or ends meanwhile.
    pub fn get(&self, path: &str) -> io::Result<Answer> {
        self.call("GET", path, "", &[])
    }

    /// Hands over a body, with further header lines, each ending in `\r\n`.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub fn post(&self, path: &str, headers: &str, body: &[u8]) -> io::Result<Answer> {
        self.call("POST", path, headers, body)
    }

    fn call(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> io::Result<Answer> {
        let mut socket = TcpStream::connect(self.address)?;
        let head = format!(
            "{method} {path} HTTP/1.0\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\
             Content-Length: {}\r\n{headers}\r\n",
            self.address,
            self.token,
            body.len()
        );
        socket.write_all(head.as_bytes())?;
        // A node that refuses may answer before it has read everything.
        let sent = socket.write_all(body);
        let mut bytes = Vec::new();
        let read = socket.read_to_end(&mut bytes);
        match parsed(&bytes) {
            Some(answer) => Ok(answer),
            None => Err(sent.and(read.map(drop)).err().unwrap_or_else(cut)),
        }
    }
}

impl Answer {
    /// The body as JSON; panics with the body where the call was refused.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.good().body).expect("JSON")
    }

    /// The body as text; panics with it where the call was refused.
    #[track_caller]
    pub fn text(&self) -> String {
        String::from_utf8(self.good().body.clone()).expect("UTF-8")
    }

    /// This answer, unless the call was refused.
    #[track_caller]
    pub fn good(&self) -> &Self {
        let text = String::from_utf8_lossy(&self.body);
        assert!((200..300).contains(&self.status), "{}: {text}", self.status);
        self
    }

    /// The code of a refusal.
    pub fn code(&self) -> String {
        let problem: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        problem["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// A whole answer; `None` where it was cut short.
fn parsed(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = bytes.split_at_checked(end + 4)?;
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length = length.and_then(|length| length.trim().parse::<usize>().ok());
    let whole = length.is_none_or(|length| length == body.len());
    whole.then(|| Answer {
        status,
        body: body.to_vec(),
    })
}

fn cut() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the answer was cut")
}
