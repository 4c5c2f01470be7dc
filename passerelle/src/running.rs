//! A node that runs: both listeners, replication, and an orderly end.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use passerelle_model::By;
use passerelle_peerlink::{Limits, Listener, Listening};
use passerelle_service::Node;
use passerelle_service::view::Scope;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock;
use crate::config::PublicSite;
use crate::failure::Failure;
use crate::files::DataDir;
use crate::net::{Exchange, NodePins, PeerNet};
use crate::node::Open;
use crate::run_file::RunFile;

/// What open calls get to finish when a node stops.
const GRACE: Duration = Duration::from_secs(5);
/// How often the node does what falls due.
const HOUSE: Duration = Duration::from_secs(60 * 60);
/// The name of the token in `run.json`.
pub(crate) const LOCAL_TOKEN: &str = "local";
/// What the command line may do on its own node.
pub(crate) const ALL_SCOPES: [Scope; 5] = Scope::ALL;

/// A running node.
pub(crate) struct Running {
    node: Node,
    data: DataDir,
    net: Arc<PeerNet>,
    api: SocketAddr,
    public: Option<String>,
    exchange: Listening,
    token: String,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Opens both listeners, says so in `run.json`, and starts to replicate. `E_PORT_TAKEN`.
    pub(crate) async fn start(
        open: Open,
        net: Arc<PeerNet>,
        Listen {
            desk,
            exchange,
            public,
        }: Listen,
    ) -> anyhow::Result<Self> {
        clock::check(clock::now())?;
        let api = TcpListener::bind(desk)
            .await
            .map_err(|error| port_taken(desk, "--desk", &error))?;
        let site = match &public {
            None => None,
            Some(site) => Some(PublicListener::bind(site, &open).await?),
        };
        let (node, router) = (open.node.clone(), open.served_router(desk)?);
        let pins = Arc::new(NodePins(node.clone()));
        let handler = Arc::new(Exchange(node.clone()));
        let listening =
            Listener::bind(exchange, &open.identity, pins, handler, Limits::default()).await;
        let listening = listening.map_err(|error| port_taken(exchange, "--exchange", &error))?;
        net.attach(&node, &open.identity);
        revoke_local(&node).await?;
        let (_, token) = node
            .create_token_by(LOCAL_TOKEN, &ALL_SCOPES, By::Node)
            .await?;
        let api_address = api.local_addr()?;
        let file = RunFile {
            api: reachable(api_address),
            pid: std::process::id(),
            token: token.clone(),
        };
        file.write(&open.data)?;
        let (stop, stopped) = watch::channel(false);
        let mut tasks = Vec::new();
        let public = site.as_ref().map(|site| site.base.clone());
        if let Some(site) = site {
            let serve = passerelle_api::serve(site.listener, site.router, stopped.clone());
            tasks.push(tokio::spawn(serve));
        }
        tasks.extend([
            tokio::spawn(passerelle_api::serve(api, router, stopped.clone())),
            tokio::spawn(node.clone().replicate(stopped.clone())),
            tokio::spawn(keep_house(node.clone(), stopped)),
        ]);
        let data = open.data;
        Ok(Self {
            node,
            data,
            net,
            api: api_address,
            public,
            exchange: listening,
            token,
            stop,
            tasks,
        })
    }

    /// The node.
    pub(crate) fn node(&self) -> &Node {
        &self.node
    }

    /// Its folder.
    pub(crate) fn data(&self) -> &DataDir {
        &self.data
    }

    /// Where desk and API listen.
    pub(crate) fn api(&self) -> SocketAddr {
        self.api
    }

    /// Where the public reads, if it can.
    pub(crate) fn public(&self) -> Option<&str> {
        self.public.as_deref()
    }

    /// Where partners call.
    pub(crate) fn exchange(&self) -> SocketAddr {
        self.exchange.local_addr()
    }

    /// The local administrator's token.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Closes the listeners, ends replication, takes the local token back.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        self.exchange.shutdown(GRACE).await;
        for mut task in self.tasks {
            if tokio::time::timeout(GRACE, &mut task).await.is_err() {
                task.abort();
            }
        }
        self.net.detach();
        if let Err(error) = revoke_local(&self.node).await {
            tracing::warn!(%error, "the local token was not revoked; the next start does it");
        }
        RunFile::remove(&self.data);
    }
}

/// Where a node listens.
pub(crate) struct Listen {
    /// Desk and API.
    pub(crate) desk: SocketAddr,
    /// Exchange with partners.
    pub(crate) exchange: SocketAddr,
    /// The public site; none unless somebody turned it on.
    pub(crate) public: Option<PublicSite>,
}

/// The public site, about to be served.
struct PublicListener {
    listener: TcpListener,
    router: axum::Router,
    base: String,
}

impl PublicListener {
    async fn bind(site: &PublicSite, open: &Open) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(site.listen)
            .await
            .map_err(|error| port_taken(site.listen, "--public", &error))?;
        let base = site.base(listener.local_addr()?);
        let router = open.public_router(&base);
        Ok(Self {
            listener,
            router,
            base,
        })
    }
}

/// Does what falls due by the calendar: at the start, then every hour.
async fn keep_house(node: Node, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        if let Err(error) = node.keep_house(clock::now()).await {
            tracing::warn!(code = error.code(), %error, "what is due was not done");
        }
        tokio::select! {
            () = tokio::time::sleep(HOUSE) => {}
            _ = stopped.changed() => return,
        }
    }
}

/// Takes back the token of this run, or what a crash left behind.
async fn revoke_local(node: &Node) -> Result<(), passerelle_service::Error> {
    for token in node
        .tokens()
        .await?
        .iter()
        .filter(|token| token.name == LOCAL_TOKEN)
    {
        node.revoke_token_by(&token.id, By::Node).await?;
    }
    Ok(())
}

/// How this machine itself calls a listener on every address.
fn reachable(address: SocketAddr) -> SocketAddr {
    let port = address.port();
    match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => (Ipv4Addr::LOCALHOST, port).into(),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => (Ipv6Addr::LOCALHOST, port).into(),
        one => one,
    }
}

fn port_taken(address: SocketAddr, option: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        "E_PORT_TAKEN",
        format!("cannot listen on {address}: {error}"),
    )
    .with(format!(
        "For another one: {option} ADDRESS:PORT, or [listen] in config.toml."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_on_every_address_is_called_over_loopback() {
        for (bound, called) in [
            ("0.0.0.0:1", "127.0.0.1:1"),
            ("[::]:1", "[::1]:1"),
            ("10.0.0.5:1", "10.0.0.5:1"),
        ] {
            assert_eq!(reachable(bound.parse().unwrap()), called.parse().unwrap());
        }
    }
}
