//! TLS 1.3, one key exchange, one signature scheme, pinned keys.

use std::fmt;
use std::sync::Arc;

use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::aws_lc_rs::{cipher_suite, default_provider, kx_group};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{
    ClientConfig, CommonState, DigitallySignedStruct, DistinguishedName, NamedGroup,
    PeerIncompatible, ServerConfig, SignatureScheme, version::TLS13,
};

use crate::{Error, PeerName, Pins, TlsIdentity};

/// The settings of a listener: whoever is pinned may come in.
pub(crate) fn server_config(
    identity: &TlsIdentity,
    pins: Arc<dyn Pins>,
) -> Result<ServerConfig, Error> {
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])
        .map_err(handshake)?
        .with_client_cert_verifier(Arc::new(PinnedClients { pins }))
        .with_cert_resolver(identity.resolver());
    config.alpn_protocols = vec![ALPN.to_vec()];
    // A resumed session would skip the pins; without tickets there is nothing to resume.
    config.send_tls13_tickets = 0;
    Ok(config)
}

/// The settings of one call to one partner.
pub(crate) fn client_config(
    identity: &TlsIdentity,
    expected: PinnedServer,
) -> Result<ClientConfig, Error> {
    let mut config = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])
        .map_err(handshake)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(expected))
        .with_client_cert_resolver(identity.resolver());
    config.alpn_protocols = vec![ALPN.to_vec()];
    config.enable_sni = false;
    config.resumption = Resumption::disabled();
    Ok(config)
}

/// What a finished handshake proved.
pub(crate) struct Proved {
    /// The other end's key: it signed this handshake.
    pub(crate) key: [u8; 32],
    /// The key exchange that was used.
    pub(crate) group: NamedGroup,
}

impl Proved {
    /// Reads what was agreed, and refuses anything but what the settings allow: a second lock,
    /// should the settings ever be loosened by mistake.
    pub(crate) fn of(state: &CommonState) -> Result<Self, Error> {
        let group = state
            .negotiated_key_exchange_group()
            .map(|group| group.name());
        if group != Some(NamedGroup::X25519MLKEM768) {
            return Err(Error::Handshake("not the hybrid key exchange".into()));
        }
        if state.alpn_protocol() != Some(ALPN) {
            return Err(Error::Handshake("no HTTP/2 agreed".into()));
        }
        match state.peer_certificates() {
            Some([certificate]) => {
                let key = key_in_certificate(certificate)?;
                Ok(Self {
                    key,
                    group: NamedGroup::X25519MLKEM768,
                })
            }
            _ => Err(Error::Certificate("not exactly one certificate")),
        }
    }
}

/// The Ed25519 key in an X.509 certificate.
pub(crate) fn key_in_certificate(certificate: &CertificateDer<'_>) -> Result<[u8; 32], Error> {
    let parsed = webpki::EndEntityCert::try_from(certificate)
        .map_err(|_| Error::Certificate("not an X.509 certificate"))?;
    key_in_spki(&parsed.subject_public_key_info())
}

/// The key in a SubjectPublicKeyInfo, whose only form for Ed25519 is that of RFC 8410,
/// section 4: these twelve bytes, then the key.
pub(crate) fn key_in_spki(spki: &[u8]) -> Result<[u8; 32], Error> {
    const FRAME: [u8; 12] = [
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
    ];
    spki.strip_prefix(&FRAME)
        .and_then(|key| key.try_into().ok())
        .ok_or(Error::Certificate("not an Ed25519 key"))
}

/// Accepts the server only with one of the expected keys, pinned for the expected party.
pub(crate) struct PinnedServer {
    pub(crate) pins: Arc<dyn Pins>,
    pub(crate) party: PeerName,
    pub(crate) keys: Vec<[u8; 32]>,
}

impl PinnedServer {
    /// Judges a key that the server showed.
    pub(crate) fn judge(&self, key: [u8; 32]) -> Result<(), Error> {
        let found = self.pins.party_of(&key).ok_or(Error::Key { key })?;
        if found != self.party {
            return Err(Error::Party {
                expected: self.party.clone(),
                found,
            });
        }
        if self.keys.contains(&key) {
            Ok(())
        } else {
            Err(Error::Key { key })
        }
    }
}

