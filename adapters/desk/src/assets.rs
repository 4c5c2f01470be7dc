//! Files that pages need: one sheet, one script, one mark. Their names carry their content, so
//! that browsers keep them for good.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use sha2::{Digest as _, Sha256};

const FILES: [(&str, &str, &str); 3] = [
    (
        "desk.css",
        "text/css; charset=utf-8",
        include_str!("../assets/desk.css"),
    ),
    (
        "desk.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/desk.js"),
    ),
    (
        "mark.svg",
        "image/svg+xml",
        include_str!("../assets/mark.svg"),
    ),
];

static NAMED: LazyLock<Vec<(String, &'static str, &'static str, &'static str)>> =
    LazyLock::new(|| {
        let named = |(name, kind, text): (&'static str, &'static str, &'static str)| {
            let hash = Sha256::digest(text);
            let short: String = hash
                .iter()
                .take(6)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            (format!("{short}-{name}"), name, kind, text)
        };
        FILES.into_iter().map(named).collect()
    });

/// The address of a file.
pub(crate) fn href(name: &str) -> String {
    let found = NAMED.iter().find(|(_, held, ..)| *held == name);
    found.map_or_else(String::new, |(full, ..)| format!("/assets/{full}"))
}

pub(crate) async fn serve(Path(file): Path<String>) -> Response {
    let Some((_, _, kind, text)) = NAMED.iter().find(|(full, ..)| *full == file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, *kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, *text).into_response()
}
