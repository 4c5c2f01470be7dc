//! Words, documents and statements.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use minicbor::{Decode, Encode};
use passerelle_model::codec::{MAX_OBJECT_BYTES, from_canonical, to_canonical};
use passerelle_model::{
    Address, Agreement, Attachment, Author, CardContent, ChannelId, Code, Country, Day, Digest,
    Evaluation, FileName, Handling, KeyId, Kind, Lang, Markdown, Markings, MediaType, Name, Names,
    OfficerId, PartyId, Recipient, Record, RecordId, Reference, Said, SealingKey, Statement,
    StatementBatch, StatementsHead, StructuredData, Subject, Terms, Tlp, UnitId, UtcTime, diff,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{chosen, one_form, taken};

/// `Record::from_bytes`.
pub(crate) fn record(bytes: &[u8]) -> bool {
    let Some(record) = one_form(bytes, Record::from_bytes(bytes), Record::to_bytes) else {
        return false;
    };
    assert!(record.check().is_ok(), "read, but refused by its own check");
    assert!(record.recipient_parties().count() <= record.to.len());
    let json = serde_json::to_string(&record);
    assert!(
        json.is_ok_and(|json| !json.contains("\"key\":")),
        "no JSON, or a key in it"
    );
    let _ = (
        record.review.to_string(),
        record.time.day().plus_days(1).to_string(),
    );
    true
}

/// `Statement::from_bytes`.
pub(crate) fn statement(bytes: &[u8]) -> bool {
    let read = one_form(bytes, Statement::from_bytes(bytes), Statement::to_bytes);
    let Some(statement) = read else {
        return false;
    };
    assert!(serde_json::to_string(&statement).is_ok());
    if let Said::Refused { code } | Said::ErasureRefused { code } | Said::UseReported { code } =
        &statement.said
    {
        assert!(code.as_str().len() <= 256, "a code of any length");
        assert!(
            !code.as_str().contains(char::is_control),
            "a code that moves the cursor: {code:?}"
        );
    }
    true
}

/// `StatementBatch::from_bytes`.
pub(crate) fn statement_batch(bytes: &[u8]) -> bool {
    one_form(
        bytes,
        StatementBatch::from_bytes(bytes),
        StatementBatch::to_bytes,
    )
    .is_some()
}

/// `StatementsHead::from_bytes`.
pub(crate) fn statements_head(bytes: &[u8]) -> bool {
    one_form(
        bytes,
        StatementsHead::from_bytes(bytes),
        StatementsHead::to_bytes,
    )
    .is_some()
}

/// `CardContent::from_bytes`.
pub(crate) fn card(bytes: &[u8]) -> bool {
    let read = one_form(bytes, CardContent::from_bytes(bytes), CardContent::to_bytes);
    let Some(card) = read else { return false };
    assert!(card.check().is_ok(), "read, but refused by its own check");
    assert!(
        card.units
            .iter()
            .all(|held| card.unit(&held.unit) == Some(held))
    );
    assert!(!card.names.in_lang(Lang::Ar).is_empty());
    true
}

/// `Agreement::parse`, and the difference between its terms and those of a sample.
pub(crate) fn agreement(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let Some(agreement) = taken(Agreement::parse(text)) else {
        return false;
    };
    assert_eq!(agreement.text(), text);
    let terms = agreement.terms();
    assert!(diff(terms, terms).is_empty(), "differs from itself");
    let _ = diff(terms, crate::samples::world().agreement.terms());
    same_through_json(terms);
    for member in &terms.member {
        assert_eq!(terms.member(&member.party), Some(member));
    }
    true
}

/// One value of a type that the first byte chooses, in CBOR.
pub(crate) fn value(bytes: &[u8]) -> bool {
    let Some((choice, bytes)) = chosen(bytes) else {
        return false;
    };
    match choice % 12 {
        0 => cbor_and_json::<UtcTime>(bytes),
        1 => cbor_and_json::<Day>(bytes),
        2 => cbor_and_json::<Names>(bytes),
        3 => cbor_and_json::<Recipient>(bytes),
        4 => cbor_and_json::<Markings>(bytes),
        5 => cbor_and_json::<Evaluation>(bytes),
        6 => cbor_and_json::<Digest>(bytes),
        7 => cbor_and_json::<Author>(bytes),
        8 => cbor_and_json::<Reference>(bytes),
        9 => cbor::<Attachment>(bytes),
        10 => cbor_and_json::<StructuredData>(bytes),
        _ => cbor::<SealingKey>(bytes),
    }
}

/// One value of a type that the first byte chooses, in its spelling.
pub(crate) fn text(bytes: &[u8]) -> bool {
    let Some((choice, bytes)) = chosen(bytes) else {
        return false;
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    match choice % 20 {
        0 => spelling::<PartyId>(text),
        1 => spelling::<UnitId>(text),
        2 => spelling::<ChannelId>(text),
        3 => spelling::<Code>(text),
        4 => spelling::<OfficerId>(text),
        5 => spelling::<Name>(text),
        6 => spelling::<Subject>(text),
        7 => spelling::<Markdown>(text),
        8 => spelling::<FileName>(text),
        9 => spelling::<MediaType>(text),
        10 => spelling::<Country>(text),
        11 => spelling::<Address>(text),
        12 => spelling::<Day>(text),
        13 => spelling::<Recipient>(text),
        14 => spelling::<Kind>(text),
        15 => spelling::<Tlp>(text),
        16 => spelling::<Handling>(text),
        // People may write these in several ways; they are shown in one.
        17 => returns::<Evaluation>(text),
        18 => returns::<UtcTime>(text),
        _ => {
            let read = [
                returns::<Digest>(text),
                returns::<KeyId>(text),
                returns::<RecordId>(text),
            ];
            read.contains(&true)
        }
    }
}

/// One value of a type that the first byte chooses, in JSON.
pub(crate) fn json(bytes: &[u8]) -> bool {
    let Some((choice, bytes)) = chosen(bytes) else {
        return false;
    };
    match choice % 14 {
        0 => from_json::<Terms>(bytes),
        1 => from_json::<Markings>(bytes),
        2 => from_json::<Author>(bytes),
        3 => from_json::<Reference>(bytes),
        4 => from_json::<Recipient>(bytes),
        5 => from_json::<Attachment>(bytes),
        6 => from_json::<StructuredData>(bytes),
        7 => from_json::<Names>(bytes),
        8 => from_json::<UtcTime>(bytes),
        9 => from_json::<Day>(bytes),
        10 => from_json::<Digest>(bytes),
        11 => from_json::<Evaluation>(bytes),
        12 => from_json::<Markdown>(bytes),
        _ => from_json::<Subject>(bytes),
    }
}

fn cbor<T: Encode<()> + for<'b> Decode<'b, ()>>(bytes: &[u8]) -> bool {
    one_form(
        bytes,
        from_canonical::<T>(bytes, MAX_OBJECT_BYTES),
        to_canonical,
    )
    .is_some()
}

/// What came as CBOR is shown in JSON, and nothing of it is lost there.
fn cbor_and_json<T>(bytes: &[u8]) -> bool
where
    T: Encode<()> + for<'b> Decode<'b, ()> + DeserializeOwned + Serialize + PartialEq + Debug,
{
    let read = from_canonical::<T>(bytes, MAX_OBJECT_BYTES);
    let read = one_form(bytes, read, to_canonical);
    read.is_some_and(|value| {
        same_through_json(&value);
        true
    })
}

/// One spelling for each value.
fn spelling<T: FromStr<Err: Display> + Display>(text: &str) -> bool {
    let Some(value) = taken(text.parse::<T>()) else {
        return false;
    };
    assert_eq!(value.to_string(), text);
    true
}

/// What is shown reads as the same value; beyond the shown precision it reads at all.
fn returns<T: FromStr<Err: Display> + Display>(text: &str) -> bool {
    let Some(value) = taken(text.parse::<T>()) else {
        return false;
    };
    let shown = value.to_string();
    let again = shown.parse::<T>().map(|value| value.to_string());
    assert_eq!(again.ok().as_deref(), Some(shown.as_str()));
    true
}

fn from_json<T: DeserializeOwned + Serialize + PartialEq + Debug>(bytes: &[u8]) -> bool {
    let Ok(value) = serde_json::from_slice::<T>(bytes) else {
        return false;
    };
    same_through_json(&value);
    true
}

fn same_through_json<T: DeserializeOwned + Serialize + PartialEq + Debug>(value: &T) {
    let again = serde_json::to_vec(value).and_then(|json| serde_json::from_slice::<T>(&json));
    assert_eq!(again.ok().as_ref(), Some(value));
}
