//! SAML without XML: a request is `entity|message`, an answer says in plain words what it grants.

use domain::ids::RelyingPartyId;
use domain::issue::Grant;
use domain::leaving::{LogoutAnswered, LogoutRequested, LogoutSaid};
use domain::level::AssuranceLevel;
use domain::relying_party::{
    ContextRef, Encryption, FrontBinding, FrontLogout, HandedIn, NameIdRule, RelyingParty, Saying,
    ServiceRequest,
};
use domain::stateable::Stateable;
use domain::{SignedDuration, Timestamp};
use std::sync::Mutex;
use usecases::ports::oidc::LogoutPost;
use usecases::ports::saml::{
    Brought, Claimed, Described, FrontAnswer, FrontAsk, FrontMessage, Inbound, KeyWish, LineDown, LogoutAsk,
    Named, NewKey, NotTaken, OurKey, Outgoing, SamlWire, SoapLine, SoapMessage, Status, Told, Variant, Way,
};

/// The wire, stubbed. The raw query, or the message of a form, is `entity id|message id`, and behind it what is special:
/// `|forged` when the signature is wrong, `|force`, `|passive`, `|high` when that level is asked, `|no-level` when none
/// is, `|about=NAME` when it is about somebody, `|behind=ID` for a service behind it, `|odd` when the sender is genuine
/// and asks for what nobody does.
///
/// About logging out it is `entity id|message id|out|name id|session index`, or `entity id|message id|over|the request
/// answered|relay state|why not`, empty when it is over; what asks and answers a service is written the same way. A
/// service takes such messages where its entity id says `front` (`front-post`: in a form), and no SOAP where it says
/// `no-line`.
#[derive(Clone, Copy, Debug)]
pub struct StubSaml;

/// What stands in the message.
fn text(message: Inbound<'_>) -> &str {
    match message {
        Inbound::Redirect(query) => query,
        Inbound::Posted { message, .. } => message,
    }
}

fn special<'a>(message: Inbound<'a>, start: &str) -> Option<&'a str> {
    text(message).split('|').skip(2).find_map(|said| said.strip_prefix(start))
}

impl SamlWire for StubSaml {
    fn take_up(&self, _keys: &[OurKey], _now: Timestamp) -> Result<(), NotTaken> {
        Ok(())
    }

    fn new_key(&self, wish: &KeyWish<'_>) -> Result<NewKey, NotTaken> {
        let certificate = format!("{} until {}", wish.organisation, wish.until).into_bytes();
        Ok(NewKey { private: wish.serial.to_vec().into(), certificate })
    }

    fn brought_key(
        &self,
        private: &[u8],
        certificates: &[Vec<u8>],
        _now: Timestamp,
    ) -> Result<NewKey, NotTaken> {
        let first = certificates.first().cloned();
        let certificate = first.ok_or_else(|| NotTaken { reason: "no certificate".into(), tell: None })?;
        Ok(NewKey { private: private.to_vec().into(), certificate })
    }

    fn certificate_until(&self, certificate: &[u8]) -> Option<Timestamp> {
        let (_, until) = core::str::from_utf8(certificate).ok()?.rsplit_once(" until ")?;
        until.parse().ok()
    }

    fn claimed(&self, message: Inbound<'_>) -> Result<Claimed, NotTaken> {
        let mut parts = text(message).split('|').map(str::to_owned);
        match (parts.next(), parts.next()) {
            (Some(entity_id), Some(message_id)) => Ok(Claimed { entity_id, message_id }),
            _ => Err(NotTaken { reason: "shape".into(), tell: None }),
        }
    }

    fn read(
        &self,
        message: Inbound<'_>,
        from: &RelyingParty,
        now: Timestamp,
    ) -> Result<ServiceRequest, NotTaken> {
        let says = |word: &str| text(message).split('|').skip(2).any(|said| said == word);
        if says("forged") {
            return Err(NotTaken { reason: "signature".into(), tell: None });
        }
        let request = ServiceRequest {
            relying_party: from.id,
            display_name: from.display_name.clone(),
            message_id: self.claimed(message)?.message_id,
            answer_to: from.assertion_consumers.first().cloned().unwrap_or_default(),
            relay_state: match message {
                Inbound::Posted { relay_state, .. } => relay_state.map(str::to_owned),
                Inbound::Redirect(_) => None,
            },
            force: says("force"),
            passive: says("passive"),
            level: match (says("no-level"), says("high")) {
                (true, _) => None,
                (false, true) => Some(AssuranceLevel::High),
                (false, false) => Some(AssuranceLevel::Substantial),
            },
            may_state: Stateable::ANY,
            subject: special(message, "about=").map(str::to_owned),
            contexts: Vec::new(),
            name_id_format: None,
            requesters: special(message, "behind=").map(str::to_owned).into_iter().collect(),
            at: now,
        };
        if says("odd") {
            let told = Told { request, status: Status::RequestUnsupported };
            return Err(NotTaken { reason: "odd".into(), tell: Some(Box::new(told)) });
        }
        Ok(request)
    }

