//! Which pieces of a page are what it is about.

use crate::{aside, paper::BlockKind};

use super::{Place, letters};

/// Within a form.
pub(super) const BY_FORM: u8 = 1;
/// Within an element whose class or identifier says menu, share, cookies and so on.
pub(super) const BY_CLASS: u8 = 2;
/// "Read also", what follows it, share links, rows of links.
const BY_WORDS: u8 = 4;

/// A block that is read, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) kind: BlockKind,
    pub(super) text: String,
    /// Letters of it that are in a link.
    pub(super) linked: usize,
    letters: usize,
    doubts: u8,
    main: bool,
    article: Option<u32>,
}

impl Piece {
    pub(super) fn new(place: Place, kind: BlockKind, text: String, linked: usize) -> Self {
        Self {
            kind,
            linked,
            letters: letters(&text),
            text,
            doubts: place.doubts,
            main: place.main,
            article: place.article,
        }
    }

    /// Nearly all of it is links, and it is no sentence.
    fn is_links(&self) -> bool {
        let heading = matches!(self.kind, BlockKind::Heading(_));
        !heading && self.linked * 10 >= self.letters * 8 && !self.text.ends_with(['.', '؛', ';'])
    }
}

/// The main content in order, and how many pieces were left out.
pub(super) fn choose(mut pieces: Vec<Piece>) -> (Vec<Piece>, usize) {
    mark_words(&mut pieces);
    let all = pieces.len();
    let mut kept = without_doubts(pieces);
    narrow(&mut kept);
    let left_out = all - kept.len();
    (kept, left_out)
}

/// Marks announcements of other articles, the links after them, share links and rows of links.
fn mark_words(pieces: &mut [Piece]) {
    let mut others = false;
    // A lone link may be a reference; a menu has several.
    let lone = lone_links(pieces);
    for (piece, lone) in pieces.iter_mut().zip(lone) {
        let links = piece.is_links();
        let read_also = aside::is_read_also(&piece.text);
        others = read_also && aside::is_bare_read_also(&piece.text)
            || others && (links || matches!(piece.kind, BlockKind::Heading(_)) && piece.linked > 0);
        if read_also || others || aside::is_furniture(&piece.text) || (links && !lone) {
            piece.doubts |= BY_WORDS;
        }
    }
}

fn lone_links(pieces: &[Piece]) -> Vec<bool> {
    let links: Vec<bool> = pieces.iter().map(Piece::is_links).collect();
    let at = |place: Option<usize>| place.and_then(|place| links.get(place)) == Some(&true);
    let alone = |place: usize| !at(place.checked_sub(1)) && !at(place.checked_add(1));
    (0..links.len()).map(alone).collect()
}

/// Leaves out what is doubtful; but where hardly anything else is there, the doubt was wrong.
fn without_doubts(pieces: Vec<Piece>) -> Vec<Piece> {
    let weight = |doubts: u8| -> usize {
        let fits = pieces.iter().filter(|piece| piece.doubts & doubts == 0);
        fits.map(|piece| piece.letters).sum()
    };
    let doubts = [
        BY_FORM | BY_CLASS | BY_WORDS,
        BY_CLASS | BY_WORDS,
        BY_WORDS,
        0,
    ];
    let most = weight(BY_WORDS);
    let enough = doubts.into_iter().find(|doubts| weight(*doubts) * 5 > most);
    let doubts = enough.unwrap_or(0);
    pieces
        .into_iter()
        .filter(|piece| piece.doubts & doubts == 0)
        .collect()
}

/// To the one article that has most of the text, else to the main part; the first heading of
/// the page stays where it stands before it.
fn narrow(pieces: &mut Vec<Piece>) {
    let all: usize = pieces.iter().map(|piece| piece.letters).sum();
    let mut articles: Vec<u32> = pieces.iter().filter_map(|piece| piece.article).collect();
    articles.sort_unstable();
    articles.dedup();
    let weight = |fits: &dyn Fn(&Piece) -> bool| -> usize {
        pieces
            .iter()
            .filter(|piece| fits(piece))
            .map(|piece| piece.letters)
            .sum()
    };
    let heaviest = articles
        .into_iter()
        .take(MAX_ARTICLES)
        .max_by_key(|article| weight(&|piece| piece.article == Some(*article)));
    let in_main = weight(&|piece| piece.main);
    let article =
        heaviest.filter(|article| weight(&|piece| piece.article == Some(*article)) * 2 > all);
    let within = |piece: &Piece| match article {
        Some(_) => piece.article == article,
        None => piece.main || in_main * 3 < all,
    };
    let title = pieces
        .iter()
        .position(|piece| piece.kind == BlockKind::Heading(1));
    let mut at = 0;
    pieces.retain(|piece| {
        at += 1;
        within(piece) || Some(at - 1) == title
    });
}

/// More articles than this on one page are a list of articles, and none of them is the page.
const MAX_ARTICLES: usize = 64;
