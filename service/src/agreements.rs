//! Agreements: write, propose, sign, exchange, compare.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use passerelle_envelope::{AgreementSignature, sign_agreement};
use passerelle_exchange::message::{Bundle, Bundles, MAX_BUNDLES, Message as _};
use passerelle_model::{
    Agreement, AgreementHash, Change, ChannelId, Lang, PartyId, Side, Terms, UnitId, UtcTime, diff,
};
use passerelle_rules::firewall;
use passerelle_store::Put;

use crate::directory::{HeldAgreement, Shelf};
use crate::register::REGISTER;
use crate::view::AgreementView;
use crate::{Error, Node};

const BEGIN: &str = "-----BEGIN PASSERELLE AGREEMENT-----\n";
const END: &str = "-----END PASSERELLE AGREEMENT-----\n";
/// Most proposals of one channel that are kept while nobody signs.
const MAX_REVISIONS: usize = 256;
/// Most texts of a partner that are kept while we have not signed them.
const MAX_UNSIGNED: usize = 256;

impl Node {
    /// A first text for an agreement about cases with `partner`, to be edited by people.
    pub fn agreement_template(
        &self,
        partner: &PartyId,
        channel: &ChannelId,
    ) -> Result<String, Error> {
        self.agreement_template_on(Side::Cases, partner, channel, &BTreeSet::new())
    }

    /// The same on that side of the wall, for these units of both; for all units of their
    /// cards that are not on the other side here where none is named.
    pub fn agreement_template_on(
        &self,
        side: Side,
        partner: &PartyId,
        channel: &ChannelId,
        units: &BTreeSet<UnitId>,
    ) -> Result<String, Error> {
        let directory = self.directory();
        let cards = [directory.own(), directory.partner(partner)?.pinned.card()];
        let sides = directory.unit_sides()?;
        let fits = |unit: &UnitId| match units.is_empty() {
            true => sides.get(unit).is_none_or(|held| *held == side),
            false => units.contains(unit),
        };
        let today = self.now().day();
        Ok(crate::template::agreement(
            side, channel, &cards, today, &fits,
        ))
    }

    /// Keeps an agreement text; nobody has signed it by that.
    pub async fn propose(&self, text: &str) -> Result<AgreementView, Error> {
        let agreement = Agreement::parse(text)?;
        self.check_wall(&agreement)?;
        self.keep_agreement(&agreement, &[]).await?;
        self.agreement(&agreement.hash()).await
    }

    /// Signs an agreement for our party. A member's root key in the text must be the one of
    /// its pinned card, so that a text cannot name our partner and mean another.
    pub async fn sign_agreement(&self, hash: &AgreementHash) -> Result<AgreementView, Error> {
        let directory = self.directory();
        let held = directory
            .agreement(hash)
            .ok_or_else(|| Error::not_found("agreement", hash))?;
        let agreement = &held.agreement;
        self.check_members(agreement)?;
        self.check_wall(agreement)?;
        self.check_people(agreement).await?;
        let signature = AgreementSignature::new(agreement, self.party.clone(), self.now());
        let signed = sign_agreement(&signature, self.keys().root())?;
        crate::steps::at("agreement.signed");
        self.keep_agreement(agreement, &[(self.party.clone(), signed)])
            .await?;
        self.agreement(hash).await
    }

    fn check_members(&self, agreement: &Agreement) -> Result<(), Error> {
        let directory = self.directory();
        for member in &agreement.terms().member {
            let card = if member.party == self.party {
                directory.own()
            } else {
                directory.partner(&member.party)?.pinned.card()
            };
            if card.content().root != member.root {
                let message = format!(
                    "the root key of {} is not the one on its card",
                    member.party
                );
                return Err(Error::state("E_AGREEMENT_ROOT", message));
            }
            let known = |unit| card.content().unit(unit).is_some();
            if let Some(unit) = member.units.iter().find(|unit| !known(unit)) {
                let message = format!("{} has no unit \"{unit}\" on its card", member.party);
                return Err(Error::state("E_AGREEMENT_UNIT", message));
            }
        }
        match agreement.terms().member(&self.party) {
            Some(_) => Ok(()),
            None => Err(Error::state("E_NOT_MEMBER", "our party is not a member")),
        }
    }

    /// Every revision stays on its side of the wall, and so does every unit of ours.
    fn check_wall(&self, agreement: &Agreement) -> Result<(), Error> {
        let (directory, terms) = (self.directory(), agreement.terms());
        let replaced = terms.replaces.and_then(|hash| directory.agreement(&hash));
        let before = replaced.map(|held| held.agreement.terms());
        let same = directory.signed_here().filter(|held| held.id == terms.id);
        for before in before.into_iter().chain(same) {
            firewall::same_side(before, terms)?;
        }
        let held = directory.signed_here().chain([terms]);
        firewall::sides(&self.party, held)?;
        Ok(())
    }

