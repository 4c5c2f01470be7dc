//! Message bodies: sent in pieces, received whole.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;

use crate::Error;

/// A whole message, handed to HTTP/2 piece by piece: a reader that opens no window then holds
/// one piece in our memory per call, not the message.
pub(crate) struct Pieces(Bytes);

const PIECE: usize = 64 << 10;

impl Pieces {
    pub(crate) fn new(message: Bytes) -> Self {
        Self(message)
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let length = self.0.len().min(PIECE);
        Poll::Ready((length > 0).then(|| Ok(Frame::data(self.0.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

/// The declared length of a message, in bytes: the one `content-length` field, or zero for a
/// body that is known to be empty.
///
/// # Errors
/// [`Error::Request`] when none, several or a strange one is declared; [`Error::TooLarge`]
/// above `max`.
pub(crate) fn declared(headers: &HeaderMap, body: &impl Body, max: usize) -> Result<usize, Error> {
    let mut fields = headers.get_all(CONTENT_LENGTH).iter();
    let length = match (fields.next(), fields.next()) {
        (None, _) if body.is_end_stream() => return Ok(0),
        (Some(field), None) => field.to_str().map_err(|_| Error::Request)?,
        _ => return Err(Error::Request),
    };
    if length.is_empty() || !length.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Error::Request);
    }
    // Only digits: what does not fit is a number too large.
    let length = length.parse().map_err(|_| Error::TooLarge)?;
    if length > max {
        Err(Error::TooLarge)
    } else {
        Ok(length)
    }
}

/// Reads a message of exactly `length` bytes, which the caller has checked.
///
/// # Errors
/// [`Error::TooLarge`] as soon as there are more, [`Error::Cut`] when it ends early.
pub(crate) async fn read<B: Body + Unpin>(mut body: B, length: usize) -> Result<Bytes, Error> {
    // Copied together: a body of many one-byte frames would else cost a handle for each.
    let mut message = BytesMut::with_capacity(length);
    while let Some(frame) = body.frame().await {
        let Ok(piece) = frame.map_err(|_| Error::Cut)?.into_data() else {
            continue;
        };
        if bytes::Buf::remaining(&piece) > length - message.len() {
            return Err(Error::TooLarge);
        }
        bytes::BufMut::put(&mut message, piece);
    }
    if message.len() == length {
        Ok(message.freeze())
    } else {
        Err(Error::Cut)
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::Full;

    use super::*;

    fn declare(fields: &[&str], max: usize) -> Result<usize, Error> {
        let mut headers = HeaderMap::new();
        for field in fields {
            headers.append(CONTENT_LENGTH, field.parse().unwrap());
        }
        declared(&headers, &Full::new(Bytes::from_static(b"x")), max)
    }

    #[test]
    fn the_length_is_declared_once_and_within_the_limit() {
        assert_eq!(declare(&["10"], 10), Ok(10));
        assert_eq!(declare(&["11"], 10), Err(Error::TooLarge));
        assert_eq!(
            declare(&["99999999999999999999999"], 10),
            Err(Error::TooLarge)
        );
        for bad in [&[][..], &["1", "1"], &["+1"], &["-1"], &[""], &["0x1"]] {
            assert_eq!(declare(bad, 10), Err(Error::Request), "{bad:?}");
        }
        let nothing = Full::<Bytes>::default();
        assert_eq!(declared(&HeaderMap::new(), &nothing, 10), Ok(0));
    }

    #[tokio::test]
    async fn a_message_in_pieces_comes_together() {
        let message = Bytes::from(vec![7; 3 * PIECE + 1]);
        assert_eq!(
            read(Pieces::new(message.clone()), message.len()).await,
            Ok(message)
        );
        assert_eq!(read(Pieces::new(Bytes::new()), 0).await, Ok(Bytes::new()));
    }

    #[tokio::test]
    async fn more_or_less_than_declared_is_refused() {
        let body = || Pieces::new(Bytes::from_static(b"12345"));
        assert_eq!(read(body(), 4).await, Err(Error::TooLarge));
        assert_eq!(read(body(), 6).await, Err(Error::Cut));
    }

    #[test]
    fn pieces_know_their_length_and_their_end() {
        let body = Pieces::new(Bytes::from_static(b"12345"));
        assert_eq!(body.size_hint().exact(), Some(5));
        assert!(!body.is_end_stream());
        assert!(Pieces::new(Bytes::new()).is_end_stream());
    }
}
