//! What forms post to. One line each: hand it to the desk, send the browser on.
//!
//! Every decided outcome is `Ok`: an `Err` would be written into the address of the next page. A body that cannot be
//! read at all never gets here; the HTTP edge answers that.

#![expect(missing_docs, reason = "the server macro writes a struct whose one field is the documented form")]

use crate::desk::{
    AcceptForm, Answer, ApartForm, AppForm, ApproveTermsForm, BeginForm, BeginTermsForm, BlockCodeForm,
    BlockMitidForm, BlockNowForm, BlockPasswordForm, CancelForm, ChangeForm, CodeForm, ConfirmBlockForm,
    ContactForm, ContactGoesForm, DeclineForm, Destination, DeviceForm, DrawForm, EndForm, EndRelationForm,
    ExportForm, FiguresForm, FindForm, FinishForm, GiveUpForm, KeepCodesForm, KeepForm, KeyForm,
    MethodCodeForm, MethodForm, MethodNameForm, NewKeyForm, NoticeForm, PassForm, PasswordForm,
    PhoneNumberForm, ProposeTermsForm, ProveForm, ReconfirmForm, RecoveryForm, RoleForm, RowForm, SearchForm,
    SentCodeForm, SignInForm, SignOutForm, StepUpForm, TrailForm, TurnForm, WithdrawTermsForm,
    WriteTermsForm,
};
use crate::policy::send_to;
use crate::scene::{SharedDesk, desk};
use leptos::prelude::*;
use server_fn::codec::PostUrl;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident as $kind:ident at $endpoint:literal takes $form:ty;)+) => {$(
        $(#[$doc])*
        #[server(name = $kind, prefix = "/handling", endpoint = $endpoint, input = PostUrl)]
        pub async fn $name(#[server(flatten)] form: $form) -> Result<(), ServerFnError> {
            let desk = desk();
            answer(&desk, desk.$name(form).await).await
        }
    )+

    /// The paths of all of them: for mounting, and for tests that none is forgotten.
    pub const PATHS: &[&str] = &[$(<$kind as server_fn::ServerFn>::PATH),+];
    };
}

