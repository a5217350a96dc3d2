//! The document, its header and its footer.

use crate::desk::{Flash, Stop};
use crate::frame::frame;
use crate::parts::{hidden, icon};
use crate::policy;
use crate::routes::App;
use crate::scene::{Scene, desk};
use crate::stops::stopped;
use crate::{actions::SignOut, desk::Assets};
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use server_fn::ServerFn;
use text::pages::common;

/// The whole document with the page of this address in it; what the HTTP edge renders for every route and, with the
/// status of "not found", for everything else.
pub fn shell() -> impl IntoView {
    document(|| view! { <App/> }.into_any())
}

/// A failure outside the pages: a panic, a body nobody can read, too many requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Something failed on our side (500).
    Fault,
    /// Something outside does not answer (503).
    Busy,
    /// No such page (404).
    Missing,
}

/// The document for a failure outside the pages. Sets the status.
pub fn trouble(trouble: Trouble) -> impl IntoView {
    document(move || {
        let scene = Scene::new(desk(), Flash::default());
        let stop = match trouble {
            Trouble::Fault => Stop::Fault,
            Trouble::Busy => Stop::Busy,
            Trouble::Missing => Stop::Missing,
        };
        let page = stopped(&scene, &stop);
        frame(&scene, page)
    })
}

/// The tab's icon, within the page: fetched by itself it comes before the first sight of the page, a round trip late.
const ICON: &str = "data:image/svg+xml,\
    %3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%2036%2036'%3E\
    %3Cpath%20fill='%230b5563'%20d='M4%202h28v16c0%208-6%2013-14%2016C10%2031%204%2026%204%2018z'/%3E\
    %3Cpath%20fill='none'%20stroke='%23fff'%20stroke-width='3'%20d='M9%2014c3-3%206-3%209%200s6%203%209%200M9%2021c3-3%206-3%209%200s6%203%209%200'/%3E%3C/svg%3E";

fn document(body: impl FnOnce() -> AnyView) -> impl IntoView {
    provide_meta_context();
    let desk = desk();
    let lang = desk.asking().lang.html_lang();
    let Assets { css, .. } = desk.house().assets.clone();
    view! {
        <!DOCTYPE html>
        <html lang=lang>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="format-detection" content="telephone=no"/>
                <meta name="robots" content="noindex"/>
                <link rel="icon" href=ICON type="image/svg+xml"/>
                <link rel="stylesheet" href=css/>
                <MetaTags/>
            </head>
            <body>{body()}</body>
        </html>
    }
}

/// The script that wakes the islands when the browser is idle; nothing is preloaded.
pub(crate) fn boot(scene: &Scene) -> impl IntoView + use<> {
    let script = scene.house().assets.boot.clone();
    (!script.is_empty())
        .then(|| view! { <script type="module" nonce=policy::nonce() inner_html=script></script> })
}

/// Whose house this is, the language, who is signed in, and the way to block.
pub(crate) fn header(scene: &Scene) -> impl IntoView + use<> {
    let other = scene.lang().other();
    let switch = format!("{}?sprog={}", scene.asking().path, other.code());
    // Who is signed in has shown enough: the question, and her yes, are the two clicks.
    let block = if scene.asking().visitor.is_some() { "/spaer/nu" } else { "/spaer" };
    let mark =
        scene.house().mark().map(|say| view! { <p class="notice notice-warning">{scene.say(say)}</p> });
    view! {
        <header class="portal-header">
            {mark}
            <div class="portal-bar">
                <a class="portal-brand" href="/">
                    <span>
                        <span class="portal-title">{scene.house().municipality.clone()}</span>
                        <span class="portal-subtitle">{scene.say(common::PORTAL)}</span>
                    </span>
                </a>
                <div class="portal-tools">
                    <a class="lang-switch" href=switch lang=other.html_lang() hreflang=other.html_lang() rel="nofollow">
                        {other.own_name()}
                    </a>
                    {visitor(scene)}
                    <a class="emergency-link" href=block>{icon::shield()} {scene.say(common::BLOCK)}</a>
                </div>
            </div>
        </header>
    }
}

fn visitor(scene: &Scene) -> impl IntoView + use<> {
    let signed_in = scene.asking().visitor.clone();
    let (sign_out, label) = (SignOut::url(), scene.say(common::SIGN_OUT));
    signed_in.map(|visitor| {
        let name = scene.fill(common::SIGNED_IN_AS, &[("name", &visitor.name)]);
        view! {
            <span class="portal-user">{name}</span>
            <form method="post" action=sign_out>
                {hidden("go", "yes")}
                <button class="btn btn-secondary btn-small" type="submit">{label}</button>
            </form>
        }
    })
}

/// What the law wants on every page, and the phone (WCAG 3.2.6).
pub(crate) fn footer(scene: &Scene) -> impl IntoView + use<> {
    let links = [
        ("/was", common::ACCESSIBILITY),
        ("/privatliv", common::PRIVACY),
        ("/service", common::SERVICE),
        ("/vilkaar", common::TERMS),
        ("/hjaelp", common::HELP),
        ("/driftsstatus", common::STATUS),
    ]
    .map(|(path, name)| view! { <a href=path>{scene.say(name)}</a> });
    let hours = match scene.lang() {
        text::Lang::Da => scene.house().phone_hours.first(),
        text::Lang::En => scene.house().phone_hours.last(),
    }
    .filter(|hours| !hours.is_empty())
    .map(|hours| format!(" {hours}"));
    view! {
        <footer class="portal-footer">
            <div class="portal-bar">
                <nav class="portal-links" aria-label=scene.say(common::FOOTER)>{links.collect_view()}</nav>
                <p class="portal-help">
                    {scene.say(common::CALL)} " " <a href=scene.call()>{scene.house().phone.clone()}</a> {hours}
                </p>
            </div>
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::ICON;

    #[test]
    fn the_icon_within_the_page_is_the_one_that_can_be_fetched() {
        let drawn = ICON.strip_prefix("data:image/svg+xml,").unwrap_or_default();
        let drawn = drawn.replace("%3C", "<").replace("%3E", ">").replace("%23", "#").replace("%20", " ");
        let drawn = drawn.replace('\'', "\"");
        assert_eq!(drawn, include_str!("../../public/favicon.svg").trim_end());
    }
}
