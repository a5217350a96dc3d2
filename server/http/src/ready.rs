//! Whether this instance is ready, for the proxy and for whoever watches the house.

use crate::edge::Edge;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::SignedDuration;
use domain::clocks::Agreement;
use usecases::checkpoints::Unlike;
use usecases::outside::State as Kept;
use usecases::see_excluded::see_excluded;
use usecases::see_late_rows::see_late_rows;
use usecases::see_outbox::{Outbox, see_outbox};
use usecases::see_person_keys::see_person_keys;
use usecases::watch_clocks::see_clocks;

/// Ready to issue: the database answers and its clock agrees with ours within thirty seconds; from two on it says so
/// (security decision 27). A database that may be older than what is kept outside issues nothing and says so, but takes
/// blocks, so it is no reason to send nobody here (decision 7).
pub(crate) async fn ready(State(edge): State<Edge>) -> Response {
    match see_clocks(&edge.house).await {
        Ok(clocks) if clocks.may_issue() && !edge.house.outside.is_open() => {
            (apart(&edge) + &signing(&edge) + &trail(&edge).await).into_response()
        }
        Ok(clocks) => {
            let status = if clocks.may_issue() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
            let lines = readiness(clocks) + &signing(&edge) + &trail(&edge).await;
            (status, lines + &roles(&edge).await + &given_up(&edge).await).into_response()
        }
        Err(fault) => {
            tracing::error!(error = %fault, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready: the database does not answer\n").into_response()
        }
    }
}

/// Why only blocking goes on, as a word: the log says what to do.
fn apart(edge: &Edge) -> String {
    match edge.house.outside.state() {
        Kept::Apart(apart) => {
            format!("blocking only: no tokens are issued, what is kept outside is {}\n", apart.word())
        }
        Kept::Agrees(_) | Kept::Unwatched => readiness(Agreement::Agree),
    }
}

/// Whether anything can be signed for SAML services. Where nothing can, whoever blocks is served all the same.
fn signing(edge: &Edge) -> String {
    if edge.house.saml.signs() {
        String::new()
    } else {
        "nothing is signed for SAML services: no signing key is in use (run nsis-id keys create)\n".to_owned()
    }
}

/// What is wrong with the trail as far as this instance saw: rows that wait and were changed, or that nobody gives a place, and
/// why nothing is signed. It is no reason to send nobody here: whoever changed the database would have shut everybody out with it.
async fn trail(edge: &Edge) -> String {
    let keeping = &edge.house.keeping;
    let refused = Some(keeping.refused.count()).filter(|count| *count > 0).map(|count| {
        format!("rows of the trail that were changed and are not chained: {count} (trail.refused in the trail says which)\n")
    });
    let unsigned = keeping.apart.seen().filter(|why| matches!(why, Unlike::Tampered(_))).map(|_| {
        "checkpoints are not signed: the trail does not go on from the last one (run nsis-id audit verify)\n".to_owned()
    });
    let late = match see_late_rows(&edge.house).await {
        Ok(0) | Err(_) => None,
        Ok(many) => Some(format!(
            "rows of the trail that wait for their place: {many} (the log says what stops it)\n"
        )),
    };
    refused.into_iter().chain(unsigned).chain(late).chain(keys(edge).await).collect()
}

/// Whether people's own keys of the trail are to be had. Where they are not, whoever blocks is served all the same.
async fn keys(edge: &Edge) -> Option<String> {
    let away = matches!(see_person_keys(&edge.house).await, Ok(false));
    away.then(|| {
        "blocking only: nobody signs in, the store of people's own keys does not answer (the log says why)\n"
            .to_owned()
    })
}

/// People who decide and prove at once, from before that was refused. Says how many, and nothing when there are none.
async fn roles(edge: &Edge) -> String {
    match see_excluded(&edge.house).await {
        Ok(0) | Err(_) => String::new(),
        Ok(many) => {
            format!(
                "people who are administrator and auditor at once: {many} (give one of the roles to somebody else)\n"
            )
        }
    }
}

/// Letters and SMS that were given up: nobody hears of what they told. Says how many, and nothing when there are none.
async fn given_up(edge: &Edge) -> String {
    match see_outbox(&edge.house).await {
        Ok(Outbox { dead: 0, .. }) | Err(_) => String::new(),
        Ok(Outbox { dead, .. }) => {
            format!("notices that were given up: {dead} (notice.failed in the trail says why)\n")
        }
    }
}

fn readiness(clocks: Agreement) -> String {
    let seconds = |apart: SignedDuration| format!("{:.1} s apart", apart.as_secs_f64());
    match clocks {
        Agreement::Agree => "ready\n".to_owned(),
        Agreement::Apart(apart) => {
            format!("ready, but the clocks of this machine and of the database are {}\n", seconds(apart))
        }
        Agreement::TooFar(apart) => format!(
            "not ready: no tokens are issued while the clocks of this machine and of the database are {}\n",
            seconds(apart)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readiness_says_how_far_the_clocks_are_apart() {
        assert_eq!(readiness(Agreement::Agree), "ready\n");
        let said = readiness(Agreement::Apart(SignedDuration::from_millis(3_240)));
        assert!(said.starts_with("ready, but") && said.contains("3.2 s apart"), "{said}");
        let said = readiness(Agreement::TooFar(SignedDuration::from_secs(31)));
        assert!(said.starts_with("not ready: no tokens") && said.contains("31.0 s apart"), "{said}");
    }
}