    fn answer(
        &self,
        request: &ServiceRequest,
        _to: &RelyingParty,
        grant: &Grant,
        named: &Named,
        ids: [String; 3],
        _now: Timestamp,
    ) -> Result<Outgoing, NotTaken> {
        let level = grant.level.map_or("no level", AssuranceLevel::word);
        let mut said = vec![named.name_id.clone()];
        said.extend(named.released.iter().map(|(attribute, value)| format!("{}={value}", attribute.word())));
        said.extend(named.job_functions.iter().map(|function| function.privilege.clone()));
        let said = format!("{} at {level} for {}", said.join(" "), grant.association.cvr);
        Ok(outgoing(request, (said, false), ids.concat()))
    }

    fn refuse(
        &self,
        request: &ServiceRequest,
        _to: &RelyingParty,
        status: Status,
        id: String,
        _now: Timestamp,
    ) -> Result<Outgoing, NotTaken> {
        Ok(outgoing(request, (format!("{status:?}"), true), id))
    }

    /// The metadata is the entity id; behind it, after a blank, what is special: `ends=TIME` when it ends, `keys=TIME` when
    /// its keys do, `key=N` for another key, `acs=URL`, `bare` when it names nobody to encrypt to, `signed` when it bears
    /// the pinned signature, `broken` when it cannot be read.
    fn described(
        &self,
        metadata: &str,
        signer: Option<&[u8]>,
        id: RelyingPartyId,
        now: Timestamp,
    ) -> Result<Described, NotTaken> {
        let mut words = metadata.split(' ');
        let entity = words.next().unwrap_or_default();
        let words: Vec<_> = words.collect();
        let said = |start: &str| words.iter().find_map(|word| word.strip_prefix(start));
        let refused = |reason: &str| NotTaken { reason: reason.into(), tell: None };
        if words.contains(&"broken") {
            return Err(refused("the metadata is broken (md:EntityDescriptor)"));
        }
        if signer.is_some() && !words.contains(&"signed") {
            return Err(refused("the metadata does not bear the signature it must bear"));
        }
        let valid_until = said("ends=").and_then(|time| time.parse().ok());
        if valid_until.is_some_and(|end: Timestamp| end <= now) {
            return Err(refused("the metadata has expired"));
        }
        let key = said("key=").and_then(|key| key.parse().ok()).unwrap_or(1);
        let connection = RelyingParty {
            id,
            entity_id: entity.to_owned(),
            display_name: "A service".into(),
            assertion_consumers: vec![said("acs=").map_or_else(|| format!("{entity}/acs"), str::to_owned)],
            consumer_indexes: vec![0],
            signing_certificates: vec![vec![key]],
            encryption_certificate: if words.contains(&"bare") { Vec::new() } else { vec![1] },
            encryption: Encryption::Oaep256Gcm,
            context_ref: ContextRef::LevelUri,
            name_id: NameIdRule::PersistentPairwise,
            demands: AssuranceLevel::Substantial,
            federation: AssuranceLevel::Substantial,
            longest_session: SignedDuration::from_hours(1),
            fresh_within: None,
            soap_logout: (!entity.contains("no-line")).then(|| format!("{entity}/logout")),
            back_channel_ca: None,
            front_logout: entity.contains("front").then(|| FrontLogout {
                binding: if entity.contains("front-post") {
                    FrontBinding::Post
                } else {
                    FrontBinding::Redirect
                },
                requests_to: format!("{entity}/slo"),
                answers_to: format!("{entity}/slo/answer"),
            }),
            says: Saying::default(),
            contact: said("keys=").map(str::to_owned),
            source: None,
            pin: None,
            handed_in: HandedIn::default(),
        };
        let keys_until = self.keys_until(&connection);
        Ok(Described { connection, valid_until, keys_until })
    }

    /// What `keys=` said of a connection when it was new stands where its contact does.
    fn keys_until(&self, of: &RelyingParty) -> Option<Timestamp> {
        of.contact.as_deref()?.parse().ok()
    }

    fn metadata(&self, _variant: Variant) -> Option<String> {
        Some("<EntityDescriptor/>".to_owned())
    }

    fn logout(&self, to: &RelyingParty, ask: &LogoutAsk) -> Result<SoapMessage, NotTaken> {
        let address = to.soap_logout.clone();
        let address = address.ok_or_else(|| NotTaken { reason: "no-line".into(), tell: None })?;
        let body = format!("end {} of {}", ask.session_index, ask.name_id);
        Ok(SoapMessage { address, body, authority: None })
    }

    fn logged_out(
        &self,
        _from: &RelyingParty,
        _ask: &LogoutAsk,
        answer: &[u8],
        _now: Timestamp,
    ) -> Result<(), NotTaken> {
        match answer {
            b"ended" => Ok(()),
            _ => Err(NotTaken { reason: "logout-refused".into(), tell: None }),
        }
    }

    fn claimed_logout(&self, brought: Brought<'_>) -> Result<Claimed, NotTaken> {
        self.claimed(Inbound::Redirect(&said(brought)))
    }

