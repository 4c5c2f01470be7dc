//! Tokens for programs: a secret shown once, of which only a hash is kept.

use minicbor::{Decode, Encode};
use passerelle_model::{Name, UtcTime, codec, hex};
use passerelle_store::Put;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::directory::Shelf;
use crate::receipts::own_document;
use crate::view::{Scope, TokenView};
use crate::{Error, Node};

const PREFIX: &str = "pst_";
/// Most tokens of one node.
pub const MAX_TOKENS: usize = 256;

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Token {
    #[n(0)]
    name: Name,
    #[n(1)]
    scopes: Vec<String>,
    #[n(2)]
    created: UtcTime,
    #[cbor(n(3), with = "minicbor::bytes")]
    hash: Vec<u8>,
}

impl Node {
    /// Makes a token; the secret is shown now and never again.
    pub async fn create_token(
        &self,
        name: &str,
        scopes: &[Scope],
    ) -> Result<(TokenView, String), Error> {
        if scopes.is_empty() {
            return Err(Error::state(
                "E_SCOPE_EMPTY",
                "a token needs at least one scope",
            ));
        }
        if self.store.documents(Shelf::TOKEN, "").await?.len() >= MAX_TOKENS {
            return Err(Error::state("E_TOO_MANY", "revoke a token first"));
        }
        let (id, secret) = (
            hex::encode(&self.dice.bytes::<8>()),
            hex::encode(&self.dice.bytes::<32>()),
        );
        let token = Token {
            name: name.parse()?,
            scopes: scopes.iter().map(|scope| word(*scope).to_owned()).collect(),
            created: self.now(),
            hash: Sha256::digest(secret.as_bytes()).to_vec(),
        };
        let put = Put {
            kind: Shelf::TOKEN,
            key: id.clone(),
            bytes: Some(codec::to_canonical(&token)),
            expected: Some(0),
        };
        self.store.put(vec![put]).await?;
        Ok((view(id.clone(), &token), format!("{PREFIX}{id}_{secret}")))
    }

    /// Every token.
    pub async fn tokens(&self) -> Result<Vec<TokenView>, Error> {
        let documents = self.store.documents(Shelf::TOKEN, "").await?;
        let views = documents.into_iter().filter_map(|document| {
            // One that does not read is no token: it opens nothing, and the doctor finds it.
            let token: Token = own_document(&document.bytes).ok()?;
            Some(view(document.key, &token))
        });
        Ok(views.collect())
    }

    /// Revokes a token at once.
    pub async fn revoke_token(&self, id: &str) -> Result<(), Error> {
        if !self.tokens().await?.iter().any(|token| token.id == id) {
            return Err(Error::not_found("token", id));
        }
        let put = Put {
            kind: Shelf::TOKEN,
            key: id.to_owned(),
            bytes: None,
            expected: None,
        };
        self.store.put(vec![put]).await?;
        Ok(())
    }

    /// What a secret may do; `None` for anything that is not a live token's secret. The
    /// comparison takes the same time wherever it fails.
    pub async fn check_token(&self, secret: &str) -> Option<TokenView> {
        let (id, secret) = secret.strip_prefix(PREFIX)?.split_once('_')?;
        if id.len() != 16 || secret.len() != 64 {
            return None;
        }
        let documents = self.store.documents(Shelf::TOKEN, id).await.ok()?;
        let document = documents.into_iter().find(|document| document.key == id)?;
        let token: Token = own_document(&document.bytes).ok()?;
        let given = Sha256::digest(secret.as_bytes());
        bool::from(given.as_slice().ct_eq(&token.hash)).then(|| view(document.key, &token))
    }
}

/// Whether these bytes are a token, and what it may do is known.
pub(crate) fn is_token(bytes: &[u8]) -> bool {
    let known = |scope: &String| Scope::ALL.into_iter().any(|one| word(one) == scope);
    own_document::<Token>(bytes).is_ok_and(|token| token.scopes.iter().all(known))
}

fn view(id: String, token: &Token) -> TokenView {
    let held = |scope: &Scope| token.scopes.iter().any(|word_| word_ == word(*scope));
    TokenView {
        id,
        name: token.name.to_string(),
        scopes: Scope::ALL.into_iter().filter(held).collect(),
        created: token.created,
    }
}

fn word(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => "read",
        Scope::Send => "send",
        Scope::Admin => "admin",
        Scope::Audit => "audit",
        Scope::Group => "group",
    }
}
