//! One file per command.

mod audit;
#[cfg(feature = "demo")]
mod demo;
mod devices;
mod erase;
mod hold;
mod import;
mod keys;
mod probe;
mod recover;
mod role;
mod serve;
mod service;

use crate::cli::{
    Audit, Cli, Command, DeviceFile, Devices, Erase, Hold, Keys, Outside, Probe, Role, Service, Where,
};
use crate::config::Config;
use crate::fault::CommandFault;
use crate::wiring::Plan;
use std::process::ExitCode;
use usecases::return_device::Fate;

/// Runs what was asked.
pub(crate) async fn run(cli: Cli) -> Result<ExitCode, CommandFault> {
    match cli.command {
        Command::Serve { at, pilot } => serve::serve(&at, pilot).await,
        #[cfg(feature = "demo")]
        Command::Demo(args) => demo::demo(args).await,
        #[cfg(not(feature = "demo"))]
        Command::Demo { rest: _ } => Err(CommandFault::refused(NO_DEMO)),
        Command::Migrate { at, why } => serve::migrate(&at, &why.reason).await,
        Command::Import { at, file, why, confirm_sweep } => {
            import::import(&at, &file, &why.reason, confirm_sweep).await
        }
        Command::Keys(command) => run_keys(command).await,
        Command::Service(Service::Add {
            at,
            metadata,
            why,
            settings,
            profile,
            name,
            encryption,
            context,
            fresh_minutes,
            back_channel_ca,
            no_back_channel_ca,
        }) => {
            let back_channel = match back_channel_ca {
                Some(file) => service::BackChannel::Authority(file),
                None if no_back_channel_ca => service::BackChannel::Public,
                None => service::BackChannel::AsBefore,
            };
            let wishes =
                service::Wishes { settings, profile, name, encryption, context, fresh_minutes, back_channel };
            service::add(&at, &metadata, &why.reason, wishes).await
        }
        Command::Service(Service::People { at, file, why }) => service::people(&at, &file, &why.reason).await,
        Command::Service(Service::Refresh { at, entity_id, why }) => {
            service::refresh(&at, &entity_id, &why.reason).await
        }
        Command::Service(Service::Pin { at, entity_id, key, until, why }) => {
            service::pin(&at, &entity_id, (key, until), &why.reason).await
        }
        Command::Service(Service::Unpin { at, entity_id, why }) => {
            service::unpin(&at, &entity_id, &why.reason).await
        }
        Command::Service(Service::AddOidc { at, registration, why, new_secret, back_channel_ca }) => {
            service::add_oidc(&at, &registration, &why.reason, new_secret, back_channel_ca.as_deref()).await
        }
        Command::Recover { at, anyway, why } => recover::run(&at, &why.reason, anyway).await,
        Command::Outside(Outside::Begin { at, why }) => recover::begin(&at, &why.reason).await,
        Command::Probe(Probe::Run { url, to }) => probe::run(&url, &to).await,
        Command::Probe(Probe::Report { file, from, to, format }) => {
            probe::report(&file, from, to, format == "json")
        }
        Command::Probe(Probe::HandIn { at, file, why }) => probe::hand_in(&at, &file, &why.reason).await,
        Command::CheckConfig { at } => serve::check(&at).await,
        Command::Audit(Audit::Verify { at, what }) => audit::verify(&at, &what).await,
        Command::Audit(Audit::Export { at, file, from, to, why }) => {
            audit::export(&at, &file, from.zip(to), &why.reason).await
        }
        Command::Audit(Audit::Keys { at }) => audit::keys(&at).await,
        Command::Audit(Audit::Prove { at, place, since }) => audit::prove(&at, place, since).await,
        Command::Devices(command) => run_devices(command).await,
        Command::Hold(Hold::Put { at, user_name, origin, why }) => {
            hold::put(&at, &user_name, &origin, &why.reason).await
        }
        Command::Hold(Hold::Lift { at, user_name, origin, why }) => {
            hold::lift(&at, &user_name, &origin, &why.reason).await
        }
        Command::Erase(Erase::Propose { at, user_name, why }) => {
            erase::propose(&at, &user_name, &why.reason).await
        }
        Command::Erase(Erase::Approve { at, user_name, why }) => {
            erase::approve(&at, &user_name, &why.reason).await
        }
        Command::Role(Role::Propose { at, user_name, role, why }) => {
            role::propose(&at, &user_name, &role, &why.reason).await
        }
    }
}

/// What protects what is kept.
async fn run_keys(command: Keys) -> Result<ExitCode, CommandFault> {
    match command {
        Keys::Create { at, why } => keys::create(&at, &why.reason).await,
        Keys::Rotate { at, purposes, announce_only, why } => {
            keys::rotate(&at, &purposes, announce_only, &why.reason).await
        }
        Keys::Roll { at, why } => keys::roll(&at, &why.reason).await,
        Keys::Retire { at, why } => keys::retire(&at, &why.reason).await,
        Keys::ReplaceLost { at, new_store, why } => keys::replace_lost(&at, new_store, &why.reason).await,
        Keys::Rewrap { at, to, passphrase_from, why } => {
            keys::rewrap::run(&at, &to, passphrase_from.as_deref(), &why.reason).await
        }
        Keys::PersonCopies { at, folder, make, delete, why } => {
            keys::copies::run(&at, &folder, (make, delete), &why.reason).await
        }
        Keys::Saml(command) => keys::signing::run(command).await,
    }
}

/// The stock of code devices.
async fn run_devices(command: Devices) -> Result<ExitCode, CommandFault> {
    match command {
        Devices::Import { at, file, why } => devices::import(&at, &file, &why.reason).await,
        Devices::HandOut { at, serial, user_name, why } => {
            devices::hand_out(&at, &serial, &user_name, &why.reason).await
        }
        Devices::Return { at, serial, why } => {
            devices::take_back(&at, &serial, Fate::Returned, &why.reason).await
        }
        Devices::Lost { at, serial, why } => devices::take_back(&at, &serial, Fate::Lost, &why.reason).await,
        Devices::Leaked { at, serials, file, key_file, password_file, why } => {
            let file = file.map(|file| DeviceFile { file, key_file, password_file });
            devices::leaked(&at, file.as_ref(), &serials, &why.reason).await
        }
    }
}

/// What a programme for operation says of the demo.
#[cfg(not(feature = "demo"))]
const NO_DEMO: &str =
    "this programme is for operation and has no demo in it; `make run` in the source builds and starts one";

/// The installation a command works on.
fn plan(at: &Where) -> Result<Plan, CommandFault> {
    match &at.demo {
        #[cfg(feature = "demo")]
        Some(folder) => demo::plan(folder),
        #[cfg(not(feature = "demo"))]
        Some(_) => Err(CommandFault::refused(NO_DEMO)),
        None => Plan::of(Config::read(&at.config)?),
    }
}
