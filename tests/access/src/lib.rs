//! Who gets which answer of the desk and of the API, and what hostile requests come to.
//!
//! Everything stands in `tests/it`: real nodes in memory behind the real routers. One declared
//! table for the desk (`desk_table`) and one for the API (`api_table`) name every route; a route
//! that is in neither fails the tests.
