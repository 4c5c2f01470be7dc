//! A `RabbitMQ` node of its own, from the Debian package, with nothing shared with one that
//! the machine may run.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context as _;

use super::amqp::Client;
use super::existing;
use super::server::Server;
use crate::world::free_address;

const PROGRAM: &str = "/usr/lib/rabbitmq/bin/rabbitmq-server";
/// Schedulers that spin while they wait would take the cores from the disk and the client.
const ERLANG: &str = "+sbwt none +sbwtdcpu none +sbwtdio none";

/// A running node.
pub(crate) struct RabbitMq {
    address: SocketAddr,
    version: String,
    names: u16,
    server: Option<Server>,
}

impl RabbitMq {
    /// Starts it with empty folders in `data`.
    pub(crate) fn start(data: &Path) -> anyhow::Result<Self> {
        let program = existing([PathBuf::from(PROGRAM)])
            .context("the Debian package rabbitmq-server is not installed")?;
        let _ = fs::remove_dir_all(data);
        fs::create_dir_all(data)?;
        let plugins = data.join("plugins");
        fs::write(&plugins, "[].\n")?;
        let (address, cluster, names) = (free_address()?, free_address()?, free_address()?.port());
        let mut command = Command::new(program);
        command
            .env("HOME", data)
            .env(
                "RABBITMQ_NODENAME",
                format!("bench{}@localhost", std::process::id()),
            )
            .env("RABBITMQ_NODE_IP_ADDRESS", address.ip().to_string())
            .env("RABBITMQ_NODE_PORT", address.port().to_string())
            .env("RABBITMQ_DIST_PORT", cluster.port().to_string())
            .env("ERL_EPMD_PORT", names.to_string())
            .env("RABBITMQ_MNESIA_BASE", data.join("mnesia"))
            .env("RABBITMQ_LOG_BASE", data.join("log"))
            .env("RABBITMQ_ENABLED_PLUGINS_FILE", plugins)
            .env("RABBITMQ_CONFIG_FILE", data.join("none"))
            .env("RABBITMQ_CONF_ENV_FILE", data.join("none"))
            .env("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", ERLANG);
        let server = Server::start(&mut command, address)?;
        let mut rabbit = Self {
            address,
            version: String::new(),
            names,
            server: Some(server),
        };
        rabbit.version = rabbit.connect()?.version().to_owned();
        Ok(rabbit)
    }

    /// Version of the server.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// A connection that publishes to a quorum queue of its own.
    pub(crate) fn connect(&self) -> anyhow::Result<Client> {
        Client::connect(self.address)
    }
}

impl Drop for RabbitMq {
    /// Ends the name service that the node started for itself.
    fn drop(&mut self) {
        // It stays while a node is known to it.
        self.server = None;
        let mut end = Command::new("epmd");
        end.args(["-port", &self.names.to_string(), "-kill"]);
        let _ = end.stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}
