//! Which page stands at which address.

#![expect(unreachable_pub, reason = "the component macro writes it beside the function that lib.rs exports")]

use crate::pages::{
    account, auditor, audits, check, closed, contact, data, devices, documents, emergency, enrolment, factor,
    keys, methods, missing, orders, overview, password, phone, proof, publication, reconfirm, recovery,
    relations, reopening, sample, sessions, sheet, sign_in, status, step_up, terms,
};
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// All pages. Each is rendered whole before the first byte leaves.
#[expect(clippy::too_many_lines, reason = "a table, one line for each page")]
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
                <Route path=path!("/log-ind/noegle") view=keys::key_first ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow") view=sign_in::to_service ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/kode") view=sign_in::code ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/noegle") view=keys::key ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/andre-veje") view=keys::ways ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/adgangskode") view=password::leaked ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/loginmiddel") view=check::at_sign_in ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/gendannelseskode") view=recovery::code ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/gendan") view=recovery::regain ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/gendan/adgangsnoegle") view=keys::passkey_instead ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/gendan/sikkerhedsnoegle") view=keys::security_key_instead ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/kodeviser") view=devices::apart_at_sign_in ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/pause") view=sign_in::pause ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/spaerret") view=sign_in::blocked ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/vilkaar/nej") view=terms::decline_signing_in ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/vilkaar/:page") view=terms::signing_in ssr=WHOLE/>
                <Route path=path!("/saml/sso") view=sign_in::hand_over_now ssr=WHOLE/>
                <Route path=path!("/oidc/authorize") view=sign_in::hand_over_now ssr=WHOLE/>
                <Route path=path!("/log-ind/:flow/bekraeft") view=reconfirm::at_sign_in ssr=WHOLE/>
                <Route path=path!("/svar/:flow") view=sign_in::hand_over ssr=WHOLE/>
                <Route path=path!("/log-af") view=sign_in::leave ssr=WHOLE/>
                <Route path=path!("/log-af/:flow") view=sign_in::way_out ssr=WHOLE/>
                <Route path=path!("/logget-ud") view=sign_in::signed_out ssr=WHOLE/>
                <Route path=path!("/logget-ud/:flow") view=sign_in::signed_out_of ssr=WHOLE/>

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
                <Route path=path!("/indrullering/:flow/adgangsnoegle") view=keys::add_passkey ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/sikkerhedsnoegle") view=keys::add_security_key ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/kodeviser") view=devices::add ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/tjek") view=enrolment::review ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/koder") view=sheet::sheet ssr=WHOLE/>
                <Route path=path!("/indrullering/:flow/klar") view=enrolment::done ssr=WHOLE/>
                <Route path=path!("/mitid/ikke-bekraeftet") view=proof::refused_without_flow ssr=WHOLE/>
                <Route path=path!("/vilkaar/afvist") view=terms::declined ssr=WHOLE/>

                <Route path=path!("/spaer") view=emergency::block ssr=WHOLE/>
                <Route path=path!("/glemt-adgangskode") view=reopening::forgotten ssr=WHOLE/>
                <Route path=path!("/glemt-adgangskode/:flow") view=reopening::reset ssr=WHOLE/>
                <Route path=path!("/genaktiver") view=reopening::start ssr=WHOLE/>
                <Route path=path!("/genaktiver/afvist") view=reopening::cannot ssr=WHOLE/>
                <Route path=path!("/genaktiver/:flow") view=reopening::step ssr=WHOLE/>
                <Route path=path!("/genaktiver/:flow/vilkaar/nej") view=terms::decline_reopening ssr=WHOLE/>
                <Route path=path!("/genaktiver/:flow/vilkaar/:page") view=terms::reopening ssr=WHOLE/>
                <Route path=path!("/genaktiver/:flow/loginmidler") view=reopening::factors_again ssr=WHOLE/>
                <Route path=path!("/genaktiver/:flow/adgangsnoegle") view=keys::passkey_reopening ssr=WHOLE/>
                <Route path=path!("/genaktiver/:flow/sikkerhedsnoegle") view=keys::security_key_reopening ssr=WHOLE/>
                <Route path=path!("/koder/:flow") view=sheet::after_reopening ssr=WHOLE/>
                <Route path=path!("/konto/adgangskode") view=account::change ssr=WHOLE/>
                <Route path=path!("/konto/aktivitet") view=account::activity ssr=WHOLE/>
                <Route path=path!("/konto/aktivitet/:del") view=account::activity ssr=WHOLE/>
                <Route path=path!("/konto/bekraeft") view=reconfirm::own ssr=WHOLE/>
                <Route path=path!("/konto/tilknytning") view=relations::list ssr=WHOLE/>
                <Route path=path!("/konto/tilknytning/:relation") view=relations::end ssr=WHOLE/>
                <Route path=path!("/konto/login") view=sessions::sessions ssr=WHOLE/>
                <Route path=path!("/konto/bekraeft/:flow") view=step_up::confirm ssr=WHOLE/>
                <Route path=path!("/konto/loginmidler") view=methods::list ssr=WHOLE/>
                <Route path=path!("/konto/loginmidler/:factor") view=methods::one ssr=WHOLE/>
                <Route path=path!("/konto/loginmidler/ret/:flow") view=methods::open ssr=WHOLE/>
                <Route path=path!("/konto/loginmidler/ret/:flow/fjern/:factor") view=methods::removing ssr=WHOLE/>
                <Route path=path!("/konto/adgangskode/:flow") view=account::change_opened ssr=WHOLE/>
                <Route path=path!("/konto/afslut/:flow") view=relations::list_opened ssr=WHOLE/>
                <Route path=path!("/konto/afslut/:flow/:relation") view=relations::end_opened ssr=WHOLE/>
                <Route path=path!("/fortsaet/:flow") view=phone::desk ssr=WHOLE/>
                <Route path=path!("/telefon/:token") view=phone::opening ssr=WHOLE/>
                <Route path=path!("/paa-telefon/:flow") view=phone::phone ssr=WHOLE/>
                <Route path=path!("/paa-telefon/:flow/adgangsnoegle") view=phone::passkey ssr=WHOLE/>
                <Route path=path!("/konto/loginmidler/ret/:flow/app") view=factor::another ssr=WHOLE/>
                <Route path=path!("/konto/loginmidler/ret/:flow/adgangsnoegle") view=keys::another_passkey ssr=WHOLE/>
                <Route path=path!("/konto/loginmidler/ret/:flow/sikkerhedsnoegle") view=keys::another_security_key ssr=WHOLE/>
                <Route path=path!("/konto/koder/:flow") view=recovery::new_sheet ssr=WHOLE/>
                <Route path=path!("/konto/kodeviser") view=devices::apart ssr=WHOLE/>
                <Route path=path!("/konto/kodeviser/:flow") view=devices::another ssr=WHOLE/>
                <Route path=path!("/konto/kontakt") view=contact::contact ssr=WHOLE/>
                <Route path=path!("/konto/kontakt/:flow") view=contact::change ssr=WHOLE/>
                <Route path=path!("/konto/kontakt/:flow/kode") view=contact::verify ssr=WHOLE/>
                <Route path=path!("/konto/data") view=data::data ssr=WHOLE/>
                <Route path=path!("/konto/data/:flow") view=data::ready ssr=WHOLE/>
                <Route path=path!("/konto/vilkaar") view=data::terms ssr=WHOLE/>
                <Route path=path!("/revision") view=auditor::start ssr=WHOLE/>
                <Route path=path!("/revision/udtraek/:flow") view=auditor::export ssr=WHOLE/>
                <Route path=path!("/revision/bestilling/:order") view=orders::order ssr=WHOLE/>
                <Route path=path!("/revision/stikproeve/:flow") view=sample::sample ssr=WHOLE/>
                <Route path=path!("/revision/noegletal") view=audits::figures_start ssr=WHOLE/>
                <Route path=path!("/revision/noegletal/:flow") view=audits::figures ssr=WHOLE/>
                <Route path=path!("/revision/haendelser") view=audits::events_start ssr=WHOLE/>
                <Route path=path!("/revision/haendelser/:flow") view=audits::events ssr=WHOLE/>
                <Route path=path!("/revision/haendelser/:flow/:efter") view=audits::events ssr=WHOLE/>
                <Route path=path!("/revision/haendelse/:flow") view=audits::row ssr=WHOLE/>
                <Route path=path!("/revision/vilkaar") view=audits::accepts_start ssr=WHOLE/>
                <Route path=path!("/revision/vilkaar/:flow") view=audits::acceptance ssr=WHOLE/>
                <Route path=path!("/revision/krav") view=audits::requirements ssr=WHOLE/>
                <Route path=path!("/administration/vilkaar") view=publication::list ssr=WHOLE/>
                <Route path=path!("/administration/vilkaar/side/:page") view=publication::write ssr=WHOLE/>
                <Route path=path!("/administration/vilkaar/:flow") view=publication::open ssr=WHOLE/>
                <Route path=path!("/spaer/kode") view=emergency::by_code ssr=WHOLE/>
                <Route path=path!("/spaer/adgangskode") view=emergency::by_password ssr=WHOLE/>
                <Route path=path!("/spaer/nu") view=emergency::ask_here ssr=WHOLE/>
                <Route path=path!("/spaer/bekraeft/:flow") view=emergency::ask_proved ssr=WHOLE/>
                <Route path=path!("/spaer/kvittering") view=emergency::receipt ssr=WHOLE/>
                <Route path=path!("/spaer/ikke-spaerret") view=emergency::failed ssr=WHOLE/>
                <Route path=path!("/var-det-dig/:token") view=emergency::was_it_you ssr=WHOLE/>
                <Route path=path!("/venter") view=closed::closed ssr=WHOLE/>
                <Route path=path!("/driftsstatus") view=status::status ssr=WHOLE/>
                <Route path=path!("/hjaelp") view=documents::help ssr=WHOLE/>
                <Route path=path!("/tilgaengelighed") view=documents::accessibility ssr=WHOLE/>
                <Route path=path!("/privatliv") view=documents::privacy ssr=WHOLE/>
                <Route path=path!("/service") view=documents::service ssr=WHOLE/>
                <Route path=path!("/tjenesteudbydere") view=documents::relying_parties ssr=WHOLE/>
                <Route path=path!("/vilkaar") view=documents::terms ssr=WHOLE/>
            </Routes>
        </Router>
    }
}
