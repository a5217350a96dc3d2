//! What an administrator sets beside the metadata, over what was set before.

use domain::SignedDuration;
use domain::level::AssuranceLevel;
use domain::relying_party::{
    Attribute, ContextRef, Encryption, NameIdRule, Preset, PrivilegeForm, RelyingParty, Source,
};
use std::collections::BTreeSet;

/// What an operator sets beside the metadata.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What people call it; else its host.
    pub display_name: Option<String>,
    /// Other than what the metadata asks for.
    pub encryption: Option<Encryption>,
    /// Other than what its preset has.
    pub context_ref: Option<ContextRef>,
    /// Who vouches for the service's certificate on the line without a browser.
    pub back_channel_ca: BackChannelCa,
    /// Plain http on a loopback host is good enough: in the demo only.
    pub loopback_http: bool,
    /// What is usual with this partner; none: as before, and OIOSAML for a new connection.
    pub preset: Option<Preset>,
    /// By which rule people are named.
    pub name_id: Option<NameIdRule>,
    /// What is told of them.
    pub release: Option<BTreeSet<Attribute>>,
    /// What stands in `specVersion`.
    pub spec_version: Option<String>,
    /// What follows user names where no name is registered.
    pub name_suffix: Option<String>,
    /// The namespace of privileges.
    pub privileges: Option<PrivilegeForm>,
    /// The least level it takes, whatever it asks.
    pub demands: Option<AssuranceLevel>,
    /// Whom to reach there.
    pub contact: Option<String>,
    /// Its longest session.
    pub longest_session: Option<SignedDuration>,
    /// How long ago at most she showed every factor.
    pub fresh: Freshness,
    /// Where its metadata is fetched anew.
    pub source: Option<Source>,
}

/// How long ago at most she showed every factor, for a session to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Freshness {
    /// As it was set before; for a new connection whenever it was.
    #[default]
    AsBefore,
    /// So long; no time at all: for each request anew.
    Within(SignedDuration),
    /// Whenever it was, for as long as her session lives.
    Whenever,
}

/// Who vouches for the service's certificate on the line without a browser.
#[derive(Clone, Debug, Default)]
pub enum BackChannelCa {
    /// Whoever did before; for a new connection the public authorities.
    #[default]
    AsBefore,
    /// The public authorities.
    Public,
    /// This one alone, as DER.
    Own(Vec<u8>),
}

impl BackChannelCa {
    /// What is kept of it, and the word for the trail.
    fn over(self, before: Option<&RelyingParty>) -> (Option<Vec<u8>>, &'static str) {
        match (self, before.and_then(|before| before.back_channel_ca.clone())) {
            (Self::Own(given), _) => (Some(given), "given"),
            (Self::AsBefore, Some(kept)) => (Some(kept), "kept"),
            (Self::Public, Some(_)) => (None, "dropped"),
            (Self::AsBefore | Self::Public, None) => (None, "public"),
        }
    }
}

impl Settings {
    /// The connection with these settings: what is not said stays as it was before, or as the metadata has it. Gives the
    /// word for who vouches on the back channel.
    pub(super) fn over(
        self,
        described: RelyingParty,
        before: Option<&RelyingParty>,
    ) -> (RelyingParty, &'static str) {
        let mut rp = described;
        let listed = rp.name_id;
        if let Some(before) = before {
            keep(&mut rp, before);
        }
        if let Some(preset) = self.preset {
            rp.says = preset.saying();
            rp.context_ref = preset.context_ref();
            rp.name_id = preset.name_id().unwrap_or(listed);
        }
        let (authority, vouches) = self.back_channel_ca.over(before);
        rp.back_channel_ca = authority;
        set(&mut rp.display_name, self.display_name);
        set(&mut rp.encryption, self.encryption);
        set(&mut rp.context_ref, self.context_ref);
        set(&mut rp.name_id, self.name_id);
        set(&mut rp.says.release, self.release);
        set(&mut rp.says.spec_version, self.spec_version);
        set(&mut rp.says.name_suffix, self.name_suffix);
        set(&mut rp.says.privileges, self.privileges);
        set(&mut rp.demands, self.demands);
        set(&mut rp.longest_session, self.longest_session);
        match self.fresh {
            Freshness::AsBefore => {}
            Freshness::Within(time) => rp.fresh_within = Some(time),
            Freshness::Whenever => rp.fresh_within = None,
        }
        rp.contact = self.contact.or(rp.contact);
        rp.source = self.source.or(rp.source);
        (rp, vouches)
    }
}

/// Settings stay when metadata comes anew. A kind of name that metadata chooses follows it.
fn keep(rp: &mut RelyingParty, before: &RelyingParty) {
    rp.id = before.id;
    rp.says = before.says.clone();
    rp.context_ref = before.context_ref;
    if !before.name_id.follows_metadata() {
        rp.name_id = before.name_id;
    }
    if before.encryption == Encryption::None {
        rp.encryption = Encryption::None;
    }
    rp.demands = before.demands;
    rp.longest_session = before.longest_session;
    rp.fresh_within = before.fresh_within;
    rp.contact.clone_from(&before.contact);
    rp.source.clone_from(&before.source);
    rp.pin = before.pin;
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}
