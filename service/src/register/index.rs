//! Where acts of one person, on one object and of one kind stand, so that a page with a rare filter reads
//! what it shows and not the whole register.
//!
//! A document `<field>/<keyed hash of the value>/<index>` for each, written with the act and
//! removed with its content. The hash is keyed by the store key: the store file alone tells
//! neither who nor what, but how many acts there are of each.

use passerelle_model::{Act, By, Deed, Object, OfficerId, codec, hex};
use passerelle_store::Put;

use crate::directory::Shelf;
use crate::{Error, Node};

/// Bytes of a keyed hash that are kept.
const HASH_BYTES: usize = 16;

/// A field by which acts are found.
pub(super) enum Field<'a> {
    Officer(&'a OfficerId),
    Object(&'a Object),
    Deed(Deed),
}

impl Node {
    /// What is written beside an act, or removed with it.
    pub(super) fn index_puts(&self, index: u64, act: &Act, keep: bool) -> Vec<Put> {
        fields(act)
            .into_iter()
            .map(|field| Put {
                kind: Shelf::ACT_INDEX,
                key: index_key(&self.index_prefix(&field), index),
                bytes: keep.then(Vec::new),
                expected: None,
            })
            .collect()
    }

    /// Whether the act is found by everything it should be found by.
    pub(crate) async fn act_is_indexed(&self, index: u64, act: &Act) -> Result<bool, Error> {
        let puts = self.index_puts(index, act, true).into_iter();
        let names = puts.map(|put| (Shelf::ACT_INDEX, put.key)).collect();
        let found = self.store.gather(names).await?;
        Ok(found.iter().all(Option::is_some))
    }

    /// What the keys of all acts with this field begin with.
    pub(super) fn index_prefix(&self, field: &Field<'_>) -> String {
        let (letter, value) = match field {
            Field::Officer(officer) => ('p', codec::to_canonical(*officer)),
            Field::Object(object) => ('o', codec::to_canonical(*object)),
            Field::Deed(deed) => ('d', codec::to_canonical(deed)),
        };
        let label = format!("register/{letter}/{}", hex::encode(&value));
        let hash = self.keys().store().derive(&label);
        let short = hash.get(..HASH_BYTES).unwrap_or_default();
        format!("{letter}/{}/", hex::encode(short))
    }
}

/// The key of an act under a prefix: keys sort as acts do.
pub(super) fn index_key(prefix: &str, index: u64) -> String {
    format!("{prefix}{index:016x}")
}

/// Whether a key of this index reads.
pub(crate) fn is_index_key(key: &str) -> bool {
    let known = ["p/", "o/", "d/"]
        .iter()
        .any(|field| key.starts_with(field));
    known && index_of(key).is_some()
}

/// Index in the register that a key ends with.
pub(super) fn index_of(key: &str) -> Option<u64> {
    let (_, index) = key.rsplit_once('/')?;
    u64::from_str_radix(index, 16).ok()
}

/// The node as a whole is no object to look for: everything would be found.
fn fields(act: &Act) -> Vec<Field<'_>> {
    let officer = match &act.by {
        By::Person { officer, .. } => Some(Field::Officer(officer)),
        By::Program { .. } | By::Node => None,
    };
    let object = (act.object != Object::Node).then_some(Field::Object(&act.object));
    let deed = Field::Deed(act.deed);
    officer.into_iter().chain(object).chain([deed]).collect()
}
