//! The pages, one module for each room.

pub(crate) mod backups;
pub(crate) mod cases;
pub(crate) mod drafts;
pub(crate) mod fields;
pub(crate) mod home;
pub(crate) mod partners;
pub(crate) mod people;
pub(crate) mod records;
pub(crate) mod register;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod setup;
pub(crate) mod sign_in;
