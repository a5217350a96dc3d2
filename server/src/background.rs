//! What runs beside the requests: sequencing the trail, sending notices, closing what is over, deleting what was kept long
//! enough.

mod jobs;
mod serving;

pub(crate) use serving::serve;

use crate::fault::CommandFault;
use crate::wiring::Installation;
use jobs::{
    browsers, clocks, exports, logins_that_end, metadata, person_keys, retention, revoked, signing_keys,
    stamps,
};
use outbox::{HttpLine, HttpTexts, NoTexts, TextScribe};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use usecases::lately::Watched;
use usecases::ports::people::{Post, Texts};
use usecases::ports::store::Stamp;
use usecases::{Cx, House};

/// The running work.
pub(crate) struct Work {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    /// The sequencer, which goes on until the others have stopped.
    last: (watch::Sender<bool>, JoinHandle<()>),
}

impl Work {
    /// Asks everything to stop and waits for it. What the others wrote last gets its place in the chain, too.
    pub(crate) async fn stop(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            let _ = task.await;
        }
        let (stop, sequencer) = self.last;
        let _ = stop.send(true);
        let _ = sequencer.await;
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
    let ((stop, stopped), (stop_last, last_stopped)) = (watch::channel(false), watch::channel(false));
    let house = &installation.house;
    let about = &installation.plan.municipality;
    let scribe = Arc::new(TextScribe::new(&about.name, &installation.plan.public_url, &about.phone));
    let cx = installation.operator();
    let post = Arc::new(Watched::new(post, Arc::clone(&installation.watch.mail), Arc::clone(&house.clock)));
    let mut tasks = vec![
        tokio::spawn(outbox::run_endings(Arc::clone(house), line.clone(), stopped.clone())),
        tokio::spawn(outbox::run_post(Arc::clone(house), post, scribe.clone(), stopped.clone())),
        tokio::spawn(outbox::run_texts(Arc::clone(house), texts, scribe, stopped.clone())),
        browsers(installation, stopped.clone()),
    ];
    if let Ok(cx) = cx {
        tasks.extend(logins_that_end(house, &cx, &stopped));
        tasks.push(retention(house, cx.clone(), stopped.clone()));
        tasks.push(person_keys(installation, cx.clone(), stopped.clone()));
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
    let sequencer = tokio::spawn(audit::run(Arc::clone(house), last_stopped));
    Work { stop, tasks, last: (stop_last, sequencer) }
}

/// The same operator, now.
fn now(cx: &Cx, house: &House) -> Cx {
    Cx { now: house.clock.now(), ..cx.clone() }
}

fn text<T>(done: Result<T, usecases::Fault>) -> Result<(), String> {
    done.map(drop).map_err(|fault| fault.to_string())
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
