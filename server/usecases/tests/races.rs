//! Everything that may be under way at a login races with its block by each of the five doors, on both databases: what comes
//! second finds the door shut (security decision 6). The bench runs it ten thousand times.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::ids::FlowId;
use domain::notice::Template;
use domain::password::Password;
use domain::proofing::Purpose;
use domain::standing::Origin;
use domain::step_up::StepUpFor;
use domain::suspension::Door;
use domain::visit::Ending;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use testkit::{App, Application, PASSWORD, Rig, field, good_answer, hours, hr, receive};
use usecases::begin_step_up::begin_step_up;
use usecases::block_by_code::block_by_code;
use usecases::block_by_notice::block_by_notice;
use usecases::block_by_password::block_by_password;
use usecases::block_by_session::block_by_session;
use usecases::confirm_block::confirm_block;
use usecases::context::Cx;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::give_claims::give_claims;
use usecases::issue::issue;
use usecases::mint::Tokens;
use usecases::receive_authorize::{Begun, receive_authorize};
use usecases::receive_request::Received;
use usecases::renew_sheet::renew_sheet;
use usecases::save_connection::{Settings, save_connection};
use usecases::see_sessions::see_sessions;
use usecases::see_sheet::see_sheet;
use usecases::show_code::show_code;
use usecases::show_step_up::show_step_up;
use usecases::suspend::Opened;
use usecases::take_own_data::take_own_data;
use usecases::who::{Here, who};

testkit::on_both! {
    no_token_and_no_session_outlives_a_block
}

const SERVICE: &str = "https://sp.example";
/// What races with the block. Sessions and step-ups race for the same code, so one of them in each race; so do codes that an
/// application exchanges and refresh tokens.
const RACERS: [&str; 7] = ["tokens", "answers", "sessions", "step-ups", "exchanges", "refreshes", "pages"];
/// Which of them won.
type Won = [bool; RACERS.len()];
const REFRESHES: &str = r#", "grant_types": ["authorization_code", "refresh_token"]"#;
const COMMAND: &str = "cargo test --release -p usecases --test races -- --nocapture";
/// So many races are one person's, two hours each: well within the year after which she would have to confirm anew, and before
/// what was hers takes longer to look through than to race.
const EACH: usize = 500;

/// How often the race is run.
fn races() -> usize {
    std::env::var("NSIS_ID_RACES").ok().and_then(|n| n.parse().ok()).unwrap_or(120)
}

async fn no_token_and_no_session_outlives_a_block(rig: Rig) {
    save_connection(&rig.cx(), "ops1", "a new service", SERVICE, Settings::default()).await.unwrap();
    let client = Arc::new(rig.application("app", REFRESHES).await);
    let mut app = rig.enrol(1, 0).await;
    let (mut seen, mut first, mut outlived) =
        (BTreeMap::<Won, u64>::new(), [0_u64; RACERS.len()], Vec::new());
    let (mut blocks, mut sheets) = (Door::ALL.map(|door| (door, 0_u64)), 0);
    // Each door against each racer, and after each start: five shares no divisor with two and seven.
    for (n, door) in (0..races()).zip(Door::ALL.into_iter().cycle()) {
        if n > 0 && n.is_multiple_of(EACH) {
            app = rig.enrol(1, whose(n)).await;
        }
        let (won, left) = race(&rig, &app, &client, (n, door)).await;
        for (_, count) in blocks.iter_mut().filter(|(by, _)| *by == door) {
            *count += 1;
        }
        sheets += u64::from(takes_a_sheet(door));
        *seen.entry(won).or_default() += 1;
        for (count, won) in first.iter_mut().zip(won) {
            *count += u64::from(won);
        }
        outlived.extend(left.into_iter().map(|what| format!("{what} in race {n}, {}", door.word())));
        open_again(&rig, whose(n)).await;
    }
    let [tokens, answers, sessions, step_ups, exchanges, refreshes, _pages] = first;
    let all = u64::try_from(races()).unwrap();
    let signed_in = sessions + all;
    // In every second race one was exchanged before, for its refresh token.
    let issued_to_it = exchanges + all / 2;
    for (kind, told) in [
        (EventKind::TokenIssued, tokens + answers + issued_to_it),
        (EventKind::TokenRenewed, refreshes),
        (EventKind::SignedIn, signed_in),
        (EventKind::StepUpDone, step_ups + sheets),
    ] {
        let written = rig.events(kind).await;
        if written != told {
            outlived.push(format!("{written} events {kind:?} for {told} that were told"));
        }
    }
    keep(rig.database(), &seen, (first, blocks), outlived.len());
    assert!(outlived.is_empty(), "{outlived:#?}");
}

