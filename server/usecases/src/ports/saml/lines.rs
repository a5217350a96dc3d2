//! The lines to services without a browser.

use super::logout::SoapMessage;
use crate::ports::oidc::LogoutPost;

/// Carries messages to services, without a browser.
#[async_trait::async_trait]
pub trait SoapLine: Send + Sync {
    /// Posts it and gives the answer's body, within a few seconds and of bounded size.
    async fn ask(&self, message: &SoapMessage) -> Result<Vec<u8>, LineDown>;

    /// Posts a logout token; fine only when the application says that it took it.
    async fn tell(&self, message: &LogoutPost) -> Result<(), LineDown>;
}

/// No usable answer: a reason fit for a log.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct LineDown(pub String);

/// Fetches what services say about themselves.
#[async_trait::async_trait]
pub trait MetadataLine: Send + Sync {
    /// What stands at this address, within a few seconds and of bounded size; never led elsewhere.
    async fn fetch(&self, address: &str) -> Result<String, LineDown>;
}
