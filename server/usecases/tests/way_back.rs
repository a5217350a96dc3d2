//! Whatever is done to a login in whatever order, its owner comes in again, and somebody who only knows her password (and
//! perhaps holds a copy of her sheet) adds nothing to it and never gets in.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::factor::authentication_level;
use domain::ids::{FactorId, FlowId};
use domain::level::AssuranceLevel;
use domain::password::Password;
use domain::proofing::Purpose;
use domain::step_up::StepUpFor;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use testkit::{App, PASSWORD, Rig, good_answer, hr};
use usecases::begin_sign_in::begin_sign_in;
use usecases::begin_step_up::begin_step_up;
use usecases::block_by_password::block_by_password;
use usecases::change_factors::remove_factor;
use usecases::context::Cx;
use usecases::finish_enrolment::finish_enrolment;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::keep_codes::see_codes;
use usecases::print_codes::Sheet;
use usecases::register_another_app::{offer_another_app, register_another_app};
use usecases::register_app::offer_app;
use usecases::renew_sheet::renew_sheet;
use usecases::reopen::reopen;
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_app::{offer_new_app, reopen_app};
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_password::reopen_password;
use usecases::replace_factor::{offer_replacement, replace_factor};
use usecases::reset_password::reset_password;
use usecases::see_reopening::see_reopening;
use usecases::see_sheet::see_sheet;
use usecases::show_code::show_code;
use usecases::show_password::show_password;
use usecases::show_recovery_code::show_recovery_code;
use usecases::show_step_up::show_step_up;
use usecases::start_proof::start_proof;
use usecases::who::{Here, who};

const OWNER: u128 = 1;
const THIEF: u128 = 66;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Act {
    /// She adds an app, confirming with one she has.
    Add,
    /// She removes one of hers.
    Remove(usize),
    /// The phone with one of her apps falls into the water.
    Lose(usize),
    /// She blocks her login, or somebody who knows the password does.
    Block,
    /// She opens it again with MitID, keeping those of these bits.
    Reopen(u8),
    /// She chooses a new password with MitID; the thief sees her type it.
    Reset,
    /// A code of her sheet, MitID, a new app.
    Recover,
    /// A new sheet.
    NewSheet,
    /// The thief copies her sheet.
    Steal,
    /// The thief tries everything he has.
    Attack,
    /// Some minutes pass.
    Wait(i64),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        2 => Just(Act::Add),
        2 => (0usize..4).prop_map(Act::Remove),
        2 => (0usize..4).prop_map(Act::Lose),
        2 => Just(Act::Block),
        3 => any::<u8>().prop_map(Act::Reopen),
        1 => Just(Act::Reset),
        2 => Just(Act::Recover),
        1 => Just(Act::NewSheet),
        1 => Just(Act::Steal),
        3 => Just(Act::Attack),
        1 => (1i64..24 * 60).prop_map(Act::Wait),
    ];
    proptest::collection::vec(act, 1..12)
}

/// A login, its owner, and somebody who knows its password.
struct Story {
    rig: Rig,
    password: String,
    /// What she still holds in her hands.
    apps: Vec<(FactorId, App)>,
    /// What she ever added.
    added: BTreeSet<FactorId>,
    sheet: Sheet,
    stolen: Option<Sheet>,
    used: usize,
    passwords: u32,
}

impl Story {
    async fn begin(rig: Rig) -> Self {
        let flow = rig.proved(OWNER, 0).await;
        rig.choose(OWNER, flow).await;
        let app = rig.register(OWNER, flow).await;
        finish_enrolment(&rig.cx(), flow).await.unwrap();
        let (sheet, _) = see_codes(&rig.cx(), flow).await.unwrap();
        let mut story = Self {
            rig,
            password: PASSWORD.to_owned(),
            apps: Vec::new(),
            added: BTreeSet::new(),
            sheet,
            stolen: None,
            used: 0,
            passwords: 0,
        };
        story.holds(app).await;
        story
    }

    fn cx(&self) -> Cx {
        self.rig.browser(OWNER)
    }

    fn thief(&self) -> Cx {
        let mut cx = self.rig.browser(THIEF);
        cx.source.address = "203.0.113.66".parse().unwrap();
        cx
    }

    fn wait(&self, minutes: i64) {
        self.rig.clock.advance(SignedDuration::from_mins(minutes));
    }

    async fn means(&self) -> BTreeSet<FactorId> {
        let id = self.rig.person(0).await.id;
        self.rig.look().await.apps_of(id).await.unwrap().into_iter().map(|(app, _)| app.id).collect()
    }

    /// The app she just added is the one she did not know before.
    async fn holds(&mut self, app: App) {
        let new: Vec<_> = self.means().await.difference(&self.added).copied().collect();
        let [id] = new[..] else { panic!("not one new method: {new:?}") };
        self.added.insert(id);
        self.apps.push((id, app));
    }

    async fn active(&self) -> bool {
        self.rig.standing(0).await.is_active()
    }

    fn new_password(&mut self) -> Password {
        self.passwords += 1;
        self.password = format!("{PASSWORD} nummer {}", self.passwords);
        Password::typed(self.password.clone())
    }

