//! What all pages share.

use std::sync::atomic::{AtomicU64, Ordering};

use passerelle_service::Node;

/// Largest form, in bytes (2 MiB).
pub const MAX_FORM_BODY_BYTES: usize = 2 * 1024 * 1024;
/// How long a form may take to arrive; a file that is uploaded may take longer.
pub const MAX_FORM_TIME: std::time::Duration = std::time::Duration::from_secs(120);
/// How much of a form that is too large is read and thrown away before the answer (32 MiB).
pub(crate) const MAX_RUN_OUT_BYTES: usize = 32 * 1024 * 1024;
/// Largest file that is uploaded through a form, in bytes (4 GiB).
pub const MAX_UPLOAD_BYTES: usize = 4 * 1024 * 1024 * 1024;

/// One node's desk.
#[derive(Debug)]
pub struct Desk {
    pub(crate) node: Node,
    hosts: Vec<String>,
    violations: AtomicU64,
}

impl Desk {
    /// The desk of a node. `hosts` are the names, with port where there is one, under which
    /// browsers may call it.
    pub fn new(node: Node, hosts: Vec<String>) -> Self {
        Self {
            node,
            hosts,
            violations: AtomicU64::new(0),
        }
    }

    /// How many violations of the content security policy browsers reported.
    pub fn violations(&self) -> u64 {
        self.violations.load(Ordering::Relaxed)
    }

    pub(crate) fn violated(&self) {
        self.violations.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether browsers may call under this name; the port is free on loopback names.
    pub(crate) fn knows(&self, host: &str) -> bool {
        let name = name(host);
        is_loopback(host) || self.hosts.iter().any(|held| held == host || held == name)
    }
}

/// Whether a browser that calls this host calls its own machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].contains(&name(host))
}

/// A host without its port.
fn name(host: &str) -> &str {
    host.rsplit_once(':').map_or(host, |(name, port)| {
        match port.bytes().all(|b| b.is_ascii_digit()) {
            true => name,
            false => host,
        }
    })
}
