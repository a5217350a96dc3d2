//! Whatever is done to a login in whatever order, its owner comes in again, and somebody who only knows her password (and
//! perhaps holds a copy of her sheet, sits down where she is signed in, and has a login of his own there) adds nothing to it
//! and never gets in.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::factor::{Aaguid, ModelStatus, Models, PasskeyKind, authentication_level};
use domain::ids::{FactorId, FlowId};
use domain::level::AssuranceLevel;
use domain::password::Password;
use domain::proofing::Purpose;
use domain::step_up::StepUpFor;
use domain::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use testkit::{App, Gadget, PASSWORD, Rig, SoftKey, good_answer, hr};
use usecases::activate_device::{Way, activate_device};
use usecases::admit_phone::admit_phone;
use usecases::begin_sign_in::begin_sign_in;
use usecases::begin_step_up::begin_step_up;
use usecases::block_by_password::block_by_password;
use usecases::change_factors::{remove_factor, rename_factor};
use usecases::change_password::{Change, change_password};
use usecases::confirm_phone::confirm_phone;
use usecases::context::Cx;
use usecases::continue_on_phone::{continue_enrolment_on_phone, continue_on_phone};
use usecases::finish_enrolment::finish_enrolment;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::keep_codes::see_codes;
use usecases::open_phone_link::open_phone_link;
use usecases::print_codes::Sheet;
use usecases::prove_by_key::{ask_proof_key, prove_by_key};
use usecases::register_another_app::{offer_another_app, register_another_app};
use usecases::register_app::offer_app;
use usecases::register_on_phone::{make_phone_app, offer_phone_app};
use usecases::register_passkey::{
    ask_another_passkey, ask_passkey, register_another_passkey, register_passkey,
};
use usecases::renew_sheet::renew_sheet;
use usecases::reopen::reopen;
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_app::{offer_new_app, reopen_app};
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_key::{ask_reopening_key, reopen_key};
use usecases::reopen_password::reopen_password;
use usecases::replace_factor::{offer_replacement, replace_factor};
use usecases::replace_with_key::{ask_replacement_key, replace_with_key};
use usecases::reset_password::reset_password;
use usecases::return_device::{Fate, return_device};
use usecases::revoke_suspended::revoke_suspended;
use usecases::see_on_phone::{DeskStage, PhoneStage, Secret, see_desk, see_phone};
use usecases::see_reopening::see_reopening;
use usecases::see_sheet::see_sheet;
use usecases::show_code::show_code;
use usecases::show_passkey::{ask_key, show_key};
use usecases::show_password::{Attempt, show_password};
use usecases::show_recovery_code::show_recovery_code;
use usecases::show_step_up::{Showing, show_step_up};
use usecases::show_step_up_key::{ask_step_up_key, show_step_up_key};
use usecases::start_proof::start_proof;
use usecases::who::{Here, who};

const OWNER: u128 = 1;
const PHONE: u128 = 2;
const THIEF: u128 = 66;
/// Where the thief, who works there too, is signed in as himself.
const HIS_OWN: u128 = 67;
const HIMSELF: u32 = 8;

/// The model of keys that count alone.
const MODEL: u128 = 7;
/// Of a reopening: what she needs anew is a key, not an app.
const WITH_KEY: u8 = 1 << 7;

/// So often she is away for a month; beyond a year she would have to confirm anew who she is.
const MOST_MONTHS: u32 = 3;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Act {
    /// She adds one, confirming with one she has.
    Add(New),
    /// She removes one of hers.
    Remove(usize),
    /// One of hers falls into the water.
    Lose(usize),
    /// She blocks her login, or somebody who knows the password does.
    Block,
    /// She opens it again with MitID, keeping those of these bits.
    Reopen(u8),
    /// The same with a passkey that counts alone, instead of MitID.
    ReopenByKey(u8),
    /// She chooses a new password with MitID; the thief sees her type it.
    Reset,
    /// The same with a passkey that counts alone, instead of MitID.
    ResetByKey,
    /// A code of her sheet, MitID, a new app; or a new key.
    Recover(bool),
    /// She hands her code device in.
    GiveBack,
    /// A new sheet.
    NewSheet,
    /// The thief copies her sheet.
    Steal,
    /// The thief tries everything he has.
    Attack,
    /// And he sits down where she is signed in.
    AtHerDesk,
    /// Some minutes pass.
    Wait(i64),
    /// A month and a day pass: a login that was blocked all along is closed for good, and she enrols anew.
    Away,
}

