//! What the edge was wired with.

use crate::assets::Site;
use app::desk::{Document, TextPage};
use core::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use text::Lang;
use usecases::lately::Watch;

/// The municipality's texts, rendered.
pub trait Library: Send + Sync {
    /// Markdown of the terms as HTML that is safe to show: what is HTML in it is shown as text, and no link runs anything.
    fn rendered(&self, markdown: &str) -> String;
    /// A public text; the terms stand with the use cases.
    fn document(&self, lang: Lang, document: Document) -> Option<TextPage>;
}

/// What the edge must know of how it is reached.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Reached by https: cookies are `__Host-` and `Secure`, and HSTS is sent. Only the demo is not.
    pub https: bool,
    /// Proxies whose `X-Forwarded-For` counts; everybody else's is ignored.
    pub proxies: Vec<IpAddr>,
    /// The header, in small letters, in which those that speak to us themselves say which certificate an application showed
    /// (RFC 8705); none: nobody is believed about that.
    pub certificate_header: Option<String>,
    /// This is a demonstration.
    pub demo: bool,
    /// Where the accessibility statement stands; without one `/was` leads to our own page about it.
    pub accessibility_statement: Option<String>,
}

/// What the edge was wired with.
#[derive(Clone)]
pub struct Edge {
    /// The use cases' world.
    pub house: Arc<usecases::House>,
    /// What pages say about the house.
    pub about: Arc<app::desk::House>,
    /// The texts.
    pub library: Arc<dyn Library>,
    /// The files.
    pub site: Arc<dyn Site>,
    /// How it is reached.
    pub settings: Arc<Settings>,
    /// How the last tries with what others run went.
    pub watch: Watch,
}

impl axum::extract::FromRef<Edge> for leptos::config::LeptosOptions {
    /// The framework's own options; pages name their files through the bundle's manifest, not through these.
    fn from_ref(_: &Edge) -> Self {
        Self::builder().output_name("nsis-id").build()
    }
}

impl fmt::Debug for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edge").field("settings", &self.settings).finish_non_exhaustive()
    }
}
