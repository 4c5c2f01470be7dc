//! Attachments: chunks nobody asked for, chunks that are not what was signed, and files of
//! others.

use passerelle_envelope::chunks::{
    CHUNK_BYTES, ChunkSealer, MAX_SEALED_CHUNK_BYTES, attachment_key,
};
use passerelle_envelope::{Header, VerifiedCard};
use passerelle_exchange::message::{
    BlobOffset, Chunk, ChunkGet, ChunkHeld, Message as _, Problem as Refusal, Wanted,
};
use passerelle_model::{Attachment, AttachmentKey, Digest, PartyId, Record, Said};
use passerelle_simulation::mallory::{Msg, SECURITY, SIDE, Stage};
use passerelle_store::{Journal, Store as _};

use super::Expect::{Harmless, Problem, Taken};
use super::Play::{Send, Steps};
use super::{CHUNK_GET, CHUNK_PUT, ENTRIES, Expect, Soon, Trick, WANTED, said};

pub(super) fn tricks() -> Vec<Trick> {
    let row =
        |name, does, expect: Expect, play: for<'a> fn(&'a mut Stage) -> Soon<'a, Msg>| Trick {
            name,
            does,
            expect,
            play: Steps(play),
        };
    vec![
        Trick {
            name: "chunk-nobody-needs",
            does: "hands over a file without a record",
            expect: Problem("E_NOT_FOUND"),
            play: Send(|_| put(SECURITY, Digest::new([1; 32]), 0, vec![1; 100])),
        },
        Trick {
            name: "chunk-under-an-unknown-agreement",
            does: "hands over a file nowhere",
            expect: Problem("E_NOT_FOUND"),
            play: Send(|_| put("unheard-of", Digest::new([1; 32]), 0, vec![1; 100])),
        },
        row("chunk-far-ahead", "sends the end first", Harmless, |s| {
            with_file(s, |file, _| put(SECURITY, file.sealed, 5_000, vec![1; 100]))
        }),
        row(
            "chunk-at-the-end-of-numbers",
            "sends chunk 2^64 - 1",
            Harmless,
            |s| {
                with_file(s, |file, _| {
                    put(SECURITY, file.sealed, u64::MAX, vec![1; 100])
                })
            },
        ),
        row("chunk-altered", "flips a bit", Problem("E_OPEN"), |s| {
            with_file(s, |file, mut chunks| {
                chunks[0][9] ^= 1;
                put(SECURITY, file.sealed, 0, chunks.remove(0))
            })
        }),
        row(
            "chunk-out-of-place",
            "sends the last chunk as the first",
            Problem("E_FILE"),
            |s| {
                with_file(s, |file, mut chunks| {
                    put(SECURITY, file.sealed, 0, chunks.remove(1))
                })
            },
        ),
        row(
            "chunk-of-another-file",
            "swaps two files",
            Problem("E_OPEN"),
            |s| {
                with_file(s, |file, _| {
                    let (_, mut others) = sealed(77, &vec![b'o'; CHUNK_BYTES + 5]);
                    put(SECURITY, file.sealed, 0, others.remove(0))
                })
            },
        ),
        row("chunk-empty", "sends no bytes", Problem("E_FILE"), |s| {
            with_file(s, |file, _| put(SECURITY, file.sealed, 0, vec![]))
        }),
        row(
            "chunk-oversized",
            "sends more than a chunk",
            Problem("E_TOO_LARGE"),
            |s| {
                with_file(s, |file, _| {
                    put(
                        SECURITY,
                        file.sealed,
                        0,
                        vec![1; MAX_SEALED_CHUNK_BYTES + 1],
                    )
                })
            },
        ),
        row(
            "chunk-under-another-agreement",
            "moves a file",
            Problem("E_NOT_FOUND"),
            |s| {
                with_file(s, |file, mut chunks| {
                    put(SIDE, file.sealed, 0, chunks.remove(0))
                })
            },
        ),
        row(
            "file-of-another-name",
            "signs a name that is not the file's",
            Problem("E_FILE"),
            |s| wrong(s, |file| file.sealed = Digest::new([5; 32])),
        ),
        row(
            "file-of-another-hash",
            "signs a hash that is not the file's",
            Problem("E_FILE"),
            |s| wrong(s, |file| file.sha256 = Digest::new([5; 32])),
        ),
        row(
            "file-of-another-length",
            "signs a length that is not the file's",
            Problem("E_OPEN"),
            |s| wrong(s, |file| file.bytes = 50),
        ),
        row(
            "file-twice-in-one-record",
            "attaches one file under two keys",
            Taken,
            |s| {
                Box::pin(async {
                    let (file, _) = sealed(5, b"small");
                    let mut record = s.record(SECURITY).unwrap();
                    let other = Attachment {
                        key: AttachmentKey::new([2; 32]),
                        ..file.clone()
                    };
                    record.attachments = vec![file, other];
                    s.write(&record).unwrap();
                    let msg = super::batch(s);
                    let book = s.mallory.book(&SECURITY.parse().unwrap()).unwrap();
                    book.taken = book.size();
                    msg
                })
            },
        ),
        row(
            "asks-for-the-third-partys-file",
            "asks for what went to somebody else",
            Problem("E_NOT_FOUND"),
            |s| {
                Box::pin(async {
                    let ours = Journal::new(&SECURITY.parse().unwrap(), s.node.party());
                    let blob = s.store.blob_needs(&ours, false).await.unwrap()[0].blob;
                    let unknown = s
                        .send(&s.mallory.party, &get(Digest::new([9; 32]), 0))
                        .await;
                    let msg = get(blob, 0);
                    assert_eq!(
                        s.send(&s.mallory.party, &msg).await,
                        unknown,
                        "tells that it exists"
                    );
                    msg
                })
            },
        ),
        row(
            "asks-beyond-the-end-of-its-file",
            "asks for chunk 2^64 - 1",
            Problem("E_NOT_FOUND"),
            |s| {
                Box::pin(async {
                    let staged = s
                        .node
                        .stage("n.txt", "text/plain", &b"pour vous"[..])
                        .await
                        .unwrap();
                    s.release(&[&s.mallory.party], vec![staged.token])
                        .await
                        .unwrap();
                    let ours = Journal::new(&SECURITY.parse().unwrap(), s.node.party());
                    let needs = s.store.blob_needs(&ours, false).await.unwrap();
                    let blob = needs.iter().max_by_key(|need| need.index).unwrap().blob;
                    s.must(&s.mallory.party, &get(blob, 0)).await;
                    get(blob, u64::MAX)
                })
            },
        ),
        row(
            "finishes-the-third-partys-file",
            "hands over the end of another's file",
            Problem("E_NOT_FOUND"),
            |s| {
                Box::pin(async {
                    let (file, mut chunks) = third_file(s).await;
                    let first = put(SECURITY, file.sealed, 0, chunks.remove(0));
                    s.must(&s.third.party, &first).await;
                    put(SECURITY, file.sealed, 1, chunks.remove(0))
                })
            },
        ),
    ]
}

