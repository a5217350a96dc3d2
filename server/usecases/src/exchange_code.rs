//! An application exchanges its code for tokens (RFC 6749 4.1.3, RFC 7636 4.5). A code is spent by the first who brings it
//! and proved to be a client, whatever else is wrong: who brings a code that is not his, or without what was promised,
//! leaves nothing behind to try again with.

use crate::context::Cx;
use crate::mint::{Due, Tokens, mint, over};
use crate::prove_client::{NotServed, Shown, invalid_grant, needed, noted, prove};
use crate::record::Entry;
use crate::tickets;
use crate::watch_clocks::clocks_to_issue;
use domain::audit::{Actor, EventKind};
use domain::oidc::authorization::NotExchanged;
use domain::oidc::refusal::{ErrorCode, Refusal};
use domain::oidc::ticket::TicketKind;

/// Exchanges it.
pub async fn exchange_code(cx: &Cx, shown: &Shown) -> Result<Tokens, NotServed> {
    noted(cx, "token", shown, exchange(cx, shown).await).await
}

async fn exchange(cx: &Cx, shown: &Shown) -> Result<Tokens, NotServed> {
    cx.house.outside.open()?;
    let proved = prove(cx, shown).await?;
    match needed(shown, "grant_type", "grant-type-missing")? {
        "authorization_code" => {}
        _ => return Err(Refusal::new(ErrorCode::UnsupportedGrantType, "grant-type").into()),
    }
    let code = needed(shown, "code", "code-missing")?;
    let redirect_uri = needed(shown, "redirect_uri", "redirect-uri-missing")?;
    let verifier = needed(shown, "code_verifier", "verifier-missing")?;
    let ticket =
        tickets::read(cx, &[TicketKind::Code], code)?.ok_or_else(|| invalid_grant("code-unknown"))?;
    let clocks = clocks_to_issue(&cx.house).await?;
    let mut tx = cx.house.store.begin("exchange_code").await?;
    proved.spend(tx.as_mut()).await?;
    let Some(authorization) = tx.authorization_for_update(ticket.visit).await? else {
        return Err(invalid_grant("code-unknown"));
    };
    let entry = |kind| {
        Entry::new(kind, Actor::Unknown)
            .about(authorization.person)
            .fact("service", &proved.client.client_id)
            .fact("visit", authorization.visit)
    };
    if authorization.request.relying_party != proved.client.id {
        let entry = entry(EventKind::TokenReused).fact("why", "code-other-client");
        return Err(over(cx, tx, authorization, entry, "code-other-client").await?);
    }
    match authorization.clone().exchange(redirect_uri, verifier, cx.now) {
        Ok(open) => {
            let open = open.bound(proved.certificate);
            let due =
                Due { client: &proved.client, authorization: open, event: EventKind::TokenIssued, clocks };
            mint(cx, tx, due).await
        }
        Err(NotExchanged::Over) => Err(invalid_grant("code-over")),
        Err(why @ (NotExchanged::Twice | NotExchanged::OtherRedirect | NotExchanged::Verifier)) => {
            let entry = entry(EventKind::TokenReused).fact("why", why);
            Err(over(cx, tx, authorization, entry, word(why)).await?)
        }
    }
}

fn word(why: NotExchanged) -> &'static str {
    match why {
        NotExchanged::Twice => "code-used-twice",
        NotExchanged::Over => "code-over",
        NotExchanged::OtherRedirect => "code-other-redirect",
        NotExchanged::Verifier => "code-verifier",
    }
}