/// Whose login the n-th race is about.
fn whose(n: usize) -> u32 {
    u32::try_from(n / EACH).unwrap()
}

/// One race: who came before the block, and what of it was still there afterwards.
async fn race(
    rig: &Rig,
    app: &App,
    client: &Arc<Application>,
    (n, door): (usize, Door),
) -> (Won, Vec<&'static str>) {
    let p = whose(n);
    rig.sign_in(1, p, app).await;
    let open = who(&rig.browser(1)).await.unwrap().unwrap();
    let due = rig.before_answer(&rig.browser(1), &format!("{SERVICE}|due-{n}")).await;
    let second = rig.password_shown(2, p).await;
    let step_up = begin_step_up(&rig.browser(1), &open, StepUpFor::OwnData).await.unwrap();
    let key = key_to(rig, app, (&open, p), door).await;
    let (cookies, browser) = (rig.cookies(), rig.browser(1).browser);
    let cookie = cookies.make(browser).await;
    let earlier = if n.is_multiple_of(2) {
        None
    } else {
        let grant = granted(rig, client, &open).await;
        Some(client.exchange(&rig.browser(7), &grant).await.unwrap())
    };
    // Long enough that a page also notes that the session was used.
    rig.clock.advance(SignedDuration::from_secs(61));
    let fresh = granted(rig, client, &open).await;

    let (cx, query) = (rig.browser(1), format!("{SERVICE}|asked-{n}"));
    let issuing = tokio::spawn(async move { issue(&cx, due).await.is_ok() });
    let cx = rig.browser(1);
    let asking = tokio::spawn(async move { matches!(receive(&cx, &query).await, Ok(Received::Answered(_))) });
    let (of_session, code) = (n.is_multiple_of(2), app.code(rig.cx().now));
    let (cx, beside, here) = (rig.browser(1), rig.browser(2), open.clone());
    let showing = tokio::spawn(async move {
        if of_session {
            show_code(&beside, second, &code).await.is_ok()
        } else {
            show_step_up(&cx, &here, step_up, &code).await.is_ok()
        }
    });
    let (cx, asks) = (rig.browser(7), Arc::clone(client));
    let granting = tokio::spawn(async move {
        match earlier.and_then(|tokens| tokens.refresh_token) {
            None => asks.exchange(&cx, &fresh).await,
            Some(token) => asks.refresh(&cx, &token).await,
        }
    });
    let (jar, old) = (cookies.clone(), cookie.clone());
    let exchanging = tokio::spawn(async move { jar.exchange(&old).await });
    let (jar, old) = (cookies.clone(), cookie.clone());
    let saving = tokio::spawn(async move { jar.save(&old).await });
    let cx = rig.browser(1);
    let looking = tokio::spawn(async move { page(&cx).await });
    for _ in 0..n % 7 {
        tokio::task::yield_now().await;
    }
    let by = key.turned(rig, &open, p).await;

    assert_eq!(by, door);
    let shown = showing.await.unwrap();
    let got_tokens = granting.await.unwrap().ok();
    let (of_code, got) = (n.is_multiple_of(2), got_tokens.is_some());
    let won = [
        issuing.await.unwrap(),
        asking.await.unwrap(),
        shown && of_session,
        shown && !of_session,
        got && of_code,
        got && !of_code,
        looking.await.unwrap(),
    ];
    let exchanged = exchanging.await.unwrap();
    saving.await.unwrap();
    let carried = cookies.browser(&exchanged).await.unwrap();
    let mut left = outlived(rig, &open).await;
    if let Some(tokens) = got_tokens {
        left.extend(outlived_at(rig, client, &tokens).await);
    }
    let still = [
        ("a page", page(&rig.browser(1)).await || page(&rig.browser(2)).await),
        ("a step-up", take_own_data(&rig.browser(1), &open, step_up).await.is_ok()),
        ("a cookie that was exchanged", cookies.browser(&cookie).await.is_some()),
        ("who has the new cookie", who(&Cx { browser: carried, ..rig.cx() }).await.unwrap().is_some()),
    ];
    left.extend(still.into_iter().filter_map(|(what, there)| there.then_some(what)));
    (won, left)
}

