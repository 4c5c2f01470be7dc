//! One request as its handler sees it: checked, but not yet read.

mod json;

use std::str::FromStr;

use axum::body::Body;
use http::{HeaderMap, StatusCode};
use passerelle_model::{By, PartyId, RecordId, Side};
use passerelle_service::view::Scope;
use passerelle_service::{Error, Node};
use serde::de::DeserializeOwned;

use crate::incoming::Incoming;
use crate::problem::Problem;
use crate::server::Stopped;

/// A request whose sender may make it.
pub(crate) struct Call {
    pub(crate) node: Node,
    pub(crate) holder: Holder,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) limit: u64,
    pub(crate) stopped: Option<Stopped>,
}

/// Who sent it.
pub(crate) enum Holder {
    /// The process itself.
    Process,
    /// Whoever holds this token.
    Token {
        /// Its secret.
        secret: String,
        /// Its name, as the register knows the program.
        name: String,
        /// What it may do.
        scopes: Vec<Scope>,
    },
}

impl Holder {
    /// A record on a side that is not open to it is not told apart from none.
    pub(crate) async fn may_read(
        &self,
        node: &Node,
        from: Option<&PartyId>,
        id: &RecordId,
    ) -> Result<(), Problem> {
        match self.reads(node.side_of(from, id).await?) {
            true => Ok(()),
            false => Err(absent(id)),
        }
    }

    /// Whether records of that side of the wall are open to it.
    pub(crate) fn reads(&self, side: Side) -> bool {
        let scope = match side {
            Side::Cases => Scope::Read,
            Side::Group => Scope::Group,
        };
        match self {
            Self::Process => true,
            Self::Token { scopes, .. } => scopes.contains(&scope),
        }
    }

    /// Whether it still may: a token can be revoked while an answer lasts.
    pub(crate) async fn remains(&self, node: &Node) -> bool {
        match self {
            Self::Process => true,
            Self::Token { secret, .. } => node.check_token(secret).await.is_some(),
        }
    }
}

impl Call {
    /// Who does this, for the register.
    pub(crate) fn by(&self) -> Result<By, Problem> {
        let name = match &self.holder {
            Holder::Process => "command line",
            Holder::Token { name, .. } => name,
        };
        let name = name.parse().map_err(passerelle_service::Error::from)?;
        Ok(By::Program { name })
    }

    /// The side of the wall that is asked for; cases first where none is named.
    pub(crate) fn side(&self) -> Result<Side, Problem> {
        let asked: Option<Side> = self.asked("side")?;
        let side = asked.unwrap_or(match self.holder.reads(Side::Cases) {
            true => Side::Cases,
            false => Side::Group,
        });
        match (self.holder.reads(side), side) {
            (true, _) => Ok(side),
            (false, Side::Cases) => Err(Problem::scope("read")),
            (false, Side::Group) => Err(Problem::scope("group")),
        }
    }

    /// The part `name` of the path.
    pub(crate) fn part<T: FromStr>(&self, name: &'static str) -> Result<T, Problem> {
        parse(&self.path, name)?.ok_or_else(|| Problem::parameter(name, "is missing"))
    }

    /// The parameter `name` of the query, if it is there.
    pub(crate) fn asked<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, Problem> {
        parse(&self.query, name)
    }

    /// The parameter `name` of the query, which must be there.
    pub(crate) fn required<T: FromStr>(&self, name: &'static str) -> Result<T, Problem> {
        self.asked(name)?
            .ok_or_else(|| Problem::parameter(name, "is missing"))
    }

    /// The body as a stream.
    pub(crate) fn stream(self) -> Incoming {
        Incoming::new(self.body, self.limit)
    }

    /// The whole body.
    pub(crate) async fn bytes(self) -> Result<Vec<u8>, Problem> {
        self.stream().collect().await
    }

    /// The whole body as text.
    pub(crate) async fn text(self) -> Result<String, Problem> {
        String::from_utf8(self.bytes().await?).map_err(|_| {
            let detail = "the body is not UTF-8 text";
            Problem::new(StatusCode::BAD_REQUEST, "E_ENCODING", detail)
        })
    }

    /// The whole body, read from JSON.
    pub(crate) async fn json<T: DeserializeOwned>(self) -> Result<T, Problem> {
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes).map_err(|error| json::problem(&error))
    }
}

/// As the service says it.
fn absent(id: &RecordId) -> Problem {
    let error = Error::NotFound {
        what: "record",
        name: id.to_string(),
    };
    error.into()
}

fn parse<T: FromStr>(pairs: &[(String, String)], name: &'static str) -> Result<Option<T>, Problem> {
    let value = pairs.iter().find(|(key, _)| key == name);
    value
        .map(|(_, value)| value.parse())
        .transpose()
        .map_err(|_| Problem::parameter(name, "is not valid"))
}
