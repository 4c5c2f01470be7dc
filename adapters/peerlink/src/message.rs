//! What is carried: a call and its answer, both whole in memory.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;

use bytes::Bytes;

use crate::{Error, PeerName};

/// A call from a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The path with its query, starting with a slash; at most
    /// [`crate::MAX_PATH_BYTES`] bytes of visible ASCII.
    pub path: String,
    /// The message; at most [`crate::Limits::message`] bytes.
    pub body: Bytes,
}

/// An answer to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// An HTTP status from 200 to 599. Others reach the caller as [`Error::Failed`].
    pub status: u16,
    /// The answer. One longer than [`crate::Limits::message`] reaches the caller as
    /// [`Error::Failed`].
    pub body: Bytes,
}

/// A [`Handler`]'s answer in the making.
pub type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Treats the calls of partners.
pub trait Handler: Send + Sync + 'static {
    /// Answers one call of `peer`, whose key was proved and is pinned now.
    ///
    /// Runs as its own task, to its end even when the caller goes away meanwhile; a panic
    /// costs this one call ([`Error::Failed`]) where panics unwind.
    fn handle(&self, peer: PeerName, request: Request) -> Answer;

    /// Told of each connection or call from `from` that was refused or cut, for the node's
    /// log. Must not block.
    fn refused(&self, from: SocketAddr, why: &Error) {
        let _ = (from, why);
    }
}
