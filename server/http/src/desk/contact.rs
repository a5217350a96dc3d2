//! Confirming again, contact channels, her own data and her terms.

use super::BrowserDesk;
use super::codes::{code_missing, code_wrong};
use super::signed_out;
use crate::paths;
use app::desk::{
    AcceptedShown, Answer, ChangeContactPage, ChannelShown, CodeForm, CodeFrom, ContactForm, ContactGoesForm,
    ContactPage, DataPage, DataReadyPage, Flash, Kept, KeptFor, OwnTermsPage, Seen, SentCodeForm, Slip,
    StepUpForm, StepUpPage, Stop, Tiding, VerifyPage,
};
use domain::code::eight_digits;
use domain::contact::{Address, ChannelKind, NotChanged as Refused};
use domain::flow::FlowGone;
use domain::ids::FlowId;
use domain::step_up::{NotFresh, StepUpFor};
use usecases::begin_step_up::{begin_step_up, see_step_up};
use usecases::change_contact::{NotChanged, ask_contact, remove_contact};
use usecases::flows::NoFlow;
use usecases::own_data::{OwnData, own_data};
use usecases::see_contact::{ChannelSeen, see_contact};
use usecases::see_data::see_data;
use usecases::see_factors::{Ways, see_step_up_ways};
use usecases::see_own_data::see_own_data;
use usecases::see_terms::see_terms;
use usecases::show_step_up::{NotShown, show_step_up};
use usecases::take_own_data::{NotTaken, take_own_data};
use usecases::verify_contact::{NotVerified, see_verifying, verify_contact};
use usecases::who::Here;

const CONTACT: &str = "/konto/kontakt";
const DATA: &str = "/konto/data";

/// The page of one kind's change.
fn change(flow: FlowId) -> String {
    format!("{CONTACT}/{flow}")
}

/// The page of what a step-up for her login methods opens.
fn open_methods(flow: FlowId) -> String {
    format!("/konto/loginmidler/ret/{flow}")
}

