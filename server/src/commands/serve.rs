//! `serve`, `migrate`, `check-config`.

use crate::cli::Where;
use crate::config::{Config, Kind};
use crate::database::Database;
use crate::fault::CommandFault;
use crate::wiring::{self, Plan};
use crate::{background, operator, say};
use outbox::SmtpPost;
use std::process::ExitCode;
use std::sync::Arc;
use usecases::note_documents::note_documents;
use usecases::note_migration::note_migration;
use usecases::note_models::note_models;
use usecases::take_up_signing_keys::NotTakenUp;

/// Serves until it is told to stop; requests under way are finished.
pub(crate) async fn serve(at: &Where, pilot: bool) -> Result<ExitCode, CommandFault> {
    if at.demo.is_some() {
        return Err(CommandFault::refused("`serve` does not serve a demo; `nsis-id demo` does"));
    }
    let config = Config::read(&at.config)?;
    if pilot != (config.kind == Kind::Pilot) {
        return Err(CommandFault::refused(
            "the configuration's kind and --pilot must agree: is this a pilot or not?",
        ));
    }
    let listen = config.listen;
    let post = SmtpPost::new(&config.mail.server, &config.mail.from)
        .map_err(CommandFault::during("preparing mail"))?;
    let plan = Plan::of(config)?;
    Database::open(&plan.database, plan.person_keys.as_deref()).await?.migrate_to_serve().await?;
    let installation = wiring::open(plan).await?;
    installation.vault.look_now_and_then(Arc::clone(&installation.house.clock));
    installation.meet_keys(None).await?;
    note_models(&installation.operator()?, &installation.house.policy.models)
        .await
        .map_err(CommandFault::during("writing down which models of keys count for more"))?;
    note_documents(&installation.operator()?, &installation.texts.published())
        .await
        .map_err(CommandFault::during("writing down which texts are published"))?;
    super::recover::compare(&installation).await?;
    let router = installation.database.router(installation.edge(), Arc::clone(&installation.house.clock));
    let (texts, line) = (background::texts(&installation)?, background::line(&installation)?);
    let work = background::start(&installation, Arc::new(post), texts, line);
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(CommandFault::during("listening"))?;
    say(&format!("ready {}", installation.plan.public_url));
    background::serve(listener, router).await?;
    work.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Brings the database to this programme's version.
pub(crate) async fn migrate(at: &Where, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let plan = super::plan(at)?;
    Database::open(&plan.database, plan.person_keys.as_deref()).await?.migrate().await?;
    // Before the first `keys create` there is no trail that could tell of it.
    if plan.ring.exists() {
        let installation = wiring::open(plan).await?;
        note_migration(&installation.operator()?, &by, env!("CARGO_PKG_VERSION"))
            .await
            .map_err(CommandFault::during("writing down that the database was brought to this version"))?;
    }
    say("the database is of this programme's version");
    Ok(ExitCode::SUCCESS)
}

/// Checks as `serve` would; changes nothing.
pub(crate) async fn check(at: &Where) -> Result<ExitCode, CommandFault> {
    let plan = super::plan(at)?;
    let installation = wiring::look(plan).await?;
    if !installation.house.saml.signs() {
        return Err(CommandFault::refused(NotTakenUp::NoneActive.to_string()));
    }
    super::recover::check(&installation).await?;
    for (model, note) in installation.house.policy.models.widened() {
        let (model, note) = (uuid::Uuid::from(model), note.as_str());
        say(&format!("model {model} counts alone where it verified its owner, by risk note {note}"));
    }
    say("the configuration is good: `nsis-id serve` would start");
    Ok(ExitCode::SUCCESS)
}
