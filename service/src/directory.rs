//! Who is who and what was agreed, read from the store and kept in memory: small, changed
//! rarely, read at every record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minicbor::{Decode, Encode};
use passerelle_envelope::{
    Pinned, VerifiedAgreementSignature, VerifiedCard, VerifiedPolicy, verify_agreement_signature,
    verify_policy,
};
use passerelle_model::{
    Agreement, AgreementHash, ChannelId, Day, Kind, PartyId, Side, Terms, UnitId, UtcTime, codec,
};
use passerelle_rules::{Refusal, firewall};
use passerelle_store::{MAX_DOCUMENT_BYTES, Store};

use crate::Error;
use crate::access::Decisions;
use crate::recovery::{self, Recovery};

/// How long records under a replaced text are still taken, in milliseconds (a day): the
/// sender may not have had the last signature yet.
const GRACE_MILLIS: u64 = 24 * 60 * 60 * 1000;

/// Names of the document kinds.
pub(crate) struct Shelf;

impl Shelf {
    pub(crate) const OWN: &'static str = "own";
    pub(crate) const CARD: &'static str = "card";
    pub(crate) const PARTNER: &'static str = "partner";
    pub(crate) const AGREEMENT: &'static str = "agreement";
    pub(crate) const SIGNATURE: &'static str = "agreement-signature";
    pub(crate) const ALARM: &'static str = "alarm";
    pub(crate) const TOKEN: &'static str = "token";
    pub(crate) const STAGED: &'static str = "staged";
    pub(crate) const UPLOADS: &'static str = "uploads";
    pub(crate) const QUOTA: &'static str = "quota";
    pub(crate) const RECALL: &'static str = "recall";
    pub(crate) const DRAFT: &'static str = "draft";
    pub(crate) const DRAFT_LIST: &'static str = "draft-list";
    pub(crate) const LOOK: &'static str = "draft-look";
    pub(crate) const PERSON: &'static str = "person";
    pub(crate) const CREDENTIAL: &'static str = "credential";
    pub(crate) const SESSION: &'static str = "session";
    pub(crate) const SETUP: &'static str = "setup";
    pub(crate) const SETTINGS: &'static str = "settings";
    pub(crate) const CASE: &'static str = "case";
    pub(crate) const CASE_OF: &'static str = "case-of";
    pub(crate) const CASE_LIST: &'static str = "case-list";
    pub(crate) const WAITS: &'static str = "waits";
    pub(crate) const CURSOR: &'static str = "cursor";
    pub(crate) const READERS: &'static str = "readers";
    pub(crate) const PERMISSION: &'static str = "permission";
    pub(crate) const KEPT: &'static str = "kept";
    pub(crate) const KEEP_LIST: &'static str = "keep-list";
    pub(crate) const GLASS: &'static str = "glass";
    pub(crate) const RIGHTS: &'static str = "rights";
    pub(crate) const BREACH: &'static str = "breach";
    pub(crate) const CONFIDED: &'static str = "confided";
    pub(crate) const CONFIDANT: &'static str = "confidant";
    pub(crate) const INSPECTION: &'static str = "inspection";
    pub(crate) const ACT_INDEX: &'static str = "act-index";
    pub(crate) const REGISTER: &'static str = "register";
    pub(crate) const REFUSED: &'static str = "refused";
    pub(crate) const STATISTICS: &'static str = "statistics";
    pub(crate) const OPEN_ASKS: &'static str = "open-asks";
    pub(crate) const ACCESS: &'static str = "access";
    pub(crate) const POLICY: &'static str = "access-policy";
    pub(crate) const RECOVERY: &'static str = "recovery";
    pub(crate) const SET_BACK: &'static str = "set-back";
    pub(crate) const BACKUP: &'static str = "backup";
    pub(crate) const GROUP_NOTE: &'static str = "group-note";
    pub(crate) const GROUP_READING: &'static str = "group-reading";
    pub(crate) const GROUP_ANSWER: &'static str = "group-answer";
    pub(crate) const GROUP_REPLY: &'static str = "group-reply";
    pub(crate) const GROUP_SEALED: &'static str = "group-sealed";
    pub(crate) const GROUP_SEEN: &'static str = "group-seen";
    pub(crate) const GROUP_BONES: &'static str = "group-bones";
    pub(crate) const GROUP_CHANGED: &'static str = "group-changed";

