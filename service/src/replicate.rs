//! The dialing side: one driver for each partner asks the state machine what to do, does it
//! over the carrier, and reports what came of it. Whoever dials works for both directions.

mod chunks;
mod entries;
mod policies;
mod recovering;
mod registers;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use passerelle_exchange::message::{
    Bundles, CardMessage, ChannelState, Hello, Message, PROTOCOL, Problem,
};
use passerelle_exchange::{Event, Step, Sync, View};
use passerelle_model::{ChannelId, PartyId, StableCode, UtcTime};
use passerelle_store::Journal;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::events::Happened;
use crate::peer::path;
use crate::{Error, NetError, Node};

/// A quiet link says hello again after this long, in case the partner cannot reach us.
pub const HEARTBEAT: Duration = Duration::from_secs(30);
/// Steps in a row that bring nothing further before a conversation is given up: an honest
/// partner needs four (hello, co-signature, files, comparison).
const MAX_IDLE_STEPS: u32 = 16;

/// Why a conversation ended.
enum Ended {
    /// The carrier failed.
    Net(NetError),
    /// The partner refused, with its code and what it holds.
    Refused(Problem),
    /// This node failed or refused.
    Own(Error),
}

impl Ended {
    fn code(&self) -> String {
        match self {
            Self::Net(error) => error.code.to_owned(),
            Self::Refused(problem) => problem.code.to_string(),
            Self::Own(error) => error.code().to_owned(),
        }
    }
}

impl<E: Into<Error>> From<E> for Ended {
    fn from(error: E) -> Self {
        Self::Own(error.into())
    }
}

/// The state towards one partner while its driver runs.
#[derive(Default)]
struct Talk {
    channels: BTreeMap<ChannelId, Sync>,
    introduced: bool,
    /// The agreements that were last exchanged.
    bundles: Option<Bundles>,
    /// For each channel, whether this conversation leads anywhere.
    progress: BTreeMap<ChannelId, Progress>,
    /// When the registers were talked about last.
    registers: Option<UtcTime>,
    /// When access policies were talked about last.
    policies: Option<policies::Shown>,
    /// Whether nothing but the heartbeat began this conversation.
    quiet: bool,
}

/// How much was done, and steps since that last grew. Everything counted is durable and only
/// ever grows, so a partner cannot keep a conversation going with promises.
#[derive(Default)]
struct Progress {
    done: u64,
    idle: u32,
}

impl Progress {
    fn moved(&mut self, done: u64) -> Result<(), Error> {
        self.idle = if done > self.done { 0 } else { self.idle + 1 };
        self.done = self.done.max(done);
        match self.idle > MAX_IDLE_STEPS {
            true => Err(no_progress()),
            false => Ok(()),
        }
    }
}

fn no_progress() -> Error {
    Error::state(
        "E_NO_PROGRESS",
        "the conversation with the partner leads nowhere",
    )
}

impl Node {
    /// Runs the drivers of all partners, of new ones too, until `stop` turns true.
    pub async fn replicate(self, mut stop: watch::Receiver<bool>) {
        let mut changed = self.changed.subscribe();
        let mut drivers: JoinSet<()> = JoinSet::new();
        let mut running: Vec<PartyId> = Vec::new();
        while !*stop.borrow() {
            let parties: Vec<PartyId> = self
                .directory()
                .partners()
                .map(|(party, _)| party.clone())
                .filter(|party| !running.contains(party))
                .collect();
            for party in parties {
                drivers.spawn(self.clone().drive(party.clone(), stop.clone()));
                running.push(party);
            }
            tokio::select! {
                gone = stop.changed() => if gone.is_err() { break },
                _ = changed.changed() => {}
            }
        }
        while drivers.join_next().await.is_some() {}
    }

    async fn drive(self, party: PartyId, mut stop: watch::Receiver<bool>) {
        let link = self.link(&party);
        let mut talk = Talk::default();
        while !*stop.borrow() {
            let dials = self.may_dial(&party);
            if dials {
                let result = tokio::select! {
                    result = self.converse(&party, &mut talk) => result,
                    _ = stop.changed() => break,
                };
                match result {
                    Ok(()) => link.answered(self.now()),
                    Err(ended) => self.note_failure(&party, &mut talk, &ended),
                }
            }
            talk.quiet = tokio::select! {
                woken = self.pause(&link, dials) => !woken,
                _ = stop.changed() => break,
            };
        }
    }

