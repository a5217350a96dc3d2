//! What runs beside the requests: sequencing the trail, sending notices, closing what is over, deleting what was kept long
//! enough.

use crate::fault::CommandFault;
use crate::wiring::Installation;
use domain::clocks::Agreement;
use outbox::{HttpLine, HttpTexts, NoTexts, TextScribe};
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use usecases::lately::Watched;
use usecases::ports::people::{Post, Texts};
use usecases::ports::store::Stamp;
use usecases::refresh_metadata::refresh_metadata;
use usecases::run_exports::run_exports;
use usecases::stamp_checkpoint::stamp_checkpoint;
use usecases::take_up_signing_keys::take_up_signing_keys;
use usecases::warn_of_key_end::warn_of_key_end;
use usecases::watch_clocks::watch_clocks;
use usecases::{Cx, House};

/// The running work.
pub(crate) struct Work {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Work {
    /// Asks everything to stop and waits for it.
    pub(crate) async fn stop(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            let _ = task.await;
        }
    }
}

/// The line by which services are told that a session is over.
pub(crate) fn line(installation: &Installation) -> Result<Arc<HttpLine>, CommandFault> {
    let line = HttpLine::new(installation.plan.stamp == Stamp::Demo);
    Ok(Arc::new(line.map_err(CommandFault::during("preparing the line to services"))?))
}

/// Who carries SMS: the configured gateway, or nobody.
pub(crate) fn texts(installation: &Installation) -> Result<Arc<dyn Texts>, CommandFault> {
    let Some(gateway) = installation.plan.sms.clone() else { return Ok(Arc::new(NoTexts)) };
    let texts = HttpTexts::new(gateway, false);
    Ok(Arc::new(texts.map_err(CommandFault::during("preparing SMS"))?))
}

/// Starts it.
pub(crate) fn start(
    installation: &Installation,
    post: Arc<dyn Post>,
    texts: Arc<dyn Texts>,
    line: Arc<HttpLine>,
) -> Work {
    let (stop, stopped) = watch::channel(false);
    let house = &installation.house;
    let about = &installation.plan.municipality;
    let scribe = Arc::new(TextScribe::new(&about.name, &installation.plan.public_url, &about.phone));
    let cx = installation.operator();
    let post = Arc::new(Watched::new(post, Arc::clone(&installation.watch.mail), Arc::clone(&house.clock)));
    let mut tasks = vec![
        tokio::spawn(outbox::run_endings(Arc::clone(house), line.clone(), stopped.clone())),
        tokio::spawn(audit::run(Arc::clone(house), stopped.clone())),
        tokio::spawn(outbox::run_post(Arc::clone(house), post, scribe.clone(), stopped.clone())),
        tokio::spawn(outbox::run_texts(Arc::clone(house), texts, scribe, stopped.clone())),
        browsers(installation, stopped.clone()),
    ];
    if let Ok(cx) = cx {
        tasks.extend(logins_that_end(house, &cx, &stopped));
        tasks.push(retention(house, cx.clone(), stopped.clone()));
        tasks.push(person_keys(house, cx.clone(), stopped.clone()));
        tasks.extend(stamps(installation, stopped.clone()));
        tasks.push(exports(cx.clone(), stopped.clone()));
        let shipping = cx.clone();
        tasks.push(tokio::spawn(audit::ship(move || now(&shipping, &shipping.house), stopped.clone())));
        let signing = cx.clone();
        tasks.push(tokio::spawn(audit::keep(move || now(&signing, &signing.house), stopped.clone())));
        let daily = cx.clone();
        tasks.push(every(
            Duration::from_mins(5),
            stopped.clone(),
            house,
            "announcing that proofs run out",
            move |house| {
                let cx = now(&daily, &house);
                async move { text(usecases::announce_reconfirmation::announce_reconfirmation(&cx).await) }
            },
        ));
        let daily = cx.clone();
        tasks.push(every(
            Duration::from_mins(5),
            stopped.clone(),
            house,
            "telling of terms and holding who did not accept them",
            move |house| {
                let cx = now(&daily, &house);
                async move {
                    text(usecases::announce_terms::announce_terms(&cx).await)?;
                    text(usecases::hold_for_terms::hold_for_terms(&cx).await)?;
                    // Last: a draft that cannot be ended keeps nobody from being told or held.
                    text(usecases::expire_terms::expire_terms(&cx).await)
                }
            },
        ));
        tasks.push(metadata(installation, cx.clone(), line, stopped.clone()));
        let (store, vault, tokens) =
            (Arc::clone(&house.store), Arc::clone(&house.vault), Arc::clone(&installation.tokens));
        tasks.push(every(
            Duration::from_mins(1),
            stopped.clone(),
            house,
            "taking up the keys for tokens",
            move |_| {
                let (store, vault, tokens) = (Arc::clone(&store), Arc::clone(&vault), Arc::clone(&tokens));
                async move {
                    let taken = crate::wiring::token_keys(store.as_ref(), vault.as_ref(), &tokens).await;
                    taken.map_err(|fault| crate::fault::chain(&fault))
                }
            },
        ));
        tasks.push(signing_keys(house, stopped.clone()));
        tasks.extend(revoked(installation, stopped.clone()));
        tasks.push(clocks(cx, stopped));
    }
    Work { stop, tasks }
}

