//! This node's own key and the certificate that wraps it.

use std::fmt;
use std::sync::Arc;

use rcgen::{CertificateParams, DistinguishedName, DnType, PKCS_ED25519, PublicKeyData};
use rustls::SignatureScheme;
use rustls::crypto::aws_lc_rs::sign::any_eddsa_type;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::sign::{CertifiedKey, SigningKey, SingleCertAndKey};
use zeroize::Zeroizing;

use crate::tls::key_in_spki;
use crate::{Error, PeerName};

/// The TLS key of this node with its self-signed certificate. Cheap to clone.
///
/// The certificate is a wrapper that TLS asks for: same key and name, same bytes. Its dates
/// span two millennia because nobody checks them; the card's dates are judged above.
#[derive(Clone)]
pub struct TlsIdentity {
    certified: Arc<CertifiedKey>,
    public_key: [u8; 32],
}

impl TlsIdentity {
    /// Takes the Ed25519 seed (RFC 8032 private key, 32 bytes) whose public key is in this
    /// party's card, and the party's name for the certificate's subject.
    ///
    /// # Errors
    /// [`Error::Identity`] when the cryptographic library refuses the key.
    pub fn from_seed(seed: &[u8; 32], name: &PeerName) -> Result<Self, Error> {
        let key = signing_key(seed)?;
        let spki = key
            .public_key()
            .ok_or_else(|| Error::Identity("no public key".into()))?;
        let public_key = key_in_spki(&spki)?;
        let subject = Subject {
            key: Arc::clone(&key),
            public_key,
        };
        let certificate = certificate(&subject, name).map_err(reason)?;
        let certified = Arc::new(CertifiedKey::new(vec![certificate.der().clone()], key));
        Ok(Self {
            certified,
            public_key,
        })
    }

    /// The raw Ed25519 public key: what partners pin.
    pub fn public_key(&self) -> [u8; 32] {
        self.public_key
    }

    pub(crate) fn resolver(&self) -> Arc<SingleCertAndKey> {
        Arc::new(SingleCertAndKey::from(Arc::clone(&self.certified)))
    }
}

impl fmt::Debug for TlsIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsIdentity")
            .field("public_key", &self.public_key)
            .finish_non_exhaustive()
    }
}

/// The seed in the PKCS #8 frame of RFC 8410, section 7.
fn signing_key(seed: &[u8; 32]) -> Result<Arc<dyn SigningKey>, Error> {
    const FRAME: [u8; 16] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    let mut der = Zeroizing::new([0; 48]);
    let (frame, rest) = der.split_at_mut(FRAME.len());
    frame.copy_from_slice(&FRAME);
    rest.copy_from_slice(seed);
    any_eddsa_type(&PrivatePkcs8KeyDer::from(der.as_slice())).map_err(reason)
}

fn certificate(subject: &Subject, name: &PeerName) -> Result<rcgen::Certificate, rcgen::Error> {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name.as_str());
    let mut params = CertificateParams::default();
    params.distinguished_name = distinguished;
    params.self_signed(subject)
}

fn reason(error: impl fmt::Display) -> Error {
    Error::Identity(error.to_string())
}

/// Lets the certificate writer sign without holding a second copy of the seed.
struct Subject {
    key: Arc<dyn SigningKey>,
    public_key: [u8; 32],
}

impl PublicKeyData for Subject {
    fn der_bytes(&self) -> &[u8] {
        &self.public_key
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &PKCS_ED25519
    }
}

impl rcgen::SigningKey for Subject {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        self.key
            .choose_scheme(&[SignatureScheme::ED25519])
            .and_then(|signer| signer.sign(message).ok())
            .ok_or(rcgen::Error::RemoteKeyError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::key_in_certificate;

    /// RFC 8032, section 7.1, test 1.
    const SEED: [u8; 32] = [
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c,
        0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae,
        0x7f, 0x60,
    ];
    const PUBLIC: [u8; 32] = [
        0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07,
        0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07,
        0x51, 0x1a,
    ];

    fn identity() -> TlsIdentity {
        TlsIdentity::from_seed(&SEED, &PeerName::new("ma.interior").unwrap()).unwrap()
    }

    #[test]
    fn the_public_key_is_that_of_rfc_8032() {
        assert_eq!(identity().public_key(), PUBLIC);
    }

    #[test]
    fn the_certificate_wraps_the_key_and_is_the_same_each_time() {
        let certificate = identity().certified.cert[0].clone();
        assert_eq!(key_in_certificate(&certificate), Ok(PUBLIC));
        assert_eq!(identity().certified.cert[0], certificate);
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?}", identity());
        assert!(shown.contains("public_key: [215, 90"));
        assert!(!shown.contains("157, 97, 177"));
    }
}
