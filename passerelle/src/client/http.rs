//! HTTP/1.1 to the node on this machine.

use std::net::SocketAddr;
use std::time::Duration;

use ::http::{HeaderValue, Request, Response, header};
use axum::body::Body;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::inner;
use crate::failure::Failure;

/// Time in which a node that runs says who it is.
pub(super) const PROBE: Duration = Duration::from_secs(5);

/// Where a node's API listens. Each call has its own connection: a command makes few.
pub(super) struct HttpLink {
    address: SocketAddr,
    host: HeaderValue,
    bearer: HeaderValue,
}

impl HttpLink {
    /// `E_TOKEN` where the token holds characters that no token has.
    pub(super) fn new(address: SocketAddr, token: &str) -> Result<Self, Failure> {
        let value = |text: String| {
            let value = HeaderValue::from_str(&text);
            value.map_err(|_| Failure::new("E_TOKEN", "the local token is not usable"))
        };
        let mut bearer = value(format!("Bearer {token}"))?;
        bearer.set_sensitive(true);
        Ok(Self {
            address,
            host: value(address.to_string())?,
            bearer,
        })
    }

    /// Sends one request; bodies stream both ways. `E_NODE_UNREACHABLE`.
    pub(super) async fn send(&self, mut request: Request<Body>) -> Result<Response<Body>, Failure> {
        request
            .headers_mut()
            .insert(header::HOST, self.host.clone());
        request
            .headers_mut()
            .insert(header::AUTHORIZATION, self.bearer.clone());
        let stream = TcpStream::connect(self.address)
            .await
            .map_err(|e| self.unreachable(&e))?;
        let opened = http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = opened.map_err(|e| self.unreachable(&e))?;
        // Its errors reach the request and the answer's body.
        tokio::spawn(async move { drop(connection.await) });
        match sender.send_request(request).await {
            Ok(response) => Ok(response.map(Body::new)),
            Err(error) => Err(inner(&error).unwrap_or_else(|| self.unreachable(&error))),
        }
    }

    fn unreachable(&self, error: &dyn std::fmt::Display) -> Failure {
        Failure::new(
            "E_NODE_UNREACHABLE",
            format!("the node at {}: {error}", self.address),
        )
    }
}
