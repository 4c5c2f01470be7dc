//! A node that was set back to an older copy: it learns from its own signature that a partner
//! holds more of its journal, appends nothing there, gets its entries back, and goes on at the
//! right index.
//!
//! What is known of it stands in one document for each channel and partner:
//!
//! ```text
//! awaited    restored from a backup: the partner has not said yet what it holds
//!    │ its hello shows no more than we have          its hello shows our signature on more
//!    ▼                                                  ▼
//! settled ◄────────── everything is back ──────────── behind
//! ```
//!
//! While one document of a channel is awaited or behind, nothing of ours is appended to that
//! channel; other channels go on. A partner cannot invent: what comes back is judged against
//! what we signed. It can withhold; then the node stays halted and says so.

mod adopting;
mod decided;
mod giving;
mod restored;

pub use self::restored::{RecoveryState, RecoveryView, RestoredView, mark_restored};

pub(crate) use self::adopting::Contents;
pub(crate) use self::decided::{Before, Decided};
pub(crate) use self::giving::SetBack;
pub(crate) use self::restored::is_restored;

use minicbor::{Decode, Encode};
use passerelle_exchange::journal_key;
use passerelle_exchange::message::ChannelState;
use passerelle_journal::SignedCheckpoint;
use passerelle_model::{ChannelId, PartyId, UtcTime, codec};
use passerelle_store::{Journal, Put, Store};

use crate::directory::Shelf;
use crate::partners::BEHIND;
use crate::peer::claim;
use crate::receipts::own_document;
use crate::{Error, Node};

/// How much younger than the restoring a courier file must be by the partner's clock before its
/// word counts, in milliseconds (two minutes): an older file says what was true before.
const COURIER_MARGIN_MILLIS: u64 = 120_000;

/// How far the recovery from one partner in one channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Stage {
    /// The partner has not said what it holds.
    #[n(0)]
    Awaited,
    /// The partner has shown that it holds more.
    #[n(1)]
    Behind,
    /// The partner holds no more than we do.
    #[n(2)]
    Settled,
    /// We signed two histories; only another agreement helps.
    #[n(3)]
    Forked,
}

/// What is known of being set back, towards one partner in one channel.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Recovery {
    #[n(0)]
    pub(crate) stage: Stage,
    /// When it was noticed, or the node restored.
    #[n(1)]
    pub(crate) since: UtcTime,
    /// Size of our journal then.
    #[n(2)]
    pub(crate) from: u64,
    /// Size for which the partner has shown our signature.
    #[n(3)]
    pub(crate) held: u64,
    /// The checkpoint it has shown; empty before.
    #[n(4)]
    pub(crate) proof: String,
    /// Entries that came back from it.
    #[n(5)]
    pub(crate) regained: u64,
    /// Of these, those whose content did not.
    #[n(6)]
    pub(crate) bare: u64,
    /// Our statements that came back speak about entries of the partner below this index.
    #[n(7)]
    pub(crate) spoken: u64,
}

impl Recovery {
    fn new(stage: Stage, since: UtcTime, from: u64) -> Self {
        Self {
            stage,
            since,
            from,
            held: 0,
            proof: String::new(),
            regained: 0,
            bare: 0,
            spoken: 0,
        }
    }

    /// Why nothing may be appended, where nothing may.
    pub(crate) fn refuses(&self, channel: &ChannelId, party: &PartyId) -> Option<Error> {
        match self.stage {
            Stage::Settled => None,
            Stage::Awaited => Some(Error::state(
                "E_RECOVERING",
                format!(
                    "this node was restored from a backup: nothing is released under {channel} \
                     until {party} has said what it holds; connect to it, or take a courier \
                     file that it writes now"
                ),
            )),
            Stage::Forked => Some(Error::state(
                "E_FORKED",
                format!(
                    "this node signed two journals {channel}: {party} holds the first; go on \
                     under a new agreement"
                ),
            )),
            Stage::Behind => Some(Error::state(
                BEHIND,
                format!(
                    "this node was set back to an older copy: {party} holds more of our journal \
                     {channel}; it is fetched back before anything is released"
                ),
            )),
        }
    }
}

fn key(channel: &ChannelId, party: &PartyId) -> String {
    format!("{channel}/{party}")
}

pub(crate) fn recovery_put(channel: &ChannelId, party: &PartyId, value: &Recovery) -> Put {
    Put {
        kind: Shelf::RECOVERY,
        key: key(channel, party),
        bytes: Some(codec::to_canonical(value)),
        expected: None,
    }
}

/// Every recovery, by channel and partner.
pub(crate) async fn load(
    store: &dyn Store,
) -> Result<Vec<((ChannelId, PartyId), Recovery)>, Error> {
    let mut found = Vec::new();
    for document in store.documents(Shelf::RECOVERY, "").await? {
        let (channel, party) = document.key.split_once('/').unwrap_or_default();
        let place = (channel.parse()?, party.parse()?);
        found.push((place, own_document(&document.bytes)?));
    }
    Ok(found)
}

