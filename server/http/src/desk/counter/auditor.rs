//! What an auditor sees, orders and looks for.

use crate::desk::BrowserDesk;
use app::desk::{
    AcceptancePage, Answer, AuditorCounter, AuditorPage, CancelForm, DrawForm, EventsPage, EventsStart,
    ExportForm, ExportPage, FiguresForm, FiguresPage, OrderPage, RequirementsPage, RowForm, RowPage,
    SamplePage, SearchForm, Seen, TrailForm,
};
use async_trait::async_trait;
use domain::Date;
use domain::ids::{EventId, ExportJobId, FlowId};

#[async_trait]
impl AuditorCounter for BrowserDesk {
    async fn auditor_page(&self) -> Seen<AuditorPage> {
        self.see_auditor().await
    }
    async fn export_page(&self, flow: FlowId) -> Seen<ExportPage> {
        self.see_export_page(flow).await
    }
    async fn order_page(&self, id: ExportJobId) -> Seen<OrderPage> {
        self.see_order_page(id).await
    }
    async fn sample_page(&self, flow: FlowId) -> Seen<SamplePage> {
        self.see_sample_page(flow).await
    }
    async fn auditor_day(&self) -> Seen<Date> {
        self.see_auditor_day().await
    }
    async fn figures_page(&self, flow: FlowId) -> Seen<FiguresPage> {
        self.see_figures_page(flow).await
    }
    async fn events_start(&self) -> Seen<EventsStart> {
        self.see_events_start().await
    }
    async fn events_page(&self, flow: FlowId, behind: Option<EventId>) -> Seen<EventsPage> {
        self.see_events_page(flow, behind).await
    }
    async fn row_page(&self, flow: FlowId) -> Seen<RowPage> {
        self.see_row_page(flow).await
    }
    async fn acceptance_page(&self, flow: FlowId) -> Seen<AcceptancePage> {
        self.see_acceptance_page(flow).await
    }
    async fn requirements_page(&self) -> Seen<RequirementsPage> {
        self.see_requirements_page().await
    }

    async fn make_export(&self, form: ExportForm) -> Answer {
        self.do_make_export(form).await
    }
    async fn cancel_export(&self, form: CancelForm) -> Answer {
        self.do_cancel_export(form).await
    }
    async fn draw_sample(&self, form: DrawForm) -> Answer {
        self.do_draw_sample(form).await
    }
    async fn read_trail(&self, form: TrailForm) -> Answer {
        self.do_read_trail(form).await
    }
    async fn take_figures(&self, form: FiguresForm) -> Answer {
        self.do_take_figures(form).await
    }
    async fn search_trail(&self, form: SearchForm) -> Answer {
        self.do_search_trail(form).await
    }
    async fn show_row(&self, form: RowForm) -> Answer {
        self.do_show_row(form).await
    }
}
