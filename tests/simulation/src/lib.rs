//! Nodes in one process on a seeded network: the same code as the product, with memory for
//! storage, a virtual clock, and faults drawn from a seed.

pub mod mallory;
mod network;
mod world;

pub use network::{Fault, Faults, Network};
pub use world::{GROUP_CHANNEL, GROUP_UNIT, Member, World, draft};