/// The page where a code device is taken into use.
fn another_device(flow: FlowId) -> String {
    format!("/konto/kodeviser/{flow}")
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
    pub(super) async fn see_step_up(&self, flow: FlowId) -> Seen<StepUpPage> {
        let here = self.signed_in_for(flow)?;
        let seen = see_step_up(&self.cx, here, flow).await.map_err(|no_flow| self.stop(no_flow))?;
        match seen.purpose {
            StepUpFor::Contact(_) if seen.fresh => Err(Stop::Go(change(flow))),
            StepUpFor::Factors if seen.fresh => Err(Stop::Go(open_methods(flow))),
            StepUpFor::CodeDevice if seen.fresh => Err(Stop::Go(another_device(flow))),
            StepUpFor::Sheet if seen.fresh => Err(Stop::Go(paths::new_sheet(flow))),
            StepUpFor::Password if seen.fresh => Err(Stop::Go(paths::change_password(flow))),
            StepUpFor::Relation if seen.fresh => Err(Stop::Go(paths::end_relation(flow))),
            StepUpFor::Terms if seen.fresh => Err(Stop::Go(paths::open_draft(flow))),
            purpose => {
                let ways = see_step_up_ways(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
                let Ways { code, app, device, key, key_first, .. } = ways;
                let from = CodeFrom::of(app, device);
                Ok(StepUpPage { flow, purpose, codes: seen.codes, code, from, key, key_first })
            }
        }
    }

    /// A page of a flow that belongs to a session: without one the flow is as gone as another browser's.
    pub(super) fn signed_in_for(&self, _flow: FlowId) -> Result<&Here, Stop> {
        self.here.as_ref().ok_or(Stop::Gone(FlowGone::Expired))
    }

    pub(super) async fn do_begin_step_up(&self, form: StepUpForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let Some(purpose) = StepUpFor::from_word(&form.purpose) else { return Answer::to("/overblik") };
        match begin_step_up(&self.cx, here, purpose).await {
            Ok(flow) => Answer::to(paths::step_up(flow)),
            Err(NoFlow::Gone) => Answer::to("/overblik"),
            Err(NoFlow::Fault(fault)) => self.failed(&fault).await,
        }
    }

    pub(super) async fn do_show_step_up(&self, form: CodeForm) -> Answer {
        let (Some(here), Some(flow)) = (self.here.as_ref(), form.flow()) else {
            return self.lost(NoFlow::Gone, "/overblik").await;
        };
        let page = paths::step_up(flow);
        if form.code.is_empty() {
            let slip = code_missing(self.codes_of(here).await);
            return Answer::to(page).saying(Flash::slip(slip));
        }
        match show_step_up(&self.cx, here, flow, form.code.expose()).await {
            Ok(purpose) => self.made(flow, purpose).await,
            Err(NotShown::Wrong { left }) => {
                let slip = code_wrong(self.codes_of(here).await, form.code.expose(), left);
                Answer::to(page).saying(Flash::slip(slip))
            }
            Err(other) => self.step_up_refused(flow, other).await,
        }
    }

    /// She confirmed again; on to what it is for.
    pub(super) async fn made(&self, flow: FlowId, purpose: StepUpFor) -> Answer {
        // Who had a copy of the cookie has it no longer.
        if let Err(stopped) = self.new_cookie(Some(flow)).await {
            return stopped;
        }
        match purpose {
            StepUpFor::Contact(_) => self.with_draft(purpose, Answer::to(change(flow))).await,
            StepUpFor::OwnData => self.take(flow).await,
            StepUpFor::Factors => self.with_draft(purpose, Answer::to(open_methods(flow))).await,
            StepUpFor::CodeDevice => Answer::to(another_device(flow)),
            StepUpFor::Sheet => Answer::to(paths::new_sheet(flow)),
            StepUpFor::Password => Answer::to(paths::change_password(flow)),
            StepUpFor::Relation => Answer::to(paths::end_relation(flow)),
            StepUpFor::Terms => Answer::to(paths::open_draft(flow)),
        }
    }

    pub(super) async fn step_up_refused(&self, flow: FlowId, why: NotShown) -> Answer {
        let page = paths::step_up(flow);
        match why {
            // The page itself says until when.
            NotShown::Wrong { .. } | NotShown::CodesClosed(_) => Answer::to(page),
            NotShown::Key => Answer::to(page).saying(Flash::tiding(Tiding::KeyRefused)),
            NotShown::SignedOut | NotShown::Held => signed_out(),
            NotShown::NoFlow(gone) => self.lost(gone, "/overblik").await,
        }
    }

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

    pub(super) async fn see_data_page(&self) -> Seen<DataPage> {
        let here = self.signed_in()?;
        let about = see_data(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        Ok(DataPage {
            name: here.person.full_name(),
            user_name: here.person.user_name.to_string(),
            cpr: about.cpr,
            units: about.units,
            told: about.told,
            kept: self.kept_for(),
        })
    }

    /// How long what happens is kept here.
    pub(crate) fn kept_for(&self) -> KeptFor {
        self.cx.house.policy.retention.into()
    }

    async fn take(&self, step_up: FlowId) -> Answer {
        let Some(here) = self.here.as_ref() else { return self.lost(NoFlow::Gone, DATA).await };
        match take_own_data(&self.cx, here, step_up).await {
            Ok(flow) => Answer::to(format!("{DATA}/{flow}")),
            Err(NotTaken::NotFresh(_)) => self.lost(NoFlow::Gone, DATA).await,
            Err(NotTaken::NoFlow(gone)) => self.lost(gone, DATA).await,
        }
    }

    pub(super) async fn see_data_ready(&self, flow: FlowId) -> Seen<DataReadyPage> {
        let here = self.signed_in_for(flow)?;
        let until = see_own_data(&self.cx, here, flow).await.map_err(|no_flow| self.stop(no_flow))?;
        Ok(DataReadyPage { flow, until })
    }

    /// Her data, where she opened it in this browser and session.
    pub(crate) async fn own_data(&self, flow: &str) -> Option<OwnData> {
        let (here, flow) = (self.here.as_ref()?, flow.parse().ok()?);
        match own_data(&self.cx, here, flow).await {
            Ok(data) => Some(data),
            Err(NoFlow::Gone) => None,
            Err(NoFlow::Fault(fault)) => {
                self.note(&fault);
                None
            }
        }
    }

    pub(super) async fn see_own_terms(&self) -> Seen<OwnTermsPage> {
        let here = self.signed_in()?;
        let seen = see_terms(&self.cx, here).await;
        let (accepts, current) = seen.map_err(|fault| self.fault(&fault))?;
        let accepted = accepts.into_iter().map(|(accept, version)| AcceptedShown {
            version,
            current: accept.accepted.terms == current,
            at: accept.accepted.at,
            agent: accept.accepted.by.agent,
            address: accept.accepted.by.address,
            reference: domain::ids::reference(accept.id.into()),
        });
        Ok(OwnTermsPage { accepted: accepted.collect() })
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
