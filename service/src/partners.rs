//! Partners: pairing by fingerprint, newer cards, alarms, and the stop that only a person
//! lifts.

mod board;

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use passerelle_envelope::spoken::{Fingerprint, Spoken};
use passerelle_envelope::{CardFacts, Keyring, Pinned, VerifiedCard, sign_card};
use passerelle_model::{Address, CardContent, ChannelId, PartyId, UtcTime, codec, hex};
use passerelle_store::Put;

use crate::directory::{Partner, PartnerDocument, Shelf};
use crate::events::Happened;
use crate::receipts::own_document;
use crate::view::{AlarmView, CardView, PartnerView};
use crate::{Actor, Error, Node};

/// How long a card that replaces another is valid, in days.
pub const CARD_DAYS: u32 = 730;

/// Most cards kept of one party.
pub const MAX_CARDS: usize = 512;

/// Code of the alarm that a partner holds more of our journal than we do and does not give it
/// back, and of what is refused meanwhile.
pub(crate) const BEHIND: &str = "E_BEHIND";

/// Something only a person can decide.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Alarm {
    #[n(0)]
    party: PartyId,
    #[n(1)]
    code: String,
    #[n(2)]
    time: UtcTime,
    #[n(3)]
    evidence: String,
    #[n(4)]
    open: bool,
}

/// Whether these bytes are an alarm.
pub(crate) fn is_alarm(bytes: &[u8]) -> bool {
    own_document::<Alarm>(bytes).is_ok()
}

impl Node {
    /// Our card.
    pub fn card(&self) -> CardView {
        view(self.directory().own())
    }

    /// Reads a card, armoured or binary, without pinning it.
    pub fn inspect_card(card: &[u8]) -> Result<CardView, Error> {
        Ok(view(&VerifiedCard::parse(card)?))
    }

    /// Pins a partner's card. `fingerprint` is what the other officer read out, in words or
    /// digits; a newer card of a pinned partner needs none.
    pub async fn pair(&self, card: &[u8], fingerprint: &str) -> Result<PartnerView, Error> {
        let _one_at_a_time = self.changes.lock().await;
        let card = VerifiedCard::parse(card)?;
        let party = card.party().clone();
        if party == self.party {
            return Err(Error::state("E_CARD_OWN", "this is our own card"));
        }
        let now = self.now();
        crate::steps::at("pair.parsed");
        let pinned = match self.directory().partner(&party) {
            Ok(partner) => partner.pinned.replace(card, now)?,
            Err(_) => {
                confirm(&card, fingerprint)?;
                Pinned::first(card, now)?
            }
        };
        self.pin(pinned).await?;
        self.partner_view(&party).await
    }

    /// Takes a newer card that a pinned partner sent over the wire.
    pub(crate) async fn take_card(&self, from: &PartyId, bytes: &[u8]) -> Result<(), Error> {
        let _one_at_a_time = self.changes.lock().await;
        let card = VerifiedCard::parse(bytes)?;
        if card.party() != from {
            return Err(passerelle_envelope::Error::Signature.into());
        }
        let held = self.directory().partner(from)?.pinned.clone();
        let pinned = held.replace(card, self.now())?;
        if pinned != held {
            self.pin(pinned).await
        } else {
            Ok(())
        }
    }

    async fn pin(&self, pinned: Pinned) -> Result<(), Error> {
        let card = pinned.card();
        self.check_strange_keys(card)?;
        if self.directory().cards(card.party()).count() >= MAX_CARDS {
            let message = format!("{MAX_CARDS} cards of {} are kept already", card.party());
            return Err(Error::state("E_TOO_MANY", message));
        }
        let halted = self
            .directory()
            .partner(card.party())
            .ok()
            .and_then(|p| p.halted.clone());
        let number = card.content().number;
        let document = PartnerDocument {
            card: number,
            since: pinned.since(),
            halted,
        };
        let put = |kind, key, bytes| Put {
            kind,
            key,
            bytes: Some(bytes),
            expected: None,
        };
        let puts = vec![
            put(Shelf::CARD, Shelf::card_key(card), card.bytes().to_vec()),
            put(
                Shelf::PARTNER,
                card.party().to_string(),
                codec::to_canonical(&document),
            ),
        ];
        self.store.put(puts).await?;
        crate::steps::at("pair.pinned");
        self.refresh().await
    }