/// What she adds.
#[derive(Clone, Copy, Debug)]
enum New {
    App,
    Key,
    /// A passkey that counts alone.
    Passkey,
    Device,
    /// An app on another phone, which the computer lets in.
    OnPhone,
}

/// What she holds in her hands.
enum Held {
    App(App),
    /// A security key of this number.
    Key(u128),
    /// A passkey of this number, which counts alone.
    Passkey(u128),
    /// The code device of this number.
    Device(u8),
}

impl Held {
    /// The code it shows then; none from a key.
    fn code(&self, now: Timestamp) -> Option<String> {
        match self {
            Self::App(app) => Some(app.code(now)),
            Self::Device(n) => Some(Gadget::clock(*n).shows(now)),
            Self::Key(_) | Self::Passkey(_) => None,
        }
    }

    /// What it answers to these options.
    fn answer(&self, options: &str) -> String {
        match self {
            Self::Key(number) => SoftKey::numbered(*number).answer(options),
            Self::Passkey(number) => good(*number).answer(options),
            Self::App(_) | Self::Device(_) => panic!("no key"),
        }
    }
}

/// A key of the good model.
fn good(number: u128) -> SoftKey {
    SoftKey { model: MODEL, attested: true, ..SoftKey::numbered(number) }
}

fn knowing(rig: Rig) -> Rig {
    let model = Aaguid::read(uuid::Uuid::from_u128(MODEL)).unwrap();
    rig.knowing(Models::default().knowing([(model, ModelStatus::Good)].into()))
}

/// Whether day one was done with a passkey that counts alone, and what happened then.
fn acts() -> impl Strategy<Value = (bool, Vec<Act>)> {
    let new = proptest::sample::select(vec![New::App, New::Key, New::Passkey, New::Device, New::OnPhone]);
    let act = prop_oneof![
        3 => new.prop_map(Act::Add),
        2 => (0usize..4).prop_map(Act::Remove),
        2 => (0usize..4).prop_map(Act::Lose),
        2 => Just(Act::Block),
        3 => any::<u8>().prop_map(Act::Reopen),
        2 => any::<u8>().prop_map(Act::ReopenByKey),
        1 => Just(Act::Reset),
        1 => Just(Act::ResetByKey),
        2 => any::<bool>().prop_map(Act::Recover),
        1 => Just(Act::GiveBack),
        1 => Just(Act::NewSheet),
        1 => Just(Act::Steal),
        3 => Just(Act::Attack),
        2 => Just(Act::AtHerDesk),
        1 => (1i64..24 * 60).prop_map(Act::Wait),
        1 => Just(Act::Away),
    ];
    (any::<bool>(), proptest::collection::vec(act, 1..12))
}

/// A login, its owner, and somebody who knows its password.
struct Story {
    rig: Rig,
    password: String,
    /// What she still holds in her hands.
    hers: Vec<(FactorId, Held)>,
    /// What she ever added.
    added: BTreeSet<FactorId>,
    sheet: Sheet,
    stolen: Option<Sheet>,
    used: usize,
    passwords: u32,
    /// The number of the key or device she got last.
    number: u8,
    months: u32,
    /// So often a key did what MitID does.
    by_key: u32,
    /// The thief's own app, for his own login.
    his: Option<App>,
}

