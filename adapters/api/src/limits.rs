//! Every limit of the API, with its reason. A body is measured by its `Content-Length` before
//! anything is read, and again while it is read.

use std::time::Duration;

use passerelle_model::{MAX_AGREEMENT_BYTES, MAX_ATTACHMENT_BYTES, MAX_CARD_BYTES};

/// Connections at once; later ones wait in the listening queue of the system.
pub const MAX_CONNECTIONS: usize = 256;
/// Bytes of a request's first line and header fields together; more is answered with 431.
pub const MAX_HEADER_BYTES: usize = 16 << 10;
/// Header fields of a request; more is answered with 431.
pub const MAX_HEADERS: usize = 64;
/// Time for a request's header to arrive whole, and for the next request to begin.
pub const MAX_HEADER_TIME: Duration = Duration::from_secs(10);
/// Time without a byte of a request's body after which it is given up (408).
pub const MAX_BODY_PAUSE: Duration = Duration::from_secs(30);
/// Time that answers under way get when the server stops.
pub const MAX_SHUTDOWN_TIME: Duration = Duration::from_secs(10);
/// Time between two signs of life of `/v1/events`, in which its token is checked again.
pub const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Longest bearer token, in bytes.
pub const MAX_TOKEN_BYTES: usize = 256;
/// Longest `Idempotency-Key`, in bytes.
pub const MAX_IDEMPOTENCY_BYTES: usize = 64;
/// Most lines of one page of inbox or outbox.
pub const MAX_PAGE: usize = 500;
/// Lines of a page where `limit` is left out.
pub const DEFAULT_PAGE: usize = 50;

/// Short JSON: tokens, alarms, and two texts of no length.
pub const MAX_SMALL_JSON_BYTES: u64 = 16 << 10;
/// A record to be released, as JSON (4 MiB): the largest text and data in their longest spelling,
/// where each character is escaped, and the header.
pub const MAX_DRAFT_BYTES: u64 = 4 << 20;
/// An event of the joint group, as JSON (1 MiB): its text in its longest spelling, and its author.
pub const MAX_SAYING_BYTES: u64 = 1 << 20;
/// A card, armoured or binary: the armour takes a third more, its frame and line ends the rest.
pub const MAX_CARD_BODY_BYTES: u64 = 2 * MAX_CARD_BYTES as u64;
/// A card in JSON, with its line ends escaped, and a fingerprint.
pub const MAX_PAIRING_BYTES: u64 = MAX_CARD_BODY_BYTES + MAX_SMALL_JSON_BYTES;
/// An agreement as TOML, or armoured with the signatures of its members.
pub const MAX_AGREEMENT_BODY_BYTES: u64 = 2 * MAX_AGREEMENT_BYTES as u64;
/// Two agreements in JSON; escaping can make a text three times as long.
pub const MAX_DIFF_BYTES: u64 = 6 * MAX_AGREEMENT_BYTES as u64;
/// A receipt (at most 4 MiB) and two cards in JSON, with their line ends escaped.
pub const MAX_VERIFY_BYTES: u64 = 6 << 20;
/// An audit package and cards in JSON (64 MiB); larger ones are verified on the command line.
pub const MAX_PACKAGE_JSON_BYTES: u64 = 64 << 20;
/// An attachment, streamed: what the model allows (16 GiB).
pub const MAX_UPLOAD_BYTES: u64 = MAX_ATTACHMENT_BYTES;
/// A courier file, streamed (1 TiB): the size of a large removable disk.
pub const MAX_COURIER_BYTES: u64 = 1 << 40;
/// Bytes that wait between a courier export and its reader: all that an export holds here.
pub const MAX_PIPE_BYTES: usize = 64 << 10;
