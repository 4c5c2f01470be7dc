//! Files that were handed in and that nothing took up: a program that never released its record,
//! a page that was left. They are content without a day of erasure, so they go after a week.

use std::collections::BTreeMap;

use passerelle_model::Day;

use crate::directory::Shelf;
use crate::{Error, Node};

/// Days for which a file waits for its record.
const UPLOAD_DAYS: u32 = 7;
/// Key of the document that says since when each is seen waiting.
const KEY: &str = "waiting";

impl Node {
    /// Destroys what has waited for long enough. Returns how many files.
    pub(super) async fn drop_uploads(&self, today: Day) -> Result<u64, Error> {
        let held = self.document(Shelf::UPLOADS, KEY.to_owned()).await?;
        let version = held.as_ref().map_or(0, |held| held.version);
        let before: BTreeMap<String, Day> = match &held {
            Some(held) => self.unsealed_json(held)?,
            None => BTreeMap::new(),
        };
        let drafts = self.tokens_of_drafts().await?;
        let staged = self.store.documents(Shelf::STAGED, "").await?.into_iter();
        let waiting = staged
            .map(|held| held.key)
            .filter(|token| !drafts.contains(token));
        let since = |token: String| {
            let since = before.get(&token).copied().unwrap_or(today);
            (token, since)
        };
        let seen: BTreeMap<String, Day> = waiting.map(since).collect();
        let (gone, left): (BTreeMap<_, _>, BTreeMap<_, _>) = seen
            .into_iter()
            .partition(|(_, since)| since.plus_days(UPLOAD_DAYS) < today);
        let count = gone.len() as u64;
        self.drop_tokens(gone.into_keys().collect()).await?;
        if left != before {
            let key = KEY.to_owned();
            let put = self.sealed_json_put(Shelf::UPLOADS, key, &left, Some(version))?;
            self.store.put(vec![put]).await?;
        }
        Ok(count)
    }
}
