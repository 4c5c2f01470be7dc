//! Content at rest: the key under which a node keeps content keys and small secrets in its
//! store, held apart from the store itself.

use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::keys::random;
use crate::{Error, aead};

/// Largest plaintext of [`StoreKey::seal_small`], in bytes (2 MiB).
pub const MAX_SMALL_BYTES: usize = 2 * 1024 * 1024;
/// Length of a wrapped content key: nonce, key, tag.
pub const WRAPPED_KEY_BYTES: usize = 24 + 32 + aead::TAG_BYTES;

const KEY_LABEL: &[u8] = b"passerelle/at-rest/content-key/v1\n";
const CONTENT_LABEL: &[u8] = b"passerelle/at-rest/content/v1\n";
const SMALL_LABEL: &[u8] = b"passerelle/at-rest/small/v1\n";

/// The key that opened, or closed, one envelope's content. `Debug` hides it.
#[derive(Clone)]
pub struct ContentKey(Zeroizing<[u8; 32]>);

impl ContentKey {
    pub(crate) fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(random(rng))
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Result<Self, Error> {
        let bytes = bytes.try_into().map_err(|_| Error::Open)?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Content of a node's own, sealed under a key of its own: without the key it is gone, which
/// is how one piece among many is erased.
#[derive(Debug, Clone)]
pub struct SealedContent {
    /// Ciphertext and tag.
    pub bytes: Vec<u8>,
    /// Opens it; kept wrapped by the store key.
    pub content_key: ContentKey,
}

/// Seals at most [`MAX_SMALL_BYTES`] (`E_TOO_LARGE`) under a fresh key; 16 bytes longer than
/// the plaintext.
pub fn seal_content(plain: &[u8], rng: &mut impl CryptoRng) -> Result<SealedContent, Error> {
    Error::check_size("content at rest", plain.len(), MAX_SMALL_BYTES)?;
    let content_key = ContentKey::generate(rng);
    let mut bytes = plain.to_vec();
    aead::seal(content_key.expose(), &aead::ONCE, CONTENT_LABEL, &mut bytes)
        .map_err(|_| Error::AtRest)?;
    Ok(SealedContent { bytes, content_key })
}

/// Opens what [`seal_content`] gave. `E_AT_REST` for another key and for altered bytes.
pub fn open_content(sealed: &[u8], key: &ContentKey) -> Result<Zeroizing<Vec<u8>>, Error> {
    Error::check_size(
        "content at rest",
        sealed.len(),
        MAX_SMALL_BYTES + aead::TAG_BYTES,
    )?;
    let mut plain = Zeroizing::new(sealed.to_vec());
    aead::open(key.expose(), &aead::ONCE, CONTENT_LABEL, &mut *plain).map_err(|_| Error::AtRest)?;
    Ok(plain)
}

impl std::fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ContentKey(…)")
    }
}

/// The key of content at rest. Everything is sealed with XChaCha20-Poly1305 under a random
/// nonce; the `context` (such as the row's identifier) is authenticated, so that nothing
/// opens in another place than the one it was sealed for. `Debug` hides the key.
#[derive(Clone)]
pub struct StoreKey(Zeroizing<[u8; 32]>);

impl StoreKey {
    /// A new random key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(random(rng))
    }

    /// From 32 secret bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Wraps a content key for `context`.
    pub fn wrap_content_key(
        &self,
        key: &ContentKey,
        context: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<[u8; WRAPPED_KEY_BYTES], Error> {
        let sealed = self.seal(KEY_LABEL, key.expose(), context, rng)?;
        sealed.try_into().map_err(|_| Error::AtRest)
    }

    /// Unwraps what [`StoreKey::wrap_content_key`] gave for the same `context`. `E_AT_REST`
    /// otherwise.
    pub fn unwrap_content_key(&self, wrapped: &[u8], context: &[u8]) -> Result<ContentKey, Error> {
        let plain = self.open(KEY_LABEL, wrapped, context)?;
        ContentKey::from_slice(&plain).map_err(|_| Error::AtRest)
    }

    /// Seals at most [`MAX_SMALL_BYTES`] (`E_TOO_LARGE`) for `context`; 40 bytes longer than
    /// the plaintext.
    pub fn seal_small(
        &self,
        plain: &[u8],
        context: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        Error::check_size("content at rest", plain.len(), MAX_SMALL_BYTES)?;
        self.seal(SMALL_LABEL, plain, context, rng)
    }

    /// Opens what [`StoreKey::seal_small`] gave for the same `context`. `E_AT_REST`
    /// otherwise.
    pub fn open_small(&self, sealed: &[u8], context: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        Error::check_size("content at rest", sealed.len(), MAX_SMALL_BYTES + 40)?;
        self.open(SMALL_LABEL, sealed, context)
    }

    /// Another key for another use, such as the keyed hashes of the search index:
    /// HKDF-SHA256 with `label` as info. Who holds it learns nothing about this key.
    pub fn derive(&self, label: &str) -> Zeroizing<[u8; 32]> {
        let mut out = Zeroizing::new([0; 32]);
        let expanded = Hkdf::<Sha256>::new(None, &*self.0).expand_multi_info(
            &[b"passerelle/at-rest/derive/v1\n", label.as_bytes()],
            &mut *out,
        );
        // 32 bytes are far below what HKDF can give (RFC 5869 §2.3: 255 blocks).
        debug_assert!(expanded.is_ok());
        out
    }

    pub(crate) fn secret(&self) -> &[u8; 32] {
        &self.0
    }

    fn seal(
        &self,
        label: &[u8],
        plain: &[u8],
        context: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        let mut nonce = [0; 24];
        rng.fill_bytes(&mut nonce);
        aead::seal_long(&self.0, nonce, &[label, context].concat(), plain)
            .map_err(|_| Error::AtRest)
    }

    fn open(
        &self,
        label: &[u8],
        sealed: &[u8],
        context: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        aead::open_long(&self.0, &[label, context].concat(), sealed).map_err(|_| Error::AtRest)
    }
}

