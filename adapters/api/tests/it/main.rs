//! The API in front of real nodes in memory. Every answer that any test gets is compared with
//! the OpenAPI document (`client`).

#[cfg(test)]
mod access;
#[cfg(test)]
mod bodies;
#[cfg(test)]
mod client;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod no_scores;
#[cfg(test)]
mod problems;
#[cfg(test)]
mod scenario;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod server;
#[cfg(test)]
mod uses;
#[cfg(test)]
mod world;
