//! An application sends a browser here to log out (OIDC RP-Initiated Logout 1.0).

use crate::context::Cx;
use crate::leave_services::WayOut;
use crate::ports::oidc::Parameters;
use crate::prove_client::{NotServed, Shown, noted};
use crate::who::{Here, sign_out_for};
use domain::leaving::Asker;
use domain::oidc::refusal::{ErrorCode, Refusal};

/// Where the browser goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// She is logged out; back to the application where it said so, with what it wants back.
    Out {
        /// One of the application's own addresses.
        to: Option<(String, Option<String>)>,
    },
    /// She is logged out; services of her session are to be asked through her browser before she goes back.
    Walk(WayOut),
    /// It is not certain that she asked for it: she is.
    Ask,
}

/// Logs out whoever sits here, where an id token of ours shows that the application speaks of this very session. Without
/// one anybody could log her out by a link, so she is asked, and sent to nobody's address afterwards.
pub async fn leave(cx: &Cx, here: Option<&Here>, parameters: &Parameters) -> Result<Left, NotServed> {
    let shown = Shown { parameters: parameters.clone(), ..Shown::default() };
    noted(cx, "logout", &shown, left(cx, here, &shown).await).await
}

fn refused(why: &'static str) -> NotServed {
    Refusal::new(ErrorCode::InvalidRequest, why).into()
}

async fn left(cx: &Cx, here: Option<&Here>, shown: &Shown) -> Result<Left, NotServed> {
    let Some(token) = shown.get("id_token_hint") else {
        return Ok(if here.is_some() { Left::Ask } else { Left::Out { to: None } });
    };
    let hint = cx.house.oidc.hint(token, cx.now).ok_or_else(|| refused("hint"))?;
    if shown.get("client_id").is_some_and(|named| named != hint.client_id) {
        return Err(refused("hint-other-client"));
    }
    let mut tx = cx.house.store.reading("leave").await?;
    let client = tx.client(&hint.client_id).await?.ok_or_else(|| refused("unknown"))?;
    let session = tx.authorization(hint.visit).await?.map(|it| it.session);
    drop(tx);
    let to = match shown.get("post_logout_redirect_uri") {
        Some(address) if client.leaves_to(address) => {
            Some((address.to_owned(), shown.get("state").map(str::to_owned)))
        }
        Some(_) => return Err(refused("redirect-uri")),
        None => None,
    };
    match here {
        Some(here) if Some(here.session.id) != session => Ok(Left::Ask),
        Some(_) => {
            let asker = match to.clone() {
                Some((address, state)) => Asker::Application { name: client.display_name, address, state },
                None => Asker::Portal,
            };
            match sign_out_for(cx, asker).await? {
                Some(way) if way.asks => Ok(Left::Walk(way)),
                Some(_) | None => Ok(Left::Out { to }),
            }
        }
        None => Ok(Left::Out { to }),
    }
}