    /// Every one, for whoever looks at all documents.
    pub(crate) const ALL: [&'static str; 52] = [
        Self::OWN,
        Self::CARD,
        Self::PARTNER,
        Self::AGREEMENT,
        Self::SIGNATURE,
        Self::ALARM,
        Self::TOKEN,
        Self::STAGED,
        Self::UPLOADS,
        Self::QUOTA,
        Self::RECALL,
        Self::DRAFT,
        Self::DRAFT_LIST,
        Self::LOOK,
        Self::PERSON,
        Self::CREDENTIAL,
        Self::SESSION,
        Self::SETUP,
        Self::SETTINGS,
        Self::CASE,
        Self::CASE_OF,
        Self::CASE_LIST,
        Self::WAITS,
        Self::CURSOR,
        Self::READERS,
        Self::PERMISSION,
        Self::KEPT,
        Self::KEEP_LIST,
        Self::GLASS,
        Self::RIGHTS,
        Self::BREACH,
        Self::CONFIDED,
        Self::CONFIDANT,
        Self::INSPECTION,
        Self::ACT_INDEX,
        Self::REGISTER,
        Self::REFUSED,
        Self::STATISTICS,
        Self::OPEN_ASKS,
        Self::ACCESS,
        Self::POLICY,
        Self::RECOVERY,
        Self::SET_BACK,
        Self::BACKUP,
        Self::GROUP_NOTE,
        Self::GROUP_READING,
        Self::GROUP_ANSWER,
        Self::GROUP_REPLY,
        Self::GROUP_SEALED,
        Self::GROUP_SEEN,
        Self::GROUP_BONES,
        Self::GROUP_CHANGED,
    ];

    pub(crate) fn card_key(card: &VerifiedCard) -> String {
        format!("{}/{:020}", card.party(), card.content().number)
    }
}

/// What is kept about a partner beside its cards.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct PartnerDocument {
    /// Number of the pinned card.
    #[n(0)]
    pub(crate) card: u64,
    /// When it was pinned.
    #[n(1)]
    pub(crate) since: UtcTime,
    /// The alarm that stopped the exchange, until a person decides.
    #[n(2)]
    pub(crate) halted: Option<String>,
}

/// A partner.
#[derive(Debug, Clone)]
pub(crate) struct Partner {
    pub(crate) pinned: Pinned,
    pub(crate) halted: Option<String>,
}

/// An agreement text with the signatures that stand.
#[derive(Debug, Clone)]
pub(crate) struct HeldAgreement {
    pub(crate) agreement: Arc<Agreement>,
    pub(crate) signatures: BTreeMap<PartyId, VerifiedAgreementSignature>,
}

impl HeldAgreement {
    /// When the last signature was made.
    fn signed_at(&self) -> UtcTime {
        let times = self
            .signatures
            .values()
            .map(|signature| signature.signature().time);
        times.max().unwrap_or(UtcTime::from_millis(0))
    }

    pub(crate) fn signed_by_all(&self) -> bool {
        let members = &self.agreement.terms().member;
        members
            .iter()
            .all(|member| self.signatures.contains_key(&member.party))
    }
}

/// Everybody this node knows and everything that was agreed.
#[derive(Debug)]
pub(crate) struct Directory {
    own: VerifiedCard,
    cards: BTreeMap<PartyId, Vec<VerifiedCard>>,
    partners: BTreeMap<PartyId, Partner>,
    agreements: BTreeMap<AgreementHash, HeldAgreement>,
    recoveries: BTreeMap<(ChannelId, PartyId), Recovery>,
    decided: Decisions,
    policies: BTreeMap<PartyId, VerifiedPolicy>,
}

