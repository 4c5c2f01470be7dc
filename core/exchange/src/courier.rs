//! Courier files: the messages of an exchange in a row, for removable media and one-way links.
//!
//! ```text
//! "passerelle courier v1\n"
//! frame*      kind u8 | length u32 big-endian | message
//! end frame   kind 0  | length 40 | number of frames u64 big-endian | SHA-256 of all before it
//! ```
//!
//! Nothing in a file is believed because it is in the file: every message carries its own
//! signatures, as over TLS. The end frame only tells a whole file from a cut one.

use sha2::{Digest as _, Sha256};

use crate::Error;
use crate::message::{
    Bundles, CardMessage, Chunk, Entries, Hello, MAX_MESSAGE_BYTES, Message, PolicyTurn,
};
use crate::recovery::Returned;
use crate::register::RegisterTurn;

const MAGIC: &[u8] = b"passerelle courier v1\n";
const END: u8 = 0;
const END_BYTES: usize = 40;

/// One message in a courier file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// Who wrote the file and how far the writer was; the first frame.
    Hello(Hello),
    /// The writer's card.
    Card(CardMessage),
    /// Agreements.
    Bundles(Bundles),
    /// Entries of the writer's journal, with its co-signature on the reader's.
    Entries(Entries),
    /// A chunk of an attachment.
    Chunk(Chunk),
    /// The head of the writer's register, and its co-signature on the reader's.
    Register(RegisterTurn),
    /// The writer's access policy.
    Policy(PolicyTurn),
    /// Entries of the reader's own journal, for a reader that was set back.
    Returned(Returned),
}

impl Frame {
    fn parts(&self) -> (u8, Vec<u8>) {
        match self {
            Self::Hello(message) => (1, message.to_bytes()),
            Self::Card(message) => (2, message.to_bytes()),
            Self::Bundles(message) => (3, message.to_bytes()),
            Self::Entries(message) => (4, message.to_bytes()),
            Self::Chunk(message) => (5, message.to_bytes()),
            Self::Register(message) => (6, message.to_bytes()),
            Self::Policy(message) => (7, message.to_bytes()),
            Self::Returned(message) => (8, message.to_bytes()),
        }
    }

    fn parse(kind: u8, bytes: &[u8]) -> Result<Self, Error> {
        Ok(match kind {
            1 => Self::Hello(Hello::from_bytes(bytes)?),
            2 => Self::Card(CardMessage::from_bytes(bytes)?),
            3 => Self::Bundles(Bundles::from_bytes(bytes)?),
            4 => Self::Entries(Entries::from_bytes(bytes)?),
            5 => Self::Chunk(Chunk::from_bytes(bytes)?),
            6 => Self::Register(RegisterTurn::from_bytes(bytes)?),
            7 => Self::Policy(PolicyTurn::from_bytes(bytes)?),
            8 => Self::Returned(Returned::from_bytes(bytes)?),
            _ => return Err(Error::Courier("a frame of an unknown kind")),
        })
    }
}

/// Writes a courier file piece by piece.
#[derive(Debug, Clone)]
pub struct Writer {
    hash: Sha256,
    frames: u64,
}

impl Writer {
    /// Starts a file; write the returned bytes first.
    pub fn begin() -> (Self, Vec<u8>) {
        let mut hash = Sha256::new();
        hash.update(MAGIC);
        (Self { hash, frames: 0 }, MAGIC.to_vec())
    }

    /// The bytes of one more frame.
    pub fn frame(&mut self, frame: &Frame) -> Result<Vec<u8>, Error> {
        let (kind, message) = frame.parts();
        let bytes = frame_bytes(kind, &message)?;
        self.hash.update(&bytes);
        self.frames += 1;
        Ok(bytes)
    }

    /// The last bytes of the file.
    pub fn end(self) -> Result<Vec<u8>, Error> {
        let mut end = self.frames.to_be_bytes().to_vec();
        end.extend_from_slice(&self.hash.finalize());
        frame_bytes(END, &end)
    }
}

fn frame_bytes(kind: u8, message: &[u8]) -> Result<Vec<u8>, Error> {
    let length = u32::try_from(message.len())
        .ok()
        .filter(|_| message.len() <= MAX_MESSAGE_BYTES);
    let length = length.ok_or(Error::Limit {
        what: "courier frame",
        found: message.len() as u64,
        limit: MAX_MESSAGE_BYTES as u64,
    })?;
    let mut bytes = Vec::with_capacity(5 + message.len());
    bytes.push(kind);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(message);
    Ok(bytes)
}

/// What a [`Reader`] found next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A frame.
    Frame(Box<Frame>),
    /// More bytes are needed; a file that stops here is cut.
    More,
    /// The end frame: the file is whole.
    End,
}

/// Reads a courier file from pieces of any size.
#[derive(Debug, Clone)]
pub struct Reader {
    bytes: Vec<u8>,
    /// Where in `bytes` what was not taken yet begins.
    start: usize,
    hash: Sha256,
    frames: u64,
    begun: bool,
    ended: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// Before the first byte.
    pub fn new() -> Self {
        Self {
            bytes: Vec::new(),
            start: 0,
            hash: Sha256::new(),
            frames: 0,
            begun: false,
            ended: false,
        }
    }

