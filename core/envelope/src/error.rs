//! What can be wrong with a key, a card, a signature or an envelope.

use passerelle_model::{KeyId, PartyId, Recipient, UnitId};

/// A refusal. Messages name what was refused, never what was inside.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not one of our objects, or not in its one form.
    #[error("{what}: {why}")]
    Malformed {
        /// Which object.
        what: &'static str,
        /// The rule it breaks.
        why: String,
    },
    /// Longer or more than is taken; nothing was decoded.
    #[error("{what}: {found}; at most {limit} are taken")]
    TooLarge {
        /// What is counted.
        what: &'static str,
        /// How many were found.
        found: usize,
        /// How many are taken.
        limit: usize,
    },
    /// A value that the model refuses; carries the model's own code.
    #[error(transparent)]
    Model(#[from] passerelle_model::Error),
    /// The signature does not stand, or stands under the key of another party.
    #[error("the signature does not stand")]
    Signature,
    /// No card at hand has this key, or we no longer hold it.
    #[error("no key at hand has the identifier {0}")]
    UnknownKey(KeyId),
    /// The signed agreement statement speaks about another document or another member key.
    #[error("the signature is not one of this member under this agreement")]
    Agreement,

    /// The keyring does not open: wrong passphrase or key file.
    #[error("wrong passphrase or key file")]
    Passphrase,
    /// The keyring is locked the other way.
    #[error("this keyring is locked with a {needs}")]
    Unlock {
        /// `passphrase` or `key file`.
        needs: &'static str,
    },
    /// The keyring file is damaged, or the keyring cannot do what is asked.
    #[error("keyring: {0}")]
    Keyring(String),
    /// The key file is not 32 bytes of hex.
    #[error("key file: {0}")]
    KeyFile(&'static str),

    /// A key on the card is not a usable public key, or stands in two roles.
    #[error("card: {0}")]
    CardKey(&'static str),
    /// The new card is another party's.
    #[error("this card is {found}'s, not {pinned}'s")]
    CardParty {
        /// The party that is pinned.
        pinned: PartyId,
        /// The party on the new card.
        found: PartyId,
    },
    /// The new card has another root key: only a new confirmation in person may pin it.
    #[error("this card has another root key than the one that was confirmed")]
    CardRoot,
    /// The new card has a lower number.
    #[error("this card has number {found}; number {pinned} is known")]
    CardOlder {
        /// Number that is pinned.
        pinned: u64,
        /// Number of the new card.
        found: u64,
    },
    /// Two cards with one number.
    #[error("two different cards have number {0}")]
    CardFork(u64),
    /// The card's last day has passed.
    #[error("this card has expired")]
    CardExpired,
    /// The card is issued more than a day from now.
    #[error("this card is issued in the future")]
    CardFuture,

    /// The access policy is another party's.
    #[error("this access policy is {found}'s, not {card}'s")]
    PolicyParty {
        /// The party of the card.
        card: PartyId,
        /// The party the policy names.
        found: PartyId,
    },
    /// A unit of the access policy is not on the party's card.
    #[error("the access policy names the unit {0}, which is not on the card")]
    PolicyUnit(UnitId),
    /// The new access policy has a lower number.
    #[error("this access policy has number {found}; number {held} is known")]
    PolicyOlder {
        /// Number that is held.
        held: u64,
        /// Number of the new one.
        found: u64,
    },
    /// Two access policies with one number.
    #[error("two different access policies have number {0}")]
    PolicyFork(u64),
    /// The access policy is issued more than a day from now.
    #[error("this access policy is issued in the future")]
    PolicyFuture,

    /// Nobody to seal to.
    #[error("the list of recipients is empty")]
    RecipientEmpty,
    /// The recipient's party has no card at hand, or no such unit on it.
    #[error("{0} stands on no card at hand")]
    RecipientUnknown(Recipient),
    /// No unit of ours is among the recipients.
    #[error("this envelope is not sealed to us")]
    NotForUs,
    /// A suite this version does not know.
    #[error("sealed with suite {0}, which this version does not know")]
    Suite(u16),
    /// Altered, or sealed under another key.
    #[error("does not open: altered, or sealed under another key")]
    Open,
    /// What was signed names another channel, agreement, sender or recipients than the
    /// envelope: somebody passes on what was not meant for this place.
    #[error("the envelope's {0} is not the one that was signed")]
    Forwarded(&'static str),
    /// The statements are not those under the signed root.
    #[error("the statements are not those that were signed")]
    Statements,

    /// A chunk or file of the wrong length, number or hash.
    #[error("file: {0}")]
    File(&'static str),
    /// Not a backup file, altered, or cut.
    #[error("backup: {0}")]
    Backup(&'static str),
    /// A backup file that another version wrote.
    #[error("this backup was written by another version; restore it with that one")]
    BackupVersion,
    /// Content at rest does not open: altered, moved, or under another store key.
    #[error("stored content does not open")]
    AtRest,
}

impl Error {
    /// Stable code for API, command line and desk.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "E_MALFORMED",
            Self::TooLarge { .. } => "E_TOO_LARGE",
            Self::Model(inner) => inner.code(),
            Self::Signature => "E_SIGNATURE",
            Self::UnknownKey(_) => "E_UNKNOWN_KEY",
            Self::Agreement => "E_AGREEMENT",
            Self::Passphrase => "E_PASSPHRASE",
            Self::Unlock { .. } => "E_UNLOCK",
            Self::Keyring(_) => "E_KEYRING",
            Self::KeyFile(_) => "E_KEY_FILE",
            Self::CardKey(_) => "E_CARD_KEY",
            Self::CardParty { .. } => "E_CARD_PARTY",
            Self::CardRoot => "E_CARD_ROOT",
            Self::CardOlder { .. } => "E_CARD_OLDER",
            Self::CardFork(_) => "E_CARD_FORK",
            Self::CardExpired => "E_CARD_EXPIRED",
            Self::CardFuture => "E_CARD_FUTURE",
            Self::PolicyParty { .. } => "E_POLICY_PARTY",
            Self::PolicyUnit(_) => "E_POLICY_UNIT",
            Self::PolicyOlder { .. } => "E_POLICY_OLDER",
            Self::PolicyFork(_) => "E_POLICY_FORK",
            Self::PolicyFuture => "E_POLICY_FUTURE",
            Self::RecipientEmpty => "E_RECIPIENT_EMPTY",
            Self::RecipientUnknown(_) => "E_RECIPIENT_UNKNOWN",
            Self::NotForUs => "E_NOT_FOR_US",
            Self::Suite(_) => "E_SUITE",
            Self::Open => "E_OPEN",
            Self::Forwarded(_) => "E_FORWARDED",
            Self::Statements => "E_STATEMENTS",
            Self::File(_) => "E_FILE",
            Self::Backup(_) => "E_BACKUP",
            Self::BackupVersion => "E_BACKUP_VERSION",
            Self::AtRest => "E_AT_REST",
        }
    }

    pub(crate) fn malformed(what: &'static str, why: impl ToString) -> Self {
        Self::Malformed {
            what,
            why: why.to_string(),
        }
    }

    /// Refuses more than `limit`, before anything is decoded.
    pub(crate) fn check_size(what: &'static str, found: usize, limit: usize) -> Result<(), Self> {
        if found > limit {
            Err(Self::TooLarge { what, found, limit })
        } else {
            Ok(())
        }
    }
}

impl From<passerelle_model::codec::CodecError> for Error {
    fn from(error: passerelle_model::codec::CodecError) -> Self {
        Self::Model(error.into())
    }
}