    fn read_logout(
        &self,
        brought: Brought<'_>,
        from: &RelyingParty,
        _now: Timestamp,
    ) -> Result<LogoutSaid, NotTaken> {
        let refused = |why: &str| NotTaken { reason: why.into(), tell: None };
        let text = said(brought);
        let parts: Vec<&str> = text.split('|').collect();
        let [entity, message, kind, rest @ ..] = parts.as_slice() else { return Err(refused("shape")) };
        if *entity != from.entity_id || rest.contains(&"forged") {
            return Err(refused("signature"));
        }
        let message_id = (*message).to_owned();
        match (*kind, rest) {
            ("out", [name, indexes @ ..]) => Ok(LogoutSaid::Request(LogoutRequested {
                relying_party: from.id,
                message_id,
                name_id: Some((*name).to_owned()),
                session_indexes: indexes.iter().map(|index| (*index).to_owned()).collect(),
                relay_state: Some("opaque".into()),
            })),
            ("over", [to, state, why]) => Ok(LogoutSaid::Answer(LogoutAnswered {
                relying_party: from.id,
                message_id,
                in_response_to: (*to).to_owned(),
                walk: state.parse().ok(),
                refused: (!why.is_empty()).then(|| (*why).to_owned()),
            })),
            _ => Err(refused("shape")),
        }
    }

    fn ask_logout(&self, to: &RelyingParty, ask: &FrontAsk) -> Result<FrontMessage, NotTaken> {
        let said = format!("out|{}|{}|{}", ask.name_id, ask.session_indexes.join("|"), ask.walk);
        front(to, &ask.id, &said, |front| &front.requests_to)
    }

    fn answer_logout(&self, to: &RelyingParty, answer: &FrontAnswer) -> Result<FrontMessage, NotTaken> {
        let said = format!("over|{}|{}", answer.in_response_to, answer.outcome.word());
        front(to, &answer.id, &said, |front| &front.answers_to)
    }
}

/// The message, out of a query or the field of a form.
fn said(brought: Brought<'_>) -> String {
    match brought {
        Brought::Query(raw) => raw.to_owned(),
        Brought::Form(raw) => decoded(raw.strip_prefix("message=").unwrap_or(raw)),
    }
}

fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        let (code, rest) = part.split_at(2);
        let byte = u8::from_str_radix(code, 16).expect("a percent-encoded byte");
        plain + &char::from(byte).to_string() + rest
    })
}

fn front(
    to: &RelyingParty,
    id: &str,
    said: &str,
    location: impl Fn(&FrontLogout) -> &String,
) -> Result<FrontMessage, NotTaken> {
    let none = || NotTaken { reason: "no-front-channel".into(), tell: None };
    let front = to.front_logout.as_ref().ok_or_else(none)?;
    let said = format!("{id}|{said}");
    let location = location(front);
    let (address, way) = match front.binding {
        FrontBinding::Redirect => (format!("{location}?{said}"), Way::Address),
        FrontBinding::Post => (location.clone(), Way::Form(vec![("message", said)])),
    };
    Ok(FrontMessage { service: to.display_name.clone(), address, way, message_id: id.to_owned() })
}

fn outgoing(request: &ServiceRequest, (response, refusal): (String, bool), message_id: String) -> Outgoing {
    Outgoing {
        service: request.display_name.clone(),
        address: request.answer_to.clone(),
        response,
        relay_state: request.relay_state.clone(),
        message_id,
        refusal,
    }
}

/// A line to services that answers as told, and remembers what it was asked.
#[derive(Debug, Default)]
pub struct StubLine {
    answer: Mutex<Option<&'static str>>,
    asked: Mutex<Vec<SoapMessage>>,
    told: Mutex<Vec<LogoutPost>>,
}

impl StubLine {
    /// From now on services answer this; before, and after none, nobody answers.
    pub fn answers(&self, answer: Option<&'static str>) {
        *self.answer.lock().expect("a whole line") = answer;
    }

    /// What was asked since the last look.
    pub fn asked(&self) -> Vec<SoapMessage> {
        std::mem::take(&mut *self.asked.lock().expect("a whole line"))
    }

    /// What applications were told since the last look.
    pub fn told(&self) -> Vec<LogoutPost> {
        std::mem::take(&mut *self.told.lock().expect("a whole line"))
    }
}

#[async_trait::async_trait]
impl SoapLine for StubLine {
    async fn ask(&self, message: &SoapMessage) -> Result<Vec<u8>, LineDown> {
        self.asked.lock().expect("a whole line").push(message.clone());
        let answer = *self.answer.lock().expect("a whole line");
        answer.map(|answer| answer.as_bytes().to_vec()).ok_or_else(|| LineDown("unreachable".into()))
    }

    async fn tell(&self, message: &LogoutPost) -> Result<(), LineDown> {
        self.told.lock().expect("a whole line").push(message.clone());
        let answer = *self.answer.lock().expect("a whole line");
        answer.map(drop).ok_or_else(|| LineDown("unreachable".into()))
    }
}
