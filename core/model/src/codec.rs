//! Deterministic CBOR (RFC 8949 §4.2.1), strict on the way in.
//!
//! There is exactly one byte string for each value: what decodes is encoded again and must
//! give the same bytes, so unknown fields, long-form integers, indefinite lengths, unsorted
//! or doubled keys and trailing bytes are all refused by one comparison.

use minicbor::{Decode, Encode};

/// Largest CBOR object that any part of Passerelle decodes, in bytes (8 MiB).
pub const MAX_OBJECT_BYTES: usize = 8 * 1024 * 1024;

/// Deepest nesting of arrays and maps in a signed object. Ours need five.
pub const MAX_DEPTH: usize = 16;

/// Most items (numbers, texts, arrays, …) in one object. The largest of ours, a full batch of
/// statements, has fewer; a small object that claims millions of empty items ends here, before
/// anything is allocated for them.
pub const MAX_ITEMS: usize = 65_536;

/// Why bytes are not one of our objects.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// Longer than the limit of its kind; nothing was decoded.
    #[error("object of {found} bytes; at most {limit} are taken")]
    TooLong {
        /// Bytes received.
        found: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// Arrays or maps nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH}")]
    TooDeep,
    /// More items than [`MAX_ITEMS`].
    #[error("more than {MAX_ITEMS} items")]
    TooMany,
    /// Not CBOR, or not the shape of this object.
    #[error("malformed: {0}")]
    Malformed(String),
    /// Decodes, but is not the one deterministic encoding of its value.
    #[error("not in deterministic form")]
    NotCanonical,
}

impl CodecError {
    /// Stable code for API, command line and desk.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } | Self::TooMany => "E_TOO_LARGE",
            Self::TooDeep => "E_TOO_DEEP",
            Self::Malformed(_) => "E_MALFORMED",
            Self::NotCanonical => "E_NOT_CANONICAL",
        }
    }
}

/// The one encoding of `value`.
pub fn to_canonical<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to a Vec is infallible, and none of our `Encode` implementations refuses.
    match minicbor::encode(value, &mut out) {
        Ok(()) => out,
        Err(never) => unreachable_encode(&never),
    }
}

/// Decodes `bytes`, which must be at most `limit` long and in deterministic form.
pub fn from_canonical<T>(bytes: &[u8], limit: usize) -> Result<T, CodecError>
where
    T: Encode<()> + for<'b> Decode<'b, ()>,
{
    let value: T = from_known(bytes, limit)?;
    if to_canonical(&value) == bytes {
        Ok(value)
    } else {
        Err(CodecError::NotCanonical)
    }
}

/// Decodes `bytes`, at most `limit` long, that were in deterministic form when this node took
/// or made them and are known to be the same ones, by a hash or a seal of its own. For anything
/// else there is [`from_canonical`].
pub fn from_known<T>(bytes: &[u8], limit: usize) -> Result<T, CodecError>
where
    T: for<'b> Decode<'b, ()>,
{
    check_frame(bytes, limit)?;
    minicbor::decode(bytes).map_err(|error| CodecError::Malformed(error.to_string()))
}

/// Size and depth, before anything is allocated for the content.
fn check_frame(bytes: &[u8], limit: usize) -> Result<(), CodecError> {
    if bytes.len() > limit.min(MAX_OBJECT_BYTES) {
        return Err(CodecError::TooLong {
            found: bytes.len(),
            limit: limit.min(MAX_OBJECT_BYTES),
        });
    }
    check_depth(bytes)
}

/// Walks the tokens once, counting what is open. Indefinite lengths never occur in
/// deterministic form, so they are refused here.
fn check_depth(bytes: &[u8]) -> Result<(), CodecError> {
    use minicbor::data::Token;
    let mut open: Vec<u64> = Vec::with_capacity(MAX_DEPTH);
    for (count, token) in minicbor::decode::Tokenizer::new(bytes).enumerate() {
        if count >= MAX_ITEMS {
            return Err(CodecError::TooMany);
        }
        let token = token.map_err(|error| CodecError::Malformed(error.to_string()))?;
        if let Some(left) = open.last_mut() {
            *left = left.saturating_sub(1);
        }
        match token {
            Token::Array(n) => open.push(n),
            Token::Map(n) => open.push(n.saturating_mul(2)),
            Token::Tag(_) => open.push(1),
            Token::BeginArray | Token::BeginMap | Token::BeginBytes | Token::BeginString => {
                return Err(CodecError::NotCanonical);
            }
            _ => {}
        }
        if open.len() > MAX_DEPTH {
            return Err(CodecError::TooDeep);
        }
        while open.last() == Some(&0) {
            open.pop();
        }
    }
    Ok(())
}

#[expect(
    clippy::panic,
    reason = "encoding our own types into memory cannot fail"
)]
fn unreachable_encode<E: std::fmt::Display>(error: &minicbor::encode::Error<E>) -> ! {
    panic!("encoding into memory failed: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Encode, Decode)]
    #[cbor(map)]
    struct Sample {
        #[n(0)]
        a: u64,
        #[n(1)]
        b: Option<String>,
    }

    #[test]
    fn round_trip() {
        let sample = Sample {
            a: 7,
            b: Some("x".into()),
        };
        let bytes = to_canonical(&sample);
        assert_eq!(from_canonical::<Sample>(&bytes, 100).unwrap(), sample);
    }

    #[test]
    fn long_form_integer_is_refused() {
        let long = [0xa1, 0x00, 0x18, 0x07]; // {0: 7}, the 7 in two bytes
        assert_eq!(
            from_canonical::<Sample>(&long, 100),
            Err(CodecError::NotCanonical)
        );
    }

    #[test]
    fn unknown_field_trailing_byte_and_indefinite_map_are_refused() {
        let unknown = [0xa2, 0x00, 0x07, 0x09, 0x07];
        assert_eq!(
            from_canonical::<Sample>(&unknown, 100),
            Err(CodecError::NotCanonical)
        );
        let trailing = [0xa1, 0x00, 0x07, 0x00];
        assert_eq!(
            from_canonical::<Sample>(&trailing, 100),
            Err(CodecError::NotCanonical)
        );
        let indefinite = [0xbf, 0x00, 0x07, 0xff];
        assert_eq!(
            from_canonical::<Sample>(&indefinite, 100),
            Err(CodecError::NotCanonical)
        );
    }

    #[test]
    fn depth_and_size_bombs_are_refused() {
        let deep = vec![0x81; 10_000];
        assert_eq!(
            from_canonical::<Sample>(&deep, 100_000),
            Err(CodecError::TooDeep)
        );
        let long = vec![0; 101];
        assert!(matches!(
            from_canonical::<Sample>(&long, 100),
            Err(CodecError::TooLong {
                found: 101,
                limit: 100
            })
        ));
        let mut many = vec![0x9a, 0x00, 0x02, 0x00, 0x00];
        many.resize(131_077, 0x80);
        assert_eq!(
            from_canonical::<Sample>(&many, 200_000),
            Err(CodecError::TooMany)
        );
        let claims_much = [0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert!(from_canonical::<Sample>(&claims_much, 100).is_err());
    }
}
