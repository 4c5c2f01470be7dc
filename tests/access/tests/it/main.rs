//! The desk and the API of real nodes in memory, asked by everybody for everything.

#[cfg(test)]
mod absence;
#[cfg(test)]
mod api_table;
#[cfg(test)]
mod desk_table;
#[cfg(test)]
mod duties;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod group_follow;
#[cfg(test)]
mod group_forms;
#[cfg(test)]
mod group_table;
#[cfg(test)]
mod group_world;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod learn;
#[cfg(test)]
mod meet;
#[cfg(test)]
mod public;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod targets;
#[cfg(test)]
mod wall;
#[cfg(test)]
mod world;