    /// No party may show a TLS key of another, or it would be taken for it.
    fn check_strange_keys(&self, card: &VerifiedCard) -> Result<(), Error> {
        let directory = self.directory();
        let partners = directory
            .partners()
            .map(|(_, partner)| partner.pinned.card());
        let mut others = partners
            .chain([directory.own()])
            .filter(|other| other.party() != card.party());
        let keys = &card.content().tls_keys;
        match others.any(|other| {
            other
                .content()
                .tls_keys
                .iter()
                .any(|key| keys.contains(key))
        }) {
            true => Err(passerelle_envelope::Error::CardKey("a TLS key is another party's").into()),
            false => Ok(()),
        }
    }

    /// Replaces record, witness and unit keys and publishes a newer card. `save` must make
    /// the new keyring durable before it returns: the card is published only afterwards.
    pub async fn rotate(
        &self,
        address: Option<Address>,
        save: &(dyn Fn(&Keyring) -> Result<(), Error> + Send + Sync),
        mut fresh: Keyring,
    ) -> Result<CardView, Error> {
        let _one_at_a_time = self.changes.lock().await;
        self.dice.with(|mut rng| fresh.rotate(&mut rng))?;
        let directory = self.directory();
        let card = next_card(directory.own().content(), &fresh, address, self.now())?;
        save(&fresh)?;
        crate::steps::at("rotate.saved");
        self.store.put(vec![card_put(&card)]).await?;
        crate::steps::at("rotate.published");
        *self
            .keyring
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = std::sync::Arc::new(fresh);
        self.refresh().await?;
        Ok(self.card())
    }

    /// Every partner with the state of its channels.
    pub async fn partners(&self) -> Result<Vec<PartnerView>, Error> {
        let parties: Vec<PartyId> = self
            .directory()
            .partners()
            .map(|(party, _)| party.clone())
            .collect();
        let mut views = Vec::with_capacity(parties.len());
        for party in parties {
            views.push(self.partner_view(&party).await?);
        }
        Ok(views)
    }

    /// When each partner was last in contact, as far as this process knows.
    pub fn last_contacts(&self) -> BTreeMap<PartyId, UtcTime> {
        let directory = self.directory();
        let contacts = directory.partners().filter_map(|(party, _)| {
            let contact = self.link(party).view().last_contact?;
            Some((party.clone(), contact))
        });
        contacts.collect()
    }

    async fn partner_view(&self, party: &PartyId) -> Result<PartnerView, Error> {
        let directory = self.directory();
        let partner = directory.partner(party)?;
        let mut channels = Vec::new();
        for channel in directory.channels_with(party) {
            channels.push(self.channel_view(party, channel).await?);
        }
        Ok(PartnerView {
            card: view(partner.pinned.card()),
            since: partner.pinned.since(),
            halted: partner.halted.is_some(),
            link: self.link(party).view(),
            channels,
            heads: self.heads(party).await?,
            policy: self.partner_policy(party)?,
        })
    }

    /// Alarms that wait for a person.
    pub async fn alarms(&self) -> Result<Vec<AlarmView>, Error> {
        let mut views = Vec::new();
        for document in self.store.documents(Shelf::ALARM, "").await? {
            let alarm: Alarm = own_document(&document.bytes)?;
            if alarm.open {
                let (party, code, time, evidence) =
                    (alarm.party, alarm.code, alarm.time, alarm.evidence);
                views.push(AlarmView {
                    id: document.key,
                    party,
                    code,
                    time,
                    evidence,
                });
            }
        }
        Ok(views)
    }

    /// One alarm that waits for a person, about this partner.
    pub async fn alarm(&self, party: &PartyId, id: &str) -> Result<AlarmView, Error> {
        let alarms = self.alarms().await?;
        let found = alarms
            .into_iter()
            .find(|alarm| alarm.party == *party && alarm.id == id);
        found.ok_or_else(|| Error::not_found("alarm", id))
    }

