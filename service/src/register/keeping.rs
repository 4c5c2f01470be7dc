//! Taking the register out as an audit package, and erasing what its retention has ended.

use std::collections::BTreeSet;
use std::ops::Range;

use passerelle_envelope::VerifiedCard;
use passerelle_exchange::audit::{
    MAX_PACKAGE_ACTS, MAX_PACKAGE_HEADS, Package, Packed, PackedHead, RegisterProven,
    verify_register,
};
use passerelle_journal::merkle::Plan;
use passerelle_journal::{Hash, SignedCheckpoint};
use passerelle_model::{
    Act, By, Day, Deed, Ground, Object, Outcome, Reason, RegisterPurpose, StableCode,
};
use passerelle_rules::Rule;
use passerelle_rules::log::may_erase;
use passerelle_store::{Commit, Entry, Erasure, Held};

use super::ActFilter;
use crate::{Actor, Error, Node};

/// Entries that one step of erasing or exporting reads.
const STEP: u64 = 4096;

/// The newest acts of a register of `size` that one package holds.
fn newest(size: u64) -> Range<u64> {
    size.saturating_sub(MAX_PACKAGE_ACTS as u64)..size
}

impl Node {
    /// The acts of `range` (at most [`MAX_PACKAGE_ACTS`]) as an audit package: one text that
    /// verifies offline. Taking it is entered first.
    ///
    /// # Errors
    /// `E_LOG_UNAVAILABLE`; `E_REGISTER_RANGE` for no act or too many.
    pub async fn export_register(
        &self,
        range: Range<u64>,
        by: By,
        purpose: RegisterPurpose,
    ) -> Result<String, Error> {
        self.packaged(range, by, (purpose, None)).await
    }

    /// The same for a person charged with the register, who says why.
    ///
    /// # Errors
    /// `E_LOG_PURPOSE` for anybody else, which is entered; as [`Node::export_register`].
    pub async fn export_register_for(
        &self,
        actor: &Actor,
        range: Range<u64>,
        (purpose, why): (RegisterPurpose, Reason),
    ) -> Result<String, Error> {
        self.charged_with_register(actor, Deed::ExportRegister, &why)
            .await?;
        self.packaged(range, actor.by(), (purpose, Some(why))).await
    }

    /// The range of the newest acts that one package holds: every act until there are more than
    /// [`MAX_PACKAGE_ACTS`].
    ///
    /// # Errors
    /// Of the store.
    pub async fn newest_package(&self) -> Result<Range<u64>, Error> {
        let size = self.register_size().await?;
        Ok(newest(size))
    }

    async fn packaged(
        &self,
        range: Range<u64>,
        by: By,
        (purpose, why): (RegisterPurpose, Option<Reason>),
    ) -> Result<String, Error> {
        let journal = self.register.writer.journal.clone();
        let size = self.journal_state(&journal).await?.size;
        let range = range.start..range.end.min(size);
        let count = range.end.saturating_sub(range.start);
        if count == 0 || count > MAX_PACKAGE_ACTS as u64 {
            let message = format!("a package has 1 to {MAX_PACKAGE_ACTS} acts of {size}");
            return Err(Error::state("E_REGISTER_RANGE", message));
        }
        let act = Act {
            purpose: Some(purpose.as_str().parse()?),
            count: Some(count),
            why,
            ..Act::new(Deed::ExportRegister, self.now(), by, Object::Node)
        };
        self.enter(act).await?;
        self.verified_package(range, None).await
    }

    /// The register of transfers under own assessment or derogation (Directive (EU) 2016/680,
    /// Articles 37(3) and 38(3)) as an audit package for the authority: of every other act
    /// between the first and the last of them it holds the leaf and nothing more. `days` are the
    /// first day and the day after the last.
    ///
    /// # Errors
    /// `E_LOG_UNAVAILABLE`; `E_REGISTER_RANGE` where there is no such transfer, or too many acts
    /// stand between them.
    pub async fn export_transfers(
        &self,
        by: By,
        (purpose, why): (RegisterPurpose, Option<Reason>),
        days: (Option<Day>, Option<Day>),
    ) -> Result<String, Error> {
        let transfers = self.documented_transfers(days).await?;
        let start = transfers.first().copied().unwrap_or_default();
        let end = transfers.last().map_or(0, |last| last + 1);
        if transfers.is_empty() || end - start > MAX_PACKAGE_ACTS as u64 {
            let message = format!(
                "{} transfers under assessment or derogation among {} acts: choose other days",
                transfers.len(),
                end - start
            );
            return Err(Error::state("E_REGISTER_RANGE", message));
        }
        let act = Act {
            purpose: Some(purpose.as_str().parse()?),
            count: Some(transfers.len() as u64),
            codes: vec![StableCode::of(Rule::Derogation.code())],
            why,
            ..Act::new(Deed::ExportRegister, self.now(), by, Object::Node)
        };
        self.enter(act).await?;
        self.verified_package(start..end, Some(&transfers)).await
    }

