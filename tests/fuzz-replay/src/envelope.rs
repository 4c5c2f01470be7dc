//! Cards, signatures, sealed content and keys.

use minicbor::bytes::ByteVec;
use passerelle_envelope::backup::{BackupHead, Manifest, Parts, PartsWriter, Read};
use passerelle_envelope::chunks::{ChunkOpener, FileOpener};
use passerelle_envelope::spoken::Fingerprint;
use passerelle_envelope::testing::SAMPLE_TIME;
use passerelle_envelope::{
    Envelope, LockedKeyring, OpenedPackets, PersonalKey, Unlock, VerifiedCard, VerifiedPolicy,
    format_key_file, open_personal, parse_key_file, verify_agreement_signature, verify_policy,
    verify_record, verify_statements,
};
use passerelle_model::codec::to_canonical;
use sha2::{Digest as _, Sha256};

use crate::samples::world;
use crate::{chosen, one_form, taken};

/// `VerifiedCard::parse`, binary and armoured.
pub(crate) fn card(bytes: &[u8]) -> bool {
    let Some(card) = taken(VerifiedCard::parse(bytes)) else {
        return false;
    };
    assert!(world().cards().contains(&&card), "forged");
    let armoured = card.armoured();
    assert_eq!(VerifiedCard::parse(armoured.as_bytes()).as_ref(), Ok(&card));
    assert!(bytes.trim_ascii_start().starts_with(b"-----BEGIN ") || bytes == card.bytes());
    true
}

/// A backup: its head, its parts in pieces of any size, its manifest.
pub(crate) fn backup(bytes: &[u8]) -> bool {
    let Some((choice, bytes)) = chosen(bytes) else {
        return false;
    };
    match choice % 3 {
        0 => {
            let head = BackupHead::parse(bytes);
            // A passphrase is not tried: the work it asks for is within limits, but long.
            one_form(bytes, head, |head| head.bytes().to_vec()).is_some()
        }
        1 => {
            let manifest = Manifest::parse(bytes);
            one_form(bytes, manifest, Manifest::to_bytes).is_some()
        }
        _ => {
            let whole = parts(bytes, bytes.len().max(1));
            assert_eq!(parts(bytes, 7), whole, "pieces of another size");
            whole
        }
    }
}

/// Whether all parts are there; what is not refused is written as the same bytes.
fn parts(bytes: &[u8], piece: usize) -> bool {
    let (mut parts, mut writer, mut written) = (Parts::new(), PartsWriter::new(), Vec::new());
    for piece in bytes.chunks(piece) {
        parts.push(piece);
        loop {
            match taken(parts.next()) {
                Some(Read::Begin(head)) => written.extend(writer.head(&head)),
                Some(Read::Bytes(bytes)) => written.extend(bytes),
                Some(Read::Whole(_)) => {}
                Some(Read::End | Read::More) => break,
                None => return false,
            }
        }
    }
    if parts.is_whole() {
        written.extend(writer.end());
        assert!(written == bytes, "read, but written as other bytes");
    }
    parts.is_whole()
}

/// `Envelope::parse`, `open`, and the record or the statements inside.
pub(crate) fn open(bytes: &[u8]) -> bool {
    let Some(envelope) = taken(Envelope::parse(bytes)) else {
        return false;
    };
    assert_eq!(envelope.hash().as_bytes()[..], Sha256::digest(bytes)[..]);
    let holder = &world().brussels;
    let mut packets = OpenedPackets::new();
    let opened = passerelle_envelope::open(&envelope, &holder.party, &holder.keyring, &mut packets);
    let Ok(opened) = opened else { return false };
    let known = &world().envelopes;
    assert!(
        known.iter().any(|one| one.content == opened.content()),
        "forged"
    );
    let senders = [&world().rabat.card];
    let record = opened.verified_record(&senders);
    assert!(
        record
            .as_ref()
            .is_ok_and(|record| record.bytes() == opened.content())
            || record.is_err()
    );
    record.is_ok() || opened.verified_statements(&senders).is_ok()
}

/// `verify_record`.
pub(crate) fn record(bytes: &[u8]) -> bool {
    let Some(record) = taken(verify_record(bytes, &world().cards())) else {
        return false;
    };
    assert_eq!(record.bytes(), bytes);
    assert!(
        world()
            .signed_records
            .iter()
            .any(|signed| signed.bytes() == bytes),
        "forged"
    );
    true
}

/// `verify_policy`, and `VerifiedPolicy::taken` in place of the first one.
pub(crate) fn policy(bytes: &[u8]) -> bool {
    let world = world();
    let known = &world.signed_policies;
    let taken = taken(verify_policy(bytes, &world.cards()));
    if let Some(policy) = &taken {
        assert!(known.contains(policy), "forged");
    }
    let (card, held) = (&world.rabat.card, known.first());
    if let Ok(newer) = VerifiedPolicy::taken(bytes, card, held, SAMPLE_TIME) {
        assert!(known.contains(&newer), "forged");
        let before = held.map(|held| held.policy().number);
        assert!(Some(newer.policy().number) >= before, "went back");
    }
    taken.is_some()
}

