//! As much of AMQP 0-9-1 as publishing with confirms needs (the specification's frames and
//! methods; queue type and confirms as `RabbitMQ` documents them).

use std::io::{BufReader, BufWriter, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use anyhow::{Context as _, bail, ensure};

use super::{BODY, Confirmed, Publisher};

const METHOD: u8 = 1;
const HEADER: u8 = 2;
const CONTENT: u8 = 3;
const FRAME_END: u8 = 0xce;
/// Largest frame that is read, in bytes.
const MAX_FRAME_BYTES: u32 = 128 * 1024;
const QUEUE: &str = "bench";

const START: (u16, u16) = (10, 10);
const START_OK: (u16, u16) = (10, 11);
const TUNE: (u16, u16) = (10, 30);
const TUNE_OK: (u16, u16) = (10, 31);
const OPEN: (u16, u16) = (10, 40);
const OPEN_OK: (u16, u16) = (10, 41);
const CHANNEL_OPEN: (u16, u16) = (20, 10);
const CHANNEL_OPEN_OK: (u16, u16) = (20, 11);
const DECLARE: (u16, u16) = (50, 10);
const DECLARE_OK: (u16, u16) = (50, 11);
const PUBLISH: (u16, u16) = (60, 40);
const ACK: (u16, u16) = (60, 80);
const SELECT: (u16, u16) = (85, 10);
const SELECT_OK: (u16, u16) = (85, 11);
/// Property flag and value: the message is to be kept on disk.
const PERSISTENT: [u8; 3] = [0x10, 0x00, 2];

/// One connection with one channel in confirm mode.
pub(crate) struct Client {
    reader: BufReader<TcpStream>,
    writer: BufWriter<TcpStream>,
    version: String,
    last: u64,
}

impl Client {
    pub(super) fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let writer = BufWriter::with_capacity(1 << 18, stream.try_clone()?);
        let reader = BufReader::new(stream);
        let mut client = Self {
            reader,
            writer,
            version: String::new(),
            last: 0,
        };
        client.writer.write_all(b"AMQP\x00\x00\x09\x01")?;
        client.log_in()?;
        client.open_queue()?;
        Ok(client)
    }

    /// What the server says it is.
    pub(super) fn version(&self) -> &str {
        &self.version
    }

    fn log_in(&mut self) -> anyhow::Result<()> {
        let greeting = self.expect(START)?;
        self.version = field(&greeting, "version").unwrap_or_default();
        let mut answer = long(b"");
        answer.extend(short("PLAIN"));
        answer.extend(long(b"\0guest\0guest"));
        answer.extend(short("en_US"));
        self.method(0, START_OK, &answer)?;
        let tune = self.expect(TUNE)?;
        let sizes = tune.first_chunk::<6>().context("a short tune")?;
        // No heartbeats: the measurement is short.
        let answer = [sizes.as_slice(), &[0, 0]].concat();
        self.method(0, TUNE_OK, &answer)?;
        let open = [short("/"), short(""), vec![0]].concat();
        self.method(0, OPEN, &open)?;
        self.expect(OPEN_OK).map(drop)
    }

    fn open_queue(&mut self) -> anyhow::Result<()> {
        self.method(1, CHANNEL_OPEN, &short(""))?;
        self.expect(CHANNEL_OPEN_OK)?;
        let kind = [short("x-queue-type"), vec![b'S'], long(b"quorum")].concat();
        let durable = 2;
        let declare = [vec![0, 0], short(QUEUE), vec![durable], long(&kind)].concat();
        self.method(1, DECLARE, &declare)?;
        self.expect(DECLARE_OK)?;
        self.method(1, SELECT, &[0])?;
        self.expect(SELECT_OK).map(drop)
    }

    fn method(&mut self, channel: u16, (class, id): (u16, u16), body: &[u8]) -> anyhow::Result<()> {
        let payload = [class.to_be_bytes().as_slice(), &id.to_be_bytes(), body].concat();
        self.frame(METHOD, channel, &payload)
    }

    fn frame(&mut self, kind: u8, channel: u16, payload: &[u8]) -> anyhow::Result<()> {
        self.writer.write_all(&[kind])?;
        self.writer.write_all(&channel.to_be_bytes())?;
        self.writer
            .write_all(&u32::try_from(payload.len())?.to_be_bytes())?;
        self.writer.write_all(payload)?;
        Ok(self.writer.write_all(&[FRAME_END])?)
    }

    /// The arguments of the method that must come next.
    fn expect(&mut self, wanted: (u16, u16)) -> anyhow::Result<Vec<u8>> {
        let (method, arguments) = self.next()?;
        ensure!(
            method == wanted,
            "{method:?} instead of {wanted:?}: {}",
            text(&arguments)
        );
        Ok(arguments)
    }

    fn next(&mut self) -> anyhow::Result<((u16, u16), Vec<u8>)> {
        if self.reader.buffer().is_empty() {
            self.writer.flush()?;
        }
        let mut head = [0; 7];
        self.reader.read_exact(&mut head)?;
        let [kind, _, _, size @ ..] = head;
        let size = u32::from_be_bytes(size);
        ensure!(
            kind == METHOD && size <= MAX_FRAME_BYTES,
            "frame {kind} of {size} bytes"
        );
        let mut payload = vec![0; usize::try_from(size)? + 1];
        self.reader.read_exact(&mut payload)?;
        ensure!(payload.pop() == Some(FRAME_END), "a frame without its end");
        let (id, arguments) = payload.split_first_chunk::<4>().context("a short method")?;
        let [a, b, c, d] = *id;
        Ok((
            (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])),
            arguments.to_vec(),
        ))
    }
}

impl Publisher for Client {
    fn publish(&mut self) -> anyhow::Result<u64> {
        let publish = [vec![0, 0], short(""), short(QUEUE), vec![0]].concat();
        self.method(1, PUBLISH, &publish)?;
        let length = u64::try_from(BODY.len())?.to_be_bytes();
        let class = PUBLISH.0.to_be_bytes();
        let header = [class.as_slice(), &[0, 0], &length, &PERSISTENT].concat();
        self.frame(HEADER, 1, &header)?;
        self.frame(CONTENT, 1, &BODY)?;
        self.last += 1;
        Ok(self.last)
    }

    fn confirmed(&mut self) -> anyhow::Result<Confirmed> {
        let (method, arguments) = self.next()?;
        let Some((tag, [many])) = arguments.split_first_chunk::<8>().filter(|_| method == ACK)
        else {
            bail!("not confirmed: {method:?} {}", text(&arguments));
        };
        let tag = u64::from_be_bytes(*tag);
        Ok(if *many == 0 {
            Confirmed::One(tag)
        } else {
            Confirmed::UpTo(tag)
        })
    }
}

fn short(text: &str) -> Vec<u8> {
    let mut out = vec![u8::try_from(text.len()).unwrap_or(u8::MAX)];
    out.extend(text.bytes());
    out
}

fn long(bytes: &[u8]) -> Vec<u8> {
    let mut out = u32::try_from(bytes.len())
        .unwrap_or(u32::MAX)
        .to_be_bytes()
        .to_vec();
    out.extend(bytes);
    out
}

/// A text field of a table, found by its name.
fn field(table: &[u8], name: &str) -> Option<String> {
    let name = [short(name), vec![b'S']].concat();
    let at = table
        .windows(name.len())
        .position(|window| window == name)?;
    let (length, rest) = table.get(at + name.len()..)?.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    Some(text(rest.get(..length)?))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