impl Directory {
    pub(crate) async fn load(store: &dyn Store) -> Result<Self, Error> {
        let mut cards: BTreeMap<PartyId, Vec<VerifiedCard>> = BTreeMap::new();
        for document in store.documents(Shelf::CARD, "").await? {
            let card = VerifiedCard::parse(&document.bytes)?;
            cards.entry(card.party().clone()).or_default().push(card);
        }
        let own = own_party(store).await?;
        let newest = cards.get(&own).and_then(|cards| cards.last()).cloned();
        let own = newest.ok_or_else(|| Error::not_found("card of", &own))?;
        let partners = load_partners(store, &cards).await?;
        let mut directory = Self {
            own,
            cards,
            partners,
            agreements: BTreeMap::new(),
            recoveries: recovery::load(store).await?.into_iter().collect(),
            decided: Decisions::new(),
            policies: BTreeMap::new(),
        };
        directory.load_agreements(store).await?;
        directory.load_access(store).await?;
        Ok(directory)
    }

    async fn load_agreements(&mut self, store: &dyn Store) -> Result<(), Error> {
        for document in store.documents(Shelf::AGREEMENT, "").await? {
            let text = String::from_utf8_lossy(&document.bytes);
            let agreement = Arc::new(Agreement::parse(&text)?);
            let held = HeldAgreement {
                agreement,
                signatures: BTreeMap::new(),
            };
            self.agreements.insert(held.agreement.hash(), held);
        }
        for document in store.documents(Shelf::SIGNATURE, "").await? {
            self.add_signature(&document.bytes);
        }
        Ok(())
    }

    /// What was decided here of who opens what, and what everybody published of it.
    async fn load_access(&mut self, store: &dyn Store) -> Result<(), Error> {
        if let Some(document) = store.documents(Shelf::ACCESS, "node").await?.first() {
            self.decided = codec::from_canonical(&document.bytes, MAX_DOCUMENT_BYTES)
                .map_err(passerelle_model::Error::from)?;
        }
        for document in store.documents(Shelf::POLICY, "").await? {
            let party: PartyId = document.key.parse()?;
            let cards: Vec<_> = self.cards(&party).collect();
            // A policy only informs: one that is damaged is published or asked for again.
            match verify_policy(&document.bytes, &cards) {
                Ok(held) => {
                    self.policies.insert(party, held);
                }
                Err(error) => tracing::warn!(%party, code = error.code(), "access policy damaged"),
            }
        }
        Ok(())
    }

    /// For each class, the roles that open it by unit, where that was decided.
    pub(crate) fn decided(&self) -> &Decisions {
        &self.decided
    }

    /// The access policy held of a party, or our own.
    pub(crate) fn policy(&self, party: &PartyId) -> Option<&VerifiedPolicy> {
        self.policies.get(party)
    }

    /// The newest card held of a party that is pinned, or our own.
    pub(crate) fn newest_card(&self, party: &PartyId) -> Option<&VerifiedCard> {
        match party == self.own.party() {
            true => Some(&self.own),
            false => self.partner(party).ok().map(|held| held.pinned.card()),
        }
    }

    /// Signatures of parties that are not paired yet stay in the store and count once they
    /// are.
    fn add_signature(&mut self, bytes: &[u8]) {
        let cards = self.cards.values().filter_map(|cards| cards.last());
        let verified = cards
            .filter_map(|card| verify_agreement_signature(bytes, card).ok())
            .next();
        let Some(verified) = verified else { return };
        let signature = verified.signature();
        if let Some(held) = self.agreements.get_mut(&signature.agreement)
            && verified.covers(&held.agreement).is_ok()
        {
            held.signatures.insert(signature.party.clone(), verified);
        }
    }

