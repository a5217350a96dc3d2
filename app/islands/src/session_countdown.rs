//! The warning before a session ends: seen from 2 min 30 s before, spoken at two minutes, one minute and thirty
//! seconds (WCAG 2.2.1, 4.1.3). Nothing reloads by itself, and staying leaves the page as it is. When it ended, she signs
//! in again in a tab of its own and comes back to what she typed; whoever else signs in finds nothing of it.

use crate::answer::{Answer, get};
use crate::around::around;
use crate::dom::{hear, left, part, say};
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen_futures::spawn_local;
use web_sys::js_sys::Date;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlElement};

/// When the warning begins, in seconds before the end.
const WARNING: u32 = 150;
/// Between two looks at the clock, in milliseconds.
const SECOND: u32 = 1_000;
/// When it is spoken.
const SPOKEN: [u32; 3] = [120, 60, 30];

/// Its words.
#[derive(Clone, Debug, Default)]
pub struct CountdownWords {
    /// Ends in `{left}`.
    pub ends: String,
    /// `{n}` minutes.
    pub minutes: String,
    /// `{n}` seconds.
    pub seconds: String,
    /// Why it ends.
    pub why: String,
    /// The way to stay.
    pub stay: String,
    /// Staying worked.
    pub stayed: String,
    /// Nobody answered.
    pub unanswered: String,
    /// It is over.
    pub over: String,
    /// The way to sign in again.
    pub sign_in: String,
}

/// What is left of a session, in seconds, when the page was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionLeft {
    /// Until it ends unused.
    pub idle: u32,
    /// Until it ends whatever happens.
    pub hard: u32,
}

impl SessionLeft {
    fn after(self, passed: u32) -> u32 {
        self.idle.min(self.hard).saturating_sub(passed)
    }

    /// Using it gives more.
    fn can_be_prolonged(self) -> bool {
        self.hard > self.idle
    }
}

/// The warning. Looking at the page `stay_at` counts as using the session; `sign_in_at` is where to go when it is over.
/// `who` tells her from others who sign in here; `line` is the id of the line that says by the clock when the session ends, wherever it stands.
pub fn session_countdown(
    left: SessionLeft,
    words: CountdownWords,
    who: String,
    (stay_at, sign_in_at, line): (&'static str, &'static str, &'static str),
) -> impl IntoView {
    view! {
        <SessionCountdown>
            <div
                class="notice notice-warning no-print"
                hidden
                data-idle=left.idle.to_string()
                data-hard=left.hard.to_string()
                data-who=who
                data-line=line
                data-ends=words.ends
                data-minutes=words.minutes
                data-seconds=words.seconds
                data-over=words.over
                data-stayed=words.stayed
                data-unanswered=words.unanswered
            >
                <p role="timer" aria-live="off"></p>
                <p>{words.why}</p>
                <p><a class="btn btn-secondary" href=stay_at>{words.stay}</a></p>
                <p hidden>
                    <a class="btn btn-secondary" href=sign_in_at target="_blank" rel="noopener">{words.sign_in}</a>
                </p>
            </div>
            <p class="visually-hidden" role="status"></p>
        </SessionCountdown>
    }
}

#[island]
fn SessionCountdown(children: Children) -> impl IntoView {
    around(children, wake)
}

fn wake(root: &Element) -> Option<()> {
    let notice: HtmlElement = part(root, "div")?;
    let words = |name| left(&notice, name);
    let countdown = Rc::new(Countdown {
        timer: part(&notice, "p:nth-child(1)")?,
        why: part(&notice, "p:nth-child(2)")?,
        stay: part(&notice, "p:nth-child(3)")?,
        sign_in: part(&notice, "p:nth-child(4)")?,
        heard: part(root, "p[role=status]")?,
        line: words("data-line"),
        who: words("data-who"),
        words: CountdownWords {
            ends: words("data-ends"),
            minutes: words("data-minutes"),
            seconds: words("data-seconds"),
            over: words("data-over"),
            stayed: words("data-stayed"),
            unanswered: words("data-unanswered"),
            ..CountdownWords::default()
        },
        left: Cell::new(left_at(&notice)?),
        began: Cell::new(Date::now()),
        news: Cell::new(News::None),
        came_from: RefCell::default(),
        notice,
    });
    countdown.clone().listen();
    countdown.tick();
    Interval::new(SECOND, move || countdown.tick()).forget();
    Some(())
}

/// What the server wrote about the session at this element.
fn left_at(at: &Element) -> Option<SessionLeft> {
    let seconds = |name| left(at, name).parse().ok();
    Some(SessionLeft { idle: seconds("data-idle")?, hard: seconds("data-hard")? })
}

/// What there is to say besides the time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum News {
    None,
    Stayed,
    Unanswered,
}

