//! The audit package: consecutive acts of a register in one text file, which proves offline,
//! to anyone who trusts the cards, that these acts stood in the register when partners
//! co-signed it.
//!
//! ```text
//! passerelle register v1
//! party ma.interior
//! start 1200
//! peaks <hashes of the tree before the first act, hex, in one line; "-" from the beginning>
//!
//! act <salt, hex> <the act, base64 of its CBOR>
//! erased <leaf, hex>
//! withheld <leaf, hex>                    in a selection: held, and not shown
//! …
//! -----BEGIN REGISTER HEAD-----
//! proof <consistency proof from the last act to this head, hex; "-" where none is needed>
//! <signed checkpoint: the register's own first, then one for each partner, co-signed>
//! -----END REGISTER HEAD-----
//! -----BEGIN PASSERELLE CARD-----        the cards whose keys are used
//! -----END PASSERELLE CARD-----
//! ```
//!
//! There is one way to write a package, as there is for a receipt.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use passerelle_envelope::VerifiedCard;
use passerelle_journal::merkle::{self, MAX_PROOF_HASHES};
use passerelle_journal::{
    Commitment, EnvelopeHash, Frontier, Hash, Salt, SignedCheckpoint, VerifiedCheckpoint,
};
use passerelle_model::{Act, Digest, MAX_ACT_BYTES, PartyId, UtcTime, hex};

use crate::Error;
use crate::names::{register_key, register_origin, witness_key};
use crate::receipt::{block, blocks, field, parse_card, wrapped};

/// Most acts of one package; a longer register is exported in several.
pub const MAX_PACKAGE_ACTS: usize = 100_000;
/// Largest package, in bytes (256 MiB).
pub const MAX_PACKAGE_BYTES: usize = 256 * 1024 * 1024;
/// Most heads of one package, and most cards.
pub const MAX_PACKAGE_HEADS: usize = 256;

const TITLE: &str = "passerelle register v1\n";
const HEAD: &str = "REGISTER HEAD";
const CARD: &str = "PASSERELLE CARD";
const NONE: &str = "-";

/// A package as written; what it proves, [`Package::verify`] says.
#[derive(Debug, Clone)]
pub struct Package {
    /// Whose register.
    pub party: PartyId,
    /// Index of the first act.
    pub start: u64,
    /// The right edge of the tree before it.
    pub peaks: Vec<Hash>,
    /// The acts.
    pub acts: Vec<Packed>,
    /// The register's own head, then what each partner co-signed, sorted by partner.
    pub heads: Vec<PackedHead>,
    /// Cards whose keys are used.
    pub cards: Vec<VerifiedCard>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Packed {
    /// What opens its leaf.
    Held {
        /// The salt.
        salt: Salt,
        /// The act, exactly as the leaf commits to it.
        act: Vec<u8>,
    },
    /// Its content was erased under its own retention; the leaf stays.
    Erased {
        /// The leaf.
        leaf: Digest,
    },
    /// Its content is held and not part of what was asked for: a selection shows the leaf only.
    Withheld {
        /// The leaf.
        leaf: Digest,
    },
}

/// A signed head that covers acts of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedHead {
    /// From the end of the package to this head; empty for a head within it.
    pub proof: Vec<Hash>,
    /// The checkpoint.
    pub note: SignedCheckpoint,
}

/// What a package proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterProven {
    /// Whose register.
    pub party: PartyId,
    /// Size of the register when it was exported.
    pub size: u64,
    /// Each act with its index; none where its content is erased or withheld.
    pub acts: Vec<(u64, Option<Act>)>,
    /// How many of them are withheld: 0 in a whole package, and not 0 in a selection.
    pub withheld: u64,
    /// Who watches: each partner with the size it co-signed and when, by its clock. Acts
    /// beyond the largest of these rest on the word of the register's keeper alone.
    pub cosigned: Vec<(PartyId, u64, UtcTime)>,
}

