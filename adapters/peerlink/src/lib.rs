//! The mutual-TLS carrier between two nodes.
//!
//! **In scope:** TCP, TLS 1.3 with pinned Ed25519 keys, HTTP/2, limits and timeouts. It moves
//! opaque bytes between two parties that have proved who they are.
//! **Out of scope:** what the bytes mean, who may be a partner (the [`Pins`] say), whether a
//! card has expired (judged above), retries and queues (the exchange).
//!
//! # How trust works here
//! Each party's card carries the public key of its node. Both ends show a self-signed
//! certificate that is only a wrapper for that key; the key is looked up in the [`Pins`] at
//! every handshake and again at every call, and the handshake signature is verified under it.
//! Names, dates and issuers in certificates are ignored: the pin is the trust. Sessions are
//! never resumed, because a resumed session would skip the look-up.
//!
//! TLS 1.2 does not exist here, and the only key exchange is X25519MLKEM768
//! (draft-ietf-tls-ecdhe-mlkem), so what is recorded today stays closed to a later quantum
//! computer and nobody can negotiate that away.
//!
//! # Recipe
//! ```no_run
//! # use std::{future::Future, pin::Pin, sync::Arc};
//! # use passerelle_peerlink::*;
//! struct Echo;
//! impl Handler for Echo {
//!     fn handle(&self, _: PeerName, request: Request) -> Answer {
//!         Box::pin(async move { Response { status: 200, body: request.body } })
//!     }
//! }
//! # async fn run(pins: Arc<dyn Pins>, seed: [u8; 32], theirs: [u8; 32]) -> Result<(), Error> {
//! let me = TlsIdentity::from_seed(&seed, &PeerName::new("ma.interior")?)?;
//! let address = "127.0.0.1:8601".parse().map_err(|_| Error::Closed)?;
//! let listening =
//!     Listener::bind(address, &me, Arc::clone(&pins), Arc::new(Echo), Limits::default()).await?;
//!
//! let partner = PeerName::new("be.interior")?;
//! let dialer = Dialer::new(&me, pins);
//! let link = dialer.connect("be.example:8601", &partner, vec![theirs]).await?;
//! let answer = link.call("/exchange/head", "hello".into()).await?;
//! # drop(answer);
//! listening.shutdown(std::time::Duration::from_secs(5)).await;
//! # Ok(()) }
//! ```

mod body;
mod client;
mod connection;
mod error;
mod identity;
mod limits;
mod listener;
mod message;
mod pins;
mod refusal;
mod seats;
mod tls;

pub use client::{Connection, Dialer};
pub use error::Error;
pub use identity::TlsIdentity;
pub use limits::{
    DialLimits, KEEPALIVE, Limits, MAX_CALL_TIME, MAX_CONNECT_TIME, MAX_CONNECTIONS,
    MAX_CONNECTIONS_PER_PEER, MAX_EXCHANGE_TIME, MAX_HANDSHAKE_TIME, MAX_HANDSHAKES,
    MAX_HEADER_LIST_BYTES, MAX_IDLE_TIME, MAX_IN_FLIGHT_BYTES, MAX_MESSAGE_BYTES, MAX_PATH_BYTES,
    MAX_PEER_NAME_BYTES, MAX_READ_TIME, MAX_RECEIVING_BYTES, MAX_STREAMS,
};
pub use listener::{Listener, Listening};
pub use message::{Answer, Handler, Request, Response};
pub use pins::{PeerName, Pins};
pub use rustls::NamedGroup;
