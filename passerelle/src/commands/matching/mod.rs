//! `match`: private hit or no-hit between two parties, by files and without a node.

mod asker;
mod holder;
mod key_file;
mod lists;
mod probes;
mod read;

use crate::args::{Common, MatchCommand};
use crate::failure::Failure;

/// Runs one command.
pub(super) fn run(common: &Common, command: &MatchCommand) -> Result<(), Failure> {
    match command {
        MatchCommand::Key(args) => key_file::make(args),
        MatchCommand::Index(args) => holder::index(args),
        MatchCommand::Merge(args) => holder::merge(args),
        MatchCommand::Ask(args) => asker::ask(args),
        MatchCommand::Answer {
            key,
            manifest,
            order,
            out,
        } => holder::answer(key, manifest, order, out),
        MatchCommand::Fetch(args) => asker::fetch(args),
        MatchCommand::Buckets {
            manifest,
            index,
            fetch,
            out,
        } => holder::buckets(manifest, index, fetch, out),
        MatchCommand::Result(args) => asker::result(args),
        MatchCommand::Reconcile(args) => asker::reconcile(args),
        MatchCommand::References {
            key,
            ids,
            references,
        } => holder::references(key, ids, references),
        MatchCommand::Audit {
            manifest,
            order,
            keep,
        } => asker::audit(manifest, order, keep),
        MatchCommand::EraseKey { key, statement } => key_file::erase(key, statement, common.yes),
        MatchCommand::Probe(args) => probes::run(args),
    }
}