    /// [`Node::resume`] by a person: an administrator, who types the partner's identifier so
    /// that nobody resumes by accident, and says why.
    pub async fn resume_for(
        &self,
        actor: &Actor,
        alarm: &AlarmView,
        typed: &str,
        why: passerelle_model::Reason,
    ) -> Result<(), Error> {
        let object = passerelle_model::Object::Partner {
            party: alarm.party.clone(),
        };
        let deed = passerelle_model::Deed::Partner;
        let act = passerelle_model::Act::new(deed, self.now(), actor.by(), object);
        let act = act.because(Some(why));
        if let Err(error) = crate::people::administrator(actor) {
            self.enter_refused(act, &error).await?;
            return Err(error);
        }
        if typed.trim() != alarm.party.as_str() {
            let message = "type the partner's identifier to confirm";
            return Err(Error::state("E_CONFIRM", message));
        }
        self.enter(act).await?;
        self.resume(&alarm.party, &alarm.id).await
    }

    /// A person decided: exchange with the partner goes on, the alarm is kept as closed.
    pub async fn resume(&self, party: &PartyId, alarm: &str) -> Result<(), Error> {
        let _one_at_a_time = self.changes.lock().await;
        let documents = self.store.documents(Shelf::ALARM, alarm).await?;
        let document = documents.into_iter().find(|document| document.key == alarm);
        let document = document.ok_or_else(|| Error::not_found("alarm", alarm))?;
        let mut held: Alarm = own_document(&document.bytes)?;
        if held.party != *party || !held.open {
            return Err(Error::not_found("open alarm", alarm));
        }
        held.open = false;
        let others = self.alarms().await?;
        let next = others
            .into_iter()
            .find(|other| other.party == *party && other.id != alarm);
        let partner = self.partner_put(party, next.map(|alarm| alarm.id))?;
        let closed = Put {
            kind: Shelf::ALARM,
            key: alarm.to_owned(),
            bytes: Some(codec::to_canonical(&held)),
            expected: Some(document.version),
        };
        self.store.put(vec![closed, partner]).await?;
        self.refresh().await
    }

    /// Where an error proves that the partner signed two histories: keep the proof, stop the
    /// exchange. Gives the error back.
    pub(crate) async fn alarm_if_proof(
        &self,
        party: &PartyId,
        channel: &ChannelId,
        error: passerelle_exchange::Error,
    ) -> Error {
        let passerelle_exchange::Error::Equivocation(proof) = &error else {
            return error.into();
        };
        match self.raise(party, "E_EQUIVOCATION", proof.to_string()).await {
            Ok(()) => {
                let code = "E_EQUIVOCATION".to_owned();
                self.tell(party, channel, Happened::Halted { code });
                error.into()
            }
            Err(failed) => failed,
        }
    }

    /// Raises an alarm and stops the exchange with `party`.
    pub(crate) async fn raise(
        &self,
        party: &PartyId,
        code: &str,
        evidence: String,
    ) -> Result<(), Error> {
        let _one_at_a_time = self.changes.lock().await;
        let time = self.now();
        let id = format!("{}-{}", time.millis(), hex::encode(&self.dice.bytes::<4>()));
        let alarm = Alarm {
            party: party.clone(),
            code: code.to_owned(),
            time,
            evidence,
            open: true,
        };
        let puts = vec![
            Put {
                kind: Shelf::ALARM,
                key: id.clone(),
                bytes: Some(codec::to_canonical(&alarm)),
                expected: Some(0),
            },
            self.partner_put(party, Some(id))?,
        ];
        self.store.put(puts).await?;
        self.refresh().await
    }

