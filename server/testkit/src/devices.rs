//! Hardware code devices as they are delivered, handed out and pressed.

use crate::{Rig, hr};
use domain::code_device::{Delivered, Delivery, Digits, HashAlgorithm, Moving, Place, Serial, StepLength};
use domain::{SignedDuration, Timestamp};
use totp_rs::{Builder, Secret, Totp};
use usecases::activate_device::{Way, activate_device};
use usecases::hand_out_device::hand_out_device;
use usecases::import_devices::import_devices;
use usecases::show_code::{SignedIn, show_code};
use zeroize::Zeroizing;

/// The n-th device somebody can hold: with a button, or with a clock that may be wrong.
#[derive(Debug)]
pub struct Gadget {
    n: u8,
    moving: Moving,
    /// How many seconds its clock is ahead of ours.
    pub ahead: i64,
    /// The counter of the next press.
    pub next: u64,
}

impl Gadget {
    /// With a clock.
    pub fn clock(n: u8) -> Self {
        Self { n, moving: Moving::clock(StepLength::HALF_A_MINUTE, 0), ahead: 0, next: 0 }
    }

    /// With a button.
    pub fn button(n: u8) -> Self {
        Self { n, moving: Moving::Button { next: 0 }, ahead: 0, next: 0 }
    }

    /// The number on its back.
    pub fn serial(&self) -> Serial {
        Serial::try_from(format!("100{}", self.n)).expect("a number")
    }

    /// Its seed.
    pub fn seed(&self) -> Vec<u8> {
        format!("1234567890123456789{}", self.n).into_bytes()
    }

    /// As it stands on the n-th line of a file.
    pub fn delivered(&self) -> Delivered {
        Delivered {
            place: Place { line: u64::from(self.n), package: None },
            serial: self.serial(),
            manufacturer: None,
            model: None,
            hash: HashAlgorithm::Sha1,
            digits: Digits::SIX,
            moving: self.moving,
            seed: Zeroizing::new(self.seed()),
        }
    }

    /// What it shows: at an instant, or when its button is pressed.
    pub fn shows(&mut self, now: Timestamp) -> String {
        let seed = Secret::from(self.seed());
        let builder = Builder::new().with_secret(seed);
        let codes = |builder: Builder| -> Totp { builder.build().expect("a device") };
        match self.moving {
            Moving::Clock { .. } => {
                let at = u64::try_from(now.as_second() + self.ahead).expect("after 1970");
                codes(builder).generate(at).to_string()
            }
            Moving::Button { .. } => {
                self.next += 1;
                codes(builder.with_step_duration(1)).generate(self.next - 1).to_string()
            }
        }
    }

    /// Pressed so often without anybody looking.
    pub fn press(&mut self, times: u64) {
        self.next += times;
    }
}

/// A file with these devices.
pub fn delivery(devices: Vec<Delivered>) -> Delivery {
    Delivery { devices, sha256: [7; 32], signed: false }
}

impl Rig {
    /// The n-th device with a button, in stock.
    pub async fn stock(&self, n: u8) -> Gadget {
        let gadget = Gadget::button(n);
        self.stocked(&gadget).await;
        gadget
    }

    /// Puts a device into the stock.
    pub async fn stocked(&self, gadget: &Gadget) {
        let file = delivery(vec![gadget.delivered()]);
        import_devices(&self.cx(), file, &hr::operator("ops1"), "seeds.csv").await.expect("a new device");
    }

    /// Puts a device into the stock and hands it out to the p-th person.
    pub async fn handed_out(&self, gadget: &Gadget, p: u32) {
        self.stocked(gadget).await;
        let by = hr::operator("ops1");
        let to = hr::line(p).user_name;
        hand_out_device(&self.cx(), &by, &gadget.serial(), &to).await.expect("a device in stock");
    }

    /// The whole of day one of the p-th person in the n-th browser, with a code device and no app.
    pub async fn enrol_with(&self, browser: u128, p: u32, gadget: &mut Gadget) {
        let flow = self.proved(browser, p).await;
        self.choose(browser, flow).await;
        self.handed_out(gadget, p).await;
        let cx = self.browser(browser);
        let code = gadget.shows(cx.now);
        activate_device(&cx, Way::Enrolment(flow), "Kodeviser".to_owned(), &code).await.expect("its code");
        usecases::finish_enrolment::finish_enrolment(&cx, flow).await.expect("everything is there");
        self.letters().await;
    }

    /// Signs the p-th person in to the portal with a device, half a minute later.
    pub async fn sign_in_with(&self, browser: u128, p: u32, gadget: &mut Gadget) -> SignedIn {
        let flow = self.password_shown(browser, p).await;
        self.clock.advance(SignedDuration::from_secs(30));
        let cx = self.browser(browser);
        let code = gadget.shows(cx.now);
        show_code(&cx, flow, &code).await.expect("the right code")
    }
}