    /// Nobody would stand on both sides once it is signed.
    async fn check_people(&self, agreement: &Agreement) -> Result<(), Error> {
        let people = self.all_people().await?;
        let directory = self.directory();
        let held = directory.signed_here().chain([agreement.terms()]);
        let sides = firewall::sides(&self.party, held)?;
        for (person, _) in &people {
            firewall::person_on_one_side(&person.units, &sides)?;
        }
        Ok(())
    }

    /// Every agreement, newest revision first within each channel.
    pub async fn agreements(&self) -> Result<Vec<AgreementView>, Error> {
        let directory = self.directory();
        let mut held: Vec<&HeldAgreement> = directory.agreements().collect();
        held.sort_by_key(|held| {
            let terms = held.agreement.terms();
            (
                terms.id.clone(),
                std::cmp::Reverse(terms.revision),
                held.agreement.hash(),
            )
        });
        Ok(held.into_iter().map(|held| self.view_of(held)).collect())
    }

    /// One agreement.
    pub async fn agreement(&self, hash: &AgreementHash) -> Result<AgreementView, Error> {
        let directory = self.directory();
        let held = directory
            .agreement(hash)
            .ok_or_else(|| Error::not_found("agreement", hash))?;
        Ok(self.view_of(held))
    }

    fn view_of(&self, held: &HeldAgreement) -> AgreementView {
        let directory = self.directory();
        let terms = held.agreement.terms();
        let in_force = directory
            .in_force(&terms.id, self.now().day())
            .is_some_and(|active| active.agreement.hash() == held.agreement.hash());
        let before = terms.replaces.and_then(|hash| directory.agreement(&hash));
        let changes = before.map(|before| diff(before.agreement.terms(), terms));
        let signed = held.signatures.values().map(|signature| {
            let said = signature.signature();
            (said.party.clone(), said.time)
        });
        let unsigned = terms.member.iter().map(|member| member.party.clone());
        AgreementView {
            hash: held.agreement.hash(),
            terms: terms.clone(),
            text: held.agreement.text().to_owned(),
            signed: signed.collect::<Vec<(PartyId, UtcTime)>>(),
            missing: unsigned
                .filter(|party| !held.signatures.contains_key(party))
                .collect(),
            in_force,
            changes: changes.unwrap_or_default(),
        }
    }

    /// The text and its signatures as an armoured bundle for the partner.
    pub async fn export_agreement(&self, hash: &AgreementHash) -> Result<String, Error> {
        let directory = self.directory();
        let held = directory
            .agreement(hash)
            .ok_or_else(|| Error::not_found("agreement", hash))?;
        let bytes = Bundles {
            bundles: vec![bundle_of(held)],
        }
        .to_bytes();
        let mut out = String::from(BEGIN);
        let text = STANDARD.encode(bytes);
        for line in text.as_bytes().chunks(64) {
            let _ = writeln!(out, "{}", String::from_utf8_lossy(line));
        }
        out.push_str(END);
        Ok(out)
    }

    /// Takes an agreement: an armoured bundle, or the TOML text alone.
    pub async fn import_agreement(&self, text: &str) -> Result<AgreementView, Error> {
        let Some(body) = text.trim_start().strip_prefix(BEGIN) else {
            return self.propose(text).await;
        };
        let refused = || passerelle_model::Error::Document("not an agreement bundle".to_owned());
        let body = body
            .trim_end()
            .strip_suffix(END.trim_end())
            .ok_or_else(refused)?;
        let joined: String = body.split_whitespace().collect();
        let bytes = STANDARD.decode(joined).map_err(|_| refused())?;
        let bundles = Bundles::from_bytes(&bytes)?;
        let hashes = self.take_bundles(&self.party, &bundles).await?;
        let hash = hashes.first().ok_or_else(refused)?;
        self.agreement(hash).await
    }

    /// Two texts compared.
    pub fn diff_agreements(before: &str, after: &str) -> Result<Vec<Change>, Error> {
        let (before, after) = (Agreement::parse(before)?, Agreement::parse(after)?);
        Ok(diff(before.terms(), after.terms()))
    }

    /// Agreements that concern a partner, newest first, for the wire and for courier files.
    pub(crate) fn bundles_for(&self, party: &PartyId) -> Bundles {
        let directory = self.directory();
        let mut held: Vec<&HeldAgreement> = directory
            .agreements()
            .filter(|held| held.agreement.terms().member(party).is_some())
            .filter(|held| held.signatures.contains_key(&self.party))
            .collect();
        held.sort_by_key(|held| std::cmp::Reverse(held.agreement.terms().revision));
        Bundles {
            bundles: held.into_iter().take(MAX_BUNDLES).map(bundle_of).collect(),
        }
    }

