//! Reading the register: newest first, and itself an act.

use passerelle_model::{
    Act, By, Deed, Name, Object, OfficerId, Outcome, PartyId, Reason, RecordId, Role, UtcTime,
};

use crate::{Actor, Error, Node};

/// Acts looked at for one page before it is given as it is.
const MAX_SCANNED: u64 = 20_000;
/// Acts read at a time.
const WINDOW: u64 = 512;

/// Which acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActFilter {
    /// Of this kind.
    pub deed: Option<Deed>,
    /// Ended so.
    pub outcome: Option<Outcome>,
    /// By this person.
    pub officer: Option<OfficerId>,
    /// To this record.
    pub record: Option<(PartyId, RecordId)>,
    /// Naming this rule.
    pub code: Option<String>,
    /// Transfers on this ground.
    pub ground: Option<passerelle_model::Ground>,
    /// Not before.
    pub from: Option<UtcTime>,
    /// Before.
    pub until: Option<UtcTime>,
}

/// One act with its place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ActLine {
    /// Position in the register.
    pub index: u64,
    /// The act; absent where its content was erased at the end of its retention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
}

/// A page of acts, newest first.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ActPage {
    /// The acts.
    pub lines: Vec<ActLine>,
    /// Where the next page begins; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
    /// How many acts there are in all.
    pub size: u64,
}

impl ActFilter {
    fn fits(&self, act: &Act) -> bool {
        let by = match (&self.officer, &act.by) {
            (Some(wanted), By::Person { officer, .. }) => wanted == officer,
            (Some(_), _) => false,
            (None, _) => true,
        };
        let object = match (&self.record, &act.object) {
            (
                Some((party, record)),
                Object::Record {
                    party: p,
                    record: r,
                },
            ) => (party, record) == (p, r),
            (Some(_), _) => false,
            (None, _) => true,
        };
        let code = |wanted: &String| act.codes.iter().any(|code| code.as_str() == wanted);
        by && object
            && self.deed.is_none_or(|deed| deed == act.deed)
            && self.outcome.is_none_or(|outcome| outcome == act.outcome)
            && self.ground.is_none_or(|ground| act.ground == Some(ground))
            && self.code.as_ref().is_none_or(code)
            && self.from.is_none_or(|from| act.time >= from)
            && self.until.is_none_or(|until| act.time < until)
    }

    fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

impl Node {
    /// A page of the register for a data-protection officer: `why` is asked before anything
    /// shows, and the reading is entered first.
    pub async fn acts(
        &self,
        actor: &Actor,
        why: Reason,
        filter: &ActFilter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<ActPage, Error> {
        self.may_read_register(actor, Deed::ReadRegister, why)
            .await?;
        self.act_page(filter, before, limit).await
    }

    /// Enters the reading, or its refusal.
    pub(crate) async fn may_read_register(
        &self,
        actor: &Actor,
        deed: Deed,
        why: Reason,
    ) -> Result<(), Error> {
        let object = Object::Thing {
            kind: super::REGISTER.parse()?,
            name: super::REGISTER.parse::<Name>()?,
        };
        let act = Act::new(deed, self.now(), actor.by(), object).because(Some(why));
        if actor.is(Role::DataProtection) {
            self.enter(act).await.map(|_| ())
        } else {
            let error = Error::state(
                "E_LOG_PURPOSE",
                "the register is read by the \
                data-protection officer only",
            );
            self.enter(act.refused(super::codes(&error))).await?;
            Err(error)
        }
    }

    /// A page without entering anything: for the command line, which enters by itself.
    pub(crate) async fn act_page(
        &self,
        filter: &ActFilter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<ActPage, Error> {
        let size = self.register_size().await?;
        let limit = limit.clamp(1, passerelle_store::MAX_PAGE);
        let (mut lines, mut end) = (Vec::new(), before.unwrap_or(size).min(size));
        let floor = end.saturating_sub(MAX_SCANNED);
        while end > floor && lines.len() < limit {
            let start = end.saturating_sub(WINDOW).max(floor);
            let window = self.window(start..end).await?;
            for line in window.into_iter().rev() {
                end = line.index;
                let fits = line
                    .act
                    .as_ref()
                    .map_or(filter.is_open(), |act| filter.fits(act));
                if fits {
                    lines.push(line);
                }
                if lines.len() == limit {
                    break;
                }
            }
        }
        Ok(ActPage {
            lines,
            next: (end > 0).then_some(end),
            size,
        })
    }

    async fn window(&self, range: std::ops::Range<u64>) -> Result<Vec<ActLine>, Error> {
        let journal = self.register_journal();
        let (mut lines, mut start) = (Vec::new(), range.start);
        while start < range.end {
            let entries = self
                .store
                .entries(&journal, start..range.end, 4 << 20)
                .await?;
            let Some(last) = entries.last() else { break };
            start = last.index + 1;
            for entry in &entries {
                lines.push(ActLine {
                    index: entry.index,
                    act: self.opened_act(entry)?.map(|(_, act)| act),
                });
            }
        }
        Ok(lines)
    }
}
