//! Where notices go: her own contact channels.

use super::BrowserDesk;
use crate::paths;
use app::desk::{
    Answer, ChangeContactPage, ChannelShown, ContactForm, ContactGoesForm, ContactPage, Flash, Kept, Seen,
    SentCodeForm, Slip, Stop, Tiding, VerifyPage,
};
use domain::code::eight_digits;
use domain::contact::{Address, ChannelKind, NotChanged as Refused};
use domain::flow::FlowGone;
use domain::ids::FlowId;
use domain::step_up::{NotFresh, StepUpFor};
use usecases::begin_step_up::see_step_up;
use usecases::change_contact::{NotChanged, ask_contact, remove_contact};
use usecases::flows::NoFlow;
use usecases::see_contact::{ChannelSeen, see_contact};
use usecases::verify_contact::{NotVerified, see_verifying, verify_contact};

const CONTACT: &str = "/konto/kontakt";

/// The page of one kind's change.
pub(super) fn change(flow: FlowId) -> String {
    format!("{CONTACT}/{flow}")
}

fn text(address: Option<Address>) -> Option<String> {
    address.map(|address| address.as_str().to_owned())
}

fn shown(seen: ChannelSeen) -> ChannelShown {
    ChannelShown {
        kind: seen.kind,
        address: text(seen.address),
        own: seen.own,
        besides: text(seen.besides),
        cools_off: seen.cools_off,
    }
}

impl BrowserDesk {
    pub(super) async fn see_contact_page(&self) -> Seen<ContactPage> {
        let here = self.signed_in()?;
        let seen = see_contact(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        Ok(ContactPage {
            work_mail: seen.work_mail,
            channels: seen.channels.into_iter().map(shown).collect(),
        })
    }

    pub(super) async fn see_change_contact(&self, flow: FlowId) -> Seen<ChangeContactPage> {
        let here = self.signed_in_for(flow)?;
        let seen = see_step_up(&self.cx, here, flow).await.map_err(|no_flow| self.stop(no_flow))?;
        let StepUpFor::Contact(kind) = seen.purpose else { return Err(Stop::Gone(FlowGone::Unknown)) };
        if !seen.fresh {
            return Err(Stop::Go(paths::step_up(flow)));
        }
        let contact = see_contact(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        let may_go = contact.channels.iter().any(|channel| channel.kind == kind && channel.may_go);
        Ok(ChangeContactPage { flow, kind, may_go })
    }

    pub(super) async fn do_ask_contact(&self, form: ContactForm) -> Answer {
        let Some(kind) = ChannelKind::from_word(&form.kind) else { return Answer::to(CONTACT) };
        let kept = || Kept { address: form.address.chars().take(254).collect(), ..Kept::default() };
        let Some(here) = self.here.as_ref() else {
            return self.kept_for_later(StepUpFor::Contact(kind), &form.who, kept()).await;
        };
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, CONTACT).await };
        let slip = |slip| Answer::to(change(flow)).saying(Flash::slip(slip).keeping(kept()));
        match ask_contact(&self.cx, here, flow, kind, &form.address).await {
            Ok(verifying) => Answer::to(format!("{CONTACT}/{verifying}/kode")),
            Err(NotChanged::Malformed) => slip(match kind {
                ChannelKind::PrivateMail => Slip::MailShape,
                ChannelKind::Mobile => Slip::MobileShape,
            }),
            Err(NotChanged::Refused(Refused::Same)) => slip(Slip::ContactSame),
            Err(NotChanged::NoFlow(NoFlow::Gone)) => {
                self.kept_for_later(StepUpFor::Contact(kind), &form.who, kept()).await
            }
            Err(other) => self.not_changed(other, flow).await,
        }
    }

    pub(super) async fn do_remove_contact(&self, form: ContactGoesForm) -> Answer {
        let (Some(here), Some(flow)) = (self.here.as_ref(), form.flow()) else {
            return self.lost(NoFlow::Gone, CONTACT).await;
        };
        let Some(kind) = ChannelKind::from_word(&form.kind) else { return Answer::to(CONTACT) };
        match remove_contact(&self.cx, here, flow, kind).await {
            Ok(()) => Answer::to(CONTACT).saying(Flash::tiding(Tiding::ContactRemoved)),
            Err(refused) => self.not_changed(refused, flow).await,
        }
    }

    async fn not_changed(&self, why: NotChanged, flow: FlowId) -> Answer {
        match why {
            NotChanged::NotFresh(NotFresh::NotShown) => Answer::to(paths::step_up(flow)),
            NotChanged::Malformed | NotChanged::NotFresh(_) => self.lost(NoFlow::Gone, CONTACT).await,
            NotChanged::Refused(refused) => refused_by_rule(refused),
            NotChanged::NoFlow(gone) => self.lost(gone, CONTACT).await,
        }
    }

    pub(super) async fn see_verify(&self, flow: FlowId) -> Seen<VerifyPage> {
        let here = self.signed_in_for(flow)?;
        let seen = see_verifying(&self.cx, here, flow).await.map_err(|no_flow| self.stop(no_flow))?;
        Ok(VerifyPage { flow, address: seen.address, until: seen.until })
    }

    pub(super) async fn do_verify_contact(&self, form: SentCodeForm) -> Answer {
        let (Some(here), Some(flow)) = (self.here.as_ref(), form.flow()) else {
            return self.lost(NoFlow::Gone, CONTACT).await;
        };
        let page = format!("{CONTACT}/{flow}/kode");
        // What is no code is no guess.
        if eight_digits(form.sent_code.expose()).is_none() {
            return Answer::to(page).saying(Flash::slip(Slip::SentCodeMissing));
        }
        let told = |tiding| Answer::to(CONTACT).saying(Flash::tiding(tiding));
        match verify_contact(&self.cx, here, flow, form.sent_code.expose()).await {
            Ok(_) => told(Tiding::ContactVerified),
            Err(NotVerified::Wrong { left }) => {
                Answer::to(page).saying(Flash::slip(Slip::SentCodeWrong { left }))
            }
            Err(NotVerified::Over) => told(Tiding::ContactOver),
            Err(NotVerified::Refused(refused)) => refused_by_rule(refused),
            Err(NotVerified::NoFlow(gone)) => self.lost(gone, CONTACT).await,
        }
    }
}

fn refused_by_rule(refused: Refused) -> Answer {
    let tiding = match refused {
        Refused::CoolsOff(_) => Tiding::ContactCooling,
        Refused::Same => Tiding::StartedOver,
        Refused::LastWay => Tiding::ContactLastWay,
    };
    Answer::to(CONTACT).saying(Flash::tiding(tiding))
}
