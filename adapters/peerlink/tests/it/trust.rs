//! Who is let in, and who is believed.

use bytes::Bytes;
use passerelle_peerlink::{Error, Limits};
use rustls::crypto::aws_lc_rs::kx_group;
use tokio::io::AsyncReadExt;

use crate::raw::Raw;
use crate::world::{BRUSSELS, RABAT, STRANGER, World, key, name};

#[tokio::test]
async fn an_unknown_client_is_refused_and_told_why() {
    let mut world = World::new(Limits::default()).await;
    let refused = world.dial(&world.dialer(STRANGER)).await.unwrap_err();
    assert_eq!(refused, Error::KeyRefused);
    assert_eq!(refused.code(), "E_PEER_KEY_REFUSED");
    assert_eq!(world.refusal().await, Error::Key { key: key(STRANGER) });
}

#[tokio::test]
async fn an_unknown_server_is_refused() {
    let mut world = World::new(Limits::default()).await;
    world.client_book.remove(BRUSSELS);
    assert_eq!(
        world.connect().await.unwrap_err(),
        Error::Key { key: key(BRUSSELS) }
    );
    assert_eq!(
        world.refusal().await,
        Error::KeyRefused,
        "the server learns it too"
    );
}

#[tokio::test]
async fn a_pinned_server_of_another_party_is_refused() {
    let world = World::new(Limits::default()).await;
    let dialer = world.dialer(RABAT);
    let wrong = dialer
        .connect(&world.address, &name("es.interior"), vec![key(BRUSSELS)])
        .await;
    let expected = name("es.interior");
    assert_eq!(
        wrong.unwrap_err(),
        Error::Party {
            expected,
            found: name("be.interior")
        }
    );
}