impl Story {
    async fn begin(rig: Rig, with_key: bool) -> Self {
        let flow = rig.proved(OWNER, 0).await;
        rig.choose(OWNER, flow).await;
        let held = if with_key {
            let asked = ask_passkey(&rig.cx(), flow, PasskeyKind::Passkey).await.unwrap();
            let held = Held::Passkey(0);
            let answer = held.answer(&asked.options);
            register_passkey(&rig.cx(), asked.ceremony, "Passkey".into(), &answer).await.unwrap();
            held
        } else {
            Held::App(rig.register(OWNER, flow).await)
        };
        finish_enrolment(&rig.cx(), flow).await.unwrap();
        let (sheet, _) = see_codes(&rig.cx(), flow).await.unwrap();
        let mut story = Self {
            rig,
            password: PASSWORD.to_owned(),
            hers: Vec::new(),
            added: BTreeSet::new(),
            sheet,
            stolen: None,
            used: 0,
            passwords: 0,
            number: 0,
            months: 0,
            by_key: 0,
            his: None,
        };
        story.holds(held).await;
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
        let mut look = self.rig.look().await;
        let apps = look.apps_of(id).await.unwrap().into_iter().map(|(app, _)| app.id);
        let keys = look.passkeys_of(id).await.unwrap().into_iter().map(|key| key.id);
        let devices = look.devices_of(id).await.unwrap().into_iter();
        let devices = devices.filter(|(device, _)| device.in_use().is_some()).map(|(device, _)| device.id);
        apps.chain(keys).chain(devices).collect()
    }

    /// What she just added is the one she did not know before.
    async fn holds(&mut self, held: Held) {
        let new: Vec<_> = self.means().await.difference(&self.added).copied().collect();
        let [id] = new[..] else { panic!("not one new method: {new:?}") };
        self.added.insert(id);
        self.hers.push((id, held));
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
        let (_, held) = self.hers.iter().rfind(|(id, _)| means.contains(id))?;
        self.wait(16);
        let cx = self.cx();
        if let Some(code) = held.code(cx.now) {
            let flow = self.password_shown(&cx).await?;
            show_code(&cx, flow, &code).await.ok()?;
        } else {
            let attempt = match held {
                Held::Passkey(_) => Attempt::Begins(cx.handle().unwrap()),
                _ => Attempt::GoesOn(self.password_shown(&cx).await?),
            };
            let asked = ask_key(&cx, attempt).await.ok()?;
            show_key(&cx, asked.ceremony, &held.answer(&asked.options)).await.ok()?;
        }
        let here = who(&cx).await.unwrap().unwrap();
        let level = authentication_level(&here.session.kinds());
        assert_eq!(level, Some(AssuranceLevel::Substantial));
        Some(here)
    }