/// After every bad chunk the good ones still complete the file.
#[tokio::test(start_paused = true)]
async fn bad_chunks_do_not_spoil_a_file() {
    let mut stage = Stage::new().await.unwrap();
    let (file, chunks) = given_file(&mut stage).await;
    let put = |chunk: u64, bytes: Vec<u8>| put(SECURITY, file.sealed, chunk, bytes);
    let flipped = |at: usize| {
        let mut bytes = chunks[at].clone();
        bytes[3] ^= 1;
        bytes
    };
    let mallory = stage.mallory.party.clone();
    for msg in [
        put(0, flipped(0)),
        put(0, vec![]),
        put(0, chunks[1].clone()),
    ] {
        assert_ne!(stage.send(&mallory, &msg).await.0, 200);
    }
    assert_eq!(
        next(&stage, &mallory, put(0, chunks[0].clone())).await,
        Some(1)
    );
    for msg in [put(1, flipped(1)), put(1, chunks[0].clone())] {
        assert_ne!(stage.send(&mallory, &msg).await.0, 200);
    }
    assert_eq!(
        next(&stage, &mallory, put(0, chunks[0].clone())).await,
        Some(1)
    );
    assert_eq!(
        next(&stage, &mallory, put(1, chunks[1].clone())).await,
        None
    );
    assert_eq!(
        next(&stage, &mallory, put(1, chunks[1].clone())).await,
        None
    );
}

