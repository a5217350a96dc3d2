//! Every parser of what strangers send, fed anything. A target may refuse its input; it must not panic, and what it takes
//! must hold what the rest of the house relies on: that is asserted here.
//!
//! The same functions serve libFuzzer (`fuzz_targets`) and the runner of the stable compiler (`fuzz_for`).

pub mod mutate;
mod openid;
mod service;

pub use openid::{authorize, client_assertion};
pub use service::{saml_form, saml_front_logout, saml_logout, saml_metadata, saml_redirect, saml_request};

use seeds::{MOST_DEVICES, Unlock};
use zeroize::Zeroizing;

/// A parser, by its name and that of its corpus.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Feeds it. Panics where something is wrong.
    pub run: fn(&[u8]),
}

/// All of them.
pub static TARGETS: [Target; 9] = [
    Target { name: "saml_redirect", run: saml_redirect },
    Target { name: "saml_form", run: saml_form },
    Target { name: "saml_request", run: saml_request },
    Target { name: "saml_logout", run: saml_logout },
    Target { name: "saml_front_logout", run: saml_front_logout },
    Target { name: "saml_metadata", run: saml_metadata },
    Target { name: "pskc", run: pskc },
    Target { name: "client_assertion", run: client_assertion },
    Target { name: "authorize", run: authorize },
];

/// A manufacturer's file of seeds, in clear, under a key and under a password.
pub fn pskc(data: &[u8]) {
    let key = Unlock::Key(Zeroizing::new((0x11..0x21).collect()));
    let password = Unlock::Password(Zeroizing::new("qwerty".to_owned()));
    // A derivation of two million rounds is allowed, and tells nothing new.
    let quick = data.windows(6).any(|it| it == b">1000<");
    for unlock in [Some(Unlock::Nothing), Some(key), quick.then_some(password)].into_iter().flatten() {
        if let Ok(delivery) = seeds::read(data, &unlock) {
            assert!((1..=MOST_DEVICES).contains(&delivery.devices.len()), "nothing, or too much, was taken");
        }
    }
}