    /// While a partner holds more of our journal in a channel than we do, or may, nothing may be
    /// appended to it: it would be a second history.
    pub(crate) fn not_behind(&self, channel: &ChannelId) -> Result<(), Error> {
        let refusal = self
            .recoveries()
            .filter(|((of, _), _)| of == channel)
            .find_map(|((_, party), known)| known.refuses(channel, party));
        refusal.map_or(Ok(()), Err)
    }

    /// What is known of being set back towards a partner in a channel.
    pub(crate) fn recovery(&self, channel: &ChannelId, party: &PartyId) -> Option<&Recovery> {
        self.recoveries.get(&(channel.clone(), party.clone()))
    }

    /// The same of all.
    pub(crate) fn recoveries(&self) -> impl Iterator<Item = (&(ChannelId, PartyId), &Recovery)> {
        self.recoveries.iter()
    }

    pub(crate) fn own(&self) -> &VerifiedCard {
        &self.own
    }

    /// Every card held of a party, oldest first.
    pub(crate) fn cards(&self, party: &PartyId) -> impl Iterator<Item = &VerifiedCard> {
        self.cards.get(party).into_iter().flatten()
    }

    pub(crate) fn partner(&self, party: &PartyId) -> Result<&Partner, Error> {
        self.partners
            .get(party)
            .ok_or_else(|| Error::not_found("partner", party))
    }

    pub(crate) fn partners(&self) -> impl Iterator<Item = (&PartyId, &Partner)> {
        self.partners.iter()
    }

    /// A partner with which exchange may go on now.
    pub(crate) fn active(&self, party: &PartyId, now: UtcTime) -> Result<&Partner, Error> {
        let partner = self.partner(party)?;
        if let Some(alarm) = &partner.halted {
            let message = format!("exchange with {party} is stopped by alarm {alarm}");
            return Err(Error::state("E_PARTNER_HALTED", message));
        }
        partner.pinned.in_force(now)?;
        Ok(partner)
    }

    pub(crate) fn agreements(&self) -> impl Iterator<Item = &HeldAgreement> {
        self.agreements.values()
    }

    pub(crate) fn agreement(&self, hash: &AgreementHash) -> Option<&HeldAgreement> {
        self.agreements.get(hash)
    }

    /// The revision of `channel` under which records are exchanged on `day`: the highest that
    /// all members signed and that has begun. When it ends, the one it replaced does not
    /// come back.
    pub(crate) fn in_force(&self, channel: &ChannelId, day: Day) -> Option<&HeldAgreement> {
        let newest = self.newest(channel, day);
        newest.filter(|held| held.agreement.terms().in_force(day))
    }

    /// The same, ended or not: what was exchanged under it is still stated about, and taken
    /// back. A text that somebody has not signed counts for nothing.
    pub(crate) fn newest(&self, channel: &ChannelId, day: Day) -> Option<&HeldAgreement> {
        self.agreements
            .values()
            .filter(|held| held.agreement.terms().id == *channel)
            .filter(|held| held.signed_by_all() && held.agreement.terms().in_force_from <= day)
            .max_by_key(|held| held.agreement.terms().revision)
    }

    /// The revision under which a record of this kind is released on `day`: what was sent is
    /// taken back after the agreement's end too.
    pub(crate) fn for_release(
        &self,
        kind: Kind,
        channel: &ChannelId,
        day: Day,
    ) -> Option<&HeldAgreement> {
        match kind {
            Kind::Recall => self.newest(channel, day),
            _ => self.in_force(channel, day),
        }
    }

    /// Whether a record under `held`, released at `time`, may still be taken: nothing newer
    /// had been in force, signed by all, for longer than [`GRACE_MILLIS`].
    pub(crate) fn was_current(&self, held: &HeldAgreement, time: UtcTime) -> bool {
        let terms = held.agreement.terms();
        !self.agreements.values().any(|other| {
            let newer = other.agreement.terms();
            let since = other.signed_at().max(newer.in_force_from.start());
            newer.id == terms.id
                && newer.revision > terms.revision
                && other.signed_by_all()
                && since.plus_millis(GRACE_MILLIS) < time
        })
    }

