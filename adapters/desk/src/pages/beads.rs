//! The bead line: one bead for each step of a record, with when and why; and what became of
//! its erasure.

use passerelle_model::UtcTime;
use passerelle_service::DraftState;
use passerelle_service::view::{Delivery, Standing};

use crate::answer::rule_sentence;
use crate::frame::Page;
use crate::words;

/// Without contact for this long, a partner counts as unreachable (24 h, in milliseconds).
const UNREACHABLE_MILLIS: u64 = 24 * 3_600_000;

/// One line of beads.
#[derive(Debug, Clone)]
pub(crate) struct BeadLine {
    pub(crate) beads: Vec<Bead>,
    /// In one sentence, where only the beads are drawn.
    pub(crate) label: String,
}

/// One bead. Its form follows its state: `done`, `open`, `wait`, `stop` or `gone`.
#[derive(Debug, Clone)]
pub(crate) struct Bead {
    pub(crate) word: String,
    pub(crate) state: &'static str,
    /// The last one reached: lists show its word.
    pub(crate) now: bool,
    /// When, for people and for machines.
    pub(crate) when: Option<(String, String)>,
    pub(crate) who: Option<String>,
}

/// Steps after release, in their order.
const STEPS: [&str; 4] = ["released", "held", "accepted", "read"];

impl BeadLine {
    /// A draft: written, approved or not, nothing of it outside.
    pub(crate) fn of_draft(p: &Page, state: &DraftState) -> Self {
        let (draft, second) = match state {
            DraftState::Writing => ("wait", None),
            DraftState::ToApprove { .. } => ("done", Some(("to-approve", "wait"))),
            DraftState::Approved(_) => ("done", Some(("approved", "done"))),
            DraftState::Declined(_) => ("done", Some(("declined", "stop"))),
        };
        let (word, state) = second.unwrap_or(("approved", "open"));
        let first = [("draft", draft), (word, state)];
        let rest = STEPS.map(|step| (step, "open"));
        let beads = first.into_iter().chain(rest);
        Self::new(p, beads.map(|(word, state)| bead(p, word, state)).collect())
    }

    /// A record of ours with one partner. `answered` is set where an answer is awaited: when
    /// it came, if it did.
    pub(crate) fn of_delivery(
        p: &Page,
        delivery: &Delivery,
        released: Option<UtcTime>,
        answered: Option<Option<UtcTime>>,
    ) -> Self {
        let partner = p.capital_of(&delivery.party);
        let reached = reached(delivery);
        let time_of = |said: &str| {
            let found = delivery.steps.iter().find(|(held, _)| held == said);
            found.map(|(_, time)| *time)
        };
        let times = [
            released,
            delivery.receipted,
            time_of("accepted"),
            time_of("read"),
        ];
        let steps = STEPS.into_iter().zip(times).enumerate();
        let mut beads: Vec<Bead> = steps
            .map(|(at, (word, time))| {
                let state = if at <= reached { "done" } else { "open" };
                let who = if at == 0 {
                    p.capital.clone()
                } else {
                    partner.clone()
                };
                bead(p, word, state).at(p, time.filter(|_| at <= reached), who)
            })
            .collect();
        if let Some((word, state)) = turned(delivery.standing) {
            beads.truncate(reached + 1);
            let time = match delivery.standing {
                Standing::Recalled => None,
                _ => delivery.stated,
            };
            beads.push(bead(p, word, state).at(p, time, partner));
        } else if let Some(time) = answered {
            let state = if time.is_some() { "done" } else { "open" };
            beads.push(bead(p, "answered", state).at(p, time, partner));
        }
        Self::new(p, beads)
    }

    fn new(p: &Page, mut beads: Vec<Bead>) -> Self {
        let of = beads.len();
        let last = beads.iter().rposition(|bead| bead.state != "open");
        let at = last.unwrap_or_default();
        let mut label = String::new();
        if let Some(bead) = beads.get_mut(at) {
            bead.now = true;
            let (n, of) = ((at + 1).to_string(), of.to_string());
            let said = [("what", bead.word.as_str()), ("n", &n), ("of", &of)];
            label = words::say(p.lang, "bead-label", &said);
        }
        Self { beads, label }
    }
}

fn bead(p: &Page, word: &str, state: &'static str) -> Bead {
    Bead {
        word: p.word("bead", word),
        state,
        now: false,
        when: None,
        who: None,
    }
}

impl Bead {
    fn at(self, p: &Page, time: Option<UtcTime>, who: String) -> Self {
        Self {
            when: time.map(|time| (p.at(&time), p.machine(&time))),
            who: time.map(|_| who),
            ..self
        }
    }
}

