//! The warning before a session ends: seen from 2 min 30 s before, spoken at two minutes, one minute and thirty
//! seconds (WCAG 2.2.1, 4.1.3). Nothing reloads by itself.

use gloo::timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use web_sys::js_sys::Date;
use web_sys::wasm_bindgen::JsCast;

/// When the warning begins, in seconds before the end.
const WARNING: u32 = 150;
/// Between two looks at the clock, in milliseconds.
const SECOND: u32 = 1_000;
/// When it is spoken.
const SPOKEN: [u32; 3] = [120, 60, 30];

words! {
    /// Its words.
    CountdownWords {
        /// Ends in `{left}`.
        ends,
        /// `{n}` minutes.
        minutes,
        /// `{n}` seconds.
        seconds,
        /// Why it ends.
        why,
        /// The way to stay.
        stay,
        /// Staying worked.
        stayed,
        /// It is over.
        over,
        /// The way to sign in again.
        sign_in,
    }
}

/// What is left of a session, in seconds, when the page was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLeft {
    /// Until it ends unused.
    pub idle: u32,
    /// Until it ends whatever happens.
    pub hard: u32,
    /// What using it gives.
    pub renewal: u32,
}

impl SessionLeft {
    /// What is left when it is used now, `passed` seconds after the page was made; hard limit still in terms of then.
    fn renewed(self, passed: u32) -> Self {
        Self { idle: passed.saturating_add(self.renewal).min(self.hard), ..self }
    }

    fn after(self, passed: u32) -> u32 {
        self.idle.min(self.hard).saturating_sub(passed)
    }
}

/// The warning. `stay_at` answers with success while the session lives and counts as using it; `sign_in_at` is
/// where to go when it is over.
#[island]
pub fn SessionCountdown(
    left: SessionLeft,
    words: CountdownWords,
    stay_at: String,
    sign_in_at: String,
) -> impl IntoView {
    let session = RwSignal::new(left);
    let now_left = RwSignal::new(left.after(0));
    let stayed = RwSignal::new(false);
    let began = StoredValue::new(0.0);
    let passed = move || whole_seconds(Date::now() - began.get_value());
    Effect::new(move |_| {
        began.set_value(Date::now());
        let tick = move || now_left.set(session.get_untracked().after(passed()));
        // Kept by the island: it stops when the island goes.
        StoredValue::new_local(Interval::new(SECOND, tick));
    });
    let address = stay_at.clone();
    let stay = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let address = address.clone();
        spawn_local(async move {
            if answers(&address).await {
                session.update(|session| *session = session.renewed(passed()));
                now_left.set(session.get_untracked().after(passed()));
                stayed.set(true);
            }
        });
    };
    let warned = Memo::new(move |_| now_left.get() <= WARNING);
    let over = Memo::new(move |_| now_left.get() == 0);
    let may_stay = Memo::new(move |_| !over.get() && session.get().hard > session.get().idle);
    Effect::new(move |_| {
        if warned.get() {
            stayed.set(false);
        }
    });
    let spoken_words = words.clone();
    let seen_words = words.clone();
    view! {
        <div class="notice notice-warning no-print" hidden=move || !warned.get()>
            <p role="timer" aria-live="off">{move || said(&seen_words, now_left.get())}</p>
            <p hidden=move || over.get()>{words.why}</p>
            <p hidden=move || !may_stay.get()>
                <a class="btn btn-secondary" href=stay_at on:click=stay>{words.stay}</a>
            </p>
            <p hidden=move || !over.get()><a class="btn btn-secondary" href=sign_in_at>{words.sign_in}</a></p>
        </div>
        <p class="visually-hidden" role="status">
            {move || match spoken(now_left.get()) {
                Some(left) => said(&spoken_words, left),
                None if stayed.get() => spoken_words.stayed.clone(),
                None => String::new(),
            }}
        </p>
    }
}

/// Whether the address answers well; what it says is not read.
async fn answers(address: &str) -> bool {
    let asked =
        leptos::__reexports::wasm_bindgen_futures::JsFuture::from(window().fetch_with_str(address)).await;
    asked
        .ok()
        .and_then(|answer| answer.dyn_into::<web_sys::Response>().ok())
        .is_some_and(|answer| answer.ok() && !answer.redirected())
}

/// What is announced now: each mark stays until the next, so that it is said once.
fn spoken(left: u32) -> Option<u32> {
    if left == 0 { Some(0) } else { SPOKEN.into_iter().rev().find(|mark| left <= *mark) }
}

fn said(words: &CountdownWords, left: u32) -> String {
    if left == 0 {
        return words.over.clone();
    }
    let part = |words: &str, n: u32| words.replace("{n}", &n.to_string());
    let parts = match (left / 60, left % 60) {
        (0, seconds) => part(&words.seconds, seconds),
        (minutes, 0) => part(&words.minutes, minutes),
        (minutes, seconds) => format!("{} {}", part(&words.minutes, minutes), part(&words.seconds, seconds)),
    };
    words.ends.replace("{left}", &parts)
}

/// Milliseconds as whole seconds, at most a day.
fn whole_seconds(milliseconds: f64) -> u32 {
    let capped = (milliseconds / 1000.0).clamp(0.0, 86_400.0);
    Duration::try_from_secs_f64(capped)
        .ok()
        .and_then(|passed| u32::try_from(passed.as_secs()).ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> CountdownWords {
        CountdownWords {
            ends: "om {left}".into(),
            minutes: "{n} min.".into(),
            seconds: "{n} sek.".into(),
            over: "slut".into(),
            ..Default::default()
        }
    }

    #[test]
    fn the_time_left_is_told_in_minutes_and_seconds() {
        for (left, expected) in
            [(150, "om 2 min. 30 sek."), (120, "om 2 min."), (9, "om 9 sek."), (0, "slut")]
        {
            assert_eq!(said(&words(), left), expected);
        }
    }

    #[test]
    fn it_is_spoken_three_times_and_at_the_end() {
        let heard: Vec<_> = (0..=150).rev().filter_map(spoken).collect();
        let mut once = heard.clone();
        once.dedup();
        assert_eq!(once, [120, 60, 30, 0]);
        assert_eq!(spoken(121), None);
    }

    #[test]
    fn staying_never_outlasts_the_hard_end() {
        let session = SessionLeft { idle: 1800, hard: 3600, renewal: 1800 };
        assert_eq!(session.renewed(1700).after(1700), 1800);
        assert_eq!(session.renewed(3500).after(3500), 100);
        assert_eq!(session.after(5000), 0);
    }

    #[test]
    fn a_clock_that_is_set_back_or_asleep_does_no_harm() {
        assert_eq!(whole_seconds(-5.0), 0);
        assert_eq!(whole_seconds(59_400.0), 59);
        assert_eq!(whole_seconds(f64::INFINITY), 86_400);
    }
}