impl Node {
    /// Weighs what a partner says it holds of our journal. `written` is when it said so by its
    /// own clock, where that was in a file; over a connection it is now.
    ///
    /// # Errors
    /// `E_CLAIM` where it says more than it can show our signature for.
    pub(crate) async fn weigh_claim(
        &self,
        from: &PartyId,
        state: &ChannelState,
        written: Option<UtcTime>,
    ) -> Result<(), Error> {
        let ours = Journal::new(&state.channel, &self.party);
        let size = self.journal_state(&ours).await?.size;
        if state.yours.size > size {
            return self.note_behind(from, state, size).await;
        }
        if !self.continues(from, state, &ours, size).await? {
            return self.note_forked(from, state, size).await;
        }
        let directory = self.directory();
        match directory.recovery(&state.channel, from) {
            None => return Ok(()),
            // Everything came back, and this node died before it said so.
            Some(known) if known.stage == Stage::Behind && known.held <= size => {
                return self.settle(&state.channel, size).await;
            }
            Some(_) => {}
        }
        let _one_at_a_time = self.changes.lock().await;
        let directory = self.directory();
        let Some(known) = directory.recovery(&state.channel, from) else {
            return Ok(());
        };
        let fresh =
            written.is_none_or(|time| time > known.since.plus_millis(COURIER_MARGIN_MILLIS));
        if known.stage != Stage::Awaited || !fresh {
            return Ok(());
        }
        let settled = Recovery {
            stage: Stage::Settled,
            held: state.yours.size,
            ..known.clone()
        };
        self.keep_recovery(&state.channel, from, &settled).await
    }

    /// Whether what the partner holds of our journal is its beginning.
    async fn continues(
        &self,
        from: &PartyId,
        state: &ChannelState,
        ours: &Journal,
        size: u64,
    ) -> Result<bool, Error> {
        let held = state.yours;
        if held.size == size {
            return Ok(held.root == self.journal_state(ours).await?.root || held.size == 0);
        }
        let root = match self.link(from).channel(&state.channel).cursor(held.size) {
            Some(frontier) => frontier.root(),
            None => self.frontier_at(ours, held.size).await?.root(),
        };
        Ok(root.as_bytes() == held.root.as_bytes())
    }

    /// The partner shows our signature on another journal than ours: this node went on after it
    /// was set back. Nobody can mend that; it must not get worse.
    async fn note_forked(
        &self,
        from: &PartyId,
        state: &ChannelState,
        size: u64,
    ) -> Result<(), Error> {
        self.shown(state)?;
        let note = state.proof.clone().unwrap_or_default();
        {
            let _one_at_a_time = self.changes.lock().await;
            let forked = Recovery {
                held: state.yours.size,
                proof: note.clone(),
                ..Recovery::new(Stage::Forked, self.now(), size)
            };
            self.keep_recovery(&state.channel, from, &forked).await?;
        }
        let evidence = format!(
            "{from} holds another journal {} that we signed: this node went on after it was set \
             back. Go on under a new agreement.\n{note}",
            state.channel
        );
        self.raise(from, "E_FORKED", evidence).await?;
        Err(passerelle_exchange::Error::NotOurs.into())
    }

    /// A partner must show our signature for what it says it holds.
    fn shown(&self, state: &ChannelState) -> Result<(), Error> {
        let own = journal_key(self.directory().own().content(), &state.channel)?;
        let note = state.proof.as_deref().unwrap_or_default();
        let shown = SignedCheckpoint::open(note, &own).is_ok_and(|head| {
            head.size() == state.yours.size && head.root().as_bytes() == state.yours.root.as_bytes()
        });
        if shown { Ok(()) } else { Err(claim()) }
    }

    async fn note_behind(
        &self,
        from: &PartyId,
        state: &ChannelState,
        size: u64,
    ) -> Result<(), Error> {
        self.shown(state)?;
        let note = state.proof.as_deref().unwrap_or_default();
        let _one_at_a_time = self.changes.lock().await;
        let directory = self.directory();
        let known = directory.recovery(&state.channel, from).cloned();
        let known = known.unwrap_or_else(|| Recovery::new(Stage::Awaited, self.now(), size));
        if known.stage == Stage::Behind && known.held >= state.yours.size {
            return Ok(());
        }
        let behind = Recovery {
            stage: Stage::Behind,
            held: state.yours.size,
            proof: note.to_owned(),
            ..known
        };
        tracing::warn!(%from, channel = %state.channel, held = behind.held, size, "set back");
        self.keep_recovery(&state.channel, from, &behind).await?;
        crate::steps::at("recover.noted");
        Ok(())
    }

    /// Whether another member of the channel has still to say what it holds. Nothing may be
    /// appended before, so what comes back may as well wait: content that was sealed to that
    /// member alone then comes with it.
    pub(crate) fn awaits_other(&self, party: &PartyId, channel: &ChannelId) -> bool {
        self.directory().recoveries().any(|((of, other), known)| {
            of == channel && other != party && known.stage == Stage::Awaited
        })
    }

    /// Whoever calls holds `changes` since it read what was known.
    async fn keep_recovery(
        &self,
        channel: &ChannelId,
        party: &PartyId,
        value: &Recovery,
    ) -> Result<(), Error> {
        let put = recovery_put(channel, party, value);
        self.store.put(vec![put]).await?;
        self.refresh().await
    }
}