/// How many steps of [`STEPS`] were taken after the first.
fn reached(delivery: &Delivery) -> usize {
    match delivery.standing {
        Standing::Released => 0,
        Standing::Held | Standing::Refused => 1,
        Standing::Accepted | Standing::Complete => 2,
        Standing::Read => 3,
        Standing::Recalled | Standing::Erased | Standing::ErasureRefused => {
            let said = |word: &str| delivery.steps.iter().any(|(said, _)| said == word);
            match (delivery.receipted, said("accepted"), said("read")) {
                (None, ..) => 0,
                (_, _, true) => 3,
                (_, true, _) => 2,
                _ => 1,
            }
        }
    }
}

/// The bead that ends a line where a record did not simply go on.
fn turned(standing: Standing) -> Option<(&'static str, &'static str)> {
    match standing {
        Standing::Refused => Some(("refused", "stop")),
        Standing::Recalled => Some(("recalled", "wait")),
        Standing::Erased => Some(("erased", "gone")),
        Standing::ErasureRefused => Some(("erasure-refused", "stop")),
        _ => None,
    }
}

/// Why a partner refused a record, or to erase it.
pub(crate) fn refused(p: &Page, delivery: &Delivery) -> Option<String> {
    let code = delivery.code.as_ref()?;
    Some(rule_sentence(p, code).unwrap_or_else(|| code.clone()))
}

/// What became of the erasure at a partner: asked, done, refused, or nobody reachable there.
/// `contact` is when the partner was last heard of.
pub(crate) fn erasure(
    p: &Page,
    delivery: &Delivery,
    contact: Option<UtcTime>,
) -> Option<(&'static str, String)> {
    let party = p.name_of(&delivery.party);
    let said = |key: &str, time: Option<UtcTime>| {
        let time = time.map(|time| p.at(&time)).unwrap_or_default();
        words::say(p.lang, key, &[("what", &party), ("time", &time)])
    };
    match delivery.standing {
        Standing::Erased => Some(("done", said("proof-erased", delivery.stated))),
        Standing::ErasureRefused => Some(("refused", said("erasure-refused-by", delivery.stated))),
        Standing::Recalled => {
            let silent =
                |time: &UtcTime| p.now.millis().saturating_sub(time.millis()) > UNREACHABLE_MILLIS;
            match contact.filter(silent) {
                Some(time) => Some(("unreachable", said("erasure-unreachable", Some(time)))),
                None => Some(("asked", said("erasure-asked", None))),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::samples::page;
    use passerelle_model::Lang;

    fn delivery(standing: Standing, steps: &[&str]) -> Delivery {
        let time = UtcTime::from_millis(1_700_000_000_000);
        Delivery {
            party: "be.interior".parse().unwrap(),
            standing,
            code: None,
            receipted: (!steps.is_empty()).then_some(time),
            stated: Some(time),
            steps: steps
                .iter()
                .map(|said| ((*said).to_owned(), time))
                .collect(),
        }
    }

    fn states(line: &BeadLine) -> Vec<&'static str> {
        line.beads.iter().map(|bead| bead.state).collect()
    }

    #[test]
    fn a_line_goes_as_far_as_the_partner_said() {
        let p = page(Lang::Fr);
        let held = delivery(Standing::Accepted, &["accepted"]);
        let line = BeadLine::of_delivery(&p, &held, Some(p.now), Some(None));
        assert_eq!(states(&line), ["done", "done", "done", "open", "open"]);
        assert_eq!(line.beads.iter().filter(|bead| bead.now).count(), 1);
        assert!(line.beads[2].when.is_some() && line.beads[3].when.is_none());
    }

    #[test]
    fn what_is_erased_ends_the_line_after_the_steps_it_took() {
        let p = page(Lang::Fr);
        let gone = delivery(Standing::Erased, &["accepted", "read", "erased"]);
        let line = BeadLine::of_delivery(&p, &gone, None, Some(None));
        assert_eq!(states(&line), ["done", "done", "done", "done", "gone"]);
        assert_eq!(erasure(&p, &gone, None).unwrap().0, "done");
    }

    #[test]
    fn a_silent_partner_is_unreachable_after_a_day() {
        let p = page(Lang::Fr);
        let asked = delivery(Standing::Recalled, &["accepted"]);
        let ago = |millis: u64| Some(UtcTime::from_millis(p.now.millis() - millis));
        let kind = |contact| erasure(&p, &asked, contact).unwrap().0;
        assert_eq!(kind(ago(UNREACHABLE_MILLIS)), "asked");
        assert_eq!(kind(ago(UNREACHABLE_MILLIS + 1)), "unreachable");
    }

    #[test]
    fn drafts_stand_before_everything_that_leaves() {
        let p = page(Lang::En);
        let line = BeadLine::of_draft(&p, &DraftState::Writing);
        assert_eq!(
            states(&line),
            ["wait", "open", "open", "open", "open", "open"]
        );
        assert!(line.label.contains("draft"), "{}", line.label);
    }
}
