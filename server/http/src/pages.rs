//! The whole router: pages, server functions, protocols, files.

use crate::edge::Edge;
use crate::visit::{self, Visit};
use crate::{
    assets, auditor, carrier, ceremony, gate, guard, headers, logout, oidc, own_file, phone, problem,
    protocols,
};
use app::desk::Desk;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::request::Parts;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router, routing::get, routing::post};
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list_with_exclusions,
    handle_server_fns_with_context,
};
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

/// Forms are small; what is larger is refused before it is read.
const LARGEST_BODY: usize = 64 * 1024;

/// The site over a store of browser records.
pub fn router<S: SessionStore + Clone>(edge: Edge, sessions: S) -> Router {
    let with_browser = Router::new()
        .leptos_routes_with_context(&edge, routes(), page_context, app::shell)
        .route("/handling/{*name}", post(server_function))
        .merge(protocols::with_browser())
        .merge(logout::with_browser())
        .merge(oidc::with_browser())
        .merge(own_file::routes())
        .merge(auditor::routes())
        .merge(ceremony::routes())
        .merge(phone::routes())
        .route(carrier::ANSWER, get(carrier::at_the_end))
        .fallback(not_found)
        .layer(Extension(carrier::Carriers::default()))
        .layer(map_response(app::tidied))
        .layer(from_fn_with_state(edge.clone(), visit::make))
        .layer(cookies(&edge, sessions))
        .layer(from_fn_with_state(edge.clone(), problem::instead_of_nothing))
        .layer(from_fn_with_state(edge.clone(), gate::keep))
        .layer(from_fn_with_state(edge.clone(), guard::same_house));
    Router::new()
        .merge(protocols::for_machines())
        .merge(logout::for_machines())
        .merge(oidc::for_machines())
        .route("/pkg/{*file}", get(assets::file))
        .route("/favicon.svg", get(assets::file))
        .route("/robots.txt", get(assets::file))
        .merge(with_browser)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(30),
        ))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(edge.clone(), headers::add))
        .with_state(edge)
}

/// The application's pages, but for those that only a request believed before shows, and the one that carries an answer.
fn routes() -> Vec<AxumRouteListing> {
    generate_route_list_with_exclusions(
        app::App,
        Some([protocols::SSO, oidc::AUTHORIZE, carrier::ANSWER].map(str::to_owned).to_vec()),
    )
}

fn cookies<S: SessionStore>(edge: &Edge, sessions: S) -> SessionManagerLayer<S> {
    let name = if edge.settings.https { "__Host-nsis-id" } else { "nsis-id" };
    SessionManagerLayer::new(sessions)
        .with_name(name)
        .with_secure(edge.settings.https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(time::Duration::hours(2)))
}

/// Hands the desk, the nonce and the page's policy to the pages.
fn page_context() {
    // Routes are listed once at start without a request.
    let Some(visit) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visit>().cloned())
    else {
        return;
    };
    provide_context(Nonce::from_value(Arc::clone(&visit.nonce)));
    let desk: Arc<dyn Desk> = visit.desk.clone();
    let policy = headers::policy(&visit.nonce, &desk.house().broker_origins);
    if let (Some(options), Ok(policy)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&policy)) {
        options.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
    provide_context(desk);
}

async fn server_function(request: Request<Body>) -> impl IntoResponse {
    handle_server_fns_with_context(page_context, request).await
}

/// The application's page at the address of this request.
pub(crate) async fn render(request: Request) -> Response {
    let render = leptos_axum::render_app_async_with_context(page_context, app::shell);
    render(request).await.into_response()
}

/// No such page: the application's own page says so.
async fn not_found(request: Request) -> Response {
    let mut response = render(request).await;
    if response.status() == axum::http::StatusCode::OK {
        *response.status_mut() = axum::http::StatusCode::NOT_FOUND;
    }
    response
}
