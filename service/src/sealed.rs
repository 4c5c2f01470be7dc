//! Documents with content: sealed under the store key, so that the store's file discloses
//! nothing but kinds and keys.

use minicbor::{Decode, Encode};
use passerelle_model::codec;
use passerelle_store::{Document, Put};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, Node};

impl Node {
    /// The document of exactly this name.
    pub(crate) async fn document(
        &self,
        kind: &'static str,
        key: String,
    ) -> Result<Option<Document>, Error> {
        let found = self.store.gather(vec![(kind, key)]).await?;
        Ok(found.into_iter().next().flatten())
    }

    /// A write of a sealed document in its one deterministic form.
    pub(crate) fn sealed_put<T: Encode<()>>(
        &self,
        kind: &'static str,
        key: String,
        value: &T,
        expected: Option<u64>,
    ) -> Result<Put, Error> {
        let bytes = self.seal_for(kind, &key, &codec::to_canonical(value))?;
        Ok(put(kind, key, bytes, expected))
    }

    /// Opens what [`Node::sealed_put`] wrote.
    pub(crate) fn unsealed<T>(&self, document: &Document) -> Result<T, Error>
    where
        T: Encode<()> + for<'b> Decode<'b, ()>,
    {
        let plain = self.open_for(&document.kind, &document.key, &document.bytes)?;
        let value = codec::from_canonical(&plain, codec::MAX_OBJECT_BYTES);
        Ok(value.map_err(passerelle_model::Error::from)?)
    }

    /// A write of a sealed document in JSON: for what people type, whose fields will change.
    pub(crate) fn sealed_json_put<T: Serialize>(
        &self,
        kind: &'static str,
        key: String,
        value: &T,
        expected: Option<u64>,
    ) -> Result<Put, Error> {
        let plain = serde_json::to_vec(value).map_err(|error| Error::Input(error.to_string()))?;
        let bytes = self.seal_for(kind, &key, &plain)?;
        Ok(put(kind, key, bytes, expected))
    }

    /// Opens what [`Node::sealed_json_put`] wrote.
    pub(crate) fn unsealed_json<T: DeserializeOwned>(
        &self,
        document: &Document,
    ) -> Result<T, Error> {
        let plain = self.open_for(&document.kind, &document.key, &document.bytes)?;
        let damaged = |_| passerelle_store::Error::Corrupt(format!("{} document", document.kind));
        Ok(serde_json::from_slice(&plain).map_err(damaged)?)
    }

    fn seal_for(&self, kind: &str, key: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let keys = self.keys();
        let context = context(kind, key);
        Ok(self
            .dice
            .with(|mut rng| keys.store().seal_small(plain, &context, &mut rng))?)
    }

    fn open_for(
        &self,
        kind: &str,
        key: &str,
        sealed: &[u8],
    ) -> Result<zeroize::Zeroizing<Vec<u8>>, Error> {
        Ok(self
            .keys()
            .store()
            .open_small(sealed, &context(kind, key))?)
    }
}

/// Bound to its place, so that one document cannot stand in for another.
fn context(kind: &str, key: &str) -> Vec<u8> {
    format!("document/{kind}/{key}").into_bytes()
}

fn put(kind: &'static str, key: String, bytes: Vec<u8>, expected: Option<u64>) -> Put {
    Put {
        kind,
        key,
        bytes: Some(bytes),
        expected,
    }
}
