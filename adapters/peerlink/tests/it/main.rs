//! Two ends over loopback: honest, mistaken, slow and hostile ones.

mod closing;
mod limits;
mod raw;
mod talk;
mod trust;
mod world;