    async fn stepped_up(&self, purpose: StepUpFor) -> Option<(Here, FlowId)> {
        let here = self.sign_in().await?;
        let means = self.means().await;
        let (_, held) = self.hers.iter().rfind(|(id, _)| means.contains(id))?;
        self.wait(1);
        let cx = self.cx();
        let flow = begin_step_up(&cx, &here, purpose).await.unwrap();
        if let Some(code) = held.code(cx.now) {
            show_step_up(&cx, &here, flow, &code).await.unwrap();
        } else {
            let asked = ask_step_up_key(&cx, &here, flow).await.unwrap();
            show_step_up_key(&cx, &here, asked.ceremony, &held.answer(&asked.options)).await.unwrap();
        }
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

    /// Refused where she has as many as one may have, or codes are closed: then she holds nothing more.
    async fn add(&mut self, new: New) {
        self.number += 1;
        let purpose = match new {
            New::Device => {
                self.rig.handed_out(&Gadget::clock(self.number), 0).await;
                StepUpFor::CodeDevice
            }
            New::App | New::Key | New::Passkey | New::OnPhone => StepUpFor::Factors,
        };
        let Some((here, flow)) = self.stepped_up(purpose).await else { return };
        let added = match new {
            New::App => self.add_app(&here, flow).await,
            New::Key => self.add_key(&here, flow, PasskeyKind::SecurityKey).await,
            New::Passkey => self.add_key(&here, flow, PasskeyKind::Passkey).await,
            New::Device => self.add_device(&here, flow).await,
            New::OnPhone => self.add_on_phone(&here, flow).await,
        };
        if let Some(held) = added {
            self.holds(held).await;
        }
    }

    async fn add_app(&self, here: &Here, flow: FlowId) -> Option<Held> {
        let cx = self.cx();
        let app = App::with_seed(&offer_another_app(&cx, here, flow).await.unwrap().secret);
        let code = app.code(cx.now);
        register_another_app(&cx, here, flow, "One more".into(), &code).await.ok()?;
        Some(Held::App(app))
    }

    async fn add_key(&self, here: &Here, flow: FlowId, kind: PasskeyKind) -> Option<Held> {
        let number = self.number.into();
        let held = match kind {
            PasskeyKind::Passkey => Held::Passkey(number),
            PasskeyKind::SecurityKey => Held::Key(number),
        };
        let cx = self.cx();
        let asked = ask_another_passkey(&cx, here, flow, kind).await.unwrap();
        let answer = held.answer(&asked.options);
        register_another_passkey(&cx, here, asked.ceremony, "Key".into(), &answer).await.ok()?;
        Some(held)
    }

    async fn add_device(&self, here: &Here, flow: FlowId) -> Option<Held> {
        let (cx, held) = (self.cx(), Held::Device(self.number));
        let code = held.code(cx.now)?;
        activate_device(&cx, Way::Session(here, flow), "Device".into(), &code).await.ok()?;
        Some(held)
    }

    async fn add_on_phone(&self, here: &Here, flow: FlowId) -> Option<Held> {
        let (cx, phone) = (self.cx(), self.rig.browser(PHONE));
        let desk = continue_on_phone(&cx, here, flow).await.unwrap();
        let seen = see_desk(&cx, Some(here), desk).await.unwrap().stage;
        let DeskStage::Show(Secret(address)) = seen else { panic!("no link") };
        let id = open_phone_link(&phone, address.rsplit('/').next()?).await.unwrap();
        let PhoneStage::Number(Secret(number)) = see_phone(&phone, id).await.unwrap().stage else {
            panic!("no number")
        };
        assert!(offer_phone_app(&phone, id).await.is_err(), "not before the number is typed");
        admit_phone(&cx, Some(here), desk, &number).await.unwrap();
        offer_phone_app(&phone, id).await.unwrap();
        let PhoneStage::Make(Some(offer), _) = see_phone(&phone, id).await.unwrap().stage else {
            panic!("no offer")
        };
        let app = App::with_seed(&offer.secret);
        make_phone_app(&phone, id, "Other phone".into(), &app.code(phone.now)).await.unwrap();
        confirm_phone(&cx, Some(here), desk).await.ok()?;
        Some(Held::App(app))
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
        self.opens(flow, bits).await;
    }

    async fn reopen_by_key(&mut self, bits: u8) {
        if let Some(flow) = self.proved_by_key(Purpose::Reopening).await {
            self.opens(flow, bits).await;
        }
    }

    /// With the newest passkey in her hands that counts alone and is hers still. Refused where it was added too short a time
    /// ago, or there is nothing to open, or opening comes first.
    async fn proved_by_key(&mut self, purpose: Purpose) -> Option<FlowId> {
        let means = self.means().await;
        let alone = |held: &Held| matches!(held, Held::Passkey(_));
        let (_, held) = self.hers.iter().rfind(|(id, held)| means.contains(id) && alone(held))?;
        let cx = self.cx();
        let asked = ask_proof_key(&cx, purpose).await.unwrap();
        let proved = prove_by_key(&cx, purpose, asked.ceremony, &held.answer(&asked.options)).await;
        self.by_key += u32::from(proved.is_ok());
        proved.ok()
    }

    /// A reopening that was proved, to its end.
    async fn opens(&mut self, flow: FlowId, bits: u8) {
        let cx = self.cx();
        let password = self.new_password();
        reopen_password(&cx, flow, password).await.unwrap();
        let all = self.means().await.into_iter().enumerate();
        let keep: BTreeSet<_> = all.filter(|(at, _)| bits & (1 << (at % 8)) != 0).map(|(_, id)| id).collect();
        reopen_factors(&cx, flow, keep.clone()).await.unwrap();
        let mut new = None;
        if see_reopening(&cx, flow).await.unwrap().step == domain::reopening::ReopeningStep::App {
            new = Some(self.instead(flow, bits & WITH_KEY != 0).await);
        }
        reopen_activity(&cx, flow).await.unwrap();
        let opened = reopen(&cx, flow).await.unwrap();
        self.sheet = see_sheet(&cx, opened.sheet).await.unwrap().sheet;
        self.used = 0;
        if let Some(held) = new {
            self.holds(held).await;
        }
        assert!(self.means().await.is_superset(&keep));
    }

    /// What she registers in a reopening where she keeps nothing.
    async fn instead(&mut self, flow: FlowId, with_key: bool) -> Held {
        let cx = self.cx();
        if with_key {
            self.number += 1;
            let held = Held::Key(self.number.into());
            let asked = ask_reopening_key(&cx, flow, PasskeyKind::SecurityKey).await.unwrap();
            let answer = held.answer(&asked.options);
            reopen_key(&cx, asked.ceremony, "New key".into(), &answer).await.unwrap();
            return held;
        }
        let app = App::with_seed(&offer_new_app(&cx, flow).await.unwrap().secret);
        reopen_app(&cx, flow, "New phone".into(), &app.code(cx.now)).await.unwrap();
        Held::App(app)
    }

    async fn reset(&mut self) {
        let cx = self.cx();
        if let Some(Proved::Reset(flow)) = self.proved_by_mitid(&cx, (Purpose::Reset, None), 0).await {
            let password = self.new_password();
            reset_password(&cx, flow, password).await.unwrap();
        }
    }

    async fn reset_by_key(&mut self) {
        if let Some(flow) = self.proved_by_key(Purpose::Reset).await {
            let password = self.new_password();
            reset_password(&self.cx(), flow, password).await.unwrap();
        }
    }

    async fn recover(&mut self, with_key: bool) -> bool {
        self.wait(16);
        let cx = self.cx();
        let Some(flow) = self.password_shown(&cx).await else { return false };
        let Some(code) = self.sheet.recovery.get(self.used) else { return false };
        if show_recovery_code(&cx, flow, &code.printed()).await.is_err() {
            return false;
        }
        self.used += 1;
        let kind = PasskeyKind::SecurityKey;
        assert!(offer_replacement(&cx, flow).await.is_err(), "not before the proof");
        assert!(ask_replacement_key(&cx, flow, kind).await.is_err(), "nor a key");
        let proved = self.proved_by_mitid(&cx, (Purpose::Recovery, Some(flow)), 0).await;
        assert_eq!(proved, Some(Proved::Regained(flow)));
        let (held, added) = if with_key {
            self.number += 1;
            let held = Held::Key(self.number.into());
            let asked = ask_replacement_key(&cx, flow, kind).await.unwrap();
            let answer = held.answer(&asked.options);
            (held, replace_with_key(&cx, asked.ceremony, "New key".into(), &answer).await.is_ok())
        } else {
            let app = App::with_seed(&offer_replacement(&cx, flow).await.unwrap().secret);
            let added = replace_factor(&cx, flow, "New phone".into(), &app.code(cx.now)).await.is_ok();
            (Held::App(app), added)
        };
        if added {
            self.holds(held).await;
        }
        added
    }

    /// Hers or not any more: a device that she holds comes back into the stock, and signs nobody in from then on.
    async fn give_back(&self) {
        let device = self.hers.iter().rev().find_map(|(id, held)| match held {
            Held::Device(n) => Some((*id, *n)),
            _ => None,
        });
        let Some((id, n)) = device else { return };
        let counted = self.means().await.contains(&id);
        let (by, serial) = (hr::operator("ops1"), Gadget::clock(n).serial());
        let returned = return_device(&self.cx(), &by, &serial, Fate::Returned).await;
        assert!(returned.is_ok() || !counted, "{returned:?}");
        assert!(!self.means().await.contains(&id));
    }

    async fn away(&mut self) {
        if self.months == MOST_MONTHS {
            return;
        }
        self.months += 1;
        let blocked = !self.active().await;
        self.wait(31 * 24 * 60);
        while !self.rig.letters().await.is_empty() {}
        let revoked = revoke_suspended(&self.cx()).await.unwrap();
        assert_eq!(revoked, u64::from(blocked), "thirty days close a blocked login and no other");
        if blocked {
            self.begins_anew().await;
        }
    }

    /// With the invitation that came when her login was closed for good.
    async fn begins_anew(&mut self) {
        assert!(self.means().await.is_empty(), "nothing of before opens anything");
        let letters = self.rig.letters().await;
        let token = letters.iter().find_map(|letter| letter.token()).unwrap().to_owned();
        let flow = self.rig.begin(OWNER, &token).await;
        self.rig.prove_in(OWNER, flow, 0).await;
        self.rig.choose(OWNER, flow).await;
        PASSWORD.clone_into(&mut self.password);
        let app = self.rig.register(OWNER, flow).await;
        finish_enrolment(&self.cx(), flow).await.unwrap();
        (self.sheet, _) = see_codes(&self.cx(), flow).await.unwrap();
        self.used = 0;
        self.holds(Held::App(app)).await;
    }

    async fn new_sheet(&mut self) {
        let Some((here, flow)) = self.stepped_up(StepUpFor::Sheet).await else { return };
        let page = renew_sheet(&self.cx(), &here, flow).await.unwrap();
        self.sheet = see_sheet(&self.cx(), page).await.unwrap().sheet;
        self.used = 0;
    }

    /// Password, made-up codes, a copied sheet, his own MitID: everything a thief has.
    async fn attack(&mut self) {
        let his = self.his_own().await;
        let cx = self.thief();
        for purpose in [Purpose::Reopening, Purpose::Reset] {
            let proved = self.proved_by_mitid(&cx, (purpose, None), 9).await;
            assert_eq!(proved, None, "his own MitID opens nothing of hers");
            let asked = ask_proof_key(&cx, purpose).await.unwrap();
            let answer = good(666).answer(&asked.options);
            assert!(prove_by_key(&cx, purpose, asked.ceremony, &answer).await.is_err(), "nor a good key");
        }
        let Some(flow) = self.password_shown(&cx).await else { return };
        assert!(show_code(&cx, flow, "000000").await.is_err());
        self.adds_nothing(&cx, flow, &his).await;
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
        self.adds_nothing(&cx, flow, &his).await;
        let proved = self.proved_by_mitid(&cx, (Purpose::Recovery, Some(flow)), 9).await;
        assert_eq!(proved, None);
        self.adds_nothing(&cx, flow, &his).await;
    }

    /// The thief sits down where she is signed in, and knows her password; what she signs in with is not there.
    async fn at_her_desk(&self) {
        let Some(here) = self.sign_in().await else { return };
        let cx = self.cx();
        for purpose in [StepUpFor::Factors, StepUpFor::CodeDevice, StepUpFor::Sheet] {
            let flow = begin_step_up(&cx, &here, purpose).await.unwrap();
            assert!(show_step_up(&cx, &here, flow, "000000").await.is_err());
            if let Ok(asked) = ask_step_up_key(&cx, &here, flow).await {
                let answer = good(666).answer(&asked.options);
                assert!(show_step_up_key(&cx, &here, asked.ceremony, &answer).await.is_err());
            }
            assert!(offer_another_app(&cx, &here, flow).await.is_err());
            assert!(register_another_app(&cx, &here, flow, "His".into(), "000000").await.is_err());
            assert!(ask_another_passkey(&cx, &here, flow, PasskeyKind::Passkey).await.is_err());
            let way = Way::Session(&here, flow);
            assert!(activate_device(&cx, way, "His".into(), "000000").await.is_err());
            assert!(continue_on_phone(&cx, &here, flow).await.is_err());
            assert!(renew_sheet(&cx, &here, flow).await.is_err());
            for id in self.means().await {
                assert!(remove_factor(&cx, &here, flow, id).await.is_err());
                assert!(rename_factor(&cx, &here, flow, id, "His".into()).await.is_err());
            }
        }
        let change = Change {
            current: Password::typed(self.password.clone()),
            new: Password::typed("en tyvs egen adgangskode".to_owned()),
            showing: Showing::Code("000000".to_owned()),
            end_others: true,
        };
        assert!(change_password(&cx, &here, change).await.is_err());
        for purpose in [Purpose::Reconfirmation, Purpose::Reset, Purpose::Reopening] {
            assert_eq!(self.proved_by_mitid(&cx, (purpose, None), 9).await, None);
        }
    }

    /// A session of the thief as himself.
    async fn his_own(&mut self) -> Here {
        if self.his.is_none() {
            while !self.rig.letters().await.is_empty() {}
            self.his = Some(self.rig.enrol(HIS_OWN, HIMSELF).await);
        }
        self.wait(1);
        if let Some(app) = &self.his {
            self.rig.sign_in(HIS_OWN, HIMSELF, app).await;
        }
        who(&self.rig.browser(HIS_OWN)).await.unwrap().unwrap()
    }

    /// Every door a method is added by, with what a password makes, and with a session of his own.
    async fn adds_nothing(&self, cx: &Cx, flow: FlowId, his: &Here) {
        assert!(offer_replacement(cx, flow).await.is_err());
        assert!(replace_factor(cx, flow, "His".into(), "000000").await.is_err());
        assert!(ask_replacement_key(cx, flow, PasskeyKind::Passkey).await.is_err());
        assert!(offer_new_app(cx, flow).await.is_err());
        assert!(ask_reopening_key(cx, flow, PasskeyKind::Passkey).await.is_err());
        assert!(offer_app(cx, flow).await.is_err());
        assert!(ask_passkey(cx, flow, PasskeyKind::Passkey).await.is_err());
        assert!(activate_device(cx, Way::Enrolment(flow), "His".into(), "000000").await.is_err());
        assert!(continue_enrolment_on_phone(cx, flow).await.is_err());
        assert!(offer_another_app(cx, his, flow).await.is_err());
        assert!(register_another_app(cx, his, flow, "His".into(), "000000").await.is_err());
        assert!(ask_another_passkey(cx, his, flow, PasskeyKind::Passkey).await.is_err());
        assert!(activate_device(cx, Way::Session(his, flow), "His".into(), "000000").await.is_err());
        assert!(continue_on_phone(cx, his, flow).await.is_err());
        // Where she has a key, one of his own answers in its place.
        if let Ok(asked) = ask_key(cx, flow).await {
            let answer = SoftKey::numbered(666).answer(&asked.options);
            assert!(show_key(cx, asked.ceremony, &answer).await.is_err());
        }
        assert!(who(cx).await.unwrap().is_none(), "nor is he in");
    }

    async fn act(&mut self, act: &Act) {
        match act {
            Act::Add(new) => self.add(*new).await,
            Act::Remove(at) => self.remove(*at).await,
            Act::Lose(at) if *at < self.hers.len() => drop(self.hers.remove(*at)),
            Act::Lose(_) => {}
            Act::Block => self.block().await,
            Act::Reopen(bits) => self.reopen(*bits).await,
            Act::ReopenByKey(bits) => self.reopen_by_key(*bits).await,
            Act::Reset => self.reset().await,
            Act::ResetByKey => self.reset_by_key().await,
            Act::Recover(with_key) => drop(self.recover(*with_key).await),
            Act::GiveBack => self.give_back().await,
            Act::NewSheet => self.new_sheet().await,
            Act::Steal => self.stolen = Some(self.sheet.clone()),
            Act::Attack => self.attack().await,
            Act::AtHerDesk => self.at_her_desk().await,
            Act::Wait(minutes) => self.wait(*minutes),
            Act::Away => self.away().await,
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
        if !self.recover(false).await {
            self.block().await;
            self.reopen(0).await;
        }
        assert!(self.sign_in().await.is_some(), "her way back");
    }
}

async fn told(rig: Rig, with_key: bool, acts: &[Act]) -> Story {
    let mut story = Story::begin(knowing(rig), with_key).await;
    for act in acts {
        story.act(act).await;
    }
    story.comes_back().await;
    story
}

/// More stories where `WAY_BACK_CASES` says how many.
fn cases(otherwise: u32) -> u32 {
    std::env::var("WAY_BACK_CASES").ok().and_then(|many| many.parse().ok()).unwrap_or(otherwise)
}

fn whatever_happens<F: Future<Output = Rig>>(otherwise: u32, open: impl Fn() -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = Config {
        cases: cases(otherwise),
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&acts(), |(with_key, acts)| {
        runtime.block_on(async { drop(told(open().await, with_key, &acts).await) });
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

/// Every act that takes a key or a device does what it says, or the stories above would tell of nothing.
#[tokio::test]
async fn with_a_key_she_resets_opens_and_recovers_and_a_device_that_was_given_back_is_none() {
    let acts = [
        Act::ResetByKey,
        Act::Block,
        Act::ReopenByKey(WITH_KEY),
        Act::Add(New::Device),
        Act::GiveBack,
        Act::Recover(true),
        Act::Add(New::Passkey),
        Act::AtHerDesk,
    ];
    let story = told(Rig::on_sqlite().await, true, &acts).await;
    assert_eq!(story.by_key, 2, "a reset and a reopening");
    assert_eq!(story.added.len(), 5, "day one's, the reopening's, the device, the recovery's, the last");
    assert_eq!(story.means().await.len(), 3);
}
