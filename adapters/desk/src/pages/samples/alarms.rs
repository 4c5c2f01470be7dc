//! An alarm, for who decides and for who does not.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let codes = ["E_EQUIVOCATION", "E_BEHIND", "E_REGISTER_BEHIND", "E_ELSE"];
    let alarms = codes.map(|code| {
        let kind = kind(code);
        let alarm = Alarm {
            id: "a1".to_owned(),
            party: "be.interior".to_owned(),
            name: content.line.clone(),
            code: code.to_owned(),
            time: p.at(&p.now),
            title: title(p, code),
            what: p.t(&format!("alarm-{kind}-what")),
            todo: p.t(&format!("alarm-{kind}-do")),
            evidence: content.text.clone(),
            decides: kind != "behind",
            why: content.text.clone(),
            fault: content.some(|| content.line.clone()),
            p: p.clone(),
        };
        sample("alarm", &alarm)
    });
    alarms.into()
}
