//! Which page stands at which address.

#![expect(unreachable_pub, reason = "the component macro writes it beside the function that lib.rs exports")]

use crate::pages::{
    documents, emergency, enrolment, factor, missing, overview, password, proof, sign_in, terms,
};
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// All pages. Each is rendered whole before the first byte leaves.
#[component]
pub fn App() -> impl IntoView {
    const WHOLE: SsrMode = SsrMode::Async;
    view! {
        <Router>
            <Routes fallback=missing>
                <Route path=path!("/") view=overview::front ssr=WHOLE/>
                <Route path=path!("/overblik") view=overview::overview ssr=WHOLE/>
                <Route path=path!("/forbliv") view=overview::stay ssr=WHOLE/>

                <Route path=path!("/log-ind") view=sign_in::to_portal ssr=WHOLE/>
                <Route path=path!("/log-ind/fejl") view=sign_in::broken ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow") view=sign_in::to_service ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/kode") view=sign_in::code ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/pause") view=sign_in::pause ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/spaerret") view=sign_in::blocked ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/vilkaar/nej") view=terms::decline_signing_in ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/vilkaar/:page") view=terms::signing_in ssr=WHOLE/>
                <Route path=path!("/saml/svar/:flow") view=sign_in::hand_over ssr=WHOLE/>
                <Route path=path!("/logget-ud") view=sign_in::signed_out ssr=WHOLE/>

                <Route path=path!("/kom-i-gang") view=enrolment::without_link ssr=WHOLE/>
                <Route path=path!("/kom-i-gang/mitid") view=enrolment::find ssr=WHOLE/>
                <Route path=path!("/kom-i-gang/fundet") view=enrolment::found ssr=WHOLE/>
                <Route path=path!("/kom-i-gang/uden-mitid") view=proof::without_mitid_before ssr=WHOLE/>
                <Route path=path!("/kom-i-gang/:token") view=enrolment::welcome ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow") view=enrolment::tasks ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/vilkaar/nej") view=terms::decline_enrolling ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/vilkaar/:page") view=terms::enrolling ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/bekraeft") view=proof::proof ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/ikke-bekraeftet") view=proof::refused ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/uden-mitid") view=proof::without_mitid ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/adgangskode") view=password::choose ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/loginmiddel") view=factor::choose ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/app") view=factor::app ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/tjek") view=enrolment::review ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/klar") view=enrolment::done ssr=WHOLE/>
                <Route path=path!("/mitid/ikke-bekraeftet") view=proof::refused_without_flow ssr=WHOLE/>
                <Route path=path!("/vilkaar/afvist") view=terms::declined ssr=WHOLE/>

                <Route path=path!("/spaer") view=emergency::block ssr=WHOLE/>
                <Route path=path!("/glemt-adgangskode") view=password::forgotten ssr=WHOLE/>
                <Route path=path!("/hjaelp") view=documents::help ssr=WHOLE/>
                <Route path=path!("/tilgaengelighed") view=documents::accessibility ssr=WHOLE/>
                <Route path=path!("/privatliv") view=documents::privacy ssr=WHOLE/>
                <Route path=path!("/service") view=documents::service ssr=WHOLE/>
                <Route path=path!("/vilkaar") view=documents::terms ssr=WHOLE/>
            </Routes>
        </Router>
    }
}
