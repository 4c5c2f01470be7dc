//! What is not taken as an attachment leaves nothing behind.

use passerelle_simulation::{Faults, World};

#[tokio::test(start_paused = true)]
async fn a_file_that_is_not_what_it_says_is_refused_and_an_honest_one_is_taken() {
    let world = World::new(&["ma.interior", "be.interior"], 1, Faults::default())
        .await
        .unwrap();
    let node = world.node(0).unwrap();
    let trap = b"PK\x05\x06\0\0\0\0\x11\x27\x11\x27\0\0\0\0\0\0\0\0\0\0";
    for (name, kind, bytes, code) in [
        (
            "photo.png",
            "image/png",
            &b"MZ a program"[..],
            "E_FILE_TYPE",
        ),
        (
            "plan.pdf",
            "application/octet-stream",
            b"no pdf",
            "E_FILE_TYPE",
        ),
        ("a.zip", "application/zip", trap, "E_ARCHIVE_ENTRIES"),
        (
            "b.zip",
            "application/zip",
            b"PK\x03\x04cut",
            "E_ARCHIVE_MALFORMED",
        ),
    ] {
        let refused = node.stage(name, kind, bytes).await.unwrap_err();
        assert_eq!(
            (refused.code(), refused.http_status()),
            (code, 422),
            "{name}"
        );
    }
    let taken = node
        .stage("plan.pdf", "application/pdf", &b"%PDF-1.7"[..])
        .await;
    assert_eq!(taken.unwrap().bytes, 8);
}
