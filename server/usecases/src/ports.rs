//! What the use cases need from the world. Each port has a fake in the test kit.

pub mod blocking;
pub mod ceremonies;
pub mod chance;
pub mod checkpoints;
pub mod mitid;
pub mod oidc;
pub mod outside;
pub mod people;
pub mod person_copies;
pub mod records;
pub mod ring;
pub mod saml;
pub mod stamps;
pub mod store;
pub mod terms;
pub mod vault;
