//! Passkeys where the user name is typed: offered by the browser itself, and by nobody waited for.

use crate::asked::ask;
use crate::bytes::at;
use crate::ceremony::{Act, perform};
use crate::form::send;
use gloo::timers::callback::Timeout;
use js_sys::{Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, HtmlFormElement};

/// A question holds for five minutes; a new one is asked before that is over.
const ANEW_AFTER: u32 = 4 * 60 * 1000;
/// So often it is asked anew: a page that was left open all day asks nothing any more.
const ASKED_ANEW: u8 = 15;

/// Offers passkeys where this browser can, and says nothing where it cannot.
pub(crate) fn wake(form: HtmlFormElement) {
    spawn_local(async move {
        if able().await {
            offer(form, ASKED_ANEW).await;
        }
    });
}

/// Whether this browser can: it says so itself, where it is young enough to be asked (WebAuthn 5.1.7).
async fn able() -> bool {
    let Some(asking) = asking() else { return false };
    JsFuture::from(asking).await.is_ok_and(|able| able.is_truthy())
}

fn asking() -> Option<Promise> {
    let class = at(&web_sys::window()?.into(), "PublicKeyCredential")?;
    let able: Function = at(&class, "isConditionalMediationAvailable")?.dyn_into().ok()?;
    able.call0(&class).ok()?.dyn_into().ok()
}

async fn offer(form: HtmlFormElement, left: u8) {
    let (Some(asked), Ok(stop)) = (ask(&form).await, AbortController::new()) else { return };
    let (over, again) = (stop.clone(), form.clone());
    let anew = Timeout::new(ANEW_AFTER, move || {
        over.abort();
        if left > 0 {
            spawn_local(offer(again, left - 1));
        }
    });
    // Whatever is wrong is said where she asks for it: here she asked for nothing. When it is stopped, the next one is
    // under way; so the clock is stopped with an answer alone.
    if let Ok(answer) = perform(Act::Get, &asked, Some(&stop.signal())).await {
        anew.cancel();
        send(&form, &asked, &answer);
    } else {
        anew.forget();
    }
}
