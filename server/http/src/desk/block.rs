//! The doors by which a login is blocked, and what is shown afterwards.

use super::BrowserDesk;
use crate::browser::Shown;
use crate::problem::NOT_BLOCKED;
use app::desk::{
    Answer, BlockCodeForm, BlockPasswordForm, BlockQuestion, BlockReceipt, CodeSheet, ConfirmBlockForm,
    Flash, KeepCodesForm, Kept, NoticeForm, Seen, ServiceEnding, Slip, Stop, WasItYou,
};
use domain::Timestamp;
use domain::ids::{FlowId, PersonId};
use domain::proofing::Purpose;
use domain::visit::Ending;
use usecases::block_by_code::{NotBlocked, block_by_code};
use usecases::block_by_notice::{block_by_notice, look_at_notice};
use usecases::block_by_password::block_by_password;
use usecases::block_by_session::block_by_session;
use usecases::confirm_block::{confirm_block, see_block};
use usecases::echo_of_block::echo_of_block;
use usecases::flows::NoFlow;
use usecases::keep_codes::{NotKept, keep_codes, see_codes};
use usecases::see_receipt::{ServiceSeen, see_receipt};
use usecases::suspend::{Opened, Receipt};

/// Where the receipt is.
const RECEIPT: &str = "/spaer/kvittering";

impl BrowserDesk {
    pub(super) fn see_block_page(&self) -> Seen<()> {
        if self.here.is_some() { Ok(()) } else { Err(Stop::Go("/spaer".to_owned())) }
    }

    pub(super) async fn see_confirm_block(&self, flow: FlowId) -> Seen<BlockQuestion> {
        match see_block(&self.cx, flow).await {
            Ok(lists_services) => Ok(BlockQuestion { flow, lists_services }),
            // Answered with yes, and looked at again.
            Err(NoFlow::Gone) if self.see_block_receipt().await.is_ok() => Err(Stop::Go(RECEIPT.to_owned())),
            Err(gone) => Err(self.stop(gone)),
        }
    }

    /// The receipt this browser was given, as long as the block lasts.
    pub(super) async fn see_block_receipt(&self) -> Seen<BlockReceipt> {
        let elsewhere = || Stop::Go("/spaer".to_owned());
        let Shown(receipt) = self.browser.record().await.receipt.ok_or_else(elsewhere)?;
        let seen = see_receipt(&self.cx, &receipt).await.map_err(|fault| self.fault(&fault))?;
        let seen = seen.ok_or_else(elsewhere)?;
        Ok(BlockReceipt {
            at: seen.receipt.at,
            reference: seen.receipt.reference(),
            services: seen
                .services
                .map(|services| services.into_iter().map(|one| ending(one, self.cx.now)).collect()),
        })
    }

    pub(super) async fn see_was_it_you(&self, token: &str) -> Seen<Option<WasItYou>> {
        let notice = look_at_notice(&self.cx, token).await.map_err(|fault| self.fault(&fault))?;
        Ok(notice.map(|notice| WasItYou {
            template: notice.template,
            at: notice.at,
            reference: domain::ids::reference(notice.request.into()),
        }))
    }

    /// One page for everything that did not block; unless this browser has just been shown a receipt that still holds,
    /// as after a second click: then nothing else is true.
    pub(super) async fn not_blocked(&self) -> Answer {
        Answer::to(if self.see_block_receipt().await.is_ok() { RECEIPT } else { NOT_BLOCKED })
    }

    pub(super) async fn do_block_now(&self) -> Answer {
        let Some(here) = self.here.as_ref() else { return self.do_block_again().await };
        match block_by_session(&self.cx, here).await {
            Ok(receipt) => self.blocked_now(receipt).await,
            Err(fault) => self.not_blocked_by(&fault).await,
        }
    }

    /// The session ended meanwhile: by her own first click, or the other doors are there.
    async fn do_block_again(&self) -> Answer {
        let record = self.browser.record().await;
        let Some(person) = record.session.and(record.signed_in_as) else { return self.not_blocked().await };
        match echo_of_block(&self.cx, person).await {
            Ok(Some(receipt)) => self.blocked_now(receipt).await,
            Ok(None) => self.not_blocked().await,
            Err(fault) => self.not_blocked_by(&fault).await,
        }
    }

    pub(super) async fn do_block_by_code(&self, form: BlockCodeForm) -> Answer {
        let slips = missing(&form.user_name, form.blocking_code.is_empty(), Slip::BlockingCodeMissing);
        if !slips.is_empty() {
            return Answer::to("/spaer/kode").saying(Flash {
                slips,
                kept: kept(&form.user_name),
                tiding: None,
            });
        }
        self.settle_block(block_by_code(&self.cx, &form.user_name, form.blocking_code.expose()).await).await
    }

