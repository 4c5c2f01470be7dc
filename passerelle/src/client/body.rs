//! Answers: into memory where they are small, into files where they are not.

use std::io::{self, Write};
use std::path::Path;

use ::http::Response;
use axum::body::Body;
use http_body_util::BodyExt as _;

use super::call;
use crate::failure::{self, Failure};
use crate::files;

/// Reads a text answer.
pub(crate) async fn text(response: Response<Body>) -> Result<String, Failure> {
    String::from_utf8(call::read(response).await?)
        .map_err(|_| Failure::new("E_ANSWER", "the node's answer is not UTF-8 text"))
}

/// Streams an answer into a new file at `path` (`-` is standard output) and returns its
/// length in bytes. Nothing is overwritten; what is cut leaves nothing, a power cut at most an
/// empty file and a `.part` beside it.
pub(crate) async fn save(response: Response<Body>, path: &Path) -> Result<u64, Failure> {
    if path == Path::new("-") {
        return copy(response, &mut io::stdout().lock(), path).await;
    }
    // Taken now, so that nobody else gets the name while the content is on its way.
    files::open_new(path).map_err(|error| failure::io(path, &error))?;
    let partial = files::with_suffix(path, ".part");
    let saved = fill(response, &partial, path).await;
    if saved.is_err() {
        let _ = std::fs::remove_file(&partial);
        let _ = std::fs::remove_file(path);
    }
    saved
}

async fn fill(response: Response<Body>, partial: &Path, path: &Path) -> Result<u64, Failure> {
    let failed = |error: io::Error| failure::io(path, &error);
    let mut file = files::open_new(partial).map_err(|error| failure::io(partial, &error))?;
    let bytes = copy(response, &mut file, path).await?;
    file.sync_all().map_err(failed)?;
    std::fs::rename(partial, path).map_err(failed)?;
    files::sync_parent(path).map_err(failed)?;
    Ok(bytes)
}

async fn copy(response: Response<Body>, out: &mut impl Write, path: &Path) -> Result<u64, Failure> {
    let mut body = response.into_body();
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            Failure::new("E_NODE_CUT", format!("cut after {bytes} bytes: {error}"))
        })?;
        if let Some(data) = frame.data_ref() {
            out.write_all(data)
                .map_err(|error| failure::io(path, &error))?;
            bytes += data.len() as u64;
        }
    }
    out.flush().map_err(|error| failure::io(path, &error))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn files_appear_whole_and_are_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        assert_eq!(
            save(Response::new(Body::from("one")), &path).await.unwrap(),
            3
        );
        let again = save(Response::new(Body::from("two")), &path)
            .await
            .unwrap_err();
        assert_eq!(again.code(), "E_FILE_EXISTS");
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
    }

    #[tokio::test]
    async fn a_cut_answer_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let pieces = [Ok("half"), Err(io::Error::other("cut"))];
        let body = Body::from_stream(futures_util::stream::iter(pieces));
        let error = save(Response::new(body), &dir.path().join("a"))
            .await
            .unwrap_err();
        assert_eq!(error.code(), "E_NODE_CUT");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
