//! Feeds read back by another's XML reader, and descriptions by a JSON reader.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod atom;
mod jsonld;
mod reader;

use passerelle_feeds::Organisation;
use passerelle_model::UtcTime;

fn at(text: &str) -> UtcTime {
    text.parse().unwrap()
}

fn organisation(lang: &str, name: &str) -> Organisation {
    Organisation {
        names: vec![(lang.into(), name.into())],
        page: None,
        country: Some("MA".into()),
        members: Vec::new(),
    }
}