/// Reads and checks a package, offline. `own` is the card of the register's party that the
/// verifier trusts, `partners` the cards of those who co-signed.
///
/// # Errors
/// `E_REGISTER` with the reason.
pub fn verify_register(
    text: &str,
    own: &VerifiedCard,
    partners: &[VerifiedCard],
) -> Result<RegisterProven, Error> {
    Package::parse(text)?.verify(own, partners)
}

impl Package {
    /// Reads the written form.
    ///
    /// # Errors
    /// `E_TOO_LARGE`, `E_REGISTER`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        within("package bytes", text.len(), MAX_PACKAGE_BYTES)?;
        let package = Self::read(text).map_err(as_package)?;
        match package.to_string() == text {
            true => Ok(package),
            false => Err(bad("not in its one written form")),
        }
    }

    fn read(text: &str) -> Result<Self, Error> {
        let mut rest = text
            .strip_prefix(TITLE)
            .ok_or_else(|| bad("not a register"))?;
        let party = field(&mut rest, "party")?.parse()?;
        let start = field(&mut rest, "start")?
            .parse()
            .map_err(|_| bad("the line \"start\" is not a number"))?;
        let peaks = hashes(field(&mut rest, "peaks")?)?;
        let acts = acts(&mut rest)?;
        let heads = blocks(&mut rest, HEAD, MAX_PACKAGE_HEADS)?
            .into_iter()
            .map(parse_head)
            .collect::<Result<_, _>>()?;
        let cards = blocks(&mut rest, CARD, MAX_PACKAGE_HEADS)?
            .into_iter()
            .map(parse_card)
            .collect::<Result<_, _>>()?;
        Ok(Self {
            party,
            start,
            peaks,
            acts,
            heads,
            cards,
        })
    }

    /// Checks everything, offline; see [`verify_register`].
    ///
    /// # Errors
    /// `E_REGISTER` with the reason.
    pub fn verify(
        &self,
        own: &VerifiedCard,
        partners: &[VerifiedCard],
    ) -> Result<RegisterProven, Error> {
        self.check_cards(own, partners)?;
        let acts = self.opened()?;
        let roots = self.roots()?;
        let (first, others) = self.heads.split_first().ok_or_else(|| bad("has no head"))?;
        let own_head = self.verify_head(first, &roots, 1)?;
        if own_head.size() < self.end() {
            return Err(bad("the register's own head does not cover every act"));
        }
        let mut cosigned: Vec<(PartyId, u64, UtcTime)> = Vec::new();
        for head in others {
            let verified = self.verify_head(head, &roots, 2)?;
            let (by, time) = self.cosigner(&verified)?;
            if cosigned.last().is_some_and(|(before, ..)| *before >= by) {
                return Err(bad("heads are not in order, or one partner stands twice"));
            }
            cosigned.push((by, verified.size(), time));
        }
        Ok(RegisterProven {
            party: self.party.clone(),
            size: own_head.size(),
            acts,
            withheld: self.withheld(),
            cosigned,
        })
    }

    fn withheld(&self) -> u64 {
        let withheld = |packed: &&Packed| matches!(packed, Packed::Withheld { .. });
        self.acts.iter().filter(withheld).count() as u64
    }

    fn end(&self) -> u64 {
        self.start.saturating_add(self.acts.len() as u64)
    }

    fn check_cards(&self, own: &VerifiedCard, partners: &[VerifiedCard]) -> Result<(), Error> {
        if *own.party() != self.party {
            let (party, given) = (&self.party, own.party());
            return Err(bad(&format!(
                "the register is of {party}, the card given is of {given}"
            )));
        }
        for card in &self.cards {
            let mut trusted = partners.iter().chain([own]);
            let same = |held: &VerifiedCard| {
                held.party() == card.party() && held.content().root == card.content().root
            };
            if !trusted.any(same) {
                let party = card.party();
                return Err(bad(&format!(
                    "holds a card of {party} that is not trusted here"
                )));
            }
        }
        let place = |card: &VerifiedCard| {
            let other = *card.party() != self.party;
            (other, card.party().clone(), card.content().number)
        };
        match self.cards.is_sorted_by(|a, b| place(a) < place(b)) {
            true => Ok(()),
            false => Err(bad("cards are not in order, or one stands twice")),
        }
    }

    /// Retention erases the oldest acts first: nothing is missing after one that is held.
    fn opened(&self) -> Result<Vec<(u64, Option<Act>)>, Error> {
        let erased = |packed: &Packed| matches!(packed, Packed::Erased { .. });
        let mut held = self.acts.iter().skip_while(|packed| erased(packed));
        if held.any(erased) {
            return Err(bad("an act was erased out of turn"));
        }
        let opened = |(index, packed): (u64, &Packed)| match packed {
            Packed::Erased { .. } | Packed::Withheld { .. } => Ok((index, None)),
            Packed::Held { act, .. } => match Act::from_bytes(act) {
                Ok(act) => Ok((index, Some(act))),
                Err(error) => Err(bad(&format!("act {index}: {error}"))),
            },
        };
        (self.start..).zip(&self.acts).map(opened).collect()
    }

    /// The root of the register at each size of a head within the package, and at its end.
    fn roots(&self) -> Result<BTreeMap<u64, Hash>, Error> {
        if self.acts.is_empty() {
            return Err(bad("has no act"));
        }
        let wanted: Vec<u64> = self
            .heads
            .iter()
            .map(|head| head.note.unverified().size())
            .collect();
        let mut frontier = Frontier::from_peaks(self.start, self.peaks.clone())
            .map_err(|_| bad("the peaks do not fit the start"))?;
        let mut roots = BTreeMap::new();
        for packed in &self.acts {
            frontier.append(packed.leaf())?;
            if wanted.contains(&frontier.size()) || frontier.size() == self.end() {
                roots.insert(frontier.size(), frontier.root());
            }
        }
        Ok(roots)
    }

    /// A head stands on these acts: it is within the package, or continues it. Nobody else
    /// signs it than those who should.
    fn verify_head(
        &self,
        head: &PackedHead,
        roots: &BTreeMap<u64, Hash>,
        signatures: usize,
    ) -> Result<VerifiedCheckpoint, Error> {
        let names = head.note.signatures();
        let origin = register_origin(&self.party)?;
        if names.len() != signatures || names.first().is_none_or(|line| *line.name() != origin) {
            return Err(bad("a head is not signed by exactly those who should"));
        }
        let verified = self.signed_by_own(&head.note)?;
        let (size, end) = (verified.size(), self.end());
        let stands = match roots.get(&size) {
            Some(root) => head.proof.is_empty() && root == verified.root(),
            None => roots.get(&end).is_some_and(|root| {
                merkle::verify_consistency(end, root, size, verified.root(), &head.proof).is_ok()
            }),
        };
        match stands {
            true => Ok(verified),
            false => Err(bad("the acts are not those under a signed head")),
        }
    }

    fn signed_by_own(&self, note: &SignedCheckpoint) -> Result<VerifiedCheckpoint, Error> {
        let mut refused = bad("holds no card of the register's party");
        for card in self.cards.iter().filter(|card| *card.party() == self.party) {
            match note.verify(&register_key(card.content())?) {
                Ok(verified) => return Ok(verified),
                Err(error) => refused = bad(&error.to_string()),
            }
        }
        Err(refused)
    }

    fn cosigner(&self, head: &VerifiedCheckpoint) -> Result<(PartyId, UtcTime), Error> {
        for card in self.cards.iter().filter(|card| *card.party() != self.party) {
            if let Ok(given) = witness_key(card.content())?.verify_in(head) {
                let time = UtcTime::from_millis(given.time_s().saturating_mul(1000));
                return Ok((card.party().clone(), time));
            }
        }
        Err(bad("a co-signature is by nobody whose card is here"))
    }
}

