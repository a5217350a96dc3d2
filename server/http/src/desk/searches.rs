//! What an auditor asks of the trail by forms: figures of a period, a search for events, one of them.

use super::auditor::short;
use super::audits::EVENTS;
use super::{BrowserDesk, signed_out};
use app::desk::{Answer, FiguresForm, Flash, Kept, RowForm, SearchForm, Slip, Tiding};
use domain::Date;
use domain::audit::EventKind;
use domain::audit::catalogue::{Group, Outcome};
use domain::evidence::{Period, Quoted, Search};
use usecases::search_trail::search_trail;
use usecases::show_row::{NotShown, show_row};
use usecases::take_figures::take_figures;

/// Where a case is named.
const AUDITOR: &str = "/revision";
const FIGURES: &str = "/revision/noegletal";
const ROW: &str = "/revision/haendelse";
const ACCEPTS: &str = "/revision/vilkaar";
/// Kinds of events that are asked for by their words at once.
const MOST_KINDS: usize = 20;

impl BrowserDesk {
    pub(super) async fn do_take_figures(&self, form: FiguresForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let kept = Kept { from: short(&form.from), to: short(&form.to), ..Kept::default() };
        let period = match period(&form.from, &form.to) {
            Ok(period) => period,
            Err(slips) => return again(FIGURES, slips, kept),
        };
        match take_figures(&self.cx, here, period).await {
            Ok(flow) => Answer::to(format!("{FIGURES}/{flow}")),
            Err(why) => self.not_hers(why).await,
        }
    }

    pub(super) async fn do_search_trail(&self, form: SearchForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let search = match search(&form) {
            Ok(search) => search,
            Err(slips) => {
                let page = if form.only == ONLY_ACCEPTS { ACCEPTS } else { EVENTS };
                return again(page, slips, typed(&form));
            }
        };
        match search_trail(&self.cx, here, search).await {
            Ok(flow) => Answer::to(format!("{EVENTS}/{flow}")),
            Err(why) => self.not_hers(why).await,
        }
    }

    pub(super) async fn do_show_row(&self, form: RowForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let gone = || Answer::to(EVENTS).saying(Flash::tiding(Tiding::RowGone));
        let Ok(row) = form.row.parse() else { return gone() };
        match show_row(&self.cx, here, row, form.flow()).await {
            Ok((flow, Some(EventKind::TermsAccepted))) => Answer::to(format!("{ACCEPTS}/{flow}")),
            Ok((flow, _)) => Answer::to(format!("{ROW}/{flow}")),
            Err(NotShown::NoRow) => gone(),
            Err(NotShown::Restricted(person)) => {
                let kept = Kept { person: person.to_string(), ..Kept::default() };
                Answer::to(AUDITOR).saying(Flash::slip(Slip::CaseMissing).keeping(kept))
            }
            Err(NotShown::NotAuditor(why)) => self.not_hers(why).await,
        }
    }
}

/// What the form for accepts says it looks for.
const ONLY_ACCEPTS: &str = "accepts";

fn again(page: &str, slips: Vec<Slip>, kept: Kept) -> Answer {
    Answer::to(page).saying(Flash { slips, kept, ..Flash::default() })
}

fn typed(form: &SearchForm) -> Kept {
    Kept {
        from: short(&form.from),
        to: short(&form.to),
        group: short(&form.group),
        kinds: form.kinds.chars().take(400).collect(),
        outcome: short(&form.outcome),
        reference: short(&form.reference),
        place: short(&form.place),
        ..Kept::default()
    }
}

/// From the beginning of the first day to the end of the last.
fn period(from: &str, to: &str) -> Result<Period, Vec<Slip>> {
    let (from, to) = (from.trim().parse::<Date>().ok(), to.trim().parse::<Date>().ok());
    let (Some(from), Some(to)) = (from, to) else {
        let slips = [from.is_none().then_some(Slip::FromShape), to.is_none().then_some(Slip::ToShape)];
        return Err(slips.into_iter().flatten().collect());
    };
    Period::of_days(from, to).map_err(|_| vec![Slip::PeriodBackwards])
}