/// A partner that has the same file from the same sender cannot take the receipt away from it.
#[tokio::test(start_paused = true)]
async fn the_third_partys_file_is_stated_to_the_third_party() {
    let mut stage = Stage::new().await.unwrap();
    let (file, chunks) = third_file(&mut stage).await;
    let (third, mallory) = (stage.third.party.clone(), stage.mallory.party.clone());
    let msgs: Vec<Msg> = (0..)
        .zip(chunks)
        .map(|(n, b)| put(SECURITY, file.sealed, n, b))
        .collect();
    stage.must(&third, &msgs[0]).await;
    stage.send(&mallory, &msgs[1]).await;
    stage.must(&third, &msgs[1]).await;
    let journal = Journal::new(&SECURITY.parse().unwrap(), &third);
    let rows = stage.store.statements(&journal, 0..1).await.unwrap();
    assert!(
        rows.iter().any(|row| row.said == "files-complete"),
        "{rows:?}"
    );
}

/// A record that names another's file under a wrong key neither breaks nor delays that file.
#[tokio::test(start_paused = true)]
async fn a_borrowed_name_does_not_spoil_the_file() {
    let mut stage = Stage::new().await.unwrap();
    let (file, chunks) = third_file(&mut stage).await;
    let (third, mallory) = (stage.third.party.clone(), stage.mallory.party.clone());
    let msgs: Vec<Msg> = (0..)
        .zip(chunks)
        .map(|(n, b)| put(SECURITY, file.sealed, n, b))
        .collect();
    stage.must(&third, &msgs[0]).await;
    borrow(&mut stage, &file).await;
    let bad = put(SECURITY, file.sealed, 1, vec![1; 100]);
    assert_eq!(
        next(&stage, &mallory, bad).await,
        Some(0),
        "it counts for itself alone"
    );
    let bad = put(SECURITY, file.sealed, 0, vec![1; 100]);
    assert_ne!(stage.send(&mallory, &bad).await.0, 200);
    let wanted = Wanted {
        channel: SECURITY.parse().unwrap(),
    };
    stage.must(&mallory, &Msg::new(WANTED, &wanted)).await;
    assert_eq!(
        next(&stage, &third, msgs[1].clone()).await,
        None,
        "what had arrived is gone"
    );
}

/// A file that is here already is not complete for a record whose key does not open it.
#[tokio::test(start_paused = true)]
async fn a_borrowed_file_is_not_stated_complete() {
    let mut stage = Stage::new().await.unwrap();
    let (file, chunks) = third_file(&mut stage).await;
    let third = stage.third.party.clone();
    for (number, bytes) in (0..).zip(chunks) {
        stage
            .must(&third, &put(SECURITY, file.sealed, number, bytes))
            .await;
    }
    borrow(&mut stage, &file).await;
    let told = stage.fetch(SECURITY).await.unwrap();
    let statements = said(&stage, &told);
    assert!(
        !statements.iter().any(|one| one.said == Said::FilesComplete),
        "{statements:?}"
    );
}

/// Mallory's record names `file` under a key that it made up.
async fn borrow(stage: &mut Stage, file: &Attachment) {
    let mut record = stage.record(SECURITY).unwrap();
    let key = AttachmentKey::new([2; 32]);
    record.attachments = vec![Attachment {
        key,
        bytes: 50,
        ..file.clone()
    }];
    stage.write(&record).unwrap();
    stage.hand_over(SECURITY).await.unwrap();
}