    /// The same for a person charged with the register, who says why.
    ///
    /// # Errors
    /// `E_LOG_PURPOSE` for anybody else, which is entered; as [`Node::export_transfers`].
    pub async fn export_transfers_for(
        &self,
        actor: &Actor,
        (purpose, why): (RegisterPurpose, Reason),
        days: (Option<Day>, Option<Day>),
    ) -> Result<String, Error> {
        self.charged_with_register(actor, Deed::ExportRegister, &why)
            .await?;
        self.export_transfers(actor.by(), (purpose, Some(why)), days)
            .await
    }

    async fn documented_transfers(
        &self,
        (from, until): (Option<Day>, Option<Day>),
    ) -> Result<BTreeSet<u64>, Error> {
        let mut found = BTreeSet::new();
        for ground in [Ground::Assessment, Ground::Derogation] {
            let filter = ActFilter {
                deed: Some(Deed::Transfer),
                outcome: Some(Outcome::Done),
                ground: Some(ground),
                from: from.map(Day::start),
                until: until.map(Day::start),
                ..ActFilter::default()
            };
            found.extend(self.indices_of(&filter).await?);
        }
        Ok(found)
    }

    async fn verified_package(
        &self,
        range: Range<u64>,
        only: Option<&BTreeSet<u64>>,
    ) -> Result<String, Error> {
        let package = self.package(range, only).await?;
        let partners: Vec<VerifiedCard> = self
            .directory()
            .partners()
            .map(|(_, partner)| partner.pinned.card().clone())
            .collect();
        package.verify(self.directory().own(), &partners)?;
        Ok(package.to_string())
    }

    /// Verifies an audit package; needs no node. The first card is that of the register's
    /// party, the others those of its partners.
    pub fn verify_register(package: &str, cards: &[&[u8]]) -> Result<RegisterProven, Error> {
        let cards = cards
            .iter()
            .map(|card| VerifiedCard::parse(card))
            .collect::<Result<Vec<_>, _>>()?;
        let (own, partners) = cards
            .split_first()
            .ok_or_else(|| Error::state("E_CARD", "give the card of the register's party"))?;
        Ok(verify_register(package, own, partners)?)
    }

    async fn package(
        &self,
        range: Range<u64>,
        only: Option<&BTreeSet<u64>>,
    ) -> Result<Package, Error> {
        let journal = &self.register.writer.journal;
        let mut acts = Vec::new();
        let mut start = range.start;
        while start < range.end {
            let end = range.end.min(start + STEP);
            for entry in self.act_entries(start..end).await? {
                let given = only.is_none_or(|only| only.contains(&entry.index));
                acts.push(self.packed(entry, given)?);
            }
            start = end;
        }
        let peaks = self
            .subtrees(journal, &passerelle_journal::Frontier::nodes(range.start))
            .await?;
        Ok(Package {
            party: self.party.clone(),
            start: range.start,
            peaks,
            acts,
            heads: self.packed_heads(&range).await?,
            cards: self.package_cards(),
        })
    }

    fn packed(&self, entry: Entry, given: bool) -> Result<Packed, Error> {
        Ok(match self.opened_act(&entry)? {
            Some(_) if !given => Packed::Withheld {
                leaf: entry.commitment,
            },
            Some(opened) => Packed::Held {
                salt: opened.salt,
                act: opened.act.to_bytes(),
            },
            None => Packed::Erased {
                leaf: entry.commitment,
            },
        })
    }

    /// Our own head, and the newest that each partner co-signed over some of the range.
    async fn packed_heads(&self, range: &Range<u64>) -> Result<Vec<PackedHead>, Error> {
        let journal = &self.register.writer.journal;
        let state = self.journal_state(journal).await?;
        let root = Hash::from_bytes(*state.root.as_bytes());
        let own = self.checkpoint(&journal.channel, state.size, root)?;
        let mut heads = vec![self.packed_head(range.end, own).await?];
        for (party, _) in self.directory().partners().take(MAX_PACKAGE_HEADS - 1) {
            let Some(row) = self.store.last_cosigned(journal, party).await? else {
                continue;
            };
            if row.size > range.start {
                let note = SignedCheckpoint::parse(&String::from_utf8_lossy(&row.note))?;
                heads.push(self.packed_head(range.end, note).await?);
            }
        }
        Ok(heads)
    }

