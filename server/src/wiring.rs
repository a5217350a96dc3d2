//! Puts ports and adapters together.

use crate::config::{AnnouncedOutage, ClientCertificates, Config, Keys, Municipality, Passkeys, Sms};
use crate::database::{self, Database};
use crate::fault::CommandFault;
use crate::tell;
use crate::texts::Texts;
use audit::{CheckpointFile, OutsideFile, Syslog};
use domain::evidence::AT_ONCE;
use domain::factor::Models;
use domain::retention::Periods;
use domain::session::SessionTimes;
use domain::signing_key::SigningLife;
use domain::status::Outage;
use domain::{Date, Timestamp};
use http_edge::{Edge, Settings};
use keys::{
    ArgonHasher, Ed25519, KekSource, KeyRing, LeakFilter, LocalVault, RingOnDisk, SystemClock, SystemEntropy,
};
use mitid::{BrokerProfile, BrokerRegister, Brokers};
use outbox::Gateway;
use saml::keygen::{self, CertificateWish};
use saml::port::{Settings as SamlSettings, Wire};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use usecases::checkpoints::{Apart, Keeping, Refused};
use usecases::lately::{Watch, Watched};
use usecases::make_signing_key::CERTIFICATE_LASTS;
use usecases::make_token_keys::make_token_keys;
use usecases::meet_keys::meet_keys;
use usecases::outside::Outside;
use usecases::ports::chance::{Clock, Entropy};
use usecases::ports::checkpoints::{CheckpointPlace, Herald};
use usecases::ports::store::{self, Stamp};
use usecases::ports::vault::{KeyUse, Vault};
use usecases::record::{signing_place, token_key_place};
use usecases::take_up_signing_keys::{NotTakenUp, take_up_signing_keys};
use usecases::{Cx, House, Operator, Policy, Source};
use webauthn::Metadata;

/// What an installation is made of, however it was configured.
pub(crate) struct Plan {
    pub(crate) stamp: Stamp,
    pub(crate) public_url: String,
    pub(crate) municipality: Municipality,
    /// What is announced not to work.
    pub(crate) outages: Vec<Outage>,
    pub(crate) database: String,
    /// Where people's own keys of the trail lie; none where they lie when nothing is said.
    pub(crate) person_keys: Option<String>,
    pub(crate) kek: KekSource,
    pub(crate) ring: PathBuf,
    pub(crate) brokers: Vec<BrokerProfile>,
    /// Who carries SMS; in a demo they are put into a folder.
    pub(crate) sms: Option<Gateway>,
    pub(crate) entity_id: String,
    pub(crate) texts: Option<PathBuf>,
    /// The last day to accept the terms, for whoever accepted an earlier version.
    pub(crate) accept_terms_by: Option<Date>,
    /// How long what is kept is kept.
    pub(crate) retention: Periods,
    pub(crate) proxies: Vec<IpAddr>,
    /// Certificates by which applications prove themselves; none counts without.
    pub(crate) client_certificates: Option<ClientCertificates>,
    /// What was decided of passkeys and security keys.
    pub(crate) passkeys: Passkeys,
    /// The file where records are also kept; none in a pilot that does without.
    pub(crate) outside: Option<PathBuf>,
    /// The file where checkpoints of the trail are kept.
    pub(crate) checkpoints: Option<PathBuf>,
    /// The socket of the system's log, which is told of each checkpoint too.
    pub(crate) syslog: Option<PathBuf>,
    /// The time-stamp authority, and the folder for what it stamps.
    pub(crate) stamps: Option<(String, PathBuf)>,
}

