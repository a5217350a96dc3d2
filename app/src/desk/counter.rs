//! The counters of the desk, one a subject: each page of it, and each form.

mod account;
mod auditor;
mod block;
mod enrolment;
mod methods;
mod phone;
mod publication;
mod reopening;
mod sign_in;

pub use account::AccountCounter;
pub use auditor::AuditorCounter;
pub use block::BlockCounter;
pub use enrolment::EnrolmentCounter;
pub use methods::MethodsCounter;
pub use phone::PhoneCounter;
pub use publication::PublicationCounter;
pub use reopening::ReopeningCounter;
pub use sign_in::SignInCounter;
