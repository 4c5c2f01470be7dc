//! `up`: runs the node until somebody stops it.

use std::net::SocketAddr;

use tokio::signal::unix::{SignalKind, signal};

use super::data_dir;
use crate::args::{Common, UpArgs};
use crate::config::PublicSite;
use crate::node;
use crate::running::{Listen, Running};

pub(super) async fn run(common: &Common, args: &UpArgs) -> anyhow::Result<()> {
    let data = data_dir(common)?;
    let net = node::peer_net();
    let open = node::open(&data, common.passphrase_file.as_deref(), net.clone()).await?;
    let desk = args.desk.unwrap_or(open.config.desk);
    let exchange = args.exchange.unwrap_or(open.config.exchange);
    // Before the listeners: a signal that comes meanwhile must not be lost.
    let stop = stop_signal()?;
    let first = open.node.first_setup_link().await.unwrap_or_else(|error| {
        tracing::error!(code = error.code(), %error, "people do not open; the exchange goes on");
        None
    });
    let public = public(open.config.public.clone(), args.public);
    let listen = Listen {
        desk,
        exchange,
        public,
    };
    let running = Running::start(open, net, listen).await?;
    println!("{} runs.", running.node().party());
    println!("  desk and API  http://{}", running.api());
    println!("  exchange      {}", running.exchange());
    if let Some(base) = running.public() {
        println!("  public site   {base}/");
    }
    if let Some(secret) = first {
        println!("Nobody can sign in yet. The first administrator opens this, within 24 hours:");
        println!("  http://{}/setup/{}", running.api(), secret.reveal());
    }
    println!("Stop with Ctrl-C.");
    stop.await;
    eprintln!("Stopping.");
    running.stop().await;
    Ok(())
}

/// The public site of the settings, listening elsewhere where that is asked.
fn public(settings: Option<PublicSite>, listen: Option<SocketAddr>) -> Option<PublicSite> {
    match (settings, listen) {
        (site, None) => site,
        (site, Some(listen)) => Some(PublicSite {
            listen,
            url: site.and_then(|site| site.url),
        }),
    }
}

/// Resolves at SIGINT or SIGTERM; from this call on neither kills the process.
pub(crate) fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