    fn partner_put(&self, party: &PartyId, halted: Option<String>) -> Result<Put, Error> {
        let directory = self.directory();
        let Partner { pinned, .. } = directory.partner(party)?;
        let (card, since) = (pinned.card().content().number, pinned.since());
        let document = PartnerDocument {
            card,
            since,
            halted,
        };
        let (kind, key) = (Shelf::PARTNER, party.to_string());
        Ok(Put {
            kind,
            key,
            bytes: Some(codec::to_canonical(&document)),
            expected: None,
        })
    }

    /// TLS keys of a partner, or our own, that its card lists.
    pub fn tls_keys(&self, party: &PartyId) -> Vec<[u8; 32]> {
        let directory = self.directory();
        let partner = directory.active(party, self.now());
        let keys = partner.map(|partner| partner.pinned.card().content().tls_keys.clone());
        keys.unwrap_or_default()
            .iter()
            .map(|key| *key.as_bytes())
            .collect()
    }

    /// Whose TLS key this is, among partners with which exchange may go on.
    pub fn party_of_tls_key(&self, key: &[u8; 32]) -> Option<PartyId> {
        let directory = self.directory();
        let now = self.now();
        directory
            .partners()
            .filter(|(_, partner)| partner.pinned.in_force(now).is_ok())
            .find(|(_, partner)| {
                let keys = &partner.pinned.card().content().tls_keys;
                keys.iter().any(|held| held.as_bytes() == key)
            })
            .map(|(party, _)| party.clone())
    }

    /// Where a partner's exchange listener is.
    pub fn address_of(&self, party: &PartyId) -> Option<String> {
        let directory = self.directory();
        let card = directory
            .partner(party)
            .ok()?
            .pinned
            .card()
            .content()
            .address
            .clone();
        card.map(|address| address.to_string())
    }
}

/// The card that follows `old`, with the keys of `keys`.
pub(crate) fn next_card(
    old: &CardContent,
    keys: &Keyring,
    address: Option<Address>,
    now: UtcTime,
) -> Result<VerifiedCard, Error> {
    let facts = CardFacts {
        party: old.party.clone(),
        number: old.number + 1,
        names: old.names.clone(),
        country: old.country.clone(),
        units: old
            .units
            .iter()
            .map(|u| (u.unit.clone(), u.names.clone()))
            .collect(),
        address: address.or_else(|| old.address.clone()),
        issued: now,
        expires: now.day().plus_days(CARD_DAYS).start(),
    };
    Ok(sign_card(&keys.card(facts)?, keys.root())?)
}

pub(crate) fn card_put(card: &VerifiedCard) -> Put {
    Put {
        kind: Shelf::CARD,
        key: Shelf::card_key(card),
        bytes: Some(card.bytes().to_vec()),
        expected: Some(0),
    }
}

/// The fingerprint that was read out must be the card's own.
fn confirm(card: &VerifiedCard, fingerprint: &str) -> Result<(), Error> {
    let refused = |why: String| Error::state("E_FINGERPRINT", why);
    let text = fingerprint.trim();
    if text.is_empty() {
        return Err(refused(
            "confirm the fingerprint that the partner reads to you".to_owned(),
        ));
    }
    let (read, _) = Fingerprint::parse(text).map_err(|error| refused(error.to_string()))?;
    if read == card.fingerprint() {
        Ok(())
    } else {
        Err(refused(
            "the fingerprint is not the one of this card: do not pair".to_owned(),
        ))
    }
}

/// A card for people.
pub(crate) fn view(card: &VerifiedCard) -> CardView {
    let content = card.content();
    let fingerprint = card.fingerprint();
    let spoken = |how: Spoken| (how.as_str().to_owned(), fingerprint.spoken(how));
    CardView {
        party: content.party.clone(),
        names: content.names.clone(),
        country: content.country.to_string(),
        number: content.number,
        units: content
            .units
            .iter()
            .map(|u| (u.unit.to_string(), u.names.clone()))
            .collect(),
        address: content.address.as_ref().map(ToString::to_string),
        issued: content.issued,
        expires: content.expires,
        root: content.root.to_string(),
        fingerprint: fingerprint.to_string(),
        spoken: Spoken::ALL.into_iter().map(spoken).collect(),
        armoured: card.armoured(),
    }
}