    async fn packed_head(&self, end: u64, note: SignedCheckpoint) -> Result<PackedHead, Error> {
        let size = note.unverified().size();
        if size <= end {
            let proof = Vec::new();
            return Ok(PackedHead { proof, note });
        }
        let plan = Plan::consistency(end, size)?;
        let journal = &self.register.writer.journal;
        let hashes = self.subtrees(journal, plan.reads()).await?;
        let proof = plan.assemble(&hashes)?;
        Ok(PackedHead { proof, note })
    }

    /// Every card of ours and of the partners, oldest first within a party: keys that were
    /// replaced since are there too.
    fn package_cards(&self) -> Vec<VerifiedCard> {
        let directory = self.directory();
        let parties = directory.partners().map(|(party, _)| party);
        let everyone = std::iter::once(&self.party).chain(parties);
        let mut cards: Vec<VerifiedCard> = everyone
            .flat_map(|party| {
                let held: Vec<_> = directory.cards(party).cloned().collect();
                let newest = held.into_iter().rev().take(8).collect::<Vec<_>>();
                newest.into_iter().rev()
            })
            .collect();
        cards.truncate(MAX_PACKAGE_HEADS);
        cards
    }

    /// Erases the content of the oldest acts, up to the first that was not kept for `days`
    /// yet: leaves, heads and packages stay valid. Each step of it is entered as an act of the
    /// node. Returns how many acts were erased.
    ///
    /// # Errors
    /// `E_STORE` and the like; what was erased before stays erased.
    pub async fn erase_old_acts(&self, days: u32, today: Day) -> Result<u64, Error> {
        let day = today.minus_days(days);
        let size = self
            .journal_state(&self.register.writer.journal)
            .await?
            .size;
        let mut start = self.first_held(size).await?;
        let (mut erased, mut more) = (0, true);
        while start < size && more {
            let end = size.min(start + STEP);
            let mut doomed = Vec::new();
            for entry in self.act_entries(start..end).await? {
                match &entry.held {
                    Held::Content { time, .. } if may_erase(time.day(), days, today).is_ok() => {
                        doomed.push(entry);
                    }
                    Held::Content { .. } => {
                        more = false;
                        break;
                    }
                    Held::Erased { .. } | Held::LeafOnly => {}
                }
            }
            erased += self.erase_acts(day, &doomed).await?;
            start = end;
        }
        Ok(erased)
    }

    /// The oldest act whose content is held: what was erased before stands in front of it.
    async fn first_held(&self, size: u64) -> Result<u64, Error> {
        let (mut low, mut high) = (0, size);
        while low < high {
            let middle = low + (high - low) / 2;
            let entries = self.act_entries(middle..middle + 1).await?;
            match entries.first().map(|entry| &entry.held) {
                Some(Held::Erased { .. }) => low = middle + 1,
                _ => high = middle,
            }
        }
        Ok(low)
    }

    async fn erase_acts(&self, day: Day, doomed: &[Entry]) -> Result<u64, Error> {
        if doomed.is_empty() {
            return Ok(0);
        }
        let (journal, at) = (&self.register.writer.journal, self.now());
        let mut commit = Commit::default();
        for entry in doomed {
            commit.erasures.push(Erasure {
                journal: journal.clone(),
                index: entry.index,
                at,
            });
            // What does not open any more is not found by anything either.
            if let Ok(Some(opened)) = self.opened_act(entry) {
                commit
                    .puts
                    .extend(self.index_puts(entry.index, &opened.act, false));
            }
        }
        let count = doomed.len() as u64;
        let object = Object::Thing {
            kind: "register".parse()?,
            name: format!("before {day}").parse()?,
        };
        let act = Act {
            count: Some(count),
            ..Act::new(Deed::Erase, at, By::Node, object)
        };
        self.commit_with_acts(commit, vec![act]).await?;
        crate::steps::at("register.erased");
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_of_any_size_has_a_newest_package() {
        let most = MAX_PACKAGE_ACTS as u64;
        assert_eq!(newest(0), 0..0);
        assert_eq!(newest(most), 0..most);
        assert_eq!(newest(most + 7), 7..most + 7);
    }
}
