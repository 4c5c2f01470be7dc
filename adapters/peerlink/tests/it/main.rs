//! Two ends over loopback: honest, mistaken, slow and hostile ones.

#[cfg(test)]
mod closing;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod raw;
mod talk;
mod trust;
#[cfg(test)]
mod world;
