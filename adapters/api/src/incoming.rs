//! Request bodies: counted, never waited for without end, never held whole unless asked for.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::{Buf as _, Bytes};
use http::StatusCode;
use http_body::Body as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

use crate::limits::MAX_BODY_PAUSE;
use crate::problem::Problem;

/// A request body as a stream of bytes, of which one frame is held at a time. It ends with an
/// error when it grows beyond its limit, stops arriving, or is cut.
pub(crate) struct Incoming {
    body: Body,
    frame: Bytes,
    limit: u64,
    left: u64,
    pause: Pin<Box<Sleep>>,
    fault: Fault,
}

impl Incoming {
    /// At most `limit` bytes of `body`. Needs a tokio runtime with time.
    pub(crate) fn new(body: Body, limit: u64) -> Self {
        Self {
            body,
            frame: Bytes::new(),
            limit,
            left: limit,
            pause: Box::pin(sleep(MAX_BODY_PAUSE)),
            fault: Fault::default(),
        }
    }

    /// What went wrong, to be asked after the reader was handed on and its user gave up.
    pub(crate) fn fault(&self) -> Fault {
        self.fault.clone()
    }

    /// The whole body.
    pub(crate) async fn collect(mut self) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        match self.read_to_end(&mut bytes).await {
            Ok(_) => Ok(bytes),
            Err(_) => Err(self.fault.or(Kind::Cut.problem())),
        }
    }

    fn fail(&self, kind: Kind) -> Poll<io::Result<()>> {
        // Whatever went wrong first is what is told.
        let _ = self.fault.0.set(kind);
        Poll::Ready(Err(io::Error::other(kind.told())))
    }

    /// The next frame with bytes; `Ready(Ok)` without one is the end.
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Kind>> {
        while self.frame.is_empty() {
            let frame = match Pin::new(&mut self.body).poll_frame(cx) {
                Poll::Ready(Some(frame)) => frame.map_err(|_| Kind::Cut)?,
                Poll::Ready(None) => break,
                Poll::Pending => {
                    ready!(self.pause.as_mut().poll(cx));
                    return Poll::Ready(Err(Kind::Slow));
                }
            };
            self.pause.as_mut().reset(Instant::now() + MAX_BODY_PAUSE);
            // Trailers say nothing to us.
            self.frame = frame.into_data().unwrap_or_default();
            self.left = self
                .left
                .checked_sub(self.frame.len() as u64)
                .ok_or(Kind::TooLarge(self.limit))?;
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Incoming {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Err(kind) = ready!(self.poll_frame(cx)) {
            return self.fail(kind);
        }
        let taken = self.frame.len().min(buffer.remaining());
        let (now, _) = self.frame.split_at_checked(taken).unwrap_or_default();
        buffer.put_slice(now);
        self.frame.advance(taken);
        Poll::Ready(Ok(()))
    }
}

/// Remembers why a body could not be read, for after its reader is gone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fault(Arc<OnceLock<Kind>>);

impl Fault {
    /// The fault of the body where there is one; else `other`.
    pub(crate) fn or(&self, other: impl Into<Problem>) -> Problem {
        match self.0.get() {
            Some(kind) => kind.problem(),
            None => other.into(),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    TooLarge(u64),
    Slow,
    Cut,
}

impl Kind {
    fn problem(self) -> Problem {
        match self {
            Self::TooLarge(limit) => Problem::too_large(limit),
            Self::Slow => Problem::new(StatusCode::REQUEST_TIMEOUT, "E_BODY_SLOW", self.told()),
            Self::Cut => Problem::new(StatusCode::BAD_REQUEST, "E_BODY_CUT", self.told()),
        }
    }

    fn told(self) -> &'static str {
        match self {
            Self::TooLarge(_) => "the body is too large",
            Self::Slow => "the body stopped arriving",
            Self::Cut => "the body ended before it was whole",
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    fn chunks(parts: &'static [&'static str]) -> Body {
        let parts = parts.iter().map(|part| Ok::<_, io::Error>(*part));
        Body::from_stream(stream::iter(parts))
    }

    #[tokio::test]
    async fn a_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() {
        let body = || chunks(&["ab", "", "cd", "e"]);
        assert_eq!(Incoming::new(body(), 5).collect().await.unwrap(), b"abcde");
        let refused = Incoming::new(body(), 4).collect().await.unwrap_err();
        assert_eq!(refused.code(), "E_TOO_LARGE");
    }

    #[tokio::test]
    async fn small_reads_get_every_byte_in_order() {
        let mut body = Incoming::new(chunks(&["abc", "defg"]), 100);
        let (mut whole, mut two) = (Vec::new(), [0; 2]);
        loop {
            match body.read(&mut two).await.unwrap() {
                0 => break,
                read => whole.extend_from_slice(&two[..read]),
            }
        }
        assert_eq!(whole, b"abcdefg");
    }

    #[tokio::test]
    async fn a_cut_body_is_no_end() {
        let parts = [Ok("abc"), Err(io::Error::other("reset"))];
        let body = Body::from_stream(stream::iter(parts));
        let refused = Incoming::new(body, 100).collect().await.unwrap_err();
        assert_eq!(refused.code(), "E_BODY_CUT");
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stops_arriving_is_given_up() {
        let body = Body::from_stream(stream::pending::<io::Result<Bytes>>());
        let refused = Incoming::new(body, 100).collect().await.unwrap_err();
        assert_eq!(refused.code(), "E_BODY_SLOW");
    }

    #[tokio::test]
    async fn the_fault_outlives_the_reader() {
        let body = Incoming::new(chunks(&["abc"]), 2);
        let fault = body.fault();
        assert_eq!(fault.or(Problem::token()).code(), "E_TOKEN");
        assert!(body.collect().await.is_err());
        assert_eq!(fault.or(Problem::token()).code(), "E_TOO_LARGE");
    }
}
