//! The built binary, as people use it.

mod courier;
mod folders;
mod node;
mod offline;
mod run;
