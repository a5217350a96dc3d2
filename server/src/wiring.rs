//! Puts ports and adapters together.

mod first_keys;
mod installation;
mod plan;
mod signing;

pub(crate) use plan::Plan;
pub(crate) use signing::token_keys;

use crate::database::{self, Database};
use crate::fault::CommandFault;
use crate::results;
use crate::texts::Texts;
use audit::{CheckpointFile, OutsideFile, Syslog};
use domain::evidence::AT_ONCE;
use domain::factor::Models;
use domain::session::SessionTimes;
use first_keys::create_keys;
use keys::{ArgonHasher, Ed25519, KeyRing, LeakFilter, LocalVault, RingOnDisk, SystemClock, SystemEntropy};
use mitid::{BrokerRegister, Brokers};
use saml::port::{Settings as SamlSettings, Wire};
use signing::sign;
use std::sync::Arc;
use usecases::checkpoints::{Apart, Keeping, Reached, Refused};
use usecases::lately::{Watch, Watched};
use usecases::outside::Outside;
use usecases::ports::chance::{Clock, Entropy};
use usecases::ports::checkpoints::{CheckpointPlace, Herald};
use usecases::ports::store::Stamp;
use usecases::{House, Policy};
use webauthn::Metadata;

/// Time and chance of this machine.
pub(crate) fn chance() -> (Arc<dyn Clock>, Arc<dyn Entropy>) {
    (Arc::new(SystemClock), Arc::new(SystemEntropy))
}

/// An open installation.
pub(crate) struct Installation {
    pub(crate) database: Database,
    pub(crate) house: Arc<House>,
    /// The house's own.
    pub(crate) vault: Arc<LocalVault>,
    pub(crate) ring: RingOnDisk,
    pub(crate) texts: Arc<Texts>,
    /// What signs for applications.
    pub(crate) tokens: Arc<oidc::Wire>,
    /// How the last tries with MitID and the mail server went.
    pub(crate) watch: Watch,
    pub(crate) plan: Plan,
}

/// Opens everything: database (stamped and of this version), keys, signing key, brokers, texts.
pub(crate) async fn open(plan: Plan) -> Result<Installation, CommandFault> {
    let database = Database::open(&plan.database, plan.person_keys.as_deref()).await?;
    database::stamp(database.store().as_ref(), plan.stamp).await?;
    put_together(plan, database).await
}

/// The same, and first makes keys where there are none, as [`create_keys`] does: the database is opened once.
pub(crate) async fn create(plan: Plan) -> Result<Installation, CommandFault> {
    let database = create_keys(&plan).await?;
    put_together(plan, database).await
}

/// The same, and changes nothing: makes no file, stamps no database.
pub(crate) async fn look(plan: Plan) -> Result<Installation, CommandFault> {
    let database = Database::open_existing(&plan.database, plan.person_keys.as_deref()).await?;
    database::compare_stamp(database.store().as_ref(), plan.stamp).await?;
    put_together(plan, database).await
}

