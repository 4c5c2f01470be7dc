//! Every limit of the carrier, with its reason. Tests use small ones.

use std::time::Duration;

/// Longest message or answer, in bytes: 8 MiB. Attachments travel in chunks of at most 1 MiB,
/// so this leaves room for a full batch of envelopes and nothing more.
pub const MAX_MESSAGE_BYTES: usize = 8 << 20;
/// Bytes of messages that one connection may have under way or under treatment at a listener.
pub const MAX_RECEIVING_BYTES: usize = 32 << 20;
/// Bytes of messages that a [`crate::Connection`] sends at once; calls beyond wait their turn.
/// Below [`MAX_RECEIVING_BYTES`], so that an honest caller is never refused for it.
pub const MAX_IN_FLIGHT_BYTES: usize = 16 << 20;
/// Connections of all partners together.
pub const MAX_CONNECTIONS: usize = 256;
/// Connections of one partner: a few replicas, each with an old and a new one.
pub const MAX_CONNECTIONS_PER_PEER: usize = 8;
/// Handshakes under way: all that someone without a pinned key can occupy.
pub const MAX_HANDSHAKES: usize = 64;
/// Calls under way on one connection.
pub const MAX_STREAMS: u32 = 128;
/// Bytes of one call's header fields, as RFC 9113 counts them (section 6.5.2).
pub const MAX_HEADER_LIST_BYTES: u32 = 16 << 10;
/// Longest path of a call, in bytes.
pub const MAX_PATH_BYTES: usize = 1024;
/// Longest peer name, in bytes.
pub const MAX_PEER_NAME_BYTES: usize = 64;
/// Time for the TCP connection.
pub const MAX_CONNECT_TIME: Duration = Duration::from_secs(10);
/// Time for the TLS handshake.
pub const MAX_HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// Time for a request's whole body to arrive, once its header is there.
pub const MAX_READ_TIME: Duration = Duration::from_secs(60);
/// Time of a whole call at a listener: request, treatment and the last byte of the answer.
pub const MAX_EXCHANGE_TIME: Duration = Duration::from_secs(120);
/// Time of a whole call at the caller, waiting included.
pub const MAX_CALL_TIME: Duration = Duration::from_secs(120);
/// Time without any call after which a listener closes a connection.
pub const MAX_IDLE_TIME: Duration = Duration::from_secs(300);
/// Time between two HTTP/2 pings, and time in which each must be answered.
pub const KEEPALIVE: Duration = Duration::from_secs(20);

/// What a listener grants. [`Limits::default`] takes the constants of this crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one message and of one answer; default [`MAX_MESSAGE_BYTES`].
    pub message: usize,
    /// Bytes under way or under treatment per connection; default [`MAX_RECEIVING_BYTES`].
    pub receiving: usize,
    /// Connections in all; default [`MAX_CONNECTIONS`].
    pub connections: usize,
    /// Connections per partner; default [`MAX_CONNECTIONS_PER_PEER`].
    pub connections_per_peer: usize,
    /// Handshakes under way; default [`MAX_HANDSHAKES`].
    pub handshakes: usize,
    /// Calls under way per connection; default [`MAX_STREAMS`].
    pub streams: u32,
    /// Bytes of header fields per call; default [`MAX_HEADER_LIST_BYTES`].
    pub header_list: u32,
    /// Time for the TLS handshake; default [`MAX_HANDSHAKE_TIME`].
    pub handshake: Duration,
    /// Time for a request's body; default [`MAX_READ_TIME`].
    pub read: Duration,
    /// Time for a whole call; default [`MAX_EXCHANGE_TIME`].
    pub exchange: Duration,
    /// A connection without calls is closed after between one and two of these; default
    /// [`MAX_IDLE_TIME`].
    pub idle: Duration,
    /// Time between pings, and for each answer; default [`KEEPALIVE`].
    pub keepalive: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message: MAX_MESSAGE_BYTES,
            receiving: MAX_RECEIVING_BYTES,
            connections: MAX_CONNECTIONS,
            connections_per_peer: MAX_CONNECTIONS_PER_PEER,
            handshakes: MAX_HANDSHAKES,
            streams: MAX_STREAMS,
            header_list: MAX_HEADER_LIST_BYTES,
            handshake: MAX_HANDSHAKE_TIME,
            read: MAX_READ_TIME,
            exchange: MAX_EXCHANGE_TIME,
            idle: MAX_IDLE_TIME,
            keepalive: KEEPALIVE,
        }
    }
}

/// What a caller allows itself and its partner. [`DialLimits::default`] takes the constants of
/// this crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DialLimits {
    /// Bytes of one message and of one answer; default [`MAX_MESSAGE_BYTES`].
    pub message: usize,
    /// Bytes of messages sent at once; default [`MAX_IN_FLIGHT_BYTES`].
    pub in_flight: usize,
    /// Time for the TCP connection; default [`MAX_CONNECT_TIME`].
    pub connect: Duration,
    /// Time for the TLS handshake and the partner's first word; default
    /// [`MAX_HANDSHAKE_TIME`].
    pub handshake: Duration,
    /// Time for a whole call; default [`MAX_CALL_TIME`].
    pub call: Duration,
    /// Time between pings, and for each answer; default [`KEEPALIVE`].
    pub keepalive: Duration,
}

impl Default for DialLimits {
    fn default() -> Self {
        Self {
            message: MAX_MESSAGE_BYTES,
            in_flight: MAX_IN_FLIGHT_BYTES,
            connect: MAX_CONNECT_TIME,
            handshake: MAX_HANDSHAKE_TIME,
            call: MAX_CALL_TIME,
            keepalive: KEEPALIVE,
        }
    }
}
