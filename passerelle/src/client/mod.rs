//! The command line as a client of the API: over HTTP where the node runs, else in this
//! process. It can do what the API can, and nothing else.

mod body;
mod call;
mod http;
mod steady;

use std::path::Path;

use ::http::{Request, Response};
use axum::body::Body;
use passerelle_model::PartyId;
use tower::ServiceExt as _;

use crate::config::Config;
use crate::failure::Failure;
use crate::files::DataDir;
use crate::node::{self, Open};
use crate::run_file::RunFile;
use crate::{client::http::HttpLink, failure};

pub(crate) use body::{save, text};
pub(crate) use call::Call;
pub(crate) use steady::SteadyFile;

/// A door to one node.
pub(crate) struct Client(Carrier);

enum Carrier {
    Running(HttpLink),
    Here {
        open: Box<Open>,
        router: axum::Router,
    },
}

impl Client {
    /// Finds the running node of a folder, else opens it here. `E_NO_DATA`, `E_DATA_IN_USE`,
    /// `E_PASSPHRASE` and the store's codes.
    pub(crate) async fn for_data(data: &DataDir, secret: Option<&Path>) -> anyhow::Result<Self> {
        let config = Config::read(data)?;
        if let Some(client) = Self::running(data, &config.party).await {
            return Ok(client);
        }
        let open = node::open_offline(data, secret).await;
        let open = Box::new(open.map_err(|error| held_by(data, error))?);
        let router = open.router();
        Ok(Self(Carrier::Here { open, router }))
    }

    /// The node that runs on a folder, if one answers there.
    pub(crate) async fn running(data: &DataDir, party: &PartyId) -> Option<Self> {
        let file = RunFile::read(data)?;
        let client = Self(Carrier::Running(HttpLink::new(file.api, &file.token).ok()?));
        let found = tokio::time::timeout(http::PROBE, client.party())
            .await
            .ok()?;
        (found.ok()? == *party).then_some(client)
    }

    /// Whether the node runs, so that records travel at once.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.0, Carrier::Running(_))
    }

    /// The node itself, where this process has it open.
    pub(crate) fn here(&self) -> Option<&Open> {
        match &self.0 {
            Carrier::Running(_) => None,
            Carrier::Here { open, .. } => Some(open),
        }
    }

    /// Sends one request; a refusal becomes a [`Failure`].
    pub(crate) async fn send(&self, request: Request<Body>) -> Result<Response<Body>, Failure> {
        let response = match &self.0 {
            Carrier::Running(link) => link.send(request).await?,
            Carrier::Here { router, .. } => match router.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            },
        };
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(call::problem(response).await)
        }
    }

    async fn party(&self) -> Result<PartyId, Failure> {
        #[derive(serde::Deserialize)]
        struct Hello {
            party: PartyId,
        }
        let hello: Hello = Call::get("/v1/node").json(self).await?;
        Ok(hello.party)
    }
}

/// Names the process that has the folder open, where it left its number.
fn held_by(data: &DataDir, error: anyhow::Error) -> anyhow::Error {
    let failure = Failure::of(&error);
    match RunFile::read(data) {
        Some(file) if failure.code() == "E_DATA_IN_USE" => {
            let sentence = format!(
                "{} is in use by process {}",
                data.path().display(),
                file.pid
            );
            Failure::new("E_DATA_IN_USE", sentence).into()
        }
        _ => error,
    }
}

/// The text of an error of ours inside another library's error, where there is one.
fn inner(error: &(dyn std::error::Error + 'static)) -> Option<Failure> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<failure::Failure>() {
            return Some(found.clone());
        }
        next = error.source();
    }
    None
}
