//! Inbox and outbox: lists of one side of the wall.

use passerelle_model::Side;
use passerelle_store::{Direction, EntryRef, Listing};

use crate::release::Cursor;
use crate::view::Line;
use crate::{Error, Node};

impl Node {
    /// Records of ours about cases, newest first.
    pub async fn outbox(&self, before: Option<Cursor>, limit: usize) -> Result<Vec<Line>, Error> {
        self.outbox_on(Side::Cases, before, limit).await
    }

    /// Records of partners about cases, newest first.
    pub async fn inbox(&self, before: Option<Cursor>, limit: usize) -> Result<Vec<Line>, Error> {
        self.inbox_on(Side::Cases, before, limit).await
    }

    /// Records of ours on that side of the wall, newest first.
    pub async fn outbox_on(
        &self,
        side: Side,
        before: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Line>, Error> {
        let direction = Direction::By(self.party.clone());
        self.lines(direction, side, before, limit).await
    }

    /// Records of partners on that side of the wall, newest first.
    pub async fn inbox_on(
        &self,
        side: Side,
        before: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Line>, Error> {
        let direction = Direction::NotBy(self.party.clone());
        self.lines(direction, side, before, limit).await
    }

    async fn lines(
        &self,
        direction: Direction,
        side: Side,
        before: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Line>, Error> {
        let places = self.places_on(direction, side, before, limit).await?;
        let mut lines = Vec::with_capacity(places.len());
        for place in &places {
            lines.push(self.line(place).await?);
        }
        Ok(lines)
    }

    /// The newest of all channels of that side: of each as many as may be among them.
    async fn places_on(
        &self,
        direction: Direction,
        side: Side,
        before: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<EntryRef>, Error> {
        let channels = self.directory().all_channels_on(side);
        let mut places = Vec::new();
        for channel in channels {
            let listing = Listing {
                direction: direction.clone(),
                channel: Some(channel),
                before,
                limit,
            };
            places.extend(self.store.list(listing).await?);
        }
        places.sort_by_key(|place| std::cmp::Reverse((place.time, place.record)));
        places.truncate(limit);
        Ok(places)
    }
}
