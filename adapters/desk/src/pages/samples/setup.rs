//! The set-up link, before and after a password.

use super::*;
use crate::render::{Content, Sample, sample};

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let page = |enrolled: bool| Setup {
        secret: "0123abcd".to_owned(),
        officer: "rabat-agent".to_owned(),
        name: content.line.clone(),
        until: p.at(&p.now),
        enrolment: enrolled.then(|| {
            let (picture, width) = picture("otpauth://totp/passerelle");
            assert!(width > 2 * QUIET && picture.starts_with('M'));
            Shown {
                secret: grouped("ABCDEFGH"),
                picture,
                width,
            }
        }),
        fault: content.some(|| content.line.clone()),
        p: p.clone(),
    };
    vec![sample("setup", &page(false)), sample("setup", &page(true))]
}