    /// A sign-in as far as the right password; none while it may not be.
    async fn password_shown(&self, cx: &Cx) -> Option<FlowId> {
        let flow = begin_sign_in(cx).await.unwrap();
        let password = Password::typed(self.password.clone());
        show_password(cx, flow, "p0", password).await.is_ok().then_some(flow)
    }

    /// Signs her in with what she holds, where that is enough.
    async fn sign_in(&self) -> Option<Here> {
        let means = self.means().await;
        let (_, app) = self.apps.iter().rfind(|(id, _)| means.contains(id))?;
        self.wait(16);
        let cx = self.cx();
        let flow = self.password_shown(&cx).await?;
        show_code(&cx, flow, &app.code(cx.now)).await.ok()?;
        let here = who(&cx).await.unwrap().unwrap();
        let level = authentication_level(&here.session.kinds());
        assert_eq!(level, Some(AssuranceLevel::Substantial));
        Some(here)
    }

    async fn stepped_up(&self, purpose: StepUpFor) -> Option<(Here, FlowId)> {
        let here = self.sign_in().await?;
        let means = self.means().await;
        let (_, app) = self.apps.iter().rfind(|(id, _)| means.contains(id))?;
        self.wait(1);
        let cx = self.cx();
        let flow = begin_step_up(&cx, &here, purpose).await.unwrap();
        show_step_up(&cx, &here, flow, &app.code(cx.now)).await.unwrap();
        Some((here, flow))
    }

    async fn proved_by_mitid(
        &self,
        cx: &Cx,
        (purpose, serves): (Purpose, Option<FlowId>),
        cpr_of: u32,
    ) -> Option<Proved> {
        let address = start_proof(cx, (purpose, serves), "da").await.ok()?;
        let callback = testkit::ScriptedMitid::callback(address.split_once("state=")?.1);
        self.rig.mitid.answers(good_answer(&hr::cpr(cpr_of), cx.now));
        finish_proof(cx, "test", &callback).await.ok()
    }

    async fn add(&mut self) {
        let Some((here, flow)) = self.stepped_up(StepUpFor::Factors).await else { return };
        let cx = self.cx();
        let app = App::with_seed(&offer_another_app(&cx, &here, flow).await.unwrap().secret);
        let code = app.code(cx.now);
        if register_another_app(&cx, &here, flow, "One more".into(), &code).await.is_ok() {
            self.holds(app).await;
        }
    }

    async fn remove(&mut self, at: usize) {
        let all: Vec<_> = self.means().await.into_iter().collect();
        let Some(id) = all.get(at % all.len().max(1)).copied() else { return };
        let Some((here, flow)) = self.stepped_up(StepUpFor::Factors).await else { return };
        // Refused where it is the last, or too early: then it stays.
        let removed = remove_factor(&self.cx(), &here, flow, id).await.is_ok();
        assert_eq!(self.means().await.contains(&id), !removed);
    }

    async fn block(&self) {
        // Apart from other blocks, or the mass brake asks once more.
        self.wait(11);
        let password = Password::typed(self.password.clone());
        block_by_password(&self.cx(), "p0", password).await.unwrap();
        assert!(!self.active().await);
    }

    async fn reopen(&mut self, bits: u8) {
        let cx = self.cx();
        let proved = self.proved_by_mitid(&cx, (Purpose::Reopening, None), 0).await;
        let Some(Proved::Reopening(flow)) = proved else {
            assert!(self.active().await, "a blocked login is always hers to open");
            return;
        };
        let password = self.new_password();
        reopen_password(&cx, flow, password).await.unwrap();
        let all = self.means().await.into_iter().enumerate();
        let keep: BTreeSet<_> = all.filter(|(at, _)| bits & (1 << (at % 8)) != 0).map(|(_, id)| id).collect();
        reopen_factors(&cx, flow, keep.clone()).await.unwrap();
        let mut new = None;
        if see_reopening(&cx, flow).await.unwrap().step == domain::reopening::ReopeningStep::App {
            let app = App::with_seed(&offer_new_app(&cx, flow).await.unwrap().secret);
            reopen_app(&cx, flow, "New phone".into(), &app.code(cx.now)).await.unwrap();
            new = Some(app);
        }
        reopen_activity(&cx, flow).await.unwrap();
        let opened = reopen(&cx, flow).await.unwrap();
        self.sheet = see_sheet(&cx, opened.sheet).await.unwrap().sheet;
        self.used = 0;
        if let Some(app) = new {
            self.holds(app).await;
        }
        assert!(self.means().await.is_superset(&keep));
    }

    async fn reset(&mut self) {
        let cx = self.cx();
        if let Some(Proved::Reset(flow)) = self.proved_by_mitid(&cx, (Purpose::Reset, None), 0).await {
            let password = self.new_password();
            reset_password(&cx, flow, password).await.unwrap();
        }
    }

