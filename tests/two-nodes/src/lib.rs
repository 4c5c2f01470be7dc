//! Two real nodes, started, killed, cut off and damaged, for the tests of this package.
//!
//! **In scope**: starting and ending processes of the product, calling their command line and
//! API, a recording line between them, small disks, and the checks that every test ends with.
//! **Out of scope**: what a node does, and every expectation of a single test.
//!
//! The program is the product's own, built with its feature `fault-points`
//! (`passerelle-faults`): cargo builds it before the tests and names it in
//! `CARGO_BIN_EXE_passerelle-faults`, so that no test starts a second cargo.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking"
)]

mod check;
mod disk;
mod http;
mod line;
mod process;
mod rng;
mod wait;
mod world;

pub use check::Copy;
pub use disk::{Disk, Refused, files_below, note_skip};
pub use http::{Answer, Api};
pub use line::Line;
pub use process::{Node, Ran};
pub use rng::Rng;
pub use wait::{until, until_nothing};
pub use world::{Plan, Side, World, draft, free_port, recall};