impl ServerCertVerifier for PinnedServer {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.judge(sole_key(end_entity, intermediates)?)?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(PeerIncompatible::Tls12NotOffered.into())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &ED25519_ONLY)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ED25519_ONLY.supported_schemes()
    }
}

impl fmt::Debug for PinnedServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PinnedServer")
            .field("party", &self.party)
            .finish_non_exhaustive()
    }
}

/// Accepts any client whose key is pinned.
struct PinnedClients {
    pins: Arc<dyn Pins>,
}

impl ClientCertVerifier for PinnedClients {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        let key = sole_key(end_entity, intermediates)?;
        self.pins.party_of(&key).ok_or(Error::Key { key })?;
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(PeerIncompatible::Tls12NotOffered.into())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &ED25519_ONLY)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ED25519_ONLY.supported_schemes()
    }
}

impl fmt::Debug for PinnedClients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinnedClients")
    }
}

fn sole_key(
    end_entity: &CertificateDer<'_>,
    intermediates: &[CertificateDer<'_>],
) -> Result<[u8; 32], Error> {
    if intermediates.is_empty() {
        key_in_certificate(end_entity)
    } else {
        Err(Error::Certificate("not exactly one certificate"))
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(CryptoProvider {
        cipher_suites: vec![
            cipher_suite::TLS13_AES_256_GCM_SHA384,
            cipher_suite::TLS13_CHACHA20_POLY1305_SHA256,
        ],
        kx_groups: vec![kx_group::X25519MLKEM768],
        ..default_provider()
    })
}

fn handshake(error: rustls::Error) -> Error {
    Error::Handshake(error.to_string())
}

const ALPN: &[u8] = b"h2";

static ED25519_ONLY: WebPkiSupportedAlgorithms = WebPkiSupportedAlgorithms {
    all: &[webpki::aws_lc_rs::ED25519],
    mapping: &[(SignatureScheme::ED25519, &[webpki::aws_lc_rs::ED25519])],
};

#[cfg(test)]
mod tests {
    use super::*;

    struct Rabat;
    impl Pins for Rabat {
        fn party_of(&self, key: &[u8; 32]) -> Option<PeerName> {
            (key[0] == 1).then(|| PeerName::new("ma.interior").unwrap())
        }
    }

    fn expecting(party: &str, keys: Vec<[u8; 32]>) -> PinnedServer {
        PinnedServer {
            pins: Arc::new(Rabat),
            party: PeerName::new(party).unwrap(),
            keys,
        }
    }

    #[test]
    fn only_a_pinned_and_expected_key_of_the_expected_party_passes() {
        let (ours, other) = ([1; 32], [2; 32]);
        assert_eq!(expecting("ma.interior", vec![ours]).judge(ours), Ok(()));
        assert_eq!(
            expecting("ma.interior", vec![other]).judge(other),
            Err(Error::Key { key: other })
        );
        assert_eq!(
            expecting("ma.interior", vec![]).judge(ours),
            Err(Error::Key { key: ours })
        );
        let wrong = expecting("be.interior", vec![ours])
            .judge(ours)
            .unwrap_err();
        assert_eq!(wrong.code(), "E_PEER_PARTY");
    }

    #[test]
    fn a_key_info_is_exact() {
        let mut spki = vec![
            0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0,
        ];
        spki.extend([9; 32]);
        assert_eq!(key_in_spki(&spki), Ok([9; 32]));
        let refused = Err(Error::Certificate("not an Ed25519 key"));
        assert_eq!(key_in_spki(&spki[..43]), refused);
        spki.push(0);
        assert_eq!(key_in_spki(&spki), refused);
        spki.pop();
        spki[8] = 0x6e; // X25519
        assert_eq!(key_in_spki(&spki), refused);
    }

    #[test]
    fn garbage_and_chains_are_refused() {
        let garbage = CertificateDer::from(vec![0x30, 0x80]);
        assert!(matches!(
            key_in_certificate(&garbage),
            Err(Error::Certificate(_))
        ));
        assert_eq!(
            sole_key(&garbage, std::slice::from_ref(&garbage)),
            Err(Error::Certificate("not exactly one certificate"))
        );
    }
}
