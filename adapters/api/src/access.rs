//! Who may call, and under which host names.

use std::collections::BTreeSet;

/// Who is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody who can call the router holds the node in the same process: every scope without
    /// a token, and no host name, since no network lies between.
    InProcess,
    /// Each request must carry a token with the scope of its route, and name a known host.
    Tokens,
}

/// How a router treats its callers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    access: Access,
    hosts: BTreeSet<String>,
}

impl Options {
    /// For calls inside the process that holds the node.
    pub fn in_process() -> Self {
        Self::new(Access::InProcess)
    }

    /// For a listener; loopback names only until [`with_host`](Self::with_host) adds others.
    pub fn tokens() -> Self {
        Self::new(Access::Tokens)
    }

    /// With `access` and the loopback names.
    pub fn new(access: Access) -> Self {
        let hosts = LOOPBACK.iter().map(|host| (*host).to_owned()).collect();
        Self { access, hosts }
    }

    /// Also answers under `host`: a name or an address, with or without a port, which does not
    /// count.
    ///
    /// # Errors
    /// [`Error::Host`] when it is neither.
    pub fn with_host(mut self, host: &str) -> Result<Self, Error> {
        self.hosts.insert(host_name(host).ok_or(Error::Host)?);
        Ok(self)
    }

    /// Who is trusted.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Whether `authority` (`host` or `host:port`) is one of ours.
    pub(crate) fn knows(&self, authority: &str) -> bool {
        host_name(authority).is_some_and(|host| self.hosts.contains(&host))
    }
}

const LOOPBACK: &[&str] = &["localhost", "127.0.0.1", "[::1]"];

/// Why options could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a host name.
    #[error("not a host name; write a name like node.example, or an address")]
    Host,
}

impl Error {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Host => "E_HOST_NAME",
        }
    }
}

/// The host of `host` or `host:port` in small letters (RFC 3986 §3.2.2), IPv6 in brackets.
fn host_name(authority: &str) -> Option<String> {
    let uri: http::uri::Authority = authority.parse().ok()?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._[:]".contains(&b);
    let host = uri.host();
    let valid = !authority.contains('@') && !host.is_empty() && host.bytes().all(plain);
    valid.then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_and_configured_hosts_are_known() {
        let options = Options::tokens().with_host("Node.Example:8600").unwrap();
        for known in [
            "localhost",
            "LOCALHOST:8600",
            "127.0.0.1:1",
            "[::1]:8600",
            "node.example",
        ] {
            assert!(options.knows(known), "{known}");
        }
        for foreign in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil@localhost",
            "localhost@evil.example",
            "[::2]",
            "",
            ":8600",
            "localhost:port:8600",
            "node.example.",
        ] {
            assert!(!options.knows(foreign), "{foreign}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for bad in ["", "http://x", "a b", "a/b", "u@h", "*"] {
            let refused = Options::tokens().with_host(bad).unwrap_err();
            assert_eq!(refused.code(), "E_HOST_NAME", "{bad}");
        }
    }
}