/// A page of the account is asked for: who sits at this browser, and her sessions. Whether it was shown, the one she looks with
/// among them.
async fn page(cx: &Cx) -> bool {
    let Some(here) = who(cx).await.unwrap() else { return false };
    let (sessions, _) = see_sessions(cx, &here).await.unwrap();
    sessions.iter().any(|session| session.this)
}

/// What opens a door, prepared before the race.
enum Key {
    Session,
    Mitid(FlowId),
    Code(String),
    Notice(String),
    Password,
}

/// Whether a new sheet is made for this door: its code blocks once, and the letter about it carries a link that is young.
fn takes_a_sheet(door: Door) -> bool {
    matches!(door, Door::Code | Door::Notice)
}

async fn key_to(rig: &Rig, app: &App, (open, p): (&Here, u32), door: Door) -> Key {
    match door {
        Door::Session => Key::Session,
        Door::Mitid => {
            let callback = rig.trip_for(3, Purpose::Blocking, None).await;
            rig.mitid.answers(good_answer(&hr::cpr(p), rig.cx().now));
            match finish_proof(&rig.browser(3), "test", &callback).await {
                Ok(Proved::Blocking(flow)) => Key::Mitid(flow),
                other => panic!("no question: {other:?}"),
            }
        }
        Door::Code => Key::Code(new_sheet(rig, app, open).await),
        Door::Notice => {
            rig.letters().await;
            new_sheet(rig, app, open).await;
            let letters = rig.letters().await;
            let told = letters.iter().find(|letter| letter.subject == Template::CodesPrinted.word());
            Key::Notice(told.and_then(|letter| letter.not_me()).unwrap().to_owned())
        }
        Door::Password => Key::Password,
    }
}

/// Makes a new sheet, after a step-up; gives its blocking code.
async fn new_sheet(rig: &Rig, app: &App, open: &Here) -> String {
    // A code that nobody has used.
    rig.clock.advance(SignedDuration::from_secs(30));
    let cx = rig.browser(1);
    let asked = begin_step_up(&cx, open, StepUpFor::Sheet).await.unwrap();
    show_step_up(&cx, open, asked, &app.code(cx.now)).await.unwrap();
    let shown = renew_sheet(&cx, open, asked).await.unwrap();
    see_sheet(&cx, shown).await.unwrap().sheet.blocking.printed()
}

impl Key {
    /// Blocks; gives the door the receipt names. A door that needs no session is opened in a browser without one.
    async fn turned(self, rig: &Rig, open: &Here, p: u32) -> Door {
        let (elsewhere, name) = (rig.browser(3), hr::line(p).user_name.to_string());
        let opened = match self {
            Self::Session => Opened::Blocked(block_by_session(&rig.browser(1), open).await.unwrap()),
            Self::Mitid(flow) => Opened::Blocked(confirm_block(&elsewhere, flow).await.unwrap()),
            Self::Code(code) => block_by_code(&elsewhere, &name, &code).await.unwrap(),
            Self::Notice(token) => block_by_notice(&elsewhere, &token).await.unwrap(),
            Self::Password => {
                block_by_password(&elsewhere, &name, Password::typed(PASSWORD.to_owned())).await.unwrap()
            }
        };
        match opened {
            Opened::Blocked(receipt) => receipt.door,
            Opened::Asked(_) => panic!("the brake is on"),
        }
    }
}

