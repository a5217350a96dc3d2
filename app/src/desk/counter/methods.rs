//! Her login methods: new ones, another name, and whether they work.

use crate::desk::{
    Answer, AppForm, AppSetup, DeviceForm, DeviceSetup, KeyForm, KeySetup, MethodCodeForm, MethodForm,
    MethodNameForm, MethodPage, MethodsPage, NewKeyForm, OpenMethodsPage, RemovalPage, Seen,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;

/// Her login methods: new ones, another name, and whether they work.
#[async_trait]
pub trait MethodsCounter: Send + Sync {
    /// `/konto/loginmidler`
    async fn methods_page(&self) -> Seen<MethodsPage>;
    /// `/konto/loginmidler/{factor}`; for one that is not hers `Stop::Go` to the list.
    async fn method_page(&self, id: &str) -> Seen<MethodPage>;
    /// `/konto/loginmidler/ret/{flow}`: after the step-up.
    async fn open_methods_page(&self, flow: FlowId) -> Seen<OpenMethodsPage>;
    /// `/konto/loginmidler/ret/{flow}/fjern/{factor}`; for one that is not hers `Stop::Go` to the list.
    async fn removal_page(&self, flow: FlowId, id: &str) -> Seen<RemovalPage>;
    /// `/konto/loginmidler/ret/{flow}/adgangsnoegle` and `…/sikkerhedsnoegle`
    async fn another_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup>;
    /// `/konto/loginmidler/ret/{flow}/app`: offers a seed; the same one again while the step-up lasts.
    async fn another_app(&self, flow: FlowId) -> Seen<AppSetup>;
    /// `/konto/kodeviser/{flow}`: after the step-up.
    async fn another_device(&self, flow: FlowId) -> Seen<DeviceSetup>;

    /// Registers one more passkey or security key.
    async fn add_another_key(&self, form: NewKeyForm) -> Answer;
    /// Adds one more authenticator app.
    async fn add_another_app(&self, form: AppForm) -> Answer;
    /// Takes one more code device into use.
    async fn add_another_device(&self, form: DeviceForm) -> Answer;
    /// Gives a login method another name.
    async fn rename_method(&self, form: MethodNameForm) -> Answer;
    /// Asks for this one first from now on.
    async fn prefer_method(&self, form: MethodForm) -> Answer;
    /// Removes one.
    async fn remove_method(&self, form: MethodForm) -> Answer;
    /// Tries out a key.
    async fn test_key(&self, form: KeyForm) -> Answer;
    /// Tries out what shows codes.
    async fn test_code(&self, form: MethodCodeForm) -> Answer;
}