async fn put_together(plan: Plan, database: Database) -> Result<Installation, CommandFault> {
    let (clock, entropy) = chance();
    let store = database.store();
    let kek = plan
        .kek
        .load(Arc::clone(&entropy))
        .map_err(CommandFault::during("taking up the key-encryption key"))?;
    let ring = KeyRing::load(&plan.ring, kek).map_err(CommandFault::during("opening the key ring"))?;
    let vault = Arc::new(
        LocalVault::new(&ring, Arc::clone(&entropy)).map_err(CommandFault::during("taking up the keys"))?,
    );
    let on_disk = RingOnDisk::of(&ring, Arc::clone(&entropy));
    let texts = Arc::new(
        Texts::load(plan.texts.as_deref(), &plan.municipality, &plan.public_url)?.by(plan.accept_terms_by),
    );
    let wire = Wire::new(SamlSettings {
        entity_id: plan.entity_id.clone(),
        single_sign_on: format!("{}/saml/sso", plan.public_url),
        single_logout: format!("{}/saml/slo", plan.public_url),
        http_on_loopback: plan.stamp == Stamp::Demo,
        states_levels: plan.stamp != Stamp::Pilot,
    });
    let tokens = oidc::Wire::new(&plan.public_url);
    let tokens = Arc::new(match &plan.client_certificates {
        Some(certificates) => {
            tokens.with_certificates(certificates.believed().map_err(CommandFault::refused)?)
        }
        None => tokens,
    });
    token_keys(store.as_ref(), &*vault, &tokens).await?;
    let keeping = Arc::new(keeping(&plan, entropy.as_ref())?);
    let brokers = Brokers::new(plan.brokers.clone(), plan.stamp, Arc::clone(&clock), Arc::clone(&entropy));
    let brokers = brokers.map_err(CommandFault::during("taking up the MitID brokers"))?;
    let (ceremonies, models) = keys_of(&plan)?;
    let watch = Watch::default();
    let house = Arc::new(House {
        store,
        database_clock: database.clock(),
        vault: Arc::<LocalVault>::clone(&vault),
        hasher: Arc::new(
            ArgonHasher::start(keys::Pool::default(), Arc::clone(&entropy))
                .map_err(CommandFault::during("starting the password pool"))?,
        ),
        leaks: Arc::new(LeakFilter::embedded()),
        mitid: Arc::new(Watched::new(brokers, Arc::clone(&watch.mitid), Arc::clone(&clock))),
        register: Arc::new(BrokerRegister),
        ceremonies: Arc::new(ceremonies),
        saml: Arc::new(wire),
        oidc: tokens.clone(),
        terms: texts.clone(),
        clock,
        entropy,
        outside: Arc::new(
            plan.outside
                .as_ref()
                .map_or_else(Outside::nowhere, |file| Outside::at(Arc::new(OutsideFile::at(file)))),
        ),
        keeping,
        policy: policy(&plan, models)?,
    });
    sign(&house).await?;
    Ok(Installation { database, house, vault, ring: on_disk, texts, tokens, watch, plan })
}

/// This run of the programme, and where checkpoints of its trail go.
fn keeping(plan: &Plan, entropy: &dyn Entropy) -> Result<Keeping, CommandFault> {
    let mut random = [0u8; 16];
    entropy.fill(&mut random).map_err(CommandFault::during("drawing random bytes"))?;
    let place = plan
        .checkpoints
        .as_ref()
        .map(|file| -> Arc<dyn CheckpointPlace> { Arc::new(CheckpointFile::at(file)) });
    let herald = plan.syslog.as_ref().map(|socket| -> Arc<dyn Herald> { Arc::new(Syslog::at(socket)) });
    Ok(Keeping {
        instance: domain::ids::unguessable(random).into(),
        place,
        heralds: herald.into_iter().collect(),
        signatures: Arc::new(Ed25519),
        apart: Apart::default(),
        refused: Refused::default(),
        reached: Reached::default(),
    })
}

/// The ceremonies of this site, and what is known and decided of models.
fn keys_of(plan: &Plan) -> Result<(webauthn::Keys, Models), CommandFault> {
    let metadata = match &plan.passkeys.metadata {
        None => Metadata::none(),
        Some(file) => {
            let text = std::fs::read_to_string(file);
            let text = text.map_err(CommandFault::during("reading the metadata of passkeys"))?;
            Metadata::read(&text).map_err(CommandFault::during("reading the metadata of passkeys"))?
        }
    };
    let models = plan.passkeys.models().map_err(CommandFault::refused)?.knowing(metadata.statuses());
    let keys = webauthn::Keys::of(&plan.public_url, &plan.municipality.name, metadata)
        .map_err(CommandFault::during("preparing passkeys"))?
        .asking_for_models(models.decides());
    Ok((keys, models))
}

fn policy(plan: &Plan, models: Models) -> Result<Policy, CommandFault> {
    let own = plan.municipality.words.iter().cloned();
    Ok(Policy {
        municipality: plan.municipality.name.clone(),
        phone: plan.municipality.phone.clone(),
        public_url: plan.public_url.clone(),
        organisation_mail: plan.municipality.notices_to.clone(),
        session: SessionTimes::default(),
        own_networks: plan.municipality.addresses.clone(),
        words: own.chain(keys::obvious_words().map(str::to_owned)).collect(),
        models,
        texts: plan.sms.is_some() || plan.stamp == Stamp::Demo,
        retention: plan.retention,
        exports_at_once: AT_ONCE,
        pilot: plan.stamp == Stamp::Pilot,
        tests: plan.test_results.as_deref().map(results::read).transpose()?.map(Arc::new),
    })
}
