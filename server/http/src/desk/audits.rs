//! An auditor's pages beside her exports: figures, events, accepts of terms, requirements.

use super::BrowserDesk;
use super::auditor::by;
use app::desk::{
    AcceptancePage, BuildShown, ChainShown, ChainWrong, EventsPage, EventsStart, FiguresPage, FoundShown,
    OutsideAnswer, OutsideShown, RequirementsPage, RowPage, Seen, SignedShown, Stop,
};
use domain::Date;
use domain::audit::EventKind;
use domain::audit::checkpoint::instant;
use domain::ids::{EventId, FlowId, reference};
use usecases::auditor::NotSeen;
use usecases::evidence::Line;
use usecases::flows::NoFlow;
use usecases::outside::State;
use usecases::search_trail::see_search;
use usecases::see_acceptance::see_acceptance;
use usecases::see_chain::{Chain, Outside, Wrong, see_chain};
use usecases::see_exports::see_exports;
use usecases::see_requirements::see_requirements;
use usecases::show_row::{SignedFor, see_row};
use usecases::take_figures::see_figures;

/// Where events are looked for.
pub(super) const EVENTS: &str = "/revision/haendelser";

/// The commit this programme was built from, where the build was told: `make release` tells it.
const COMMIT: Option<&str> = option_env!("NSIS_ID_COMMIT");

impl BrowserDesk {
    pub(super) async fn see_auditor_day(&self) -> Seen<Date> {
        let here = self.signed_in()?;
        see_exports(&self.cx, here).await.map_err(|why| self.not_auditor(why))?;
        Ok(self.cx.today())
    }

    pub(super) async fn see_figures_page(&self, flow: FlowId) -> Seen<FiguresPage> {
        let here = self.signed_in()?;
        let seen = see_figures(&self.cx, here, flow).await.map_err(|why| self.not_seen(why))?;
        let (figures, until) = seen;
        Ok(FiguresPage { figures, until })
    }

    pub(super) async fn see_events_start(&self) -> Seen<EventsStart> {
        let here = self.signed_in()?;
        let chain = see_chain(&self.cx, here).await.map_err(|why| self.not_auditor(why))?;
        Ok(EventsStart { today: self.cx.today(), chain: chain_shown(&chain) })
    }

    pub(super) async fn see_events_page(&self, flow: FlowId, behind: Option<EventId>) -> Seen<EventsPage> {
        let here = self.signed_in()?;
        let found = match see_search(&self.cx, here, flow, behind).await {
            Ok(found) => found,
            // The row behind which she reads on may be gone, and the newest are there.
            Err(NotSeen::NoFlow(NoFlow::Gone)) if behind.is_some() => {
                return Err(Stop::Go(format!("{EVENTS}/{flow}")));
            }
            Err(why) => return Err(self.not_seen(why)),
        };
        Ok(EventsPage {
            flow,
            search: found.search,
            rows: found.rows.into_iter().map(|row| found_shown(row.id, row.line)).collect(),
            older: behind.is_some(),
            emptied: found.emptied.map(|(place, left)| (place, left.kind, left.at)),
            next: found.next,
            until: found.until,
        })
    }

    pub(super) async fn see_row_page(&self, flow: FlowId) -> Seen<RowPage> {
        let here = self.signed_in()?;
        let seen = see_row(&self.cx, here, flow).await.map_err(|why| self.not_seen(why))?;
        let sealed = seen.line.sealed.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        Ok(RowPage {
            row: found_shown(seen.id, seen.line),
            sealed,
            authentic: seen.authentic,
            signed: match seen.signed_for {
                SignedFor::NotYet => SignedShown::NotYet,
                SignedFor::Proved(number) => SignedShown::Proved(number),
                SignedFor::Not(number) => SignedShown::Not(number),
            },
            from: seen.from,
            until: seen.until,
        })
    }

    pub(super) async fn see_acceptance_page(&self, flow: FlowId) -> Seen<AcceptancePage> {
        let here = self.signed_in()?;
        let seen = see_acceptance(&self.cx, here, flow).await.map_err(|why| self.not_seen(why))?;
        let told = |name: &str| seen.told.get(name).cloned().unwrap_or_default();
        let (digest, ticked) = match &seen.accepted {
            Some(accepted) => (accepted.terms.to_string(), instant(accepted.at)),
            None => (told("terms"), told("ticked-at")),
        };
        let (pages, source) = match seen.accepted {
            Some(accepted) => (accepted.shown, (accepted.by.address, accepted.by.agent)),
            None => (Vec::new(), (String::new(), String::new())),
        };
        Ok(AcceptancePage {
            person: seen.person.to_string(),
            name: seen.name,
            version: seen.version,
            digest,
            pages,
            ticked,
            source,
            level: seen.proved,
            authentic: seen.authentic,
            at: seen.at,
            reference: reference(seen.request.into()),
            from: seen.from,
            until: seen.until,
        })
    }

    pub(super) async fn see_requirements_page(&self) -> Seen<RequirementsPage> {
        let here = self.signed_in()?;
        let answers = see_requirements(&self.cx, here).await.map_err(|why| self.not_auditor(why))?;
        let commit = COMMIT.map(str::trim).filter(|commit| !commit.is_empty());
        Ok(RequirementsPage {
            at: answers.at,
            chain: chain_shown(&answers.chain),
            closed: answers
                .doors
                .iter()
                .filter(|(_, lacks)| lacks.is_some())
                .map(|(door, _)| *door)
                .collect(),
            outside: match answers.outside {
                State::Unwatched => OutsideAnswer::Nothing,
                State::Agrees(_) => OutsideAnswer::Agrees,
                State::Apart(_) => OutsideAnswer::Apart,
            },
            clocks: answers.clocks,
            build: BuildShown { version: env!("CARGO_PKG_VERSION"), commit },
            tests: answers.tests,
        })
    }
}

fn found_shown(id: EventId, line: Line) -> FoundShown {
    let by = by(&line);
    FoundShown {
        id,
        place: line.place,
        at: line.at,
        by,
        about: line.about.map(|person| person.to_string()),
        told: line.facts.into_iter().map(|(name, value)| format!("{name}: {value}")).collect(),
        reference: reference(line.request.into()),
        request: line.request.to_string(),
        accept: EventKind::from_word(&line.event) == Some(EventKind::TermsAccepted),
        event: line.event,
    }
}

fn chain_shown(chain: &Chain) -> ChainShown {
    ChainShown {
        signed: chain.signed,
        sequenced: chain.sequenced,
        waiting: chain.waiting,
        outside: match chain.outside {
            Outside::Nowhere => OutsideShown::Nowhere,
            Outside::Nothing => OutsideShown::Nothing,
            Outside::Agrees(number) => OutsideShown::Agrees(number),
            Outside::Unlike => OutsideShown::Unlike,
        },
        wrong: chain.wrong.map(|wrong| match wrong {
            Wrong::Unsigned => ChainWrong::Unsigned,
            Wrong::NotGrown => ChainWrong::NotGrown,
            Wrong::Apart("behind") => ChainWrong::Behind,
            Wrong::Apart("forged") => ChainWrong::Forged,
            Wrong::Apart("unusable") => ChainWrong::Unusable,
            Wrong::Apart(_) => ChainWrong::Tampered,
        }),
    }
}
