//! The pages people see and the server functions their forms post to.

pub mod desk;
