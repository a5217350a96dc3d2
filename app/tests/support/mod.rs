//! A desk of samples, and a browser that asks pages through the real router.

mod desk;
mod html;

pub(crate) use desk::{AGENT, OnTheWayOut, Samples};
pub(crate) use html::{Shown, attribute};

use app::desk::Desk;
use app::{App, SharedDesk, provide_desk, shell, tidied};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use axum::middleware::map_response;
use leptos::prelude::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};
use std::sync::Arc;
use tower::ServiceExt;

/// The flow in all samples.
pub(crate) const FLOW: &str = "01234567-89ab-4cde-8f01-23456789abcd";

fn router(desk: SharedDesk) -> Router {
    let options = LeptosOptions::builder().output_name("app").build();
    let context = move || provide_desk(desk.clone());
    let rest = leptos_axum::render_app_async_with_context(context.clone(), shell);
    Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context, shell)
        .fallback(rest)
        .layer(map_response(tidied))
        .with_state(options)
}

async fn ask(desk: SharedDesk, request: Request<Body>) -> Shown {
    let response = router(desk).oneshot(request).await.unwrap();
    let header = |name: header::HeaderName| {
        let values: Vec<_> = response
            .headers()
            .get_all(&name)
            .iter()
            .map(|value| value.to_str().unwrap().to_owned())
            .collect();
        assert!(values.len() <= 1, "{name} stands {} times", values.len());
        values.into_iter().next()
    };
    let (status, location, policy) =
        (response.status(), header(header::LOCATION), header(header::CONTENT_SECURITY_POLICY));
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    Shown {
        status,
        location,
        policy: policy.unwrap_or_default(),
        html: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// Looks at a page.
pub(crate) async fn get(samples: Samples, path: &str) -> Shown {
    let request = Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap();
    ask(Arc::new(samples.at(path)), request).await
}

/// Sends a form as a browser without script does.
pub(crate) async fn post(desk: Arc<dyn Desk>, path: &str, body: &str) -> Shown {
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::REFERER, "https://login.example.dk/somewhere")
        .body(Body::from(body.to_owned()))
        .unwrap();
    ask(desk, request).await
}