/// A code for the application, without a page that would note that the session was used.
async fn granted(rig: &Rig, client: &Application, open: &Here) -> String {
    let cx = rig.browser(1);
    match receive_authorize(&cx, Some(open.clone()), &client.asks(&[])).await.unwrap() {
        Begun::Answered(reply) => field(&reply, "code").unwrap(),
        other => panic!("no code: {other:?}"),
    }
}

/// What is still there of tokens and sessions.
async fn outlived(rig: &Rig, open: &Here) -> Vec<&'static str> {
    let (person, now) = (open.person.id, rig.cx().now);
    // Whatever was committed after the block would be seen here as a visit nobody was asked to end.
    let visits = rig.look().await.visits_of(person, now).await.unwrap();
    let still = [
        ("a token", visits.iter().any(|visit| visit.ending == Ending::None)),
        ("a session that was not ended", !rig.look().await.sessions_of(person).await.unwrap().is_empty()),
        ("her session", who(&rig.browser(1)).await.unwrap().is_some()),
        ("a session begun beside it", who(&rig.browser(2)).await.unwrap().is_some()),
    ];
    still.into_iter().filter_map(|(what, there)| there.then_some(what)).collect()
}

/// What an application can still do with tokens it got just before.
async fn outlived_at(rig: &Rig, client: &Application, tokens: &Tokens) -> Vec<&'static str> {
    let told = give_claims(&rig.browser(7), &tokens.access_token, None).await.is_ok();
    let renewed = match &tokens.refresh_token {
        Some(token) => client.refresh(&rig.browser(7), token).await.is_ok(),
        None => false,
    };
    let still = [("what an application is told", told), ("a refresh token", renewed)];
    still.into_iter().filter_map(|(what, there)| there.then_some(what)).collect()
}

/// Opens the login as a reopening does, and waits until brake and throttles are no part of the next race.
async fn open_again(rig: &Rig, p: u32) {
    let person = rig.person(p).await.id;
    let mut tx = rig.change().await;
    let epoch = tx.standing(person).await.unwrap().lift(Origin::Owner).epoch();
    tx.lift_holds(person, Origin::Owner, epoch).await.unwrap();
    tx.commit().await.unwrap();
    rig.clock.advance(hours(2));
}

/// Prints who came first how often, and leaves a figure where the bench asks for one.
#[expect(clippy::print_stdout, reason = "how many came first tells whether the race was one")]
fn keep(
    database: &str,
    seen: &BTreeMap<Won, u64>,
    (first, blocks): ([u64; RACERS.len()], [(Door, u64); Door::ALL.len()]),
    violations: usize,
) {
    let came: Vec<String> = first.iter().zip(RACERS).map(|(count, what)| format!("{count} {what}")).collect();
    let by: Vec<String> = blocks.iter().map(|(door, count)| format!("{count} {}", door.word())).collect();
    let (all, ways, by, came) = (races(), seen.len(), by.join(", "), came.join(", "));
    let about = format!("{all} races, blocks {by}, {ways} interleavings, {came} came first");
    println!("{database}: {about}");
    for (won, times) in seen {
        let who: Vec<&str> = won.iter().zip(RACERS).filter_map(|(won, what)| won.then_some(what)).collect();
        println!(
            "  {times} times before the block: {}",
            if who.is_empty() { "nothing".to_owned() } else { who.join(", ") }
        );
    }
    let Some(folder) = std::env::var_os("FIGURES") else { return };
    let name = format!("races-{database}");
    let figure = serde_json::json!({
        "name": name,
        "value": violations,
        "unit": format!("outlived a block, {about}"),
        "limit": 0,
        "ok": violations == 0,
        "command": format!("NSIS_ID_RACES={} scripts/with-postgres {COMMAND}", races()),
    });
    std::fs::write(Path::new(&folder).join(format!("{name}.json")), figure.to_string()).unwrap();
}
