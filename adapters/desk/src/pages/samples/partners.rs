//! Partners with and without a contact, and an agreement.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let line = || content.line.clone();
    let alarm = |_| Alarm {
        title: alarms::title(p, "E_BEHIND"),
        party: line(),
        time: p.at(&p.now),
        href: "/partners/be.interior/alarm/a1".to_owned(),
    };
    let list = Partners {
        own: content.many(|_| (p.t("partner-words"), content.text.clone())),
        partners: content.many(|n| partner_sample(p, content, n)),
        agreements: content.many(|n| agreement_sample(p, content, n)),
        alarms: content.many(alarm),
        statistics: content.rows > 0,
        p: p.clone(),
    };
    let coded = || content.many(|_| (line(), content.many(|_| line())));
    let terms = Terms {
        a: agreement_sample(p, content, 1),
        side: line(),
        from: "2026-01-01".to_owned(),
        until: content.some(|| "2030-01-01".to_owned()),
        purposes: coded(),
        classes: coded(),
        offences: content.many(|_| line()),
        caveats: content.many(|n| (content.text.clone(), n == 0)),
        deadlines: ["urgency-urgent", "urgency-priority", "urgency-normal"]
            .map(|key| (p.t(key), line())),
        review: line(),
        erasure: line(),
        changes: content.many(|n| match n {
            0 => (line(), String::new(), line()),
            _ => (line(), content.text.clone(), String::new()),
        }),
        text: content.text.clone(),
        p: p.clone(),
    };
    vec![sample("partners", &list), sample("agreement", &terms)]
}

fn partner_sample(p: &Page, content: &Content, n: usize) -> Partner {
    let line = || content.line.clone();
    let well = n.is_multiple_of(2);
    let told = |text: String| (!well).then_some(text);
    Partner {
        name: line(),
        id: format!("p{n}.interior"),
        country: "BE".to_owned(),
        since: p.at(&p.now),
        halted: n == 1,
        contact: well.then(|| p.at(&p.now)),
        error: told(line()),
        next: well.then(|| p.at(&p.now)),
        number: 3,
        valid: p.at(&p.now),
        fingerprint: line(),
        words: content.text.clone(),
        units: content.many(|_| line()),
        channels: content.many(|n| Channel {
            name: line(),
            sent: n as u64,
            receipted: 0,
            waiting: 1,
            refused: 2,
            received: u64::MAX,
            complete: n == 0,
        }),
        heads: content.many(|n| Head {
            of: p.t("head-our-journal"),
            channel: content.some(line),
            size: n as u64,
            time: well.then(|| p.at(&p.now)),
            clock: line(),
            root: "0f".repeat(32),
        }),
        policy: well.then(|| policy_sample(p, content)),
        policy_refused: told("E_POLICY".to_owned()),
    }
}

fn policy_sample(p: &Page, content: &Content) -> Policy {
    Policy {
        issued: p.at(&p.now),
        lines: content.many(|n| PolicyRow {
            unit: content.line.clone(),
            class: content.line.clone(),
            roles: match n {
                0 => String::new(),
                _ => content.line.clone(),
            },
            people: 1,
        }),
    }
}

fn agreement_sample(p: &Page, content: &Content, n: usize) -> Agreement {
    Agreement {
        title: content.line.clone(),
        hash: "0f".repeat(32),
        short: "0f0f0f0f0f0f".to_owned(),
        revision: 2,
        in_force: n == 0,
        signed: content.many(|_| (content.line.clone(), p.at(&p.now))),
        missing: content.many(|_| content.line.clone()),
    }
}
