//! What a signed-in person sees of herself.

use super::BrowserDesk;
use super::signed_out;
use app::desk::{Answer, Flash, MethodForm, MethodLine, Overview, PendingRole, RoleForm, Seen, Stop, Tiding};
use domain::ids::FactorId;
use domain::role::{RoleRefused, RoleState};
use std::collections::BTreeSet;
use usecases::check_factors::{put_off_check, see_check};
use usecases::overview::{Named, overview};
use usecases::roles::{RoleNotGiven, accept_role};

fn line(it: Named, counting: &BTreeSet<FactorId>) -> MethodLine {
    let counts = counting.contains(&it.id);
    MethodLine { name: it.name, kind: it.kind, added_at: it.added_at, used_at: it.used_at, counts }
}

impl BrowserDesk {
    pub(super) async fn see_overview(&self) -> Seen<Overview> {
        let here = self.here.as_ref().ok_or_else(|| Stop::Go("/log-ind".to_owned()))?;
        let seen = overview(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        let check = see_check(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        let now = self.cx.now;
        let today = self.cx.today();
        let identity = seen.proved.map(|proved| proved.level(now));
        let shown = domain::factor::authentication_level(&here.session.kinds());
        let related = seen.associations.iter().any(|it| it.active_on(today));
        Ok(Overview {
            name: here.person.full_name(),
            user_name: here.person.user_name.to_string(),
            level: identity.zip(shown).map(|(identity, shown)| identity.min(shown)).filter(|_| related),
            signed_in_at: here.session.began_at,
            signed_in_before: seen.signed_in_before,
            factors: seen.methods.into_iter().map(|it| line(it, &seen.counting)).collect(),
            terms: seen.accepted,
            reconfirm: seen.proved.map(|proved| proved.reconfirmation(now)),
            recovery: seen.recovery,
            check: check.map(|it| (it.id, it.name)),
            units: seen
                .associations
                .iter()
                .filter(|it| it.active_on(today))
                .map(|it| it.unit.clone())
                .collect(),
            roles: seen
                .roles
                .iter()
                .filter_map(|role| match role.state {
                    RoleState::Held { until, .. } if now < until => Some((role.kind, until)),
                    _ => None,
                })
                .collect(),
            pending_roles: seen
                .roles
                .iter()
                .filter(|role| matches!(role.state, RoleState::Seconded { .. }))
                .map(|role| PendingRole { id: role.id, kind: role.kind, proposed_at: role.proposed_at })
                .collect(),
        })
    }

    pub(super) async fn do_put_off_check(&self, form: MethodForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return Answer::to("/log-ind") };
        let Some(factor) = form.factor() else { return Answer::to("/overblik") };
        match put_off_check(&self.cx, here, factor).await {
            Ok(()) => Answer::to("/overblik"),
            Err(fault) => self.failed(&fault).await,
        }
    }

    pub(super) async fn do_role(&self, form: RoleForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let Ok(id) = form.role.parse() else { return Answer::to("/overblik") };
        match accept_role(&self.cx, here, id).await {
            Ok(()) => Answer::to("/overblik").saying(Flash::tiding(Tiding::RoleAccepted)),
            Err(RoleNotGiven::StepUp) => match usecases::begin_sign_in::begin_sign_in(&self.cx).await {
                Ok(flow) => Answer::to(format!("/log-ind/{flow}")),
                Err(fault) => self.failed(&fault).await,
            },
            Err(RoleNotGiven::Fault(fault)) => self.failed(&fault).await,
            Err(RoleNotGiven::Refused(RoleRefused::Excluded(_))) => {
                Answer::to("/overblik").saying(Flash::tiding(Tiding::RolesApart))
            }
            Err(_) => Answer::to("/overblik").saying(Flash::tiding(Tiding::TryAgain)),
        }
    }
}
