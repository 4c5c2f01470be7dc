//! The one table of routes. The router, the OpenAPI document and the tests of access are made
//! from it, so a route that is not here does not exist.

mod table;

use std::future::Future;
use std::pin::Pin;

use axum::response::Response;
use passerelle_service::view::Scope;

use crate::call::Call;
use crate::problem::Problem;

/// Every route, in the order of the document.
pub fn routes() -> &'static [Route] {
    table::ROUTES
}

/// One route.
pub struct Route {
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    pub(crate) need: Need,
    pub(crate) query: &'static [Parameter],
    pub(crate) takes: Takes,
    pub(crate) gives: Gives,
    pub(crate) status: u16,
    pub(crate) summary: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) handler: Handler,
}

impl Route {
    /// Its method.
    pub fn verb(&self) -> Verb {
        self.verb
    }

    /// Its path, with `{name}` for each part that varies.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// What its caller must hold.
    pub fn need(&self) -> Need {
        self.need
    }

    /// Names of the parts of its path that vary.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &'static str> {
        let parts = self.path.split('/');
        parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

/// A method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// GET, and HEAD without the body.
    Get,
    /// POST.
    Post,
    /// DELETE.
    Delete,
}

impl Verb {
    /// As it stands in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// What a caller must hold. No scope contains another: who administers a node does not thereby
/// read its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Any token of the node.
    Token,
    /// A token with this scope.
    Scope(Scope),
    /// A token that reads records of one side of the wall or of both: `read`, `group`.
    Records,
}

impl Need {
    /// The scope's name; `any` where every token is good.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Token => "any",
            Self::Scope(Scope::Read) => "read",
            Self::Scope(Scope::Send) => "send",
            Self::Scope(Scope::Admin) => "admin",
            Self::Scope(Scope::Audit) => "audit",
            Self::Scope(Scope::Group) => "group",
            Self::Records => "read or group",
        }
    }

    /// Whether a token with these scopes holds it.
    pub(crate) fn met_by(self, scopes: &[Scope]) -> bool {
        match self {
            Self::Token => true,
            Self::Scope(scope) => scopes.contains(&scope),
            Self::Records => scopes.contains(&Scope::Read) || scopes.contains(&Scope::Group),
        }
    }
}

/// What a handler is: everything it may know stands in the call.
pub(crate) type Handler = fn(Call) -> Answer;
/// Success, whose status the route decides, or a problem.
pub(crate) type Answer = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;

/// A parameter of the query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    /// Name of its schema.
    pub(crate) schema: &'static str,
    pub(crate) required: bool,
    pub(crate) summary: &'static str,
}

/// What a route takes as its body, with the limit in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing; what is sent is not read.
    Nothing,
    /// JSON of the schema.
    Json(&'static str, u64),
    /// UTF-8 text.
    Text(u64),
    /// A card, which is text when armoured and octets when not.
    Card(u64),
    /// Octets, streamed.
    Octets(u64),
}

const JSON: &str = "application/json";
const PLAIN: &str = "text/plain";
const TOML: &str = "application/toml";
const OCTETS: &str = "application/octet-stream";

impl Takes {
    pub(crate) fn limit(self) -> u64 {
        match self {
            Self::Nothing => 0,
            Self::Json(_, limit) | Self::Text(limit) | Self::Card(limit) | Self::Octets(limit) => {
                limit
            }
        }
    }

    /// Media types it is described with.
    pub(crate) fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Nothing => &[],
            Self::Json(..) => &[JSON],
            Self::Text(_) => &[PLAIN, TOML],
            Self::Card(_) => &[PLAIN, OCTETS],
            Self::Octets(_) => &[OCTETS],
        }
    }

    /// Whether a body of this type may be read. JSON must be called so, which no form of a web
    /// page can do; what is kept as it is may be called anything.
    pub(crate) fn admits(self, sent: Option<String>) -> bool {
        match (self, sent) {
            (Self::Json(..), None) => false,
            (Self::Json(..) | Self::Text(_), Some(sent)) => {
                self.media_types().contains(&sent.as_str())
            }
            _ => true,
        }
    }
}

/// What a route gives when all goes well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    /// No body.
    Nothing,
    /// JSON of the schema.
    Json(&'static str),
    /// A JSON array of the schema.
    List(&'static str),
    /// As [`Gives::List`], with a `Link` to the next page.
    Page(&'static str),
    /// UTF-8 text.
    Text,
    /// Octets of any media type, streamed.
    Octets,
    /// Server-sent events of the schema.
    Events(&'static str),
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_route_and_no_operation_stands_twice() {
        let paths: BTreeSet<_> = routes().iter().map(|r| (r.path, r.verb)).collect();
        let operations: BTreeSet<_> = routes().iter().map(|r| r.operation).collect();
        assert_eq!(paths.len(), routes().len());
        assert_eq!(operations.len(), routes().len());
    }

    #[test]
    fn only_posts_take_a_body() {
        for route in routes() {
            let posts = route.verb == Verb::Post;
            assert!(posts || route.takes == Takes::Nothing, "{}", route.path);
        }
    }

    #[test]
    fn json_must_be_called_json() {
        let json = Takes::Json("Draft", 1);
        assert!(json.admits(Some(JSON.to_owned())));
        assert!(!json.admits(Some(PLAIN.to_owned())) && !json.admits(None));
        assert!(Takes::Text(1).admits(None) && !Takes::Text(1).admits(Some(JSON.to_owned())));
        assert!(Takes::Octets(1).admits(Some("video/mp4".to_owned())));
    }
}
