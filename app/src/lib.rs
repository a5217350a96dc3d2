//! The pages people see and the server functions their forms post to.
//!
//! A page is one function in `pages`: it looks at something through the [`desk::Desk`] and shows it. A form posts to
//! one server function in [`actions`], which hands it to the desk and sends the browser on. Everything is rendered
//! whole on the server and works without script.

pub mod actions;
pub mod desk;
mod frame;
mod pages;
mod parts;
mod policy;
mod routes;
mod scene;
mod shell;
mod slips;
mod stops;
mod tidy;

pub use pages::{OwnFile, doer_name, event_name, own_file};
pub use policy::plain_policy;
pub use routes::App;
pub use scene::{SharedDesk, provide_desk};
pub use shell::{Trouble, shell, trouble};
pub use tidy::tidied;