impl std::fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoreKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::SeededRng;

    fn store() -> StoreKey {
        StoreKey::from_bytes([5; 32])
    }

    #[test]
    fn keys_and_content_open_in_their_place_only() {
        let mut rng = SeededRng::new(1);
        let key = ContentKey::generate(&mut rng);
        let wrapped = store().wrap_content_key(&key, b"row 1", &mut rng).unwrap();
        let back = store().unwrap_content_key(&wrapped, b"row 1").unwrap();
        assert_eq!(back.expose(), key.expose());
        let moved = store().unwrap_content_key(&wrapped, b"row 2");
        assert_eq!(moved.unwrap_err().code(), "E_AT_REST");
        let other = StoreKey::from_bytes([6; 32]).unwrap_content_key(&wrapped, b"row 1");
        assert_eq!(other.unwrap_err().code(), "E_AT_REST");
    }

    #[test]
    fn a_wrapped_key_is_no_small_content() {
        let mut rng = SeededRng::new(1);
        let sealed = store().seal_small(&[1; 32], b"row", &mut rng).unwrap();
        assert!(store().unwrap_content_key(&sealed, b"row").is_err());
        assert_eq!(*store().open_small(&sealed, b"row").unwrap(), [1; 32]);
    }

    #[test]
    fn every_altered_byte_and_every_oversize_is_refused() {
        let mut rng = SeededRng::new(1);
        let sealed = store().seal_small(b"draft", b"row", &mut rng).unwrap();
        for position in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[position] ^= 1;
            let refused = store().open_small(&altered, b"row").unwrap_err();
            assert_eq!(refused.code(), "E_AT_REST", "byte {position}");
        }
        let long = vec![0; MAX_SMALL_BYTES + 1];
        assert_eq!(
            store().seal_small(&long, b"", &mut rng).unwrap_err().code(),
            "E_TOO_LARGE"
        );
        let long = vec![0; MAX_SMALL_BYTES + 41];
        assert_eq!(
            store().open_small(&long, b"").unwrap_err().code(),
            "E_TOO_LARGE"
        );
    }

    #[test]
    fn content_opens_under_its_own_key_only() {
        let mut rng = SeededRng::new(1);
        let sealed = seal_content(b"act", &mut rng).unwrap();
        let other = seal_content(b"act", &mut rng).unwrap();
        assert_eq!(
            *open_content(&sealed.bytes, &sealed.content_key).unwrap(),
            *b"act"
        );
        assert_ne!(sealed.bytes, other.bytes);
        assert!(open_content(&sealed.bytes, &other.content_key).is_err());
        for position in 0..sealed.bytes.len() {
            let mut altered = sealed.bytes.clone();
            altered[position] ^= 1;
            let refused = open_content(&altered, &sealed.content_key).unwrap_err();
            assert_eq!(refused.code(), "E_AT_REST", "byte {position}");
        }
        let long = vec![0; MAX_SMALL_BYTES + 1];
        assert_eq!(
            seal_content(&long, &mut rng).unwrap_err().code(),
            "E_TOO_LARGE"
        );
    }

    #[test]
    fn derived_keys_differ_by_label_and_from_the_key() {
        assert_ne!(store().derive("search"), store().derive("other"));
        assert_ne!(&*store().derive("search"), store().secret());
        assert_eq!(store().derive("search"), store().derive("search"));
        assert_ne!(*store().derive(""), [0; 32]);
    }

    #[test]
    fn debug_shows_no_secret() {
        let key = ContentKey::from_slice(&[5; 32]).unwrap();
        assert_eq!(
            format!("{:?} {key:?}", store()),
            "StoreKey(…) ContentKey(…)"
        );
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes: Vec<u8>) {
            prop_assert!(store().open_small(&bytes, b"").is_err());
            prop_assert!(store().unwrap_content_key(&bytes, b"").is_err());
        }
    }
}