impl Packed {
    fn leaf(&self) -> Hash {
        match self {
            Self::Held { salt, act } => Commitment::new(salt, &EnvelopeHash::of(act)).leaf_hash(),
            Self::Erased { leaf } | Self::Withheld { leaf } => merkle::leaf_hash(leaf.as_bytes()),
        }
    }
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(TITLE)?;
        writeln!(f, "party {}\nstart {}", self.party, self.start)?;
        writeln!(f, "peaks {}\n", line(&self.peaks))?;
        for packed in &self.acts {
            match packed {
                Packed::Held { salt, act } => {
                    let salt = hex::encode(salt.as_bytes());
                    writeln!(f, "act {salt} {}", STANDARD.encode(act))?;
                }
                Packed::Erased { leaf } => writeln!(f, "erased {leaf}")?,
                Packed::Withheld { leaf } => writeln!(f, "withheld {leaf}")?,
            }
        }
        for head in &self.heads {
            let body = format!("proof {}\n{}", line(&head.proof), head.note);
            block(f, HEAD, &body)?;
        }
        for card in &self.cards {
            block(f, CARD, &wrapped(card.bytes()))?;
        }
        Ok(())
    }
}

fn acts(rest: &mut &str) -> Result<Vec<Packed>, Error> {
    let mut acts = Vec::new();
    while let Some((line, after)) = rest.split_once('\n') {
        let packed = match line.split_once(' ') {
            Some(("act", held)) => held_act(held)?,
            Some(("erased", leaf)) => Packed::Erased {
                leaf: leaf.parse()?,
            },
            Some(("withheld", leaf)) => Packed::Withheld {
                leaf: leaf.parse()?,
            },
            _ => break,
        };
        within("acts of a package", acts.len() + 1, MAX_PACKAGE_ACTS)?;
        acts.push(packed);
        *rest = after;
    }
    Ok(acts)
}

