//! Where a person is signed in (page 40).

use crate::actions::EndSession;
use crate::desk::{SessionShown, SessionsPage};
use crate::frame::{Page, page};
use crate::parts::{bullets, hidden};
use crate::scene::Scene;
use domain::connection::LogoutKind;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::account as words;
use text::{browser, format};

pub(crate) fn sessions() -> AnyView {
    page(|desk| async move { desk.sessions().await }, sessions_page)
}

fn sessions_page(scene: &Scene, seen: SessionsPage) -> Page {
    let rows = seen.sessions.iter().map(|session| session_row(scene, session)).collect_view();
    let services = (!seen.services.is_empty()).then(|| {
        let lines = seen.services.iter().map(|service| {
            let moment = format::moment(service.until, scene.lang());
            let says = match service.logout {
                LogoutKind::BackChannel => words::SESSIONS_SERVICE_TOLD,
                LogoutKind::FrontChannel => words::SESSIONS_SERVICE_BROWSER,
                LogoutKind::None => words::SESSIONS_SERVICE_ALONE,
            };
            scene.fill(says, &[("service", &service.name), ("moment", &moment)])
        });
        let lines: Vec<_> = lines.collect();
        view! {
            <h2>{scene.say(words::SESSIONS_SERVICES)}</h2>
            {bullets(lines)}
            <p>{scene.tell(words::SESSIONS_SERVICES_BODY)}</p>
        }
    });
    let body = view! {
        <p class="lead">{scene.tell(words::SESSIONS_LEAD)}</p>
        <dl class="summary-list">{rows}</dl>
        <form method="post" action=EndSession::url()>
            {hidden("session", "alle")}
            <p class="actions">
                <button class="btn btn-primary" type="submit">{scene.say(words::SESSIONS_END_ALL)}</button>
            </p>
        </form>
        {services}
    };
    let page = Page::new(scene.say(words::SESSIONS_TITLE), body.into_any());
    Page { wide: true, ..page }
}

fn session_row(scene: &Scene, session: &SessionShown) -> AnyView {
    let lang = scene.lang();
    let (moment, seen) = (format::moment(session.began_at, lang), format::moment(session.seen_at, lang));
    let since = scene.fill(words::SESSIONS_SINCE, &[("moment", &moment), ("seen", &seen)]);
    let place = if session.this { words::SESSIONS_THIS } else { words::SESSIONS_OTHER };
    let label = scene.fill(words::SESSIONS_END_LABEL, &[("moment", &moment)]);
    let from = session_from(scene, session).map(|from| view! { {from} " " });
    let id = session.id.to_string();
    view! {
        <div>
            <dt>{scene.say(place)}</dt>
            <dd>
                {from} {since}
                <form method="post" action=EndSession::url()>
                    {hidden("session", id)}
                    <button class="btn btn-secondary btn-small" type="submit" aria-label=label>
                        {scene.say(words::SESSIONS_END)}
                    </button>
                </form>
            </dd>
        </div>
    }
    .into_any()
}

/// In which browser and from where she signed in: what tells her own sessions from a thief's.
fn session_from(scene: &Scene, session: &SessionShown) -> Option<String> {
    let address = ("address", session.address.as_str());
    if session.address.is_empty() {
        return None;
    }
    Some(match browser::name(&session.agent, scene.lang()) {
        Some(browser) => scene.fill(words::SESSIONS_IN, &[("browser", &browser), address]),
        None => scene.fill(words::SESSIONS_FROM, &[address]),
    })
}
