//! Files that pages need: one sheet, one script, one mark, three faces, and the colours of two
//! parties. Their names carry their content, so that browsers keep them for good.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use sha2::{Digest as _, Sha256};

use crate::colour;

/// The sheet, by concern; later parts may rely on earlier ones.
const SHEET: &str = concat!(
    include_str!("../assets/css/fonts.css"),
    include_str!("../assets/css/tokens.css"),
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/layout.css"),
    include_str!("../assets/css/parts.css"),
    include_str!("../assets/css/lists.css"),
    include_str!("../assets/css/forms.css"),
    include_str!("../assets/css/writing.css"),
    include_str!("../assets/css/case.css"),
    include_str!("../assets/css/beads.css"),
    include_str!("../assets/css/rooms.css"),
    include_str!("../assets/css/group.css"),
    include_str!("../assets/css/group-follow.css"),
    include_str!("../assets/css/group-learn.css"),
    include_str!("../assets/css/group-meet.css"),
    include_str!("../assets/css/group-public.css"),
    include_str!("../assets/css/print.css"),
);

/// The sheet of the public site.
const PUBLIC: &str = concat!(
    include_str!("../assets/css/fonts.css"),
    include_str!("../assets/css/tokens.css"),
    include_str!("../assets/css/public.css"),
);

const CSS: &str = "text/css; charset=utf-8";
const WOFF2: &str = "font/woff2";

/// Faces, named in the sheet by their bare names.
const FACES: [(&str, &[u8]); 3] = [
    (
        "noto-sans-latin.woff2",
        include_bytes!("../assets/fonts/noto-sans-latin.woff2"),
    ),
    (
        "noto-sans-latin-ext.woff2",
        include_bytes!("../assets/fonts/noto-sans-latin-ext.woff2"),
    ),
    (
        "noto-sans-arabic.woff2",
        include_bytes!("../assets/fonts/noto-sans-arabic.woff2"),
    ),
];

/// One file as it is served.
struct File {
    /// With its hash.
    full: String,
    name: &'static str,
    kind: &'static str,
    bytes: Cow<'static, [u8]>,
}

impl File {
    fn new(name: &'static str, kind: &'static str, bytes: Cow<'static, [u8]>) -> Self {
        let hash = Sha256::digest(&bytes);
        let short: String = hash
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self {
            full: format!("{short}-{name}"),
            name,
            kind,
            bytes,
        }
    }
}

static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let face = |(name, bytes): &(&'static str, &'static [u8])| {
        File::new(name, WOFF2, Cow::Borrowed(bytes))
    };
    let mut files: Vec<File> = FACES.iter().map(face).collect();
    for (name, sheet) in [("desk.css", SHEET), ("public.css", PUBLIC)] {
        let mut sheet = squeezed(sheet);
        for face in files.iter().filter(|file| file.kind == WOFF2) {
            sheet = sheet.replace(face.name, &face.full);
        }
        files.push(File::new(name, CSS, Cow::Owned(sheet.into_bytes())));
    }
    let script = include_bytes!("../assets/desk.js").as_slice();
    let script = Cow::Borrowed(script);
    files.push(File::new(
        "desk.js",
        "text/javascript; charset=utf-8",
        script,
    ));
    let mark = Cow::Borrowed(include_bytes!("../assets/mark.svg").as_slice());
    files.push(File::new("mark.svg", "image/svg+xml", mark));
    files
});