async fn next(stage: &Stage, from: &PartyId, msg: Msg) -> Option<u64> {
    let (status, body) = stage.send(from, &msg).await;
    assert_eq!(status, 200, "{:?}", Refusal::from_bytes(&body));
    ChunkHeld::from_bytes(&body).unwrap().next
}

/// An attachment and its sealed chunks; the same seed gives the same.
fn sealed(seed: u64, plain: &[u8]) -> (Attachment, Vec<Vec<u8>>) {
    let key = attachment_key(&mut passerelle_envelope::testing::SeededRng::new(seed));
    let mut sealer = ChunkSealer::new(&key);
    let count = plain.chunks(CHUNK_BYTES).count();
    let pieces = plain.chunks(CHUNK_BYTES).enumerate();
    let chunks = pieces
        .map(|(n, piece)| sealer.seal(piece, n + 1 == count).unwrap())
        .collect();
    let file = sealer.finish().unwrap();
    let (name, media_type) = ("f.bin".parse().unwrap(), "application/pdf".parse().unwrap());
    let (bytes, sha256, sealed) = (file.bytes, file.sha256, file.sealed);
    (
        Attachment {
            name,
            media_type,
            bytes,
            sha256,
            sealed,
            key,
        },
        chunks,
    )
}

/// Mallory's record with a file of two chunks is taken; no chunk is handed over yet.
async fn given_file(stage: &mut Stage) -> (Attachment, Vec<Vec<u8>>) {
    let (file, chunks) = sealed(5, &vec![b'm'; CHUNK_BYTES + 5]);
    let mut record = stage.record(SECURITY).unwrap();
    record.attachments = vec![file.clone()];
    stage.write(&record).unwrap();
    stage.hand_over(SECURITY).await.unwrap();
    (file, chunks)
}

fn with_file(stage: &mut Stage, make: fn(Attachment, Vec<Vec<u8>>) -> Msg) -> Soon<'_, Msg> {
    Box::pin(async move {
        let (file, chunks) = given_file(stage).await;
        make(file, chunks)
    })
}

/// A small file whose record says something else about it.
fn wrong(stage: &mut Stage, change: fn(&mut Attachment)) -> Soon<'_, Msg> {
    Box::pin(async move {
        let (mut file, mut chunks) = sealed(6, b"petit fichier");
        change(&mut file);
        let mut record = stage.record(SECURITY).unwrap();
        record.attachments = vec![file.clone()];
        stage.write(&record).unwrap();
        stage.hand_over(SECURITY).await.unwrap();
        put(SECURITY, file.sealed, 0, chunks.remove(0))
    })
}

/// The third party sends us and Mallory one record with a file of two chunks.
async fn third_file(stage: &mut Stage) -> (Attachment, Vec<Vec<u8>>) {
    let (file, chunks) = sealed(8, &vec![b't'; CHUNK_BYTES + 5]);
    let mut record = Record {
        from: stage.third.party.clone(),
        ..stage.record(SECURITY).unwrap()
    };
    record.to.push("ma.interior/liaison".parse().unwrap());
    record.attachments = vec![file.clone()];
    let content = stage.third.signed(&record);
    let cards = [stage.card.clone(), stage.mallory.card.clone()];
    let cards: [&VerifiedCard; 2] = cards.each_ref();
    let envelope = stage
        .third
        .sealed(&Header::of_record(&record), &content, &cards)
        .unwrap();
    stage.third.write(&record.channel, envelope).unwrap();
    let batch = stage.third.book(&record.channel).unwrap().fresh().unwrap();
    stage
        .must(&stage.third.party, &Msg::new(ENTRIES, &batch))
        .await;
    (file, chunks)
}

fn put(channel: &str, blob: Digest, chunk: u64, bytes: Vec<u8>) -> Msg {
    let (channel, at) = (channel.parse().unwrap(), BlobOffset { blob, chunk });
    Msg::new(CHUNK_PUT, &Chunk { channel, at, bytes })
}

fn get(blob: Digest, chunk: u64) -> Msg {
    Msg::new(
        CHUNK_GET,
        &ChunkGet {
            at: BlobOffset { blob, chunk },
        },
    )
}
