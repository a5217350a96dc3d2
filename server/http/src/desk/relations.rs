//! Her own work relations, and ending one.

use super::BrowserDesk;
use super::account::showing;
use super::codes::code_missing;
use super::signed_out;
use crate::paths;
use app::desk::{
    Answer, CodeFrom, EndRelationForm, Flash, RelationPage, RelationShown, RelationsPage, Seen, Slip, Stop,
    Tiding,
};
use domain::association::Association;
use domain::ids::{AssociationId, FlowId};
use domain::step_up::StepUpFor;
use usecases::end_association::{Left, NotEnded, end_association, see_associations};

const LIST: &str = "/konto/tilknytning";

impl BrowserDesk {
    pub(super) async fn see_relations(&self) -> Seen<RelationsPage> {
        let here = self.here.as_ref().ok_or_else(|| Stop::Go("/log-ind".to_owned()))?;
        let (relations, _) = see_associations(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        Ok(RelationsPage { step_up: None, relations: relations.into_iter().map(shown).collect() })
    }

    pub(super) async fn see_relations_opened(&self, flow: FlowId) -> Seen<RelationsPage> {
        self.stepped_up(flow, StepUpFor::Relation).await?;
        let seen = self.see_relations().await?;
        match seen.relations.as_slice() {
            // The only one is the one she means.
            [only] => Err(Stop::Go(format!("{}/{}", paths::end_relation(flow), only.id))),
            _ => Ok(RelationsPage { step_up: Some(flow), ..seen }),
        }
    }

    pub(super) async fn see_relation_opened(&self, flow: FlowId, id: &str) -> Seen<RelationPage> {
        self.stepped_up(flow, StepUpFor::Relation).await?;
        Ok(RelationPage { step_up: Some(flow), ..self.see_relation(id).await? })
    }

    pub(super) async fn see_relation(&self, id: &str) -> Seen<RelationPage> {
        let here = self.here.as_ref().ok_or_else(|| Stop::Go("/log-ind".to_owned()))?;
        let (relations, codes) =
            see_associations(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        let last = relations.len() == 1;
        let relation = relations.into_iter().find(|it| it.id.to_string() == id);
        let relation = shown(relation.ok_or_else(|| Stop::Go(LIST.to_owned()))?);
        let ways = self.ways(here).await?;
        let from = CodeFrom::of(ways.app, ways.device);
        let (has_codes, has_key) = (ways.code, ways.key);
        Ok(RelationPage { relation, last, step_up: None, has_codes, from, has_key, codes })
    }

    pub(super) async fn do_end_relation(&self, form: EndRelationForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let Ok(id) = form.relation.parse::<AssociationId>() else { return Answer::to(LIST) };
        let step_up = form.flow();
        let page = step_up
            .map_or_else(|| format!("{LIST}/{id}"), |flow| format!("{}/{id}", paths::end_relation(flow)));
        let no_code = step_up.is_none() && form.code.is_empty();
        let missing = [
            (form.sure != "yes").then_some(Slip::NotSure),
            if no_code { Some(code_missing(self.codes_of(here).await)) } else { None },
        ];
        let slips: Vec<Slip> = missing.into_iter().flatten().collect();
        if !slips.is_empty() {
            return Answer::to(page).saying(Flash { slips, ..Flash::default() });
        }
        match end_association(&self.cx, here, id, &showing(step_up, &form.code)).await {
            Ok(left) => {
                self.other_cookie().await;
                let tiding = match left {
                    Left::Login => Tiding::RelationEnded,
                    Left::Nothing => Tiding::LastRelationEnded,
                };
                Answer::to("/logget-ud").saying(Flash::tiding(tiding))
            }
            Err(NotEnded::NotFresh(_)) => {
                Answer::to(format!("{LIST}/{id}")).saying(Flash::tiding(Tiding::ConfirmAgain))
            }
            Err(NotEnded::Unknown) => Answer::to(LIST),
            Err(NotEnded::Wrong) => {
                let slip = match self.codes_of(here).await {
                    CodeFrom::App => Slip::CodeWrong { left: None, again: false },
                    CodeFrom::Device | CodeFrom::Either => Slip::ShownCodeWrong { left: None, again: true },
                };
                Answer::to(page).saying(Flash::slip(slip))
            }
            // The page itself says until when.
            Err(NotEnded::CodesClosed(_)) => Answer::to(page),
            Err(NotEnded::SignedOut) => signed_out(),
            Err(NotEnded::Fault(fault)) => self.failed(&fault).await,
        }
    }
}

fn shown(it: Association) -> RelationShown {
    RelationShown {
        id: it.id,
        unit: it.unit,
        employee_number: it.employee_number,
        starts_on: it.starts_on,
        ends_on: it.ends_on,
    }
}
