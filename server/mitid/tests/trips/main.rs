//! Whole trips over sockets: with the house's simulator, and with a certified provider of other people's making.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what is wrong by failing"
)]

mod browser;
mod peer;
mod simulated;
mod support;
