//! What of a web page is not the text: menus, share links, other articles.

use std::collections::BTreeSet;

use crate::draft::Draft;
use crate::lexicon::Use;
use crate::reading::{LeftOut, LeftOutReason};
use crate::text::{BlockKind, ends_sentence};

/// Longest block that may be something else than text, in words.
const MAX_PAGE_WORDS: usize = 12;
/// Longest entry of a menu, in words.
const MAX_MENU_WORDS: usize = 4;
/// Entries of a menu that stand together.
const MIN_MENU_BLOCKS: usize = 3;

/// The blocks that are left out, in order.
pub(crate) fn left_out(draft: &Draft<'_>) -> Vec<LeftOut> {
    let mut reasons: Vec<Option<LeftOutReason>> = vec![None; draft.blocks.len()];
    let mut seen = BTreeSet::new();
    let mut more = false;
    for (block, reason) in reasons.iter_mut().enumerate() {
        let text = draft
            .blocks
            .get(block)
            .map_or("", |block| block.text.trim());
        *reason = by_itself(draft, block);
        if reason.is_none() && !seen.insert(text) {
            *reason = Some(LeftOutReason::Repeated);
        }
        // After « Lire aussi » stand headlines, until there is running text again.
        more = *reason == Some(LeftOutReason::ReadAlso) || (more && is_line(draft, block));
        if more && reason.is_none() {
            *reason = Some(LeftOutReason::ReadAlso);
        }
    }
    menus(draft, &mut reasons);
    let found = reasons.iter().enumerate();
    found
        .filter_map(|(block, reason)| {
            Some(LeftOut {
                block,
                reason: (*reason)?,
            })
        })
        .collect()
}

fn by_itself(draft: &Draft<'_>, block: usize) -> Option<LeftOutReason> {
    let text = draft.blocks.get(block)?.text;
    let words = draft.block_words.get(block)?.len();
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(2).count();
    match letters {
        0 if words == 0 => return Some(LeftOutReason::Empty),
        1 if words == 1 => return Some(LeftOutReason::Menu),
        _ => {}
    }
    if draft.languages.get(block).copied().flatten().is_none() && letters > 0 {
        return Some(LeftOutReason::OtherLanguage);
    }
    if words > MAX_PAGE_WORDS || is_text(draft, block) {
        return None;
    }
    let crumbs = text.matches(['>', '›', '»']).count() >= 2 && !text.contains('«');
    if crumbs {
        return Some(LeftOutReason::Menu);
    }
    let mut found = page_hits(draft, block).filter(|(reason, length)| {
        // A menu's word may stand in a title; a menu is nothing else.
        *reason != LeftOutReason::Menu || *length == words
    });
    found.next().map(|(reason, _)| reason)
}

/// Runs of short lines of which most are known from menus.
fn menus(draft: &Draft<'_>, reasons: &mut [Option<LeftOutReason>]) {
    let mut first = 0;
    for block in 0..=reasons.len() {
        let short = block < reasons.len() && is_entry(draft, block);
        if short {
            continue;
        }
        let run = reasons.get_mut(first..block).unwrap_or_default();
        let known = run
            .iter()
            .filter(|one| matches!(one, Some(LeftOutReason::Menu)))
            .count();
        if run.len() >= MIN_MENU_BLOCKS && known >= 2 && known * 2 >= run.len() {
            run.iter_mut()
                .for_each(|one| *one = one.or(Some(LeftOutReason::Menu)));
        }
        first = block + 1;
    }
}

fn is_entry(draft: &Draft<'_>, block: usize) -> bool {
    let words = draft
        .block_words
        .get(block)
        .map_or(0, ExactSizeIterator::len);
    (1..=MAX_MENU_WORDS).contains(&words) && is_line(draft, block) && !is_text(draft, block)
}

fn is_line(draft: &Draft<'_>, block: usize) -> bool {
    let text = draft.blocks.get(block).map_or("", |block| block.text);
    let words = draft
        .block_words
        .get(block)
        .map_or(0, ExactSizeIterator::len);
    words <= MAX_PAGE_WORDS && !ends_sentence(text)
}

/// A short block that belongs to the text whatever else it holds: a row, someone's function, a
/// date, a label, a sentence with a verb.
fn is_text(draft: &Draft<'_>, block: usize) -> bool {
    let text = draft.blocks.get(block).map_or("", |block| block.text);
    if draft.kind(block) == BlockKind::TableRow {
        return true;
    }
    let verb = ends_sentence(text);
    let tells = |what: Use| match what {
        Use::Function { .. } | Use::Month(_) => true,
        Use::Verb(..) | Use::Small("meets") => verb,
        Use::Small("date" | "place" | "owner") => text.contains(':'),
        _ => false,
    };
    block_hits(draft, block).any(|hit| tells(hit.0))
}

fn page_hits<'d>(
    draft: &'d Draft<'_>,
    block: usize,
) -> impl Iterator<Item = (LeftOutReason, usize)> + 'd {
    block_hits(draft, block).filter_map(|(what, words)| match what {
        Use::Page(reason) => Some((reason, words)),
        _ => None,
    })
}

fn block_hits<'d>(draft: &'d Draft<'_>, block: usize) -> impl Iterator<Item = (Use, usize)> + 'd {
    let first = draft
        .sentences
        .partition_point(|one| one.span.block < block);
    let own = draft
        .sentences
        .iter()
        .skip(first)
        .take_while(move |one| one.span.block == block);
    own.flat_map(|one| draft.hits(one))
        .map(|hit| (hit.entry.what, hit.words.len()))
}