    async fn recover(&mut self) -> bool {
        self.wait(16);
        let cx = self.cx();
        let Some(flow) = self.password_shown(&cx).await else { return false };
        let Some(code) = self.sheet.recovery.get(self.used) else { return false };
        if show_recovery_code(&cx, flow, &code.printed()).await.is_err() {
            return false;
        }
        self.used += 1;
        assert!(offer_replacement(&cx, flow).await.is_err(), "not before the proof");
        let proved = self.proved_by_mitid(&cx, (Purpose::Recovery, Some(flow)), 0).await;
        assert_eq!(proved, Some(Proved::Regained(flow)));
        let app = App::with_seed(&offer_replacement(&cx, flow).await.unwrap().secret);
        let added = replace_factor(&cx, flow, "New phone".into(), &app.code(cx.now)).await.is_ok();
        if added {
            self.holds(app).await;
        }
        added
    }

    async fn new_sheet(&mut self) {
        let Some((here, flow)) = self.stepped_up(StepUpFor::Sheet).await else { return };
        let page = renew_sheet(&self.cx(), &here, flow).await.unwrap();
        self.sheet = see_sheet(&self.cx(), page).await.unwrap().sheet;
        self.used = 0;
    }

    /// Password, made-up codes, a copied sheet, his own MitID: everything a thief has.
    async fn attack(&mut self) {
        let cx = self.thief();
        for purpose in [Purpose::Reopening, Purpose::Reset] {
            let proved = self.proved_by_mitid(&cx, (purpose, None), 9).await;
            assert_eq!(proved, None, "his own MitID opens nothing of hers");
        }
        let Some(flow) = self.password_shown(&cx).await else { return };
        assert!(show_code(&cx, flow, "000000").await.is_err());
        self.adds_nothing(&cx, flow).await;
        let codes = self.stolen.as_ref().map(|sheet| sheet.recovery.clone()).unwrap_or_default();
        for code in codes.iter().map(domain::printed::PrintedCode::printed) {
            if show_recovery_code(&cx, flow, &code).await.is_ok() {
                self.used = self
                    .sheet
                    .recovery
                    .iter()
                    .position(|it| it.printed() == code)
                    .map_or(self.used, |at| self.used.max(at + 1));
                break;
            }
        }
        self.adds_nothing(&cx, flow).await;
        let proved = self.proved_by_mitid(&cx, (Purpose::Recovery, Some(flow)), 9).await;
        assert_eq!(proved, None);
        self.adds_nothing(&cx, flow).await;
    }

    /// Every door a method is added by, with what a password makes.
    async fn adds_nothing(&self, cx: &Cx, flow: FlowId) {
        assert!(offer_replacement(cx, flow).await.is_err());
        assert!(replace_factor(cx, flow, "His".into(), "000000").await.is_err());
        assert!(offer_new_app(cx, flow).await.is_err());
        assert!(offer_app(cx, flow).await.is_err());
        assert!(who(cx).await.unwrap().is_none(), "nor is he in");
    }

    async fn act(&mut self, act: &Act) {
        match act {
            Act::Add => self.add().await,
            Act::Remove(at) => self.remove(*at).await,
            Act::Lose(at) if *at < self.apps.len() => drop(self.apps.remove(*at)),
            Act::Lose(_) => {}
            Act::Block => self.block().await,
            Act::Reopen(bits) => self.reopen(*bits).await,
            Act::Reset => self.reset().await,
            Act::Recover => drop(self.recover().await),
            Act::NewSheet => self.new_sheet().await,
            Act::Steal => self.stolen = Some(self.sheet.clone()),
            Act::Attack => self.attack().await,
            Act::Wait(minutes) => self.wait(*minutes),
        }
        assert!(self.means().await.is_subset(&self.added), "something she never added: after {act:?}");
        assert!(who(&self.thief()).await.unwrap().is_none(), "the thief is in: after {act:?}");
    }

    /// With MitID and what she holds, whatever happened before.
    async fn comes_back(&mut self) {
        if !self.active().await {
            self.reopen(u8::MAX).await;
        }
        if self.sign_in().await.is_some() {
            return;
        }
        // The thief's guesses may have stopped codes; a proof opens them again.
        self.reset().await;
        if self.sign_in().await.is_some() {
            return;
        }
        // Nothing of hers is in her hands.
        if !self.recover().await {
            self.block().await;
            self.reopen(0).await;
        }
        assert!(self.sign_in().await.is_some(), "her way back");
    }
}

async fn told(rig: Rig, acts: &[Act]) {
    let mut story = Story::begin(rig).await;
    for act in acts {
        story.act(act).await;
    }
    story.comes_back().await;
}

fn whatever_happens<F: Future<Output = Rig>>(cases: u32, open: impl Fn() -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 40, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&acts(), |acts| {
        runtime.block_on(async { told(open().await, &acts).await });
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn no_sequence_locks_her_out_or_lets_a_password_add_a_method_on_sqlite() {
    whatever_happens(24, Rig::on_sqlite);
}

#[test]
fn no_sequence_locks_her_out_or_lets_a_password_add_a_method_on_postgres() {
    whatever_happens(6, Rig::on_postgres);
}
