//! The API in front of real nodes in memory. Every answer that any test gets is compared with
//! the OpenAPI document (`client`).

mod access;
mod bodies;
mod client;
mod problems;
mod scenario;
mod schema;
mod server;
mod world;
