//! The set-up link, before and after a password.

use super::*;
use crate::render::{Content, Sample, sample};

/// An authenticator to be set up.
pub(crate) fn enrolled() -> Shown {
    let (picture, width) = picture("otpauth://totp/passerelle");
    assert!(width > 2 * QUIET && picture.starts_with('M'));
    Shown {
        secret: grouped("ABCDEFGH"),
        picture,
        width,
    }
}

pub(crate) fn all(p: &Page, content: &Content) -> Vec<Sample> {
    let page = |is_enrolled: bool| Setup {
        secret: "0123abcd".to_owned(),
        officer: "rabat-agent".to_owned(),
        name: content.line.clone(),
        until: p.at(&p.now),
        enrolment: is_enrolled.then(enrolled),
        fault: content.some(|| content.line.clone()),
        p: p.clone(),
    };
    vec![sample("setup", &page(false)), sample("setup", &page(true))]
}
