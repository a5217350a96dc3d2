//! A letter as a mail message.

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use usecases::ports::people::{Letter, NotSent};

/// The message of a letter: plain text and HTML side by side. The message id is the letter's own, so that a mail
/// server that gets it twice can see that it is one.
pub(crate) fn message(letter: &Letter, from: &Mailbox) -> Result<Message, NotSent> {
    let to = letter.to.parse().map_err(|_| NotSent("the address cannot be written to".to_owned()))?;
    Message::builder()
        .message_id(Some(format!("<{}>", letter.message_id)))
        .from(from.clone())
        .to(to)
        .subject(&letter.subject)
        .raw_header(automatic())
        .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
        .map_err(|_| NotSent("the message cannot be built".to_owned()))
}

/// Asks other programmes not to answer (RFC 3834).
fn automatic() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}
