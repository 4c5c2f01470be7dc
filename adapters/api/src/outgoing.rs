//! Answers that are made while they are sent, in constant memory. What goes wrong before the
//! first byte is a problem; after it the connection is cut, so that nobody takes a part for the
//! whole.

use std::future::Future;
use std::pin::Pin;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use passerelle_service::{Error, FileReader};
use tokio::io::{AsyncReadExt as _, DuplexStream, duplex};

use crate::limits::MAX_PIPE_BYTES;

fn cut(error: &Error) {
    tracing::error!(code = error.code(), %error, "an answer was cut");
}

/// Gives pieces until `None`; what it gives before an error is a part, not the whole.
pub(crate) trait Pieces: Send + 'static {
    /// The next piece.
    fn next(&mut self) -> impl Future<Output = Result<Option<Bytes>, Error>> + Send;
}

/// A body of `pieces`, of which the first is already made.
///
/// # Errors
/// The first piece could not be made.
pub(crate) async fn body(mut pieces: impl Pieces) -> Result<Body, Error> {
    let first = pieces.next().await?;
    let rest = stream::try_unfold((first, pieces), |(ready, mut pieces)| async move {
        let Some(piece) = ready else {
            return Ok::<_, Error>(None);
        };
        let following = pieces.next().await.inspect_err(cut)?;
        Ok(Some((piece, (following, pieces))))
    });
    Ok(Body::from_stream(rest))
}

impl Pieces for FileReader {
    async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        Ok(FileReader::next(self).await?.map(Bytes::from))
    }
}

/// Pieces of exactly as many bytes as were announced.
pub(crate) struct Exactly<P> {
    pieces: P,
    left: u64,
}

/// `pieces`, which must have `bytes` bytes in all.
pub(crate) fn exactly<P: Pieces>(bytes: u64, pieces: P) -> Exactly<P> {
    Exactly {
        pieces,
        left: bytes,
    }
}

impl<P: Pieces> Pieces for Exactly<P> {
    async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        let wrong = || Error::Input("a file has not the length it claims".to_owned());
        match self.pieces.next().await? {
            Some(piece) => {
                let length = piece.len() as u64;
                self.left = self.left.checked_sub(length).ok_or_else(wrong)?;
                Ok(Some(piece))
            }
            None if self.left == 0 => Ok(None),
            None => Err(wrong()),
        }
    }
}

/// Runs `write` into a short pipe and gives what comes out. It runs only while somebody reads,
/// and is dropped with its reader.
pub(crate) struct Export<W> {
    pipe: DuplexStream,
    work: Option<Pin<Box<W>>>,
}

/// The pipe's end for the work of an [`Export`], made from it by `write`.
pub(crate) fn export<W>(write: impl FnOnce(DuplexStream) -> W) -> Export<W>
where
    W: Future<Output = Result<u64, Error>> + Send + 'static,
{
    let (ours, theirs) = duplex(MAX_PIPE_BYTES);
    Export {
        pipe: ours,
        work: Some(Box::pin(write(theirs))),
    }
}

impl<W: Future<Output = Result<u64, Error>> + Send + 'static> Pieces for Export<W> {
    async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        let mut piece = BytesMut::with_capacity(MAX_PIPE_BYTES);
        while let Some(work) = &mut self.work {
            tokio::select! {
                biased;
                read = self.pipe.read_buf(&mut piece) => match read {
                    Ok(1..) => return Ok(Some(piece.freeze())),
                    // Written to the end, but the end is only good when the work says so.
                    Ok(0) | Err(_) => { work.as_mut().await?; self.work = None; }
                },
                outcome = work.as_mut() => { outcome?; self.work = None; }
            }
        }
        let read = self.pipe.read_buf(&mut piece).await;
        read.map_err(|error| Error::Input(error.to_string()))?;
        Ok((!piece.is_empty()).then(|| piece.freeze()))
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;
    use tokio::io::AsyncWriteExt as _;

    use super::*;

    async fn write(
        mut pipe: DuplexStream,
        bytes: usize,
        end: Result<u64, Error>,
    ) -> Result<u64, Error> {
        for start in (0..bytes).step_by(1000) {
            let piece = vec![7; 1000.min(bytes - start)];
            pipe.write_all(&piece)
                .await
                .map_err(|e| Error::Input(e.to_string()))?;
        }
        end
    }

    fn bad() -> Error {
        Error::Input("disk".to_owned())
    }

    #[tokio::test]
    async fn an_export_larger_than_the_pipe_arrives_whole() {
        let total = 5 * MAX_PIPE_BYTES + 17;
        for bytes in [0, 1, 999, total] {
            let export = export(move |pipe| write(pipe, bytes, Ok(bytes as u64)));
            let body = body(export).await.unwrap();
            assert_eq!(body.collect().await.unwrap().to_bytes().len(), bytes);
        }
    }

    #[tokio::test]
    async fn an_export_that_fails_at_once_is_an_error_and_later_is_a_cut() {
        let at_once = export(|pipe| write(pipe, 0, Err(bad())));
        assert_eq!(body(at_once).await.unwrap_err().code(), "E_INPUT");
        let later = export(|pipe| write(pipe, 5 * MAX_PIPE_BYTES, Err(bad())));
        assert!(body(later).await.unwrap().collect().await.is_err());
    }

    #[tokio::test]
    async fn an_export_that_closes_its_pipe_and_then_fails_is_a_cut() {
        let export = export(|mut pipe| async move {
            pipe.write_all(b"part").await.unwrap();
            drop(pipe);
            tokio::task::yield_now().await;
            Err(bad())
        });
        assert!(body(export).await.unwrap().collect().await.is_err());
    }

    struct Sample(Vec<Result<&'static str, Error>>);

    impl Pieces for Sample {
        async fn next(&mut self) -> Result<Option<Bytes>, Error> {
            self.0.pop().transpose().map(|piece| piece.map(Bytes::from))
        }
    }

    #[tokio::test]
    async fn an_error_between_pieces_is_a_cut_and_before_them_an_error() {
        let whole = body(Sample(vec![Ok("b"), Ok("a")])).await.unwrap();
        assert_eq!(whole.collect().await.unwrap().to_bytes(), "ab");
        let cut = body(Sample(vec![Ok("c"), Err(bad()), Ok("a")]))
            .await
            .unwrap();
        assert!(cut.collect().await.is_err());
        assert!(body(Sample(vec![Err(bad())])).await.is_err());
    }

    #[tokio::test]
    async fn a_file_of_another_length_is_a_cut() {
        let read = |bytes| async move {
            let pieces = exactly(bytes, Sample(vec![Ok("de"), Ok("abc")]));
            body(pieces).await.unwrap().collect().await
        };
        assert_eq!(read(5).await.unwrap().to_bytes(), "abcde");
        assert!(read(4).await.is_err() && read(6).await.is_err());
        let empty = body(exactly(0, Sample(vec![]))).await.unwrap();
        assert!(empty.collect().await.unwrap().to_bytes().is_empty());
    }
}
