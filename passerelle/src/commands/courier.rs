//! `courier`: the exchange by file.

use std::path::Path;

use axum::body::Body;
use passerelle_service::view::Imported;

use super::Context;
use crate::args::CourierCommand;
use crate::client::{Call, SteadyFile, save};
use crate::failure::{self, Failure};
use crate::table::size;

const OCTETS: &str = "application/octet-stream";

pub(super) async fn run(ctx: &Context<'_>, command: CourierCommand) -> anyhow::Result<()> {
    match command {
        CourierCommand::Export { to, file } => {
            let answer = Call::get("/v1/courier")
                .query("to", to.as_str())
                .send(&ctx.client)
                .await?;
            let bytes = save(answer, &file).await?;
            eprintln!("Wrote {} for {to} to {}.", size(bytes), file.display());
        }
        CourierCommand::Import { file } => import(ctx, &file).await?,
    }
    Ok(())
}

async fn import(ctx: &Context<'_>, file: &Path) -> anyhow::Result<()> {
    let call = Call::post("/v1/courier");
    let taken = if file == Path::new("-") {
        ctx.fetch::<Imported>(call.with_body(OCTETS, stdin().await?))
            .await
    } else {
        let file = SteadyFile::open(file).await?;
        let changed = file.changed();
        let taken = ctx
            .fetch::<Imported>(call.with_body(OCTETS, file.into_body()))
            .await;
        taken.map_err(|error| changed.failure().unwrap_or(error))
    };
    if let Some(imported) = taken? {
        report(&imported)?;
    }
    Ok(())
}

/// Standard input, which need not be a regular file: a courier file carries its own checks.
async fn stdin() -> Result<Body, Failure> {
    use tokio::io::AsyncReadExt as _;
    let path = Path::new("/dev/stdin");
    let input = tokio::fs::File::open(path)
        .await
        .map_err(|error| failure::io(path, &error))?;
    Ok(Body::from_stream(futures_util::stream::try_unfold(
        input,
        |mut input| async {
            let mut piece = bytes::BytesMut::with_capacity(256 * 1024);
            let read = input.read_buf(&mut piece).await?;
            Ok::<_, std::io::Error>((read > 0).then(|| (piece.freeze(), input)))
        },
    )))
}

/// Says what was taken. `E_COURIER_GAP` and `E_COURIER_CUT` where something is still
/// missing; what was taken is kept.
fn report(imported: &Imported) -> Result<(), Failure> {
    let from = imported
        .party
        .as_ref()
        .map_or("nobody", |party| party.as_str());
    println!(
        "From {from}: {} new entries, {} known already, {} pieces of attachments; {} of our \
         entries are receipted.",
        imported.fresh, imported.known, imported.chunks, imported.receipted
    );
    if imported.gap > 0 {
        let sentence = format!("{} entries wait for an earlier file", imported.gap);
        return Err(Failure::new("E_COURIER_GAP", sentence)
            .with("What fitted was taken. Import the earlier file, then this one again."));
    }
    if !imported.whole {
        return Err(Failure::new("E_COURIER_CUT", "the file is cut")
            .with("It was taken as far as it goes. Import a whole copy to get the rest."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_is_never_called_complete() {
        let whole = Imported {
            whole: true,
            ..Imported::default()
        };
        assert!(report(&whole).is_ok());
        let cut = Imported {
            whole: false,
            ..whole.clone()
        };
        assert_eq!(report(&cut).unwrap_err().code(), "E_COURIER_CUT");
        let gap = Imported { gap: 2, ..whole };
        assert_eq!(report(&gap).unwrap_err().code(), "E_COURIER_GAP");
    }
}
