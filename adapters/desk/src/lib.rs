//! The desk: what people see in their browser.
//!
//! **In scope**: pages in French, Dutch, Arabic and English; forms that work without a
//! script; sessions in cookies; protection of forms; what is shown to whom is asked of the
//! use cases. **Out of scope**: every decision about what may happen, and all storage.
//!
//! The router is mounted beside the API on one listener; it answers everything but `/v1`.
//! No page needs a script; one script of ours saves drafts and refreshes the rules beside the
//! form. The content security policy lets nothing else run.

mod answer;
mod assets;
mod colour;
mod figure;
mod frame;
mod guard;
mod pages;
mod public;
mod refill;
#[cfg(test)]
mod render;
mod routes;
mod state;
mod time;
mod words;

pub use public::{MAX_ANSWERS_A_MINUTE, MAX_PUBLIC_FORM_BYTES, public_router};
pub use routes::{Access, Route, Verb, router, routes};
pub use state::{Desk, MAX_FORM_BODY_BYTES, MAX_FORM_TIME, MAX_UPLOAD_BYTES};