actions! {
    /// Page 1.
    sign_in as SignIn at "log-ind" takes SignInForm;
    /// Page 2.
    give_code as GiveCode at "kode" takes CodeForm;
    /// Back to the service from any page of a sign-in.
    give_up as GiveUp at "afbryd" takes GiveUpForm;
    /// Page 5.
    give_recovery_code as GiveRecoveryCode at "gendannelseskode" takes RecoveryForm;
    /// Page 6, after a recovery code.
    prove_recovery as ProveRecovery at "gendan-bekraeft" takes FinishForm;
    /// Page 28, after a recovery code.
    replace_app as ReplaceApp at "gendan-app" takes AppForm;
    /// Pages 1 and 3: what a key answered.
    show_key as ShowKey at "noegle" takes KeyForm;
    /// Page 20: what a passkey answered.
    reopen_by_key as ReopenByKey at "noegle-genaktiveret" takes KeyForm;
    /// Page 38: what a passkey answered.
    reset_by_key as ResetByKey at "noegle-nulstillet" takes KeyForm;
    /// A code device that has gone apart.
    bring_together as BringTogether at "kodeviser-sammen" takes ApartForm;
    /// Page 21.
    begin as Begin at "begynd" takes BeginForm;
    /// Page 6.
    find as Find at "find" takes FindForm;
    /// Page 22.
    turn_page as TurnPage at "vend" takes TurnForm;
    /// Page 23.
    accept_terms as AcceptTerms at "accepter" takes AcceptForm;
    /// Page 23.
    decline_terms as DeclineTerms at "afvis" takes DeclineForm;
    /// Page 24.
    prove as Prove at "bekraeft" takes ProveForm;
    /// Page 26.
    choose_password as ChoosePassword at "adgangskode" takes PasswordForm;
    /// Page 28.
    add_app as AddApp at "app" takes AppForm;
    /// Pages 29 and 30: what a new key answered.
    add_key as AddKey at "noegle-gem" takes NewKeyForm;
    /// A code device in an enrolment.
    add_device as AddDevice at "kodeviser" takes DeviceForm;
    /// Page 32.
    finish as Finish at "faerdig" takes FinishForm;
    /// Page 20.
    start_reopening as StartReopening at "genaktiver" takes FindForm;
    /// Page 20, step 2.
    reopen_password as ReopenPassword at "genaktiver-adgangskode" takes PasswordForm;
    /// Page 20, step 3.
    reopen_factors as ReopenFactors at "genaktiver-loginmidler" takes KeepForm;
    /// Page 20, step 3, a new app.
    reopen_app as ReopenApp at "genaktiver-app" takes AppForm;
    /// Page 20, step 4.
    reopen_activity as ReopenActivity at "genaktiver-aktivitet" takes FinishForm;
    /// Page 20, step 5.
    reopen as Reopen at "genaktiver-aabn" takes FinishForm;
    /// Page 38.
    start_reset as StartReset at "nulstil" takes FindForm;
    /// Page 38.
    reset_password as ResetPassword at "nulstil-adgangskode" takes PasswordForm;
    /// Page 31, from page 35.
    renew_sheet as RenewSheet at "koder-nye" takes FinishForm;
    /// Page 31.
    keep_sheet as KeepSheet at "koder-gemt" takes KeepCodesForm;
    /// Page 9, and from the overview.
    reconfirm as Reconfirm at "bekraeft-igen" takes ReconfirmForm;
    /// Page 9.
    put_off as PutOff at "bekraeft-senere" takes ReconfirmForm;
    /// Page 37.
    change_password as ChangePassword at "skift-adgangskode" takes ChangeForm;
    /// Her own work relations.
    end_relation as EndRelation at "afslut-tilknytning" takes EndRelationForm;
    /// Page 8.
    begin_step_up as BeginStepUp at "bekraeft-det-er-dig" takes StepUpForm;
    /// Page 8.
    show_step_up as ShowStepUp at "bekraeft-kode" takes CodeForm;
    /// Page 8: what a key answered.
    show_step_up_key as ShowStepUpKey at "noegle-bekraeftet" takes KeyForm;
    /// Pages 29 and 30, from page 35.
    add_another_key as AddAnotherKey at "noegle-gem-mere" takes NewKeyForm;
    /// Page 28, from page 35.
    add_another_app as AddAnotherApp at "app-mere" takes AppForm;
    /// Going on with a phone, from page 35.
    begin_phone as BeginPhone at "telefon" takes FinishForm;
    /// Going on with a phone, from page 27.
    begin_phone_enrolling as BeginPhoneEnrolling at "telefon-ny" takes FinishForm;
    /// The link, on the phone.
    open_phone as OpenPhone at "telefon-aabn" takes BeginForm;
    /// The number, at the computer.
    admit_phone as AdmitPhone at "telefon-tal" takes PhoneNumberForm;
    /// An app, on the phone.
    choose_phone_app as ChoosePhoneApp at "telefon-vaelg-app" takes FinishForm;
    /// Its code, on the phone.
    make_phone_app as MakePhoneApp at "telefon-app" takes AppForm;
    /// What the phone's key answered.
    reopen_with_key as ReopenWithKey at "genaktiver-noegle" takes NewKeyForm;
    replace_with_key as ReplaceWithKey at "gendan-noegle" takes NewKeyForm;
    make_phone_key as MakePhoneKey at "telefon-noegle" takes NewKeyForm;
    /// Yes, at the computer.
    confirm_phone as ConfirmPhone at "telefon-ja" takes FinishForm;
    /// No, at the computer.
    leave_phone as LeavePhone at "telefon-nej" takes FinishForm;
    /// A code device, from page 35.
    add_another_device as AddAnotherDevice at "kodeviser-mere" takes DeviceForm;
    /// Page 36.
    rename_method as RenameMethod at "loginmiddel-navn" takes MethodNameForm;
    /// Page 36.
    prefer_method as PreferMethod at "loginmiddel-foerst" takes MethodForm;
    /// Page 34: not now.
    put_off_check as PutOffCheck at "loginmiddel-senere" takes MethodForm;
    /// Page 36.
    remove_method as RemoveMethod at "loginmiddel-fjern" takes MethodForm;
    /// Page 36: what a key answered.
    test_key as TestKey at "noegle-proevet" takes KeyForm;
    /// Page 36.
    test_code as TestCode at "loginmiddel-proev" takes MethodCodeForm;
    /// Page 43.
    ask_contact as AskContact at "kontakt" takes ContactForm;
    /// Page 43.
    remove_contact as RemoveContact at "kontakt-fjern" takes ContactGoesForm;
    /// Page 43.
    verify_contact as VerifyContact at "kontakt-kode" takes SentCodeForm;
    /// Page 40.
    end_session as EndSession at "afslut-login" takes EndForm;
    /// Page 31.
    keep_codes as KeepCodes at "koder" takes KeepCodesForm;
    /// Page 17, of an open session.
    block_now as BlockNow at "spaer-nu" takes BlockNowForm;
    /// Page 16.
    block_by_code as BlockByCode at "spaer-kode" takes BlockCodeForm;
    /// The door of user name and password.
    block_by_password as BlockByPassword at "spaer-adgangskode" takes BlockPasswordForm;
    /// Page 15.
    block_by_mitid as BlockByMitid at "spaer-mitid" takes BlockMitidForm;
    /// Page 17, after another door.
    confirm_block as ConfirmBlock at "spaer-bekraeft" takes ConfirmBlockForm;
    /// Page 19.
    block_by_notice as BlockByNotice at "var-det-dig" takes NoticeForm;
    /// Page 53.
    make_export as MakeExport at "revision-udtraek" takes ExportForm;
    /// Page 54, while it is made or can be taken.
    cancel_export as CancelExport at "revision-annuller" takes CancelForm;
    /// Page 53.
    draw_sample as DrawSample at "revision-stikproeve" takes DrawForm;
    /// Page 53, and from a sample.
    read_trail as ReadTrail at "revision-person" takes TrailForm;
    /// Page 53: the figures of a period.
    take_figures as TakeFigures at "revision-noegletal" takes FiguresForm;
    /// Pages 54 and 55.
    search_trail as SearchTrail at "revision-soeg" takes SearchForm;
    /// Pages 54 and 55: one row, with what is sealed in it.
    show_row as ShowRow at "revision-vis" takes RowForm;
    /// Page 34.
    accept_role as AcceptRole at "rolle" takes RoleForm;
    /// Page 56.
    begin_terms as BeginTerms at "vilkaar-udkast" takes BeginTermsForm;
    /// Page 56, a page of the draft.
    write_terms as WriteTerms at "vilkaar-side" takes WriteTermsForm;
    /// Page 56, by its author.
    propose_terms as ProposeTerms at "vilkaar-foreslaa" takes ProposeTermsForm;
    /// Page 56, by another administrator.
    approve_terms as ApproveTerms at "vilkaar-udgiv" takes ApproveTermsForm;
    /// Page 56.
    withdraw_terms as WithdrawTerms at "vilkaar-tilbage" takes WithdrawTermsForm;
    /// The way out.
    pass_on as PassOn at "log-af-videre" takes PassForm;
    /// Every page of somebody signed in.
    sign_out as SignOut at "log-af" takes SignOutForm;
}

/// Sends the browser where the answer leads, leaving there what it has to say.
async fn answer(desk: &SharedDesk, answer: Answer) -> Result<(), ServerFnError> {
    match answer.go {
        Destination::Here(path) => {
            let path = local(&path);
            if let Some(flash) = answer.flash {
                desk.keep_flash(path, flash).await;
            }
            send_to(path);
        }
        Destination::Broker(address) => send_to(&address),
    }
    Ok(())
}

/// A path of this house; anything else is the front page (`//host` and `/\host` leave the house).
fn local(path: &str) -> &str {
    let inside = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if inside { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn an_answer_never_leaves_the_house_by_mistake() {
        assert_eq!(local("/overblik"), "/overblik");
        for outside in
            ["//evil.example", "/\\evil.example", "https://evil.example", "", "/x\r\nSet-Cookie: a=b"]
        {
            assert_eq!(local(outside), "/", "{outside}");
        }
    }
}
