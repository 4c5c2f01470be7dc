//! The built binary, as people use it.

#[cfg(test)]
mod courier;
#[cfg(test)]
mod folders;
#[cfg(test)]
mod matching;
#[cfg(test)]
mod names;
#[cfg(test)]
mod node;
#[cfg(test)]
mod offline;
#[cfg(test)]
mod run;
