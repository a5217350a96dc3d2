//! The pages, by what a person is doing.

pub(crate) mod account;
pub(crate) mod auditor;
pub(crate) mod audits;
pub(crate) mod check;
pub(crate) mod closed;
pub(crate) mod contact;
pub(crate) mod data;
pub(crate) mod devices;
pub(crate) mod documents;
pub(crate) mod emergency;
pub(crate) mod enrolment;
pub(crate) mod factor;
pub(crate) mod keys;
mod letters;
pub(crate) mod methods;
pub(crate) mod orders;
pub(crate) mod overview;
mod own_file;
pub(crate) mod password;
pub(crate) mod phone;
pub(crate) mod proof;
pub(crate) mod publication;
pub(crate) mod reconfirm;
pub(crate) mod recovery;
pub(crate) mod relations;
pub(crate) mod reopening;
pub(crate) mod sample;
pub(crate) mod sessions;
pub(crate) mod sheet;
pub(crate) mod sign_in;
pub(crate) mod status;
pub(crate) mod step_up;
pub(crate) mod terms;

pub use account::{doer_name, event_name};
pub use own_file::{OwnFile, own_file};

use crate::desk::{Seen, Stop};
use crate::frame::{Page, page};
use leptos::prelude::*;

/// No page stands at this address.
pub(crate) fn missing() -> AnyView {
    page(|_| async { Seen::<()>::Err(Stop::Missing) }, |_, ()| Page::new("", ().into_any()))
}