    /// Hands in more bytes. Take every frame with [`Reader::next`] before the next piece, so
    /// that at most one frame is ever held.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.start);
        self.start = 0;
        self.bytes.extend_from_slice(bytes);
    }

    /// The next frame, if its bytes are there.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator could not say `More`"
    )]
    pub fn next(&mut self) -> Result<Next, Error> {
        if self.ended {
            let rest = if self.waiting().is_empty() {
                Ok(Next::End)
            } else {
                Err(())
            };
            return rest.map_err(|()| Error::Courier("bytes after the end"));
        }
        if !self.begun && !self.begin()? {
            return Ok(Next::More);
        }
        let Some((kind, length)) = self.head()? else {
            return Ok(Next::More);
        };
        let Some(bytes) = self.waiting().get(5..5 + length).map(<[u8]>::to_vec) else {
            return Ok(Next::More);
        };
        if kind == END {
            return self.end(&bytes);
        }
        let frame = Frame::parse(kind, &bytes)?;
        let taken = self.bytes.get(self.start..self.start + 5 + length);
        self.hash.update(taken.unwrap_or_default());
        self.start += 5 + length;
        self.frames += 1;
        Ok(Next::Frame(Box::new(frame)))
    }

    fn waiting(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    fn begin(&mut self) -> Result<bool, Error> {
        let start = self
            .waiting()
            .get(..MAGIC.len().min(self.waiting().len()))
            .unwrap_or_default();
        if !MAGIC.starts_with(start) {
            return Err(Error::Courier("not a courier file"));
        }
        if self.waiting().len() < MAGIC.len() {
            return Ok(false);
        }
        self.hash.update(MAGIC);
        self.start += MAGIC.len();
        self.begun = true;
        Ok(true)
    }

    /// Kind and length of the frame that begins here; the length is checked before anything
    /// is gathered for it.
    fn head(&self) -> Result<Option<(u8, usize)>, Error> {
        let (Some(kind), Some(length)) = (self.waiting().first(), self.waiting().get(1..5)) else {
            return Ok(None);
        };
        let length = length
            .iter()
            .fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        if length > MAX_MESSAGE_BYTES {
            return Err(Error::Courier("a frame that is too large"));
        }
        Ok(Some((*kind, length)))
    }

    fn end(&mut self, bytes: &[u8]) -> Result<Next, Error> {
        let mut expected = self.frames.to_be_bytes().to_vec();
        expected.extend_from_slice(&self.hash.clone().finalize());
        if bytes != expected {
            return Err(Error::Courier("altered: counts or checksum do not match"));
        }
        self.start += 5 + END_BYTES;
        self.ended = true;
        self.next()
    }
}

#[cfg(test)]
mod tests {
    use passerelle_model::UtcTime;

    use super::*;
    use crate::message::PROTOCOL;

    fn file() -> (Vec<Frame>, Vec<u8>) {
        let hello = Hello {
            protocol: PROTOCOL,
            party: "ma.interior".parse().unwrap(),
            card: 1,
            time: UtcTime::from_millis(5),
            channels: vec![],
        };
        let frames = vec![
            Frame::Hello(hello),
            Frame::Card(CardMessage { card: vec![7; 300] }),
            Frame::Bundles(Bundles { bundles: vec![] }),
            Frame::Policy(PolicyTurn {
                held: 2,
                policy: Some(vec![3; 40].into()),
                yours: None,
            }),
        ];
        let (mut writer, mut bytes) = Writer::begin();
        for frame in &frames {
            bytes.extend(writer.frame(frame).unwrap());
        }
        bytes.extend(writer.end().unwrap());
        (frames, bytes)
    }

    fn read(bytes: &[u8], piece: usize) -> Result<(Vec<Frame>, bool), Error> {
        let (mut reader, mut frames) = (Reader::new(), vec![]);
        for piece in bytes.chunks(piece) {
            reader.push(piece);
            while let Next::Frame(frame) = reader.next()? {
                frames.push(*frame);
            }
        }
        Ok((frames, reader.next()? == Next::End))
    }

    #[test]
    fn reads_back_in_pieces_of_any_size() {
        let (frames, bytes) = file();
        for piece in [1, 7, 64, 100_000] {
            assert_eq!(read(&bytes, piece).unwrap(), (frames.clone(), true));
        }
    }

    #[test]
    fn a_cut_file_is_never_whole_and_an_altered_one_is_refused() {
        let (_, bytes) = file();
        for cut in 0..bytes.len() {
            assert!(!read(&bytes[..cut], 50).unwrap().1, "cut at {cut}");
        }
        for position in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[position] ^= 0x40;
            let whole = read(&altered, 4096).is_ok_and(|(_, whole)| whole);
            assert!(!whole, "byte {position} altered unseen");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(read(&longer, 4096).is_err());
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = read(&[MAGIC, &bytes].concat(), 64);
            let _ = read(&bytes, 64);
        }
    }
}