/// What was asked; a word that is none of a choice asks for all.
fn search(form: &SearchForm) -> Result<Search, Vec<Slip>> {
    let (period, mut slips) = match period(&form.from, &form.to) {
        Ok(period) => (Some(period), Vec::new()),
        Err(slips) => (None, slips),
    };
    let kinds = kinds(&form.kinds);
    slips.extend(kinds.is_none().then_some(Slip::KindUnknown));
    let request = asked(&form.reference, Quoted::read);
    slips.extend(request.is_none().then_some(Slip::ReferenceShape));
    let place = asked(&form.place, |typed| typed.parse::<i64>().ok().filter(|place| *place > 0));
    slips.extend(place.is_none().then_some(Slip::PlaceShape));
    let (Some(period), Some(kinds), Some(request), Some(place)) = (period, kinds, request, place) else {
        return Err(slips);
    };
    let only = form.only == ONLY_ACCEPTS;
    let kinds = if only { vec![EventKind::TermsAccepted] } else { kinds };
    let (group, outcome) = (Group::from_word(&form.group), Outcome::from_word(&form.outcome));
    let search = Search { period, group, kinds, outcome, request, place };
    let slips = [
        search.fitting().is_empty().then_some(Slip::KindFitsNot),
        (!search.is_bounded()).then_some(Slip::ReferenceLong),
    ];
    let slips: Vec<_> = slips.into_iter().flatten().collect();
    if slips.is_empty() { Ok(search) } else { Err(slips) }
}

/// What may be left out; none when what was typed cannot be read.
#[expect(clippy::option_option, reason = "left out is one thing, unreadable another")]
fn asked<T>(typed: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    let typed = typed.trim();
    if typed.is_empty() { Some(None) } else { read(typed).map(Some) }
}

/// Kinds by their words, with spaces or commas between; none when one of them is no kind.
fn kinds(typed: &str) -> Option<Vec<EventKind>> {
    let words = typed.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty());
    let kinds: Vec<_> = words.map(EventKind::from_word).collect::<Option<_>>()?;
    (kinds.len() <= MOST_KINDS).then_some(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(kinds: &str, reference: &str, place: &str) -> SearchForm {
        let (from, to) = ("2026-11-01".to_owned(), "2026-11-30".to_owned());
        let (kinds, reference, place) = (kinds.to_owned(), reference.to_owned(), place.to_owned());
        SearchForm { from, to, kinds, reference, place, ..SearchForm::default() }
    }

    #[test]
    fn what_cannot_be_read_is_said_at_each_field_at_once() {
        let all = search(&SearchForm { from: "x".into(), to: "y".into(), ..form("maja", "maja", "0") });
        let slips =
            [Slip::FromShape, Slip::ToShape, Slip::KindUnknown, Slip::ReferenceShape, Slip::PlaceShape];
        assert_eq!(all, Err(slips.into()));
        assert!(search(&form("", "", "")).is_ok_and(|search| search.fitting() == EventKind::ALL));
    }

    #[test]
    fn kinds_are_read_with_spaces_or_commas_between_and_must_fit_the_area() {
        let read = search(&form("login.held, login.reopened", "7k3q-92ab", " 17 ")).unwrap();
        assert_eq!((read.kinds.len(), read.place, read.request.is_some()), (2, Some(17), true));
        let none = search(&SearchForm { group: "terms".into(), ..form("login.held", "", "") });
        assert_eq!(none, Err(vec![Slip::KindFitsNot]));
        let accepts = search(&SearchForm { only: "accepts".into(), ..form("", "", "") }).unwrap();
        assert_eq!(accepts.kinds, [EventKind::TermsAccepted]);
        let year = SearchForm { from: "2026-01-01".into(), ..form("", "7k3q-92ab", "") };
        assert_eq!(search(&year), Err(vec![Slip::ReferenceLong]));
    }
}
