//! Fetching what services say about themselves, over authenticated TLS (oiosaml 1.7).

use crate::line::HttpLine;
use async_trait::async_trait;
use reqwest::StatusCode;
use reqwest::header::ACCEPT;
use usecases::ports::saml::{LineDown, MetadataLine};

/// The metadata of one service is 5 to 30 KB; that of a federation is not one service's.
const LARGEST: usize = 1024 * 1024;

#[async_trait]
impl MetadataLine for HttpLine {
    async fn fetch(&self, address: &str) -> Result<String, LineDown> {
        let unreachable = |_| LineDown("the address of the metadata cannot be reached".to_owned());
        let request = self.client(None)?.get(self.address(address)?);
        let request =
            request.header(ACCEPT, "application/samlmetadata+xml, application/xml;q=0.9, */*;q=0.5");
        let mut response = request.send().await.map_err(unreachable)?;
        if response.status() != StatusCode::OK {
            let status = response.status().as_u16();
            return Err(LineDown(format!("the address of the metadata answers with status {status}")));
        }
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(unreachable)? {
            if body.len() + part.len() > LARGEST {
                return Err(LineDown("the metadata is larger than 1 MiB".to_owned()));
            }
            body.extend_from_slice(&part);
        }
        String::from_utf8(body).map_err(|_| LineDown("the metadata is not UTF-8 text".to_owned()))
    }
}
