//! One request becomes one visit: who asks, from where, in which language, and the desk that serves her.

use crate::browser::{Browser, Record};
use crate::desk::BrowserDesk;
use crate::edge::Edge;
use crate::problem::{NothingBlocked, about_a_block};
use crate::source::forwarded;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::ids::SessionId;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use text::Lang;
use tower_sessions::Session;
use usecases::context::Device;
use usecases::ports::records::{Along, with_along};
use usecases::who::{Here, note_use, who_waits_along};
use usecases::{Cx, Source};

/// What a page or protocol handler finds in the request.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) desk: Arc<BrowserDesk>,
    pub(crate) nonce: Arc<str>,
}

pub(crate) const LANGUAGE: &str = "sprog";

/// Makes the visit, and sets the cookies it leaves behind.
pub(crate) async fn make(State(edge): State<Edge>, mut request: Request, next: Next) -> Response {
    if let Some(response) = switch_language(&edge, &request) {
        return response;
    }
    let Some(session) = request.extensions().get::<Session>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let browser = Browser::new(session);
    let visit = match visit(&edge, Asked::of(&edge, &request), browser).await {
        Ok(visit) => visit,
        Err(fault) => {
            tracing::error!(error = %fault, "a visit could not be made");
            return crate::problem::fault(&edge, request.headers(), "");
        }
    };
    request.extensions_mut().insert(visit.clone());
    let nothing_blocked = request.extensions().get::<NothingBlocked>().cloned();
    let mut response = next.run(request).await;
    if let Some(nothing_blocked) = nothing_blocked {
        nothing_blocked.note(&response);
    }
    if let Some(device) = visit.desk.device_to_keep()
        && let Ok(cookie) = HeaderValue::from_str(&device_cookie(&edge, &device))
    {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// What is read off a request before anything is waited for: its body cannot be shared.
struct Asked {
    source: Source,
    device: Option<Device>,
    lang: Lang,
    path: String,
    changes: bool,
}

impl Asked {
    fn of(edge: &Edge, request: &Request) -> Self {
        let headers = request.headers();
        Self {
            source: Source { address: address(edge, request), agent: agent(headers) },
            device: cookie(headers, device_name(edge)).and_then(|value| read_device(&value)),
            lang: language(headers),
            path: request.uri().path().to_owned(),
            changes: request.method() != Method::GET,
        }
    }
}

async fn visit(edge: &Edge, asked: Asked, browser: Browser) -> Result<Visit, usecases::Fault> {
    let (record, along) = with_along(browser.record()).await;
    let id = match record.browser {
        Some(id) => id,
        None => unguessable(edge)?.into(),
    };
    let mut cx = Cx::new(Arc::clone(&edge.house), asked.source, id)?;
    cx.device = asked.device;
    let (here, outlived) = match record.browser {
        None => (None, false),
        Some(_) => match who(&cx, &asked.path, record.session, along).await {
            Ok(found) => found,
            // Who it is cannot be told, and every other door of a block is there.
            Err(fault) if about_a_block(&asked.path) => {
                tracing::error!(error = %fault, "who sits here cannot be told");
                (None, false)
            }
            Err(fault) => return Err(fault),
        },
    };
    if outlived {
        tracing::warn!(reference = %cx.reference(), "a cookie from before a sign-in came back");
        cx.browser = unguessable(edge)?.into();
    }
    if asked.changes && (outlived || record.browser.is_none()) {
        let known = cx.browser;
        browser
            .change(move |record| {
                if outlived {
                    *record = Record::default();
                }
                record.browser = Some(known);
            })
            .await;
    }
    let nonce: Arc<str> = unguessable(edge)?.simple().to_string().into();
    let desk = BrowserDesk::new(edge.clone(), cx, browser, here, asked.lang, &asked.path);
    Ok(Visit { desk: Arc::new(desk), nonce })
}

/// Who is there, and whether this cookie outlived its new id: the session that lives here is not the one it was given, so it
/// is an older copy (NSIS 6.6), a stranger's, and no use of hers is noted. A page that waits asks every other second how far
/// it is, and may do so long after she left.
async fn who(
    cx: &Cx,
    path: &str,
    given: Option<SessionId>,
    along: Option<Along>,
) -> Result<(Option<Here>, bool), usecases::Fault> {
    let Some(here) = who_waits_along(cx, along).await? else { return Ok((None, false)) };
    if given != Some(here.session.id) {
        return Ok((None, true));
    }
    let here = if asks_by_itself(path) { here } else { note_use(cx, here).await? };
    Ok((Some(here), false))
}

/// Whether a page asks this, and not its reader.
fn asks_by_itself(path: &str) -> bool {
    path.ends_with("/trin")
}

fn unguessable(edge: &Edge) -> Result<uuid::Uuid, usecases::Fault> {
    let mut random = [0u8; 16];
    edge.house.entropy.fill(&mut random)?;
    Ok(domain::ids::unguessable(random))
}

/// The address of the person: the connection's own, or what a listed proxy says it forwards for.
pub(crate) fn address(edge: &Edge, request: &Request) -> IpAddr {
    let direct =
        request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let direct = direct.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    forwarded(direct, request.headers(), &edge.settings.proxies)
}

pub(crate) fn agent(headers: &HeaderMap) -> String {
    let text = headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.chars().take(200).collect()
}

fn language(headers: &HeaderMap) -> Lang {
    let chosen = cookie(headers, LANGUAGE).and_then(|code| Lang::from_code(&code));
    chosen.unwrap_or_else(|| {
        Lang::from_accept_language(headers.get("accept-language").and_then(|value| value.to_str().ok()))
    })
}

/// `?sprog=en` on any page: keeps the choice and the step.
fn switch_language(edge: &Edge, request: &Request) -> Option<Response> {
    let query = request.uri().query().filter(|_| request.method() == Method::GET)?;
    let code = query.split('&').find_map(|pair| pair.strip_prefix("sprog="))?;
    let lang = Lang::from_code(code)?;
    let secure = if edge.settings.https { "; Secure" } else { "" };
    let cookie =
        format!("{LANGUAGE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}", lang.code());
    Some(
        (StatusCode::SEE_OTHER, [(LOCATION, request.uri().path().to_owned()), (SET_COOKIE, cookie)])
            .into_response(),
    )
}

pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then(|| value.to_owned())
    })
}

fn device_name(edge: &Edge) -> &'static str {
    if edge.settings.https { "__Host-nsis-id-device" } else { "nsis-id-device" }
}

fn device_cookie(edge: &Edge, device: &Device) -> String {
    let secure = if edge.settings.https { "; Secure" } else { "" };
    let (name, id, mark) = (device_name(edge), device.id, &device.mark);
    format!("{name}={id}.{mark}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}")
}

fn read_device(value: &str) -> Option<Device> {
    let (id, mark) = value.split_once('.')?;
    Some(Device { id: id.parse().ok()?, mark: mark.to_owned() })
}