/// `verify_statements`.
pub(crate) fn statements(bytes: &[u8]) -> bool {
    let verified = taken(verify_statements(bytes, &world().cards())).is_some();
    assert!(
        !verified || world().signed_heads.iter().any(|signed| signed == bytes),
        "forged"
    );
    verified
}

/// `verify_agreement_signature`, for both members.
pub(crate) fn agreement(bytes: &[u8]) -> bool {
    let world = world();
    let verify = |card| verify_agreement_signature(bytes, card).ok();
    let Some(signature) = world.cards().into_iter().find_map(verify) else {
        return false;
    };
    assert!(signature.covers(&world.agreement).is_ok());
    assert!(
        world
            .agreement_signatures
            .iter()
            .any(|signed| signed == bytes),
        "forged"
    );
    true
}

/// `LockedKeyring::parse` and `open`. First byte 0: a whole file. Otherwise: the locked part,
/// around which frame and checksum are written here, because no search finds a checksum.
pub(crate) fn keyring(bytes: &[u8]) -> bool {
    let Some((choice, bytes)) = chosen(bytes) else {
        return false;
    };
    let framed;
    let file = if choice == 0 {
        bytes
    } else {
        framed = keyring_file(bytes);
        &framed
    };
    let Some(locked) = one_form(file, LockedKeyring::parse(file), |read| {
        read.bytes().to_vec()
    }) else {
        return false;
    };
    // A passphrase is not tried: the work it asks for is within limits, but long.
    let opened = locked.open(&Unlock::KeyFile(world().key_file.into()));
    assert!(!(locked.needs_passphrase() && opened.is_ok()));
    if opened.is_ok() {
        assert!(
            world().keyring_files.iter().any(|known| known == file),
            "forged"
        );
    }
    opened.is_ok() || locked.needs_passphrase()
}

/// `parse_key_file`.
pub(crate) fn key_file(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let Some(key) = taken(parse_key_file(text)) else {
        return false;
    };
    assert_eq!(parse_key_file(&format_key_file(&key)), Ok(key));
    true
}

/// `Fingerprint::parse`.
pub(crate) fn spoken(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    match Fingerprint::parse(text) {
        Ok((fingerprint, how)) => {
            let spoken = fingerprint.spoken(how);
            assert_eq!(Fingerprint::parse(&spoken), Ok((fingerprint, how)));
            true
        }
        Err(error) => {
            assert!(
                error.to_string().len() < 400,
                "the message repeats the input"
            );
            false
        }
    }
}

/// First byte: whether it is the last chunk; 8 bytes: its number; then the sealed chunk.
pub(crate) fn chunk(bytes: &[u8]) -> bool {
    let Some((last, bytes)) = chosen(bytes) else {
        return false;
    };
    let Some((index, sealed)) = bytes.split_first_chunk() else {
        return false;
    };
    let (index, last) = (u64::from_be_bytes(*index), last % 2 == 1);
    let file = &world().file;
    if ChunkOpener::new(&file.attachment.key)
        .open(index, last, sealed)
        .is_ok()
    {
        assert!(
            (index, last) == (0, true) && sealed == file.sealed,
            "forged"
        );
    }
    let (mut opener, mut buffer) = (FileOpener::new(&file.attachment), sealed.to_vec());
    let opened = opener.open_next(&mut buffer).and_then(|()| opener.finish());
    assert_eq!(opened.is_ok(), sealed == file.sealed);
    opened.is_ok() && (index, last) == (0, true)
}

/// `StoreKey::open_small` and `unwrap_content_key`.
pub(crate) fn at_rest(bytes: &[u8]) -> bool {
    let world = world();
    let store = world.brussels.keyring.store();
    let small = store.open_small(bytes, b"row");
    assert!(small.is_err() || bytes == world.small, "forged");
    let key = store.unwrap_content_key(bytes, b"row");
    assert!(key.is_err() || bytes == world.wrapped, "forged");
    small.is_ok() || key.is_ok()
}

/// `PersonalKey::unlock` (first byte 0) and `open_personal`.
pub(crate) fn personal(bytes: &[u8]) -> bool {
    let Some((choice, bytes)) = chosen(bytes) else {
        return false;
    };
    let sample = &world().personal;
    if choice == 0 {
        // A passphrase is not tried: the work it asks for is within limits, but long.
        let key_file = Unlock::KeyFile(world().key_file.into());
        let refused = PersonalKey::unlock(bytes, &key_file, "watch").map(drop);
        return refused.is_err_and(|error| error.code() == "E_UNLOCK");
    }
    let packet = &sample.text.packets.concat();
    let Some((head, text)) = bytes.split_at_checked(packet.len()) else {
        return false;
    };
    let opened = open_personal((head, text), b"row", ("watch", &sample.key));
    let known = head == packet && text == sample.text.bytes;
    assert!(opened.is_err() || known, "forged");
    opened.is_ok()
}

/// The file around a locked part.
pub(crate) fn keyring_file(locked: &[u8]) -> Vec<u8> {
    let hash = Sha256::digest(locked).to_vec();
    let frame = to_canonical(&[ByteVec::from(locked.to_vec()), ByteVec::from(hash)]);
    [b"passerelle keyring v1\n", frame.as_slice()].concat()
}