    /// Channels in force on `day`.
    pub(crate) fn channels(&self, day: Day) -> Vec<ChannelId> {
        let mut ids: Vec<ChannelId> = self
            .agreements
            .values()
            .map(|held| held.agreement.terms().id.clone())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| self.in_force(id, day).is_some());
        ids
    }

    /// Channels in force on `day` that stand on that side of the wall.
    pub(crate) fn channels_on(&self, side: Side, day: Day) -> Vec<ChannelId> {
        let mut ids = self.channels(day);
        ids.retain(|id| self.side(id) == side);
        ids
    }

    /// Every channel that was ever signed by all on that side of the wall.
    pub(crate) fn all_channels_on(&self, side: Side) -> BTreeSet<ChannelId> {
        let signed = self.agreements.values().filter(|held| held.signed_by_all());
        let terms = signed.map(|held| held.agreement.terms());
        terms
            .filter(|terms| terms.side == side)
            .map(|terms| terms.id.clone())
            .collect()
    }

    /// On which side of the wall a channel stands: every revision that we sign keeps it.
    pub(crate) fn side(&self, channel: &ChannelId) -> Side {
        let of_channel = self.signed_here().find(|terms| terms.id == *channel);
        of_channel.map_or(Side::default(), |terms| terms.side)
    }

    /// Terms of every agreement that our party signed.
    pub(crate) fn signed_here(&self) -> impl Iterator<Item = &Terms> {
        let own = self.own.party();
        let held = self.agreements.values();
        held.filter(move |held| held.signatures.contains_key(own))
            .map(|held| held.agreement.terms())
    }

    /// The side of each unit of ours that stands in an agreement.
    pub(crate) fn unit_sides(&self) -> Result<BTreeMap<UnitId, Side>, Refusal> {
        firewall::sides(self.own.party(), self.signed_here())
    }

    /// Channels of any signed revision, in force or ended, in which `party` is a member:
    /// what was exchanged before the end must still be receipted after it.
    pub(crate) fn channels_with(&self, party: &PartyId) -> Vec<ChannelId> {
        let mut ids: Vec<ChannelId> = self
            .agreements
            .values()
            .filter(|held| held.signed_by_all())
            .filter(|held| held.agreement.terms().member(party).is_some())
            .map(|held| held.agreement.terms().id.clone())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

async fn own_party(store: &dyn Store) -> Result<PartyId, Error> {
    let documents = store.documents(Shelf::OWN, "party").await?;
    let document = documents
        .first()
        .ok_or_else(|| Error::not_found("node", "in this store"))?;
    Ok(String::from_utf8_lossy(&document.bytes).parse()?)
}

async fn load_partners(
    store: &dyn Store,
    cards: &BTreeMap<PartyId, Vec<VerifiedCard>>,
) -> Result<BTreeMap<PartyId, Partner>, Error> {
    let mut partners = BTreeMap::new();
    for document in store.documents(Shelf::PARTNER, "").await? {
        let party: PartyId = document.key.parse()?;
        let kept: PartnerDocument = codec::from_canonical(&document.bytes, codec::MAX_OBJECT_BYTES)
            .map_err(passerelle_model::Error::from)?;
        let card = cards
            .get(&party)
            .and_then(|cards| cards.iter().find(|card| card.content().number == kept.card))
            .ok_or_else(|| Error::not_found("card of", &party))?;
        let pinned = Pinned::restored(card.clone(), kept.since);
        partners.insert(
            party,
            Partner {
                pinned,
                halted: kept.halted,
            },
        );
    }
    Ok(partners)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_document_is_looked_at() {
        let source = include_str!("directory.rs");
        let kinds = source.matches(": &'static str = \"").count();
        assert_eq!(kinds, Shelf::ALL.len());
    }
}