    pub(super) async fn do_block_by_password(&self, form: BlockPasswordForm) -> Answer {
        let slips = missing(&form.user_name, form.password.is_empty(), Slip::PasswordMissing);
        if !slips.is_empty() {
            let flash = Flash { slips, kept: kept(&form.user_name), tiding: None };
            return Answer::to("/spaer/adgangskode").saying(flash);
        }
        self.settle_block(block_by_password(&self.cx, &form.user_name, form.password.password()).await).await
    }

    pub(super) async fn do_block_by_mitid(&self) -> Answer {
        self.depart(Purpose::Blocking, None).await
    }

    pub(super) async fn do_block_by_notice(&self, form: NoticeForm) -> Answer {
        self.settle_block(block_by_notice(&self.cx, form.token.expose()).await).await
    }

    pub(super) async fn do_confirm_block(&self, form: ConfirmBlockForm) -> Answer {
        let Some(flow) = form.flow() else { return self.not_blocked().await };
        self.settle_block(confirm_block(&self.cx, flow).await.map(Opened::Blocked)).await
    }

    async fn settle_block(&self, outcome: Result<Opened, NotBlocked>) -> Answer {
        match outcome {
            Ok(Opened::Blocked(receipt)) => self.blocked_now(receipt).await,
            Ok(Opened::Asked(flow)) => Answer::to(format!("/spaer/bekraeft/{flow}")),
            Err(NotBlocked::Wrong) => self.not_blocked().await,
            Err(NotBlocked::Fault(fault)) => self.not_blocked_by(&fault).await,
        }
    }

    /// Something failed on our side: she must know that she is not blocked, and by which other way she can be.
    pub(super) async fn not_blocked_by(&self, fault: &usecases::Fault) -> Answer {
        self.note(fault);
        self.not_blocked().await
    }

    async fn blocked_now(&self, mut receipt: Receipt) -> Answer {
        // By a session only where this cookie was given it.
        receipt.lists_services &= receipt.door.may_see_services() || self.is_here(receipt.person);
        self.remember(move |record| record.receipt = Some(Shown(receipt).after(record.receipt.as_ref())))
            .await;
        Answer::to(RECEIPT)
    }

    fn is_here(&self, person: PersonId) -> bool {
        self.here.as_ref().is_some_and(|here| here.person.id == person)
    }

    pub(super) async fn see_code_sheet(&self, flow: FlowId) -> Seen<CodeSheet> {
        let seen = self.enrolment_at(flow, |step| step == domain::enrolment::Step::Codes).await?;
        let (sheet, user_name) = see_codes(&self.cx, flow).await.map_err(|not| match not {
            NotKept::NoFlow(gone) => self.stop(gone),
            NotKept::NotNow(_) | NotKept::NotTicked => Stop::Go(format!("/indrullering/{flow}")),
        })?;
        Ok(CodeSheet {
            flow,
            user_name,
            at: seen.finished_at.unwrap_or(self.cx.now),
            replaces: None,
            renewed: false,
            url: self.cx.house.policy.public_url.clone(),
            blocking: sheet.blocking.printed(),
            recovery: sheet.recovery.iter().map(domain::printed::PrintedCode::printed).collect(),
        })
    }

    pub(super) async fn do_keep_codes(&self, form: KeepCodesForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/kom-i-gang").await };
        match keep_codes(&self.cx, flow, form.saved == "yes").await {
            Ok(()) => Answer::to(format!("/indrullering/{flow}/klar")),
            Err(NotKept::NotTicked) => {
                Answer::to(format!("/indrullering/{flow}/koder")).saying(Flash::slip(Slip::CodesNotSaved))
            }
            Err(NotKept::NotNow(_)) => self.next_step(flow).await,
            Err(NotKept::NoFlow(gone)) => self.lost(gone, "/kom-i-gang").await,
        }
    }
}

fn ending(seen: ServiceSeen, now: Timestamp) -> ServiceEnding {
    let ServiceSeen { name, until, ending } = seen;
    match ending {
        Ending::Confirmed(at) => ServiceEnding::Closed { name, at },
        Ending::Asked | Ending::None | Ending::NotConfirmed if until <= now => {
            ServiceEnding::Over { name, at: until }
        }
        Ending::Asked => ServiceEnding::Asked { name, until },
        Ending::None | Ending::NotConfirmed => ServiceEnding::Open { name, until },
    }
}

fn missing(user_name: &str, no_secret: bool, slip: Slip) -> Vec<Slip> {
    let name = user_name.trim().is_empty().then_some(Slip::UserNameMissing);
    name.into_iter().chain(no_secret.then_some(slip)).collect()
}

fn kept(user_name: &str) -> Kept {
    Kept { user_name: user_name.trim().chars().take(64).collect(), ..Kept::default() }
}