    fn may_dial(&self, party: &PartyId) -> bool {
        self.directory().active(party, self.now()).is_ok() && self.address_of(party).is_some()
    }

    fn note_failure(&self, party: &PartyId, talk: &mut Talk, ended: &Ended) {
        let code = ended.code();
        tracing::debug!(%party, code, "exchange interrupted");
        talk.introduced = false;
        talk.policies = None;
        talk.channels
            .values_mut()
            .for_each(|sync| sync.on(Event::Failed));
        let dice = u64::from_be_bytes(self.dice.bytes());
        self.link(party).failed(self.now(), &code, dice);
    }

    /// Until the next attempt is due after a failure; else until something wakes the link
    /// (`true`) or the heartbeat. A partner that may not be dialled is not waited for: its last
    /// attempt may long be due.
    async fn pause(&self, link: &Arc<crate::link::Link>, dials: bool) -> bool {
        let wait = match link.next_attempt() {
            Some(until) if dials => {
                Duration::from_millis(until.millis().saturating_sub(self.now().millis()))
            }
            _ => HEARTBEAT,
        };
        let patience = tokio::time::sleep(wait);
        tokio::pin!(patience);
        loop {
            tokio::select! {
                () = &mut patience => return false,
                () = link.woken() => if !dials || link.next_attempt().is_none() { return true },
            }
        }
    }

    /// Works through every channel until there is nothing to do.
    async fn converse(&self, party: &PartyId, talk: &mut Talk) -> Result<(), Ended> {
        talk.progress.clear();
        self.introduce(party, talk).await?;
        loop {
            let mut rested = true;
            for channel in self.directory().channels_with(party) {
                rested &= self.advance(party, &channel, talk).await?;
            }
            if rested {
                self.show_policies(party, talk).await?;
                return self.show_registers(party, talk).await;
            }
        }
    }

    /// Cards and agreements first: nothing else makes sense before.
    async fn introduce(&self, party: &PartyId, talk: &mut Talk) -> Result<(), Ended> {
        let hello = self.hello(party).await?;
        let theirs: Hello = self.ask(party, path::HELLO, &hello).await?;
        if theirs.protocol != PROTOCOL || theirs.party != *party {
            return Err(Error::state("E_PROTOCOL", "another protocol or another party").into());
        }
        self.note_hello(party, &theirs).await?;
        // A partner that cannot reach us tells only here that it has something new.
        for state in &theirs.channels {
            if let Some(sync) = talk.channels.get_mut(&state.channel) {
                sync.on(Event::TheyHave(state.mine.size));
                // One that was set back has less of both journals than it had.
                sync.on(Event::TheirOwn(state.mine.size));
                sync.on(Event::Confirmed(state.yours.size));
                sync.on(Event::Offered {
                    missing: state.missing_blobs,
                });
            }
        }
        let pinned = self
            .directory()
            .partner(party)?
            .pinned
            .card()
            .content()
            .number;
        if theirs.card > pinned || !talk.introduced {
            let answer: CardMessage = self.ask(party, path::CARD, &self.card_message()).await?;
            self.take_card(party, &answer.card).await?;
        }
        let known = |state: &ChannelState| {
            theirs
                .channels
                .iter()
                .any(|other| other.channel == state.channel && other.agreement == state.agreement)
        };
        let ours = self.bundles_for(party);
        let told = talk.introduced && talk.bundles.as_ref() == Some(&ours);
        if !told || !hello.channels.iter().all(known) {
            let answer: Bundles = self.ask(party, path::AGREEMENTS, &ours).await?;
            self.take_bundles(party, &answer).await?;
            talk.bundles = Some(ours);
        }
        talk.introduced = true;
        Ok(())
    }

