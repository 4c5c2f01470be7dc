//! The pages, one module for each room.

pub(crate) mod access;
pub(crate) mod alarms;
pub(crate) mod backups;
pub(crate) mod beads;
pub(crate) mod breaches;
pub(crate) mod cases;
pub(crate) mod drafts;
pub(crate) mod facts;
pub(crate) mod fields;
pub(crate) mod home;
pub(crate) mod keeping;
pub(crate) mod partners;
pub(crate) mod people;
pub(crate) mod proof;
pub(crate) mod records;
pub(crate) mod register;
pub(crate) mod requests;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod sources;
pub(crate) mod statistics;
pub(crate) mod tokens;
pub(crate) mod uploads;