/// What ends by itself: work relations, enrolments that nobody finished, and logins that stayed blocked.
fn logins_that_end(house: &Arc<House>, cx: &Cx, stopped: &watch::Receiver<bool>) -> [JoinHandle<()>; 3] {
    let [relations, enrolments, blocked] = [cx.clone(), cx.clone(), cx.clone()];
    let often = Duration::from_mins(5);
    [
        every(Duration::from_mins(1), stopped.clone(), house, "closing associations", move |house| {
            let cx = now(&relations, &house);
            async move { text(usecases::close_associations::close_associations(&cx).await) }
        }),
        every(often, stopped.clone(), house, "revoking enrolments", move |house| {
            let cx = now(&enrolments, &house);
            async move { text(usecases::revoke_enrolments::revoke_enrolments(&cx).await) }
        }),
        every(often, stopped.clone(), house, "closing what stayed blocked", move |house| {
            let cx = now(&blocked, &house);
            async move { text(usecases::revoke_suspended::revoke_suspended(&cx).await) }
        }),
    ]
}

/// Deletes what browsers carried whose time is over: nobody comes back for it.
fn browsers(installation: &Installation, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    let database = installation.database.clone();
    let what = "deleting what browsers carried";
    every(Duration::from_mins(1), stopped, &installation.house, what, move |house| {
        let database = database.clone();
        async move { database.delete_expired(Arc::clone(&house.clock)).await }
    })
}

/// Follows the lives of the signing keys.
fn signing_keys(house: &Arc<House>, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    every(Duration::from_mins(1), stopped, house, "taking up the signing keys", |house| async move {
        let taken = take_up_signing_keys(&house).await;
        taken.map_err(|fault| crate::fault::chain(&fault))
    })
}

/// Reads the lists of revoked certificates anew, where some are named. What cannot be read, or is older, leaves those of before, which run out.
fn revoked(installation: &Installation, stopped: watch::Receiver<bool>) -> Option<JoinHandle<()>> {
    let named = installation.plan.client_certificates.clone().filter(|it| it.revoked.is_some())?;
    let tokens = Arc::clone(&installation.tokens);
    let what = "reading the lists of revoked certificates";
    let reads = every(Duration::from_mins(1), stopped, &installation.house, what, move |_| {
        let lists = named.lists().map(Option::unwrap_or_default);
        let taken = lists.and_then(|lists| tokens.refuse_revoked(&lists).map_err(|unfit| unfit.to_string()));
        async move { taken }
    });
    Some(reads)
}

/// Deletes what was kept long enough.
fn retention(house: &Arc<House>, operator: Cx, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    every(Duration::from_mins(5), stopped, house, "deleting what was kept long enough", move |house| {
        let cx = now(&operator, &house);
        async move { text(usecases::keep_retention::keep_retention(&cx).await) }
    })
}

/// Looks after people's own keys of the trail, at the start and every hour.
fn person_keys(house: &Arc<House>, operator: Cx, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    every(Duration::from_hours(1), stopped, house, "looking after people's keys", move |house| {
        let cx = now(&operator, &house);
        async move { text(usecases::keep_person_keys::keep_person_keys(&cx).await) }
    })
}

