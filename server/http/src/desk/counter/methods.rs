//! Her login methods: new ones, another name, and whether they work.

use crate::desk::BrowserDesk;
use app::desk::{
    Answer, AppForm, AppSetup, DeviceForm, DeviceSetup, KeyForm, KeySetup, MethodCodeForm, MethodForm,
    MethodNameForm, MethodPage, MethodsCounter, MethodsPage, NewKeyForm, OpenMethodsPage, RemovalPage, Seen,
};
use async_trait::async_trait;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;

#[async_trait]
impl MethodsCounter for BrowserDesk {
    async fn methods_page(&self) -> Seen<MethodsPage> {
        self.see_methods().await
    }
    async fn method_page(&self, id: &str) -> Seen<MethodPage> {
        self.see_method(id).await
    }
    async fn open_methods_page(&self, flow: FlowId) -> Seen<OpenMethodsPage> {
        self.see_open_methods(flow).await
    }
    async fn removal_page(&self, flow: FlowId, id: &str) -> Seen<RemovalPage> {
        self.see_removal(flow, id).await
    }
    async fn another_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.see_another_key(flow, kind).await
    }
    async fn another_app(&self, flow: FlowId) -> Seen<AppSetup> {
        self.see_another_app(flow).await
    }
    async fn another_device(&self, flow: FlowId) -> Seen<DeviceSetup> {
        self.see_another_device(flow).await
    }

    async fn add_another_key(&self, form: NewKeyForm) -> Answer {
        self.do_another_key(form).await
    }
    async fn add_another_app(&self, form: AppForm) -> Answer {
        self.do_another_app(form).await
    }
    async fn add_another_device(&self, form: DeviceForm) -> Answer {
        self.do_another_device(form).await
    }
    async fn rename_method(&self, form: MethodNameForm) -> Answer {
        self.do_rename(form).await
    }
    async fn prefer_method(&self, form: MethodForm) -> Answer {
        self.do_prefer(form).await
    }
    async fn remove_method(&self, form: MethodForm) -> Answer {
        self.do_remove(form).await
    }
    async fn test_key(&self, form: KeyForm) -> Answer {
        self.do_test_key(form).await
    }
    async fn test_code(&self, form: MethodCodeForm) -> Answer {
        self.do_test_code(form).await
    }
}
