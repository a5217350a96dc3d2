//! A request that comes before its browser, by the back channel (RFC 9126).

use crate::context::Cx;
use crate::ports::oidc::{NotAsked, Parameters};
use crate::ports::store::Pushed;
use crate::prove_client::{NotServed, Shown, noted, prove};
use crate::record::{Entry, record};
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::ids::PushedId;
use domain::oidc::client::Client;
use domain::oidc::refusal::{ErrorCode, Refusal};

/// How long it waits for its browser.
pub const PUSHED_HOLDS: SignedDuration = SignedDuration::from_secs(60);
/// What stands before its name (RFC 9126 2.2).
const URN: &str = "urn:ietf:params:oauth:request_uri:";

/// The name of a pushed request in a `request_uri`.
pub(crate) fn pushed_id(request_uri: &str) -> Option<PushedId> {
    request_uri.strip_prefix(URN)?.parse().ok()
}

/// Takes a request from an application that proved itself; gives the `request_uri` its browser brings.
pub async fn push_request(cx: &Cx, shown: &Shown) -> Result<String, NotServed> {
    noted(cx, "par", shown, pushed(cx, shown).await).await
}

async fn pushed(cx: &Cx, shown: &Shown) -> Result<String, NotServed> {
    let proved = prove(cx, shown).await?;
    if shown.get("request_uri").is_some() {
        return Err(Refusal::new(ErrorCode::InvalidRequest, "request-uri-pushed").into());
    }
    // It may leave out its own name: it has just said who it is.
    let mut parameters = shown.parameters.clone();
    parameters.insert("client_id".to_owned(), proved.client.client_id.clone());
    let pushed = read(cx, &parameters, &proved.client)?;
    let mut tx = cx.house.store.begin("push_request").await?;
    proved.spend(tx.as_mut()).await?;
    tx.add_pushed(&pushed).await?;
    let entry = Entry::new(EventKind::ApplicationAsked, Actor::Unknown)
        .fact("service", &proved.client.client_id)
        .fact("message", pushed.request.id())
        .fact("at", "par");
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(format!("{URN}{}", pushed.id))
}

fn read(cx: &Cx, parameters: &Parameters, client: &Client) -> Result<Pushed, NotServed> {
    let request =
        cx.house.oidc.read(parameters, client, cx.now).map_err(|NotAsked { refusal, .. }| refusal)?;
    let until = cx.now.saturating_add(PUSHED_HOLDS).unwrap_or(cx.now);
    Ok(Pushed { id: cx.handle()?, request, until })
}