struct Countdown {
    notice: HtmlElement,
    timer: Element,
    why: HtmlElement,
    stay: HtmlElement,
    sign_in: HtmlElement,
    heard: Element,
    line: String,
    who: String,
    words: CountdownWords,
    left: Cell<SessionLeft>,
    began: Cell<f64>,
    news: Cell<News>,
    /// Where she was before she chose to stay.
    came_from: RefCell<Option<HtmlElement>>,
}

impl Countdown {
    fn listen(self: Rc<Self>) {
        let here = self.clone();
        hear(&self.notice, "focusin", move |event| here.note_focus(event));
        let ways = [part::<Element>(&self.stay, "a"), self.line_link()];
        for way in ways.into_iter().flatten() {
            let here = self.clone();
            hear(&way.clone(), "click", move |event| {
                event.prevent_default();
                spawn_local(here.clone().stay(left(&way, "href")));
            });
        }
        hear(&window(), "focus", move |_| {
            if self.is_over() {
                spawn_local(self.clone().look_again());
            }
        });
    }

    fn is_over(&self) -> bool {
        self.left.get().after(whole_seconds(Date::now() - self.began.get())) == 0
    }

    /// She may have signed in again in another tab. Somebody else may have, too: then what was typed here goes.
    async fn look_again(self: Rc<Self>) {
        let Some(way) = part::<Element>(&self.stay, "a") else { return };
        let Some(answer) = get(&left(&way, "href")).await else { return };
        match answer.part("[data-idle]").map(|it| left(&it, "data-who")) {
            Some(who) if who == self.who => self.take(&answer),
            Some(_) => {
                // Not loaded again: browsers fill a form in anew then. One that will not go is of a session that is over.
                let _stays = window().location().replace("/");
            }
            None => {}
        }
        self.tick();
    }

    /// The line's own way to stay stands beside it.
    fn line_link(&self) -> Option<Element> {
        document().get_element_by_id(&self.line)?.next_element_sibling()
    }

    fn note_focus(&self, event: &Event) {
        let from = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target);
        let from = from.and_then(|it| it.dyn_into::<HtmlElement>().ok());
        if let Some(from) = from.filter(|from| !self.notice.contains(Some(from))) {
            self.came_from.replace(Some(from));
        }
    }

    fn tick(&self) {
        let session = self.left.get();
        let left = session.after(whole_seconds(Date::now() - self.began.get()));
        let over = left == 0;
        if left <= WARNING && self.news.get() == News::Stayed {
            self.news.set(News::None);
        }
        say(&self.timer, &said(&self.words, left));
        self.why.set_hidden(over);
        self.stay.set_hidden(over || !session.can_be_prolonged());
        self.sign_in.set_hidden(!over);
        self.notice.set_hidden(left > WARNING);
        say(&self.heard, &self.hearable(left));
    }

    fn hearable(&self, left: u32) -> String {
        match (self.news.get(), spoken(left)) {
            (News::Unanswered, _) if left > 0 => self.words.unanswered.clone(),
            (_, Some(left)) => said(&self.words, left),
            (News::Stayed, None) => self.words.stayed.clone(),
            (_, None) => String::new(),
        }
    }

    async fn stay(self: Rc<Self>, way: String) {
        match get(&way).await {
            Some(answer) => self.take(&answer),
            None => {
                self.news.set(News::Unanswered);
                say(&self.why, &self.words.unanswered);
            }
        }
        self.tick();
    }

    /// The page of somebody signed in says how long it is now; any other page, that it is over.
    fn take(&self, answer: &Answer) {
        let left = answer.part("[data-idle]").and_then(|it| left_at(&it)).unwrap_or_default();
        let held_focus = document().active_element().is_some_and(|it| self.notice.contains(Some(&it)));
        self.left.set(left);
        self.began.set(Date::now());
        self.news.set(News::Stayed);
        if let (Some(old), Some(new)) =
            (document().get_element_by_id(&self.line), answer.part(&format!("#{}", self.line)))
        {
            say(&old, &new.text_content().unwrap_or_default());
        }
        let content = || document().query_selector("main").ok().flatten().and_then(|it| it.dyn_into().ok());
        if held_focus && let Some(place) = self.came_from.take().or_else(content) {
            // Where the focus cannot go it stays: the page is not the worse for it.
            let _stays = place.focus();
        }
    }
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
        (minutes, seconds) => [part(&words.minutes, minutes), part(&words.seconds, seconds)].join(" "),
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
    fn staying_is_offered_only_where_it_gives_more() {
        let session = SessionLeft { idle: 1800, hard: 3600 };
        assert_eq!((session.after(1700), session.can_be_prolonged()), (100, true));
        let at_its_end = SessionLeft { idle: 900, hard: 900 };
        assert_eq!((at_its_end.after(5000), at_its_end.can_be_prolonged()), (0, false));
    }

    #[test]
    fn a_clock_that_is_set_back_or_asleep_does_no_harm() {
        assert_eq!(whole_seconds(-5.0), 0);
        assert_eq!(whole_seconds(59_400.0), 59);
        assert_eq!(whole_seconds(f64::INFINITY), 86_400);
    }
}
