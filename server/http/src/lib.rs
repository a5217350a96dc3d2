//! The HTTP edge: middleware, problem pages, and the mounts of pages and protocols.
//!
//! A request passes, in this order: headers and reference, the browser's cookie, the check that a `POST` comes from
//! this house, and then a page, a server function, a protocol or a file.

mod assets;
mod auditor;
mod browser;
mod carrier;
mod ceremony;
mod desk;
pub mod doors;
mod edge;
mod gate;
mod guard;
mod headers;
mod health;
mod logout;
mod oidc;
mod own_file;
mod pages;
mod paths;
mod phone;
mod picture;
mod problem;
mod protocols;
mod ready;
mod source;
mod visit;

pub use assets::{Found, Site};
pub use edge::{Edge, Library, Settings};
pub use pages::router;
pub use protocols::way_back;
