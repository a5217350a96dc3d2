//! What an auditor sees, orders and looks for.

use crate::desk::{
    AcceptancePage, Answer, AuditorPage, CancelForm, DrawForm, EventsPage, EventsStart, ExportForm,
    ExportPage, FiguresForm, FiguresPage, OrderPage, RequirementsPage, RowForm, RowPage, SamplePage,
    SearchForm, Seen, TrailForm,
};
use async_trait::async_trait;
use domain::Date;
use domain::ids::{EventId, ExportJobId, FlowId};

/// What an auditor sees, orders and looks for.
#[async_trait]
pub trait AuditorCounter: Send + Sync {
    /// `/revision`; for whoever is no auditor `Stop::NotAuditor`, as for all pages below it.
    async fn auditor_page(&self) -> Seen<AuditorPage>;
    /// `/revision/udtraek/{flow}`
    async fn export_page(&self, flow: FlowId) -> Seen<ExportPage>;
    /// `/revision/bestilling/{order}`
    async fn order_page(&self, id: ExportJobId) -> Seen<OrderPage>;
    /// `/revision/stikproeve/{flow}`
    async fn sample_page(&self, flow: FlowId) -> Seen<SamplePage>;
    /// `/revision/noegletal` and `/revision/vilkaar`: today, for the period that is offered.
    async fn auditor_day(&self) -> Seen<Date>;
    /// `/revision/noegletal/{flow}`
    async fn figures_page(&self, flow: FlowId) -> Seen<FiguresPage>;
    /// `/revision/haendelser`
    async fn events_start(&self) -> Seen<EventsStart>;
    /// `/revision/haendelser/{flow}`, and what is older than a row of it; behind none that is there `Stop::Go` to the newest.
    async fn events_page(&self, flow: FlowId, behind: Option<EventId>) -> Seen<EventsPage>;
    /// `/revision/haendelse/{flow}`
    async fn row_page(&self, flow: FlowId) -> Seen<RowPage>;
    /// `/revision/vilkaar/{flow}`
    async fn acceptance_page(&self, flow: FlowId) -> Seen<AcceptancePage>;
    /// `/revision/krav`
    async fn requirements_page(&self) -> Seen<RequirementsPage>;

    /// Makes an export of a period, or orders it.
    async fn make_export(&self, form: ExportForm) -> Answer;
    /// Cancels one that was ordered.
    async fn cancel_export(&self, form: CancelForm) -> Answer;
    /// Draws a sample of people.
    async fn draw_sample(&self, form: DrawForm) -> Answer;
    /// Makes the export of everything about one person.
    async fn read_trail(&self, form: TrailForm) -> Answer;
    /// Counts the figures of a period.
    async fn take_figures(&self, form: FiguresForm) -> Answer;
    /// Looks for rows of the trail.
    async fn search_trail(&self, form: SearchForm) -> Answer;
    /// Opens a row of the trail.
    async fn show_row(&self, form: RowForm) -> Answer;
}
