//! Ends that do not keep to the rules: plain rustls and hyper without the crate's care.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame};
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{CertificateParams, KeyPair, PKCS_ED25519};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::aws_lc_rs::{default_provider, sign::any_eddsa_type};
use rustls::crypto::{CryptoProvider, SupportedKxGroup};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{
    ClientConfig, DigitallySignedStruct, ServerConfig, SignatureScheme, SupportedProtocolVersion,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::client::TlsStream;
use tokio_rustls::{TlsAcceptor, TlsConnector};

/// What an end shows and allows.
#[derive(Clone)]
pub(crate) struct Raw {
    /// Whose certificates it shows.
    pub(crate) chain: Vec<[u8; 32]>,
    /// Whose key it signs with.
    pub(crate) signer: [u8; 32],
    pub(crate) version: &'static SupportedProtocolVersion,
    pub(crate) groups: Vec<&'static dyn SupportedKxGroup>,
    pub(crate) alpn: Vec<Vec<u8>>,
}

impl Raw {
    /// Keeps to the rules in its handshake.
    pub(crate) fn proper(seed: [u8; 32]) -> Self {
        Self {
            chain: vec![seed],
            signer: seed,
            version: &rustls::version::TLS13,
            groups: vec![rustls::crypto::aws_lc_rs::kx_group::X25519MLKEM768],
            alpn: vec![b"h2".to_vec()],
        }
    }

    pub(crate) async fn connect(&self, address: &str) -> std::io::Result<TlsStream<TcpStream>> {
        let tcp = TcpStream::connect(address).await?;
        let name = ServerName::from(IpAddr::from(Ipv4Addr::LOCALHOST));
        TlsConnector::from(Arc::new(self.client()))
            .connect(name, tcp)
            .await
    }

    /// A connection for HTTP/2 requests of any shape.
    pub(crate) async fn http2<B>(&self, address: &str, window: u32) -> SendRequest<B>
    where
        B: Body<Data = Bytes, Error = Infallible> + Send + Unpin + 'static,
    {
        let tls = TokioIo::new(self.connect(address).await.unwrap());
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder.initial_stream_window_size(window);
        let (sender, driver) = builder.handshake(tls).await.unwrap();
        tokio::spawn(driver);
        sender
    }

    /// A server that runs `serve` on the first connection; its address.
    pub(crate) async fn listen<F, R>(&self, serve: F) -> String
    where
        F: FnOnce(std::io::Result<tokio_rustls::server::TlsStream<TcpStream>>) -> R,
        F: Send + 'static,
        R: Future + Send,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let acceptor = TlsAcceptor::from(Arc::new(self.server()));
        tokio::spawn(async move {
            let (tcp, _) = listener.accept().await.unwrap();
            serve(acceptor.accept(tcp).await).await;
        });
        address
    }

    fn client(&self) -> ClientConfig {
        let mut config = ClientConfig::builder_with_provider(self.provider())
            .with_protocol_versions(&[self.version])
            .unwrap()
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Credulous))
            .with_client_cert_resolver(self.resolver());
        config.alpn_protocols = self.alpn.clone();
        config
    }

    fn server(&self) -> ServerConfig {
        let mut config = ServerConfig::builder_with_provider(self.provider())
            .with_protocol_versions(&[self.version])
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(self.resolver());
        config.alpn_protocols = self.alpn.clone();
        config
    }

    fn provider(&self) -> Arc<CryptoProvider> {
        Arc::new(CryptoProvider {
            kx_groups: self.groups.clone(),
            ..default_provider()
        })
    }

    fn resolver(&self) -> Arc<SingleCertAndKey> {
        let chain = self.chain.iter().map(|seed| certificate(*seed)).collect();
        let key = any_eddsa_type(&pkcs8(self.signer)).unwrap();
        Arc::new(SingleCertAndKey::from(CertifiedKey::new(chain, key)))
    }
}

fn certificate(seed: [u8; 32]) -> CertificateDer<'static> {
    let key = KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8(seed), &PKCS_ED25519).unwrap();
    CertificateParams::default()
        .self_signed(&key)
        .unwrap()
        .der()
        .clone()
}

fn pkcs8(seed: [u8; 32]) -> PrivatePkcs8KeyDer<'static> {
    let mut der = vec![
        0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
    ];
    der.extend(seed);
    der.into()
}

/// Believes every server.
#[derive(Debug)]
struct Credulous;

impl ServerCertVerifier for Credulous {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

/// A body that sends one piece and then nothing, for ever or until its end.
pub(crate) struct Stub {
    pub(crate) piece: Option<Bytes>,
    pub(crate) ends: bool,
}

impl Body for Stub {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.piece.take() {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            None if self.ends => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}
