//! Names of journals and witnesses, as they stand in checkpoints and co-signatures.

use passerelle_journal::{KeyName, LogKey, WitnessKey};
use passerelle_model::{CardContent, ChannelId, PartyId};

use crate::Error;

/// Origin line of the journal of `party` in `channel`: `passerelle/journal/<channel>/<party>`.
pub fn journal_origin(channel: &ChannelId, party: &PartyId) -> Result<KeyName, Error> {
    Ok(KeyName::parse(&format!(
        "passerelle/journal/{channel}/{party}"
    ))?)
}

/// Origin line of the register of `party`: `passerelle/register/<party>`.
pub fn register_origin(party: &PartyId) -> Result<KeyName, Error> {
    Ok(KeyName::parse(&format!("passerelle/register/{party}"))?)
}

/// The key that signs checkpoints of the register of the card's party.
pub fn register_key(card: &CardContent) -> Result<LogKey, Error> {
    Ok(LogKey::new(
        register_origin(&card.party)?,
        card.journal_key.as_bytes(),
    )?)
}

/// Name of a party as witness: `passerelle/witness/<party>`.
pub fn witness_name(party: &PartyId) -> Result<KeyName, Error> {
    Ok(KeyName::parse(&format!("passerelle/witness/{party}"))?)
}

/// The key that signs checkpoints of the card's party in `channel`.
pub fn journal_key(card: &CardContent, channel: &ChannelId) -> Result<LogKey, Error> {
    Ok(LogKey::new(
        journal_origin(channel, &card.party)?,
        card.journal_key.as_bytes(),
    )?)
}

/// The key with which the card's party co-signs.
pub fn witness_key(card: &CardContent) -> Result<WitnessKey, Error> {
    Ok(WitnessKey::new(
        witness_name(&card.party)?,
        card.witness_key.as_bytes(),
    )?)
}
