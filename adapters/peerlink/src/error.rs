//! Why a link could not be made or a call could not be carried.

use std::io;

use rustls::{AlertDescription, CertificateError, OtherError};

use crate::PeerName;

/// Why something did not pass. Texts are for operators; they hold public keys and names, never
/// content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A listener's address cannot be used.
    #[error("cannot listen on this address: {0}")]
    Bind(String),
    /// The node's own key or certificate could not be made.
    #[error("this node's TLS identity cannot be made: {0}")]
    Identity(String),
    /// A peer name is not made of lower-case letters, digits, hyphens and dots, or too long.
    #[error("not a peer name: write lower-case words like ma.interior")]
    Name,
    /// A path does not start with a slash, is too long or has forbidden characters.
    #[error("not a path for a call")]
    Path,
    /// No TCP connection to the partner.
    #[error("the partner's node cannot be reached: {0}")]
    Unreachable(String),
    /// The other end holds a key that is pinned for nobody, or not one of those expected.
    #[error("the other node's key {} is not pinned", hex(key))]
    Key {
        /// The Ed25519 public key that it showed.
        key: [u8; 32],
    },
    /// The other end holds the key of another party.
    #[error("expected {expected}, but the other node holds the key of {found}")]
    Party {
        /// Who was to answer.
        expected: PeerName,
        /// Whose key it is.
        found: PeerName,
    },
    /// The other end does not accept this node's key: not paired, or no longer.
    #[error("the other node does not accept this node's key")]
    KeyRefused,
    /// The other end's certificate is not one Ed25519 key in one certificate.
    #[error("the other node's certificate is not usable: {0}")]
    Certificate(&'static str),
    /// TLS 1.3 with X25519MLKEM768 and HTTP/2 could not be agreed, or a signature was false.
    #[error("the TLS handshake failed: {0}")]
    Handshake(String),
    /// Something took longer than its limit; which thing is said.
    #[error("too slow: {0}")]
    Timeout(&'static str),
    /// A message or an answer is longer than the limit.
    #[error("the message is longer than allowed")]
    TooLarge,
    /// The partner has no place left now; try again later.
    #[error("too many connections or calls at once")]
    Busy,
    /// The connection is closed; connect again.
    #[error("the connection is closed")]
    Closed,
    /// One call was cut; the connection may still serve others.
    #[error("the call was cut off")]
    Cut,
    /// The partner's node failed while treating the call.
    #[error("the partner's node failed")]
    Failed,
    /// The call is not one this carrier makes: another method, or no declared length.
    #[error("malformed call")]
    Request,
}

impl Error {
    /// The stable code shown by API, command line and desk.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Bind(_) => "E_PEER_BIND",
            Self::Identity(_) => "E_PEER_IDENTITY",
            Self::Name => "E_PEER_NAME",
            Self::Path => "E_PEER_PATH",
            Self::Unreachable(_) => "E_PEER_UNREACHABLE",
            Self::Key { .. } => "E_PEER_KEY",
            Self::Party { .. } => "E_PEER_PARTY",
            Self::KeyRefused => "E_PEER_KEY_REFUSED",
            Self::Certificate(_) => "E_PEER_CERTIFICATE",
            Self::Handshake(_) => "E_PEER_HANDSHAKE",
            Self::Timeout(_) => "E_PEER_TIMEOUT",
            Self::TooLarge => "E_PEER_TOO_LARGE",
            Self::Busy => "E_PEER_BUSY",
            Self::Closed => "E_PEER_CLOSED",
            Self::Cut => "E_PEER_CUT",
            Self::Failed => "E_PEER_FAILED",
            Self::Request => "E_PEER_REQUEST",
        }
    }

    /// What a TLS stream's error means: our own verdict, the other end's alert, or a hang-up.
    pub(crate) fn from_tls(error: &io::Error) -> Self {
        let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref()) else {
            return Self::Closed;
        };
        match tls {
            rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(why))) => why
                .downcast_ref()
                .cloned()
                .unwrap_or(Self::Certificate("refused")),
            rustls::Error::AlertReceived(alert) if refuses_key(*alert) => Self::KeyRefused,
            other => Self::Handshake(other.to_string()),
        }
    }
}

/// Carries our verdict through rustls; the other end sees the alert `certificate_unknown`.
impl From<Error> for rustls::Error {
    fn from(error: Error) -> Self {
        CertificateError::Other(OtherError(std::sync::Arc::new(error))).into()
    }
}

fn refuses_key(alert: AlertDescription) -> bool {
    use AlertDescription as Alert;
    matches!(
        alert,
        Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied
            | Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRequired
    )
}

fn hex(key: &[u8; 32]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_survives_the_way_through_rustls() {
        let verdict = Error::Key { key: [7; 32] };
        let wrapped = io::Error::other(rustls::Error::from(verdict.clone()));
        assert_eq!(Error::from_tls(&wrapped), verdict);
        assert!(verdict.to_string().contains(&"07".repeat(32)));
    }

    #[test]
    fn alerts_and_hang_ups_are_told_apart() {
        let alert = |alert| io::Error::other(rustls::Error::AlertReceived(alert));
        let refused = Error::from_tls(&alert(AlertDescription::CertificateUnknown));
        assert_eq!(refused, Error::KeyRefused);
        let failed = Error::from_tls(&alert(AlertDescription::HandshakeFailure));
        assert_eq!(failed.code(), "E_PEER_HANDSHAKE");
        assert_eq!(
            Error::from_tls(&io::ErrorKind::ConnectionReset.into()),
            Error::Closed
        );
    }
}