/// The sheet without its comments and indents: a third less to send, the same to read by.
fn squeezed(sheet: &str) -> String {
    let mut bare = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// The address of a file.
pub(crate) fn href(name: &str) -> String {
    let found = FILES.iter().find(|file| file.name == name);
    found.map_or_else(String::new, |file| format!("/assets/{}", file.full))
}

/// The address of the sheet with the colours of two parties.
pub(crate) fn colours(ours: &str, theirs: &str) -> String {
    format!("/assets/colours-{ours}-{theirs}.css")
}

pub(crate) async fn serve(Path(file): Path<String>) -> Response {
    if let Some(sheet) = colour::sheet_named(&file) {
        return kept(CSS, sheet);
    }
    match FILES.iter().find(|held| held.full == file) {
        Some(found) => kept(found.kind, found.bytes.as_ref()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A name stands for one content for good.
fn kept(kind: &'static str, bytes: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    // The headers replace the type that the bytes come with.
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Most bytes of all faces together.
    const MAX_FACES_BYTES: usize = 120 * 1024;

    /// Names of physical sides, which would not mirror in Arabic.
    const SIDES: [&str; 5] = ["left", "right", "top", "bottom", "float"];
    /// Sizes by physical axes; `border-block-end-width` is none.
    const SIZES: [&str; 6] = [
        "width",
        "height",
        "min-width",
        "max-width",
        "min-height",
        "max-height",
    ];

    /// The first declaration that names a physical side, or a side of the page as a value.
    fn physical(sheet: &str) -> Option<String> {
        let bare = squeezed(sheet);
        let declarations = bare.split(['{', '}', ';']).map(str::trim);
        let sided = |text: &&str| {
            let Some((name, value)) = text.split_once(':') else {
                return false;
            };
            let parts = |text: &str| -> Vec<String> {
                text.split(|c: char| !c.is_ascii_alphanumeric())
                    .map(str::to_owned)
                    .collect()
            };
            let property = name.trim();
            // Selectors and media conditions are no declarations.
            if !property.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                return false;
            }
            let named = parts(property).iter().any(|p| SIDES.contains(&p.as_str()));
            let valued = parts(value).iter().any(|p| p == "left" || p == "right");
            named || valued || SIZES.contains(&property)
        };
        declarations.into_iter().find(sided).map(str::to_owned)
    }

    #[test]
    fn the_sheet_names_no_physical_side() {
        assert_eq!(physical(SHEET), None);
        assert_eq!(physical(PUBLIC), None);
    }

    #[test]
    fn a_physical_side_is_found() {
        for faulty in [
            ".a{margin-left:1px}",
            ".a { text-align: right; }",
            "@media print { .a { float: none; } }",
            ".a{inline-size:1px;border-right-color:red}",
            ".a{inset-block:0;left:0}",
            ".a{max-width:3rem}",
        ] {
            assert!(physical(faulty).is_some(), "{faulty}");
        }
        assert_eq!(physical(".a{margin-inline-start:1px}/* left */"), None);
    }

    #[test]
    fn braces_of_the_sheet_are_balanced_and_faces_are_named_by_content() {
        let file = FILES.iter().find(|file| file.name == "desk.css").unwrap();
        let sheet = String::from_utf8(file.bytes.to_vec()).unwrap();
        assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
        assert!(!sheet.contains("/*") && !sheet.contains("(\"noto"));
        for (name, _) in FACES {
            let href = href(name).replace("/assets/", "");
            assert!(sheet.contains(&format!("url(\"{href}\")")), "{name}");
        }
    }

    #[test]
    fn faces_are_light_and_their_licence_is_beside_them() {
        let bytes: usize = FACES.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(bytes <= MAX_FACES_BYTES, "{bytes}");
        assert!(include_str!("../assets/fonts/OFL.txt").contains("SIL OPEN FONT LICENSE"));
    }

    #[tokio::test]
    async fn files_are_kept_for_good_and_others_are_absent() {
        let found = serve(Path(href("desk.js").replace("/assets/", ""))).await;
        assert_eq!(found.status(), StatusCode::OK);
        let kept = found.headers().get(header::CACHE_CONTROL).unwrap();
        assert!(kept.to_str().unwrap().contains("immutable"));
        let sheet = serve(Path("colours-14532d-1e3a8a.css".into())).await;
        let kind = sheet.headers().get(header::CONTENT_TYPE).unwrap();
        assert_eq!(
            (sheet.status(), kind.to_str().unwrap()),
            (StatusCode::OK, CSS)
        );
        for absent in ["desk.js", "../Cargo.toml", "colours-14532d-{}{}{}.css"] {
            let answer = serve(Path(absent.into())).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{absent}");
        }
    }
}