    /// Does one step in one channel; `true` where there is nothing to do.
    async fn advance(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        talk: &mut Talk,
    ) -> Result<bool, Ended> {
        let view = self.view(party, channel).await?;
        let sync = talk
            .channels
            .entry(channel.clone())
            .or_insert_with(|| Sync::new(&view));
        self.catch_up(party, channel, sync, &view);
        if sync.step() != Step::Rest {
            let told = self.link(party).channel(channel).told();
            let done =
                view.mine.size + view.receipted + view.held.size + told.chunks + told.given_back;
            talk.progress
                .entry(channel.clone())
                .or_default()
                .moved(done)?;
        }
        match sync.step() {
            Step::Hello => {
                let state = self.ask_state(party, channel).await?;
                match state {
                    Some(state) => sync.on(Event::Greeted(state)),
                    None => return Ok(true),
                }
            }
            Step::Push { start } => self.push(party, channel, sync, start).await?,
            Step::Pull { start } => self.pull(party, channel, sync, start).await?,
            Step::Cosign => self.hand_cosignature(party, channel, sync).await?,
            Step::OfferChunks => self.offer_chunks(party, channel, sync).await?,
            Step::TakeChunks => self.take_chunks(party, channel, sync).await?,
            Step::Compare => {
                let Some(state) = self.ask_state(party, channel).await? else {
                    return Ok(true);
                };
                let ours = self.view(party, channel).await?;
                sync.on(Event::Compared(state, ours));
                if let Some(complete) = sync.complete() {
                    self.link(party)
                        .channel(channel)
                        .update(|told| told.complete = true);
                    let (mine, theirs) = (complete.mine, complete.theirs);
                    self.tell(party, channel, Happened::Complete { mine, theirs });
                }
            }
            Step::Rest => return Ok(true),
            Step::GiveBack { start } => return self.give_back(party, channel, sync, start).await,
            Step::Behind { .. } => return self.get_back(party, channel, sync).await,
        }
        Ok(false)
    }

    /// What the listening side learned meanwhile.
    fn catch_up(&self, party: &PartyId, channel: &ChannelId, sync: &mut Sync, view: &View) {
        let told = self.link(party).channel(channel).told();
        sync.on(Event::Grew(view.mine.size));
        sync.on(Event::Receipted(view.receipted));
        if told.confirmed <= view.mine.size && sync.waiting() > view.mine.size - told.confirmed {
            sync.on(Event::Confirmed(told.confirmed));
        }
        sync.on(Event::Held {
            size: view.held.size,
            cosigned: told.cosigned,
        });
        sync.on(Event::TookChunks {
            missing: view.missing_blobs,
        });
    }

    async fn view(&self, party: &PartyId, channel: &ChannelId) -> Result<View, Error> {
        let theirs = Journal::new(channel, party);
        Ok(View {
            mine: self
                .journal_state(&Journal::new(channel, &self.party))
                .await?,
            held: self.journal_state(&theirs).await?,
            missing_blobs: self.missing_count(party, channel).await?,
            receipted: self.receipted(party, channel).await?,
        })
    }

    /// Size of our journal up to which we hold the partner's co-signature.
    pub(crate) async fn receipted(
        &self,
        party: &PartyId,
        channel: &ChannelId,
    ) -> Result<u64, Error> {
        let link = self.link(party).channel(channel);
        if let Some(size) = link.told().receipted {
            return Ok(size);
        }
        let ours = Journal::new(channel, &self.party);
        let size = self
            .store
            .last_cosigned(&ours, party)
            .await?
            .map_or(0, |row| row.size);
        link.update(|told| told.receipted = told.receipted.max(Some(size)));
        Ok(size)
    }

    async fn ask_state(
        &self,
        party: &PartyId,
        channel: &ChannelId,
    ) -> Result<Option<ChannelState>, Ended> {
        let hello = self.hello(party).await?;
        let theirs: Hello = self.ask(party, path::HELLO, &hello).await?;
        self.note_hello(party, &theirs).await?;
        Ok(theirs
            .channels
            .into_iter()
            .find(|state| state.channel == *channel))
    }

    async fn ask<A: Message>(
        &self,
        party: &PartyId,
        path: &'static str,
        message: &impl Message,
    ) -> Result<A, Ended> {
        let answer = self.net.call(party, path, message.to_bytes()).await;
        let (status, body) = answer.map_err(Ended::Net)?;
        self.link(party).heard(self.now());
        if status == 200 {
            return Ok(A::from_bytes(&body)?);
        }
        let unknown = Problem {
            code: StableCode::of("E_PEER_REFUSED"),
            held: None,
        };
        Err(Ended::Refused(
            Problem::from_bytes(&body).unwrap_or(unknown),
        ))
    }
}