/// Has the newest checkpoint stamped once an hour, where an authority is named. One that is down keeps nobody waiting.
fn stamps(installation: &Installation, stopped: watch::Receiver<bool>) -> Option<JoinHandle<()>> {
    let (url, folder) = installation.plan.stamps.as_ref()?;
    let authority = match audit::TimeStampAuthority::new(url, false) {
        Ok(authority) => Arc::new(authority),
        Err(error) => {
            tracing::error!(%error, "no checkpoint will be stamped");
            return None;
        }
    };
    let place = Arc::new(audit::StampFolder::at(folder));
    let stamp = move |house: Arc<House>| {
        let (authority, place) = (Arc::clone(&authority), Arc::clone(&place));
        async move {
            let stamped = stamp_checkpoint(&house, authority.as_ref(), place.as_ref()).await;
            stamped.map(drop).map_err(|fault| crate::fault::chain(&fault))
        }
    };
    Some(every(Duration::from_hours(1), stopped, &installation.house, "stamping a checkpoint", stamp))
}

/// Makes long exports that were ordered. What is under way when the programme stops is left where it is: whoever comes after
/// its lease begins anew.
fn exports(cx: Cx, mut stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_secs(2));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let turn = async {
                ticks.tick().await;
                run_exports(&now(&cx, &cx.house)).await
            };
            tokio::select! {
                _ = stopped.changed() => break,
                done = turn => if let Err(error) = done {
                    tracing::error!(%error, "making an export that was ordered failed");
                }
            }
        }
    })
}

/// Fetches the metadata of services anew, where it is due.
fn metadata(
    installation: &Installation,
    operator: Cx,
    line: Arc<HttpLine>,
    stopped: watch::Receiver<bool>,
) -> JoinHandle<()> {
    let loopback_http = installation.plan.stamp == Stamp::Demo;
    every(
        Duration::from_mins(5),
        stopped,
        &installation.house,
        "fetching the metadata of services",
        move |house| {
            let (cx, line) = (now(&operator, &house), Arc::clone(&line));
            async move {
                let refreshed = text(refresh_metadata(&cx, line.as_ref(), loopback_http).await);
                // Whatever became of theirs, ours is looked at too.
                text(warn_of_key_end(&cx).await).and(refreshed)
            }
        },
    )
}

/// The same operator, now.
fn now(cx: &Cx, house: &House) -> Cx {
    Cx { now: house.clock.now(), ..cx.clone() }
}

fn text<T>(done: Result<T, usecases::Fault>) -> Result<(), String> {
    done.map(drop).map_err(|fault| fault.to_string())
}

/// Compares the clocks every ten seconds; what it saw last tells news from what is known.
fn clocks(cx: Cx, mut stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_secs(10));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut seen = Agreement::default();
        loop {
            tokio::select! {
                _ = stopped.changed() => break,
                _ = ticks.tick() => match watch_clocks(&now(&cx, &cx.house), seen).await {
                    Ok(agreement) => seen = agreement,
                    Err(error) => tracing::error!(%error, "comparing the clocks failed"),
                }
            }
        }
    })
}

/// Does something again and again until told to stop; a failure is logged and tried again.
fn every<F, W>(
    pause: Duration,
    mut stopped: watch::Receiver<bool>,
    house: &Arc<House>,
    what: &'static str,
    work: W,
) -> JoinHandle<()>
where
    W: Fn(Arc<House>) -> F + Send + 'static,
    F: Future<Output = Result<(), String>> + Send + 'static,
{
    let house = Arc::clone(house);
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(pause);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = stopped.changed() => break,
                _ = ticks.tick() => {
                    if let Err(error) = work(Arc::clone(&house)).await {
                        tracing::error!(%error, "{what} failed");
                    }
                }
            }
        }
    })
}

/// Serves until the process is told to stop.
pub(crate) async fn serve(
    listener: tokio::net::TcpListener,
    router: axum::Router,
) -> Result<(), CommandFault> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(told_to_stop())
        .await
        .map_err(CommandFault::during("serving"))
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupted => {}
        () = terminated => {}
    }
}
