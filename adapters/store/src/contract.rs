//! The contract as a suite: one public function per clause, for every implementation of
//! [`Store`] and [`Blobs`]. No test framework is needed; any executor will do.
//!
//! A clause gets a store that holds nothing and reports the first thing that is not so.

mod blobs;
mod commits;
mod documents;
mod erasure;
mod gathering;
mod images;
mod reading;
mod sample;
mod words;

pub use blobs::*;
pub use commits::*;
pub use documents::*;
pub use erasure::*;
pub use gathering::*;
pub use images::*;
pub use reading::*;
pub use words::*;

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::{Blobs, Error, Store};

/// A clause that an implementation does not keep.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{clause}: {reason}")]
pub struct Violation {
    /// The name of the clause: its function.
    pub clause: &'static str,
    /// What was found instead.
    pub reason: String,
}

/// Why a clause does not hold.
#[derive(Debug)]
pub struct Breach(String);

/// What a clause returns.
pub type Outcome = Result<(), Breach>;

/// A clause about stores, with its name.
pub type Clause = (&'static str, for<'a> fn(&'a dyn Store) -> Checking<'a>);

/// A clause being checked.
pub type Checking<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// A clause about blobs, with its name.
pub type BlobClause = (&'static str, fn(&dyn Blobs) -> Outcome);

/// Checks every clause of [`CLAUSES`], each on a new empty store; returns their number.
///
/// # Errors
/// The first clause that is not kept.
pub async fn run_all(make: impl Fn() -> Arc<dyn Store>) -> Result<usize, Violation> {
    for (clause, check) in CLAUSES {
        let store = make();
        let outcome = check(store.as_ref()).await;
        outcome.map_err(|breach| breach.of(clause))?;
    }
    Ok(CLAUSES.len())
}

/// Checks every clause of [`BLOB_CLAUSES`], each on new empty blobs; returns their number.
///
/// # Errors
/// The first clause that is not kept.
pub fn run_all_blobs(make: impl Fn() -> Arc<dyn Blobs>) -> Result<usize, Violation> {
    for (clause, check) in BLOB_CLAUSES {
        let blobs = make();
        check(blobs.as_ref()).map_err(|breach| breach.of(clause))?;
    }
    Ok(BLOB_CLAUSES.len())
}

macro_rules! clauses {
    ($($name:ident),* $(,)?) => {
        &[$((stringify!($name), |store| Box::pin($name(store)))),*]
    };
}

macro_rules! blob_clauses {
    ($($name:ident),* $(,)?) => { &[$((stringify!($name), $name)),*] };
}

/// Every clause about stores.
pub const CLAUSES: &[Clause] = clauses![
    an_empty_store_holds_nothing,
    an_append_moves_the_head,
    another_expected_size_is_refused,
    a_gap_in_the_indices_is_refused,
    a_head_of_another_size_is_refused,
    one_journal_twice_in_a_commit_is_refused,
    one_bad_part_leaves_nothing_of_the_commit,
    a_conflict_disturbs_no_other_commit,
    a_record_is_held_once_per_party,
    a_head_gets_its_checkpoint_without_growing,
    a_head_of_another_size_or_root_is_refused,
    concurrent_commits_to_many_journals_all_succeed,
    of_racing_commits_exactly_one_wins_each_size,
    reads_see_earlier_commits,
    limits_are_refused_as_too_large,
    the_largest_envelope_is_taken,
    entries_come_in_order_and_range,
    entries_keep_what_they_hold,
    entries_stop_at_the_byte_budget,
    commitments_are_the_leaves_alone,
    records_are_found_by_party,
    listings_are_newest_first,
    listings_continue_at_their_keyset,
    listings_filter_by_direction_and_channel,
    statements_come_by_index_then_time,
    a_statement_is_held_once,
    cosigned_heads_come_smallest_first,
    the_last_cosigned_head_is_the_largest,
    a_cosignature_beyond_the_journal_is_refused,
    tiles_come_by_level_and_range,
    only_completed_tiles_are_taken,
    journals_with_entries_are_listed,
    records_come_with_all_that_is_held,
    entries_are_read_at_their_indices,
    documents_are_gathered_by_name,
    a_sound_store_has_no_findings,
    document_pages_continue_at_their_key,
    words_find_their_entries_newest_first,
    words_within_others_are_exact,
    words_are_replaced,
    words_of_erased_entries_are_gone,
    documents_count_their_versions,
    documents_are_found_by_prefix,
    another_expected_version_is_refused,
    removed_documents_are_gone,
    puts_are_atomic,
    large_documents_are_taken_and_larger_refused,
    idempotency_keys_lead_to_their_record,
    an_idempotency_key_leads_to_one_record_only,
    blob_needs_are_held_and_completed,
    a_blob_serves_several_entries,
    a_blob_need_wants_content,
    erased_content_is_gone,
    an_erased_record_still_counts_as_held,
    erasing_drops_blob_references,
    erasing_twice_keeps_the_first_time,
    erasing_the_unknown_is_refused_whole,
    an_entry_may_arrive_erased,
    an_image_is_the_store_at_one_moment,
    an_image_taken_among_commits_splits_none,
    images_give_back_what_they_took,
];

/// Every clause about blobs.
pub const BLOB_CLAUSES: &[BlobClause] = blob_clauses![
    a_created_blob_gets_its_name,
    a_blob_of_another_hash_is_refused_and_removed,
    a_partial_blob_is_continued,
    one_writer_at_a_time,
    a_truncated_blob_continues_at_its_end,
    a_complete_blob_is_not_written_again,
    an_unfinished_blob_is_not_open,
    removed_blobs_are_gone,
    a_blob_removed_while_written_stays_gone,
    blobs_are_listed_in_order,
    blobs_are_read_at_any_offset,
    an_empty_blob_is_a_blob,
];

impl Breach {
    fn of(self, clause: &'static str) -> Violation {
        Violation {
            clause,
            reason: self.0,
        }
    }
}

impl From<Error> for Breach {
    fn from(error: Error) -> Self {
        Self(format!("unexpected failure: {error}"))
    }
}

impl From<passerelle_model::Error> for Breach {
    fn from(error: passerelle_model::Error) -> Self {
        Self(format!("a sample is not valid: {error}"))
    }
}

fn same<T: Debug + PartialEq>(what: &str, found: T, wanted: T) -> Outcome {
    if found == wanted {
        Ok(())
    } else {
        Err(Breach(format!("{what}: found {found:?}, not {wanted:?}")))
    }
}

fn conflict<T: Debug>(what: &str, result: Result<T, Error>) -> Outcome {
    match result {
        Err(Error::Conflict(_)) => Ok(()),
        other => Err(Breach(format!("{what}: no conflict but {other:?}"))),
    }
}

fn too_large<T: Debug>(what: &str, result: Result<T, Error>) -> Outcome {
    match result {
        Err(Error::TooLarge(_)) => Ok(()),
        other => Err(Breach(format!("{what}: not too large but {other:?}"))),
    }
}
