//! The JSON API of a node and its OpenAPI document.
//!
//! **In scope**: HTTP in front of the use cases of `passerelle-service`: one table of routes with
//! their scopes, bearer tokens, limits, problem details, streams, server-sent events, and a
//! listener that holds out against slow and greedy callers. **Out of scope**: what the use cases
//! do, and every decision about what may happen.
//!
//! The same router answers on a socket ([`serve`]) and inside a process, where the command line
//! calls it through tower while no node is running ([`Access::InProcess`]):
//!
//! ```no_run
//! # async fn example(node: passerelle_service::Node) -> Result<(), Box<dyn std::error::Error>> {
//! use passerelle_api::{Options, router, serve};
//!
//! let options = Options::tokens().with_host("node.interior.example")?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8600").await?;
//! let (_stop, stopped) = tokio::sync::watch::channel(false);
//! serve(listener, router(node, options), stopped).await;
//! # Ok(())
//! # }
//! ```
//!
//! # Safety against browsers
//! A page on the web can make a browser send requests to a loopback address, under a name that it
//! first resolved to itself. So a request must name a host that was configured, must not come
//! from another site, and must carry a token, which no browser adds by itself; no answer has a
//! CORS header, and none may be cached, sniffed or run.

mod access;
mod call;
mod cursor;
mod dispatch;
mod guard;
mod handlers;
mod incoming;
mod language;
mod limits;
mod openapi;
mod outgoing;
mod problem;
mod routes;
mod server;

pub use access::{Access, Error, Options};
pub use limits::*;
pub use openapi::openapi;
pub use routes::{Need, Route, Verb, routes};
pub use server::serve;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use passerelle_service::Node;

use crate::dispatch::{App, method_router, no_method, no_route};

/// Every route of [`routes`], in front of `node`. Its futures need a tokio runtime with time.
pub fn router(node: Node, options: Options) -> Router {
    let app = Arc::new(App { node, options });
    routes()
        .iter()
        .fold(Router::new(), |router, route| {
            router.route(route.path(), method_router(route))
        })
        .fallback(no_route)
        .method_not_allowed_fallback(no_method)
        .layer(from_fn_with_state(Arc::clone(&app), guard::guard))
        .with_state(app)
}