impl Plan {
    /// From a configuration that has no objections.
    pub(crate) fn of(config: Config) -> Result<Self, CommandFault> {
        let objections = config.objections();
        if !objections.is_empty() {
            return Err(CommandFault::refused(format!(
                "the configuration is refused:\n  - {}",
                objections.join("\n  - ")
            )));
        }
        let sms = config.sms.as_ref().map(Sms::gateway).transpose().map_err(CommandFault::refused)?;
        Ok(Self {
            sms,
            stamp: config.kind.into(),
            entity_id: config
                .saml
                .entity_id
                .unwrap_or_else(|| format!("{}/saml/metadata", config.public_url)),
            public_url: config.public_url,
            municipality: config.municipality,
            outages: config.outages.into_iter().map(AnnouncedOutage::outage).collect(),
            database: config.database,
            person_keys: config.person_keys,
            kek: kek(&config.keys)?,
            ring: config.keys.ring,
            brokers: config.mitid,
            texts: config.texts,
            accept_terms_by: config.accept_terms_by,
            retention: config.retention.periods(),
            proxies: config.proxies,
            client_certificates: config.client_certificates,
            passkeys: config.passkeys,
            checkpoints: config.outside.as_ref().map(crate::config::Outside::checkpoints),
            syslog: config.outside.as_ref().and_then(|outside| outside.syslog.clone()),
            stamps: config.outside.as_ref().and_then(crate::config::Outside::stamped),
            outside: config.outside.map(|outside| outside.file),
        })
    }
}

fn kek(keys: &Keys) -> Result<KekSource, CommandFault> {
    match (&keys.passphrase_file, &keys.passphrase_from, &keys.credential) {
        (Some(file), Some(from), None) => {
            let passphrase =
                keys::kek::read_passphrase(from).map_err(CommandFault::during("reading the passphrase"))?;
            Ok(KekSource::passphrase_file(file.clone(), passphrase))
        }
        (None, _, Some(name)) => {
            KekSource::credential(name).map_err(CommandFault::during("finding the credential"))
        }
        _ => Err(CommandFault::refused(
            "keys: name either passphrase_file with passphrase_from, or credential",
        )),
    }
}

/// Time and chance of this machine.
pub(crate) fn chance() -> (Arc<dyn Clock>, Arc<dyn Entropy>) {
    (Arc::new(SystemClock), Arc::new(SystemEntropy))
}

