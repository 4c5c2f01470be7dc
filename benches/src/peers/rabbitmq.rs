//! A `RabbitMQ` node of its own, from the Debian package, with nothing shared with one that
//! the machine may run.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

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
    // Ended in this order.
    _server: Server,
    _names: Server,
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
        let (address, cluster, book) = (free_address()?, free_address()?, free_address()?);
        // Started here, so that the node starts none that would outlive it.
        let port = book.port().to_string();
        let names = Server::start(Command::new("epmd").args(["-port", &port]), book)?;
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
            .env("ERL_EPMD_PORT", port)
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
            _server: server,
            _names: names,
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