fn held_act(text: &str) -> Result<Packed, Error> {
    let (salt, act) = text.split_once(' ').ok_or_else(|| bad("is cut"))?;
    within("act bytes", act.len() / 4 * 3, MAX_ACT_BYTES)?;
    let salt: Digest = salt.parse()?;
    Ok(Packed::Held {
        salt: Salt::from_bytes(*salt.as_bytes()),
        act: STANDARD
            .decode(act)
            .map_err(|_| bad("an act is not base64"))?,
    })
}

fn parse_head(body: &str) -> Result<PackedHead, Error> {
    let (first, note) = body.split_once('\n').ok_or_else(|| bad("is cut"))?;
    let proof = first
        .strip_prefix("proof ")
        .ok_or_else(|| bad("the line \"proof\" is missing"))?;
    Ok(PackedHead {
        proof: hashes(proof)?,
        note: SignedCheckpoint::parse(note)?,
    })
}

/// Hashes in one line, at most [`MAX_PROOF_HASHES`].
fn hashes(text: &str) -> Result<Vec<Hash>, Error> {
    if text == NONE {
        return Ok(Vec::new());
    }
    within("hashes", text.len() / 65, MAX_PROOF_HASHES)?;
    text.split(' ')
        .map(|hash| Ok(Hash::from_bytes(*hash.parse::<Digest>()?.as_bytes())))
        .collect()
}

fn line(hashes: &[Hash]) -> String {
    if hashes.is_empty() {
        return NONE.to_owned();
    }
    let mut out = String::with_capacity(hashes.len() * 65);
    for hash in hashes {
        let space = if out.is_empty() { "" } else { " " };
        let _ = write!(out, "{space}{}", hex::encode(hash.as_bytes()));
    }
    out
}

fn within(what: &'static str, found: usize, limit: usize) -> Result<(), Error> {
    crate::message::limit(what, found, limit)
}

/// The texts of receipts and packages are read by the same hands.
fn as_package(error: Error) -> Error {
    match error {
        Error::Receipt(why) => Error::Package(why),
        Error::Limit { .. } | Error::Package(_) => error,
        other => Error::Package(other.to_string()),
    }
}

fn bad(why: &str) -> Error {
    Error::Package(why.to_owned())
}