    /// Keeps agreements of `from` and ours, and the signatures on them that stand: all of
    /// them or none.
    pub(crate) async fn take_bundles(
        &self,
        from: &PartyId,
        bundles: &Bundles,
    ) -> Result<Vec<AgreementHash>, Error> {
        let mut read = Vec::new();
        for bundle in &bundles.bundles {
            let agreement = Agreement::parse(&bundle.text)?;
            if [from, &self.party]
                .iter()
                .any(|party| agreement.terms().member(party).is_none())
            {
                return Err(Error::state("E_NOT_MEMBER", "both parties must be members"));
            }
            let signatures = self.standing_signatures(&agreement, bundle);
            read.push((agreement, signatures));
        }
        for (agreement, signatures) in &read {
            self.room_for(from, agreement)?;
            self.keep_agreement(agreement, signatures).await?;
        }
        Ok(read.iter().map(|(agreement, _)| agreement.hash()).collect())
    }

    /// A partner fills neither our store nor what others may propose to us.
    fn room_for(&self, from: &PartyId, agreement: &Agreement) -> Result<(), Error> {
        let directory = self.directory();
        if *from == self.party || directory.agreement(&agreement.hash()).is_some() {
            return Ok(());
        }
        let unsigned = directory.agreements().filter(|held| {
            !held.signatures.contains_key(&self.party)
                && held.agreement.terms().member(from).is_some()
        });
        match unsigned.count() >= MAX_UNSIGNED {
            true => {
                let message = format!("{MAX_UNSIGNED} texts of {from} wait to be signed here");
                Err(Error::state("E_TOO_MANY", message))
            }
            false => Ok(()),
        }
    }

    fn standing_signatures(
        &self,
        agreement: &Agreement,
        bundle: &Bundle,
    ) -> Vec<(PartyId, Vec<u8>)> {
        let directory = self.directory();
        let cards: Vec<_> = agreement
            .terms()
            .member
            .iter()
            .flat_map(|member| directory.cards(&member.party).last())
            .collect();
        let mut standing = Vec::new();
        for signature in &bundle.signatures {
            let verified = cards.iter().find_map(|card| {
                passerelle_envelope::verify_agreement_signature(signature, card).ok()
            });
            if let Some(verified) = verified.filter(|v| v.covers(agreement).is_ok()) {
                let party = verified.signature().party.clone();
                standing.push((party, signature.to_vec()));
            }
        }
        standing
    }

    async fn keep_agreement(
        &self,
        agreement: &Agreement,
        signatures: &[(PartyId, Vec<u8>)],
    ) -> Result<(), Error> {
        let _one_at_a_time = self.changes.lock().await;
        let directory = self.directory();
        let hash = agreement.hash();
        let channel = &agreement.terms().id;
        if channel.as_str() == REGISTER {
            let message = format!("no agreement may be called \"{REGISTER}\"");
            return Err(Error::state("E_CHANNEL_RESERVED", message));
        }
        let held = directory.agreement(&hash);
        let members = |terms: &Terms| {
            let members = terms.member.iter().map(|member| member.party.clone());
            members.collect::<BTreeSet<_>>()
        };
        let ours = members(agreement.terms());
        let same = directory
            .agreements()
            .map(|held| held.agreement.terms())
            .filter(|terms| terms.id == *channel && members(terms) == ours)
            .count();
        if held.is_none() && same >= MAX_REVISIONS {
            let message = format!("{MAX_REVISIONS} texts of \"{channel}\" are kept already");
            return Err(Error::state("E_TOO_MANY", message));
        }
        let mut puts = Vec::new();
        if held.is_none() {
            puts.push(document(
                Shelf::AGREEMENT,
                hash.to_string(),
                agreement.text().as_bytes(),
            ));
        }
        for (party, signature) in signatures {
            // The first signature stands: signing again would only change its time.
            if held.is_none_or(|held| !held.signatures.contains_key(party)) {
                puts.push(document(
                    Shelf::SIGNATURE,
                    format!("{hash}/{party}"),
                    signature,
                ));
            }
        }
        if puts.is_empty() {
            return Ok(());
        }
        self.store.put(puts).await?;
        crate::steps::at("agreement.kept");
        self.refresh().await
    }
}

fn document(kind: &'static str, key: String, bytes: &[u8]) -> Put {
    Put {
        kind,
        key,
        bytes: Some(bytes.to_vec()),
        expected: None,
    }
}

fn bundle_of(held: &HeldAgreement) -> Bundle {
    let signatures = held
        .signatures
        .values()
        .map(|held| held.bytes().to_vec().into());
    Bundle {
        text: held.agreement.text().to_owned(),
        signatures: signatures.collect(),
    }
}

/// The language in which a person without a stated one is addressed.
pub const DEFAULT_LANG: Lang = Lang::En;
