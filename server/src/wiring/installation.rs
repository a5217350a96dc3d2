//! What commands and the server do with an open installation.

use super::{Installation, token_keys};
use crate::fault::CommandFault;
use http_edge::{Edge, Settings};
use std::net::IpAddr;
use std::sync::Arc;
use usecases::make_token_keys::make_token_keys;
use usecases::meet_keys::meet_keys;
use usecases::ports::store::Stamp;
use usecases::{Cx, Operator, Source};

impl Installation {
    /// The context of an operator at the command line.
    pub(crate) fn operator(&self) -> Result<Cx, CommandFault> {
        let source = Source { address: IpAddr::from([127, 0, 0, 1]), agent: "nsis-id".to_owned() };
        let mut random = [0u8; 16];
        self.house.entropy.fill(&mut random).map_err(CommandFault::during("drawing random bytes"))?;
        Cx::new(Arc::clone(&self.house), source, domain::ids::unguessable(random).into())
            .map_err(CommandFault::during("drawing random bytes"))
    }

    /// Lets the trail tell of keys it has not told of: by this operator, or found by the programme itself.
    pub(crate) async fn meet_keys(&self, by: Option<&Operator>) -> Result<usize, CommandFault> {
        let told = meet_keys(&self.operator()?, &self.ring, by).await;
        told.map_err(CommandFault::during("writing down which keys there are"))
    }

    /// Makes keys for tokens where there are none, or new ones, and takes them up; gives how many were made.
    pub(crate) async fn make_token_keys(
        &self,
        by: Option<&Operator>,
        roll: bool,
    ) -> Result<usize, CommandFault> {
        let made = make_token_keys(&self.operator()?, by, roll).await;
        let made = made.map_err(CommandFault::during("making keys for tokens"))?;
        token_keys(self.house.store.as_ref(), self.house.vault.as_ref(), &self.tokens).await?;
        Ok(made)
    }

    /// What the HTTP edge needs.
    pub(crate) fn edge(&self) -> Edge {
        let about = &self.plan.municipality;
        Edge {
            house: Arc::clone(&self.house),
            about: Arc::new(app::desk::House {
                municipality: about.name.clone(),
                phone: about.phone.clone(),
                mail: about.mail.clone(),
                phone_hours: about.phone_hours.clone(),
                broker_origins: self.house.mitid.origins(),
                words: about.words.clone(),
                demo: self.plan.stamp == Stamp::Demo,
                pilot: self.plan.stamp == Stamp::Pilot,
                outages: self.plan.outages.clone(),
                assets: crate::site::assets(),
            }),
            library: self.texts.clone(),
            site: Arc::new(crate::site::Embedded),
            settings: Arc::new(Settings {
                https: self.plan.public_url.starts_with("https://"),
                proxies: self.plan.proxies.clone(),
                certificate_header: self.plan.client_certificates.as_ref().map(|it| it.header.clone()),
                demo: self.plan.stamp == Stamp::Demo,
                accessibility_statement: about.accessibility_statement.clone(),
            }),
            watch: self.watch.clone(),
        }
    }
}
