//! Samples: her login methods: new ones, another name, and whether they work.

use super::{AGENT, Samples, now, setup};
use app::desk::{
    Answer, AppForm, AppSetup, DeviceForm, DeviceSetup, EnrolmentCounter as _, KeyForm, KeySetup,
    MethodCodeForm, MethodForm, MethodNameForm, MethodPage, MethodShown, MethodsCounter, MethodsPage,
    NewKeyForm, OpenMethodsPage, RemovalPage, Seen,
};
use async_trait::async_trait;
use domain::factor::{MeanKind, PasskeyKind, Worth};
use domain::ids::FlowId;

/// The fifth is of a model that is not admitted any more.
fn method(n: u128, kind: MeanKind) -> MethodShown {
    let alone = kind == MeanKind::Key(PasskeyKind::SecurityKey);
    let worth = if alone { Worth::Alone } else { Worth::Beside };
    MethodShown {
        id: uuid::Uuid::from_u128(n).into(),
        kind,
        name: format!("Nummer {n}"),
        worth: (n < 5).then_some(worth),
        synced: kind == MeanKind::Key(PasskeyKind::Passkey),
        added_at: now(),
        used_at: (n < 3).then(now),
        agent: AGENT.into(),
        address: if n == 1 { "192.0.2.1".into() } else { String::new() },
        primary: n == 2,
        last: n == 4,
    }
}

fn methods() -> Vec<MethodShown> {
    let kinds = [
        MeanKind::App,
        MeanKind::Key(PasskeyKind::Passkey),
        MeanKind::CodeDevice,
        MeanKind::Key(PasskeyKind::SecurityKey),
        MeanKind::Key(PasskeyKind::SecurityKey),
    ];
    (1..).zip(kinds).map(|(n, kind)| method(n, kind)).collect()
}

#[async_trait]
impl MethodsCounter for Samples {
    async fn methods_page(&self) -> Seen<MethodsPage> {
        self.give(MethodsPage { methods: methods(), device_waits: true, recovery: self.recovery })
    }
    async fn method_page(&self, _: &str) -> Seen<MethodPage> {
        self.give(MethodPage { method: method(1, MeanKind::App), codes: self.codes })
    }
    async fn open_methods_page(&self, flow: FlowId) -> Seen<OpenMethodsPage> {
        self.give(OpenMethodsPage { flow, methods: methods() })
    }
    async fn removal_page(&self, flow: FlowId, _: &str) -> Seen<RemovalPage> {
        let left = methods().into_iter().skip(1).filter(|method| method.worth.is_some()).collect();
        self.give(RemovalPage { flow, method: method(1, MeanKind::App), left })
    }
    async fn another_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.key_setup(flow, kind).await
    }
    async fn another_app(&self, _: FlowId) -> Seen<AppSetup> {
        self.give(setup())
    }
    async fn another_device(&self, flow: FlowId) -> Seen<DeviceSetup> {
        self.device_setup(flow).await
    }

    async fn add_another_key(&self, form: NewKeyForm) -> Answer {
        self.hear(&form)
    }
    async fn add_another_app(&self, form: AppForm) -> Answer {
        self.hear(&form)
    }
    async fn add_another_device(&self, form: DeviceForm) -> Answer {
        self.hear(&form)
    }
    async fn rename_method(&self, form: MethodNameForm) -> Answer {
        self.hear(&form)
    }
    async fn prefer_method(&self, form: MethodForm) -> Answer {
        self.hear(&form)
    }
    async fn remove_method(&self, form: MethodForm) -> Answer {
        self.hear(&form)
    }
    async fn test_key(&self, form: KeyForm) -> Answer {
        self.hear(&form)
    }
    async fn test_code(&self, form: MethodCodeForm) -> Answer {
        self.hear(&form)
    }
}