/// An open installation.
pub(crate) struct Installation {
    pub(crate) database: Database,
    pub(crate) house: Arc<House>,
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
    let vault: Arc<dyn Vault> = Arc::new(
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
    token_keys(store.as_ref(), vault.as_ref(), &tokens).await?;
    let keeping = Arc::new(keeping(&plan, entropy.as_ref())?);
    let brokers = Brokers::new(plan.brokers.clone(), plan.stamp, Arc::clone(&clock), Arc::clone(&entropy));
    let brokers = brokers.map_err(CommandFault::during("taking up the MitID brokers"))?;
    let (ceremonies, models) = keys_of(&plan)?;
    let watch = Watch::default();
    let house = Arc::new(House {
        store,
        database_clock: database.clock(),
        vault,
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
        policy: policy(&plan, models),
    });
    sign(&house).await?;
    Ok(Installation { database, house, ring: on_disk, texts, tokens, watch, plan })
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

fn policy(plan: &Plan, models: Models) -> Policy {
    let own = plan.municipality.words.iter().cloned();
    Policy {
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
    }
}

/// Takes up the keys that sign by SAML. Where they are all retired, as a recovery may leave them, nothing is signed until there is
/// another, and the house opens all the same: blocking stays open (security decision 7).
async fn sign(house: &House) -> Result<(), CommandFault> {
    let failed = "taking up the signing keys";
    match take_up_signing_keys(house).await {
        Err(NotTakenUp::NoneActive) => {}
        taken => return taken.map_err(CommandFault::during(failed)),
    }
    let mut tx = house.store.look("signing_keys").await.map_err(CommandFault::during(failed))?;
    if tx.signing_keys().await.map_err(CommandFault::during(failed))?.is_empty() {
        return Err(CommandFault::refused(NotTakenUp::NoneActive.to_string()));
    }
    tell(&format!("NOTHING IS SIGNED FOR SAML SERVICES: {}", NotTakenUp::NoneActive));
    Ok(())
}

/// Takes up the keys that tokens are signed with, as they are in the database now. Without any, applications are told that
/// nothing can be signed.
pub(crate) async fn token_keys(
    store: &dyn store::Store,
    vault: &dyn Vault,
    tokens: &oidc::Wire,
) -> Result<(), CommandFault> {
    let failed = "taking up the keys for tokens";
    let mut tx = store.reading("token_keys").await.map_err(CommandFault::during(failed))?;
    let mut opened = Vec::new();
    for key in tx.token_keys().await.map_err(CommandFault::during(failed))? {
        let place = token_key_place(key.id);
        let private =
            vault.open(KeyUse::Signing, &place, &key.sealed).map_err(CommandFault::during(failed))?;
        opened.push(oidc::OwnKey { id: key.id, kind: key.kind, private, signs_from: key.signs_from });
    }
    tokens.take_up(&opened).map_err(CommandFault::during(failed))
}

/// Makes keys where there are none: key-encryption key, ring, signing key. What exists stays. The trail is told of them
/// by [`Installation::meet_keys`], which needs an installation with keys.
async fn create_keys(plan: &Plan) -> Result<Database, CommandFault> {
    let (clock, entropy) = chance();
    let now = clock.now();
    let database = Database::open(&plan.database, plan.person_keys.as_deref()).await?;
    database.migrate().await?;
    let store = database.store();
    database::stamp(store.as_ref(), plan.stamp).await?;
    let ring = if plan.ring.exists() {
        let kek = plan
            .kek
            .load(Arc::clone(&entropy))
            .map_err(CommandFault::during("taking up the key-encryption key"))?;
        KeyRing::complete(&plan.ring, kek, now, entropy.as_ref())
            .map_err(CommandFault::during("opening the key ring"))?
    } else {
        let kek = match plan.kek.create(Arc::clone(&entropy)) {
            Ok(kek) => kek,
            Err(keys::KeyFault::MadeElsewhere) => plan
                .kek
                .load(Arc::clone(&entropy))
                .map_err(CommandFault::during("taking up the credential"))?,
            Err(fault) => return Err(CommandFault::during("making the key-encryption key")(fault)),
        };
        KeyRing::create(&plan.ring, kek, now, entropy.as_ref())
            .map_err(CommandFault::during("making the key ring"))?
    };
    let vault =
        LocalVault::new(&ring, Arc::clone(&entropy)).map_err(CommandFault::during("taking up the keys"))?;
    create_signing_key(store.as_ref(), &vault, plan, now, entropy.as_ref()).await?;
    Ok(database)
}

async fn create_signing_key(
    store: &dyn store::Store,
    vault: &LocalVault,
    plan: &Plan,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<(), CommandFault> {
    let failed = "keeping the signing key";
    let mut tx = store.begin("create_signing_key").await.map_err(CommandFault::during(failed))?;
    let keys = tx.signing_keys().await.map_err(CommandFault::during(failed))?;
    if keys.iter().any(|key| key.life.is_active()) {
        return Ok(());
    }
    let private = keygen::signing_key().map_err(CommandFault::during("making the signing key"))?;
    let (mut serial, mut random) = ([0u8; 16], [0u8; 10]);
    entropy
        .fill(&mut serial)
        .and_then(|()| entropy.fill(&mut random))
        .map_err(CommandFault::during(failed))?;
    let wish = CertificateWish {
        common_name: &plan.entity_id,
        organisation: &plan.municipality.name,
        serial,
        not_before: now,
        not_after: now.saturating_add(CERTIFICATE_LASTS).unwrap_or(now),
    };
    let certificate =
        keygen::self_signed(&private, &wish).map_err(CommandFault::during("making the certificate"))?;
    let id = domain::ids::time_ordered(now, random).into();
    let sealed =
        vault.seal(KeyUse::Signing, &signing_place(id), &private).map_err(CommandFault::during(failed))?;
    let (certificate, life) = (certificate.der().to_vec(), SigningLife::Active(now));
    let key = store::SigningKey { id, sealed, certificate, created_at: now, life };
    tx.add_signing_key(&key).await.map_err(CommandFault::during(failed))?;
    tx.commit().await.map_err(CommandFault::during(failed))
}

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