#[tokio::test]
async fn a_pinned_server_with_a_key_that_its_card_lacks_is_refused() {
    let world = World::new(Limits::default()).await;
    let dialer = world.dialer(RABAT);
    for keys in [vec![], vec![key(STRANGER)]] {
        let wrong = dialer
            .connect(&world.address, &name("be.interior"), keys)
            .await;
        assert_eq!(wrong.unwrap_err(), Error::Key { key: key(BRUSSELS) });
    }
    let both = vec![key(STRANGER), key(BRUSSELS)];
    assert!(
        dialer
            .connect(&world.address, &name("be.interior"), both)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_removed_pin_counts_at_the_next_connection() {
    let world = World::new(Limits::default()).await;
    let dialer = world.dialer(RABAT);
    drop(world.dial(&dialer).await.unwrap());
    world.server_book.remove(RABAT);
    assert_eq!(world.dial(&dialer).await.unwrap_err(), Error::KeyRefused);
    world.server_book.add(RABAT, "ma.interior");
    assert!(world.dial(&dialer).await.is_ok());
    world.client_book.remove(BRUSSELS);
    assert_eq!(
        world.dial(&dialer).await.unwrap_err(),
        Error::Key { key: key(BRUSSELS) }
    );
}

#[tokio::test]
async fn a_removed_pin_counts_at_the_next_call() {
    let world = World::new(Limits::default()).await;
    let link = world.connect().await.unwrap();
    world.server_book.remove(RABAT);
    assert_eq!(
        link.call("/echo", Bytes::new()).await,
        Err(Error::KeyRefused)
    );
    world.server_book.add(RABAT, "es.interior");
    assert_eq!(
        link.call("/echo", Bytes::new()).await,
        Err(Error::KeyRefused),
        "another party"
    );
    world.server_book.add(RABAT, "ma.interior");
    assert!(link.call("/echo", Bytes::new()).await.is_ok());
    world.client_book.remove(BRUSSELS);
    let unpinned = link.call("/echo", Bytes::new()).await;
    assert_eq!(unpinned, Err(Error::Key { key: key(BRUSSELS) }));
}

#[tokio::test]
async fn a_client_of_tls_1_2_is_refused() {
    let mut world = World::new(Limits::default()).await;
    let old = Raw {
        version: &rustls::version::TLS12,
        groups: vec![kx_group::X25519],
        ..Raw::proper(RABAT)
    };
    let refused = old.connect(&world.address).await.unwrap_err();
    assert!(refused.to_string().contains("ProtocolVersion"), "{refused}");
    assert_eq!(world.refusal().await.code(), "E_PEER_HANDSHAKE");
}

#[tokio::test]
async fn a_client_without_the_hybrid_key_exchange_is_refused() {
    let mut world = World::new(Limits::default()).await;
    let groups = vec![kx_group::X25519, kx_group::SECP256R1];
    let classical = Raw {
        groups,
        ..Raw::proper(RABAT)
    };
    let refused = classical.connect(&world.address).await.unwrap_err();
    assert!(
        refused.to_string().contains("HandshakeFailure"),
        "{refused}"
    );
    assert_eq!(world.refusal().await.code(), "E_PEER_HANDSHAKE");
}

#[tokio::test]
async fn servers_with_tls_1_2_or_a_classical_key_exchange_are_refused() {
    let world = World::new(Limits::default()).await;
    let classical = Raw {
        groups: vec![kx_group::X25519],
        ..Raw::proper(BRUSSELS)
    };
    let old = Raw {
        version: &rustls::version::TLS12,
        ..classical.clone()
    };
    for server in [classical, old] {
        let address = server
            .listen(async |outcome| assert!(outcome.is_err()))
            .await;
        let refused = world.dialer(RABAT);
        let refused = refused
            .connect(&address, &name("be.interior"), vec![key(BRUSSELS)])
            .await;
        assert_eq!(refused.unwrap_err().code(), "E_PEER_HANDSHAKE");
    }
}

#[tokio::test]
async fn a_stolen_certificate_without_its_key_is_refused_at_both_ends() {
    let mut world = World::new(Limits::default()).await;
    let thief = Raw {
        signer: STRANGER,
        ..Raw::proper(RABAT)
    };
    let mut tls = thief.connect(&world.address).await.unwrap();
    let refused = tls.read(&mut [0; 16]).await.unwrap_err();
    assert!(refused.to_string().contains("DecryptError"), "{refused}");
    drop(tls);
    assert_eq!(world.refusal().await.code(), "E_PEER_HANDSHAKE");

    let thief = Raw {
        signer: STRANGER,
        ..Raw::proper(BRUSSELS)
    };
    let address = thief
        .listen(async |outcome| assert!(outcome.is_err()))
        .await;
    let dialer = world.dialer(RABAT);
    let refused = dialer
        .connect(&address, &name("be.interior"), vec![key(BRUSSELS)])
        .await;
    assert_eq!(refused.unwrap_err().code(), "E_PEER_HANDSHAKE");
}

#[tokio::test]
async fn a_chain_of_certificates_is_refused() {
    let mut world = World::new(Limits::default()).await;
    let chain = Raw {
        chain: vec![RABAT, BRUSSELS],
        ..Raw::proper(RABAT)
    };
    let mut tls = chain.connect(&world.address).await.unwrap();
    assert!(tls.read(&mut [0; 16]).await.is_err());
    drop(tls);
    assert_eq!(world.refusal().await.code(), "E_PEER_CERTIFICATE");
}

#[tokio::test]
async fn a_client_without_certificate_is_refused() {
    let mut world = World::new(Limits::default()).await;
    let anonymous = Raw {
        chain: vec![],
        ..Raw::proper(RABAT)
    };
    let mut tls = anonymous.connect(&world.address).await.unwrap();
    assert!(tls.read(&mut [0; 16]).await.is_err());
    drop(tls);
    assert_eq!(world.refusal().await.code(), "E_PEER_HANDSHAKE");
}

#[tokio::test]
async fn a_client_that_does_not_ask_for_http_2_is_refused() {
    let mut world = World::new(Limits::default()).await;
    let silent = Raw {
        alpn: vec![],
        ..Raw::proper(RABAT)
    };
    let mut tls = silent.connect(&world.address).await.unwrap();
    assert_ne!(tls.read(&mut [0; 16]).await.ok(), Some(16));
    assert_eq!(
        world.refusal().await,
        Error::Handshake("no HTTP/2 agreed".into())
    );
}
