//! The request, the house and today's files.

use domain::Timestamp;
use domain::status::Outage;
use text::pages::common;
use text::{Lang, Say};

/// One request as every page needs it.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The language to speak.
    pub lang: Lang,
    /// The path, without query.
    pub path: String,
    /// When it came in.
    pub now: Timestamp,
    /// Who is signed in, if anyone.
    pub visitor: Option<Visitor>,
    /// The reference to quote when something fails (`7K3Q-92AB`).
    pub reference: String,
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Her name.
    pub name: String,
    /// Tells her from whoever else signs in at the same computer, and says nothing else.
    pub who: String,
    /// When the session ends if it is not used again.
    pub ends_at: Timestamp,
    /// When it ends whatever happens.
    pub must_end_at: Timestamp,
}

/// Whose house this is. The same for every request.
#[derive(Clone, Debug)]
pub struct House {
    /// Such as `Eksempel Kommune`.
    pub municipality: String,
    /// The service desk's phone number as people write it.
    pub phone: String,
    /// The service desk's mail address.
    pub mail: String,
    /// When the phone is answered, in both languages; empty says nothing about it.
    pub phone_hours: [String; 2],
    /// Origins a trip to MitID may lead to, for the policy of the page where it starts.
    pub broker_origins: Vec<String>,
    /// Words a password must not be, besides the domain's list.
    pub words: Vec<String>,
    /// Marked on every page: a demonstration, not the real thing.
    pub demo: bool,
    /// Marked on every page: a pilot, which states no level.
    pub pilot: bool,
    /// When not everything works, as the operator announced it.
    pub outages: Vec<Outage>,
    /// Today's files.
    pub assets: Assets,
}

impl House {
    /// What every page says where this is not the real thing.
    pub fn mark(&self) -> Option<Say> {
        if self.demo { Some(common::DEMO) } else { self.pilot.then_some(common::PILOT) }
    }
}

/// Addresses of the files a browser loads, as the bundle's manifest names them.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet (`app.css`).
    pub css: String,
    /// The start script's text (`boot.js`), put into pages that have an island; empty where no bundle was built.
    pub boot: String,
}
