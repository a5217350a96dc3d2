//! SAML without XML: a request is `entity|message`, an answer says in plain words what it grants.

use domain::ids::RelyingPartyId;
use domain::issue::Grant;
use domain::leaving::{LogoutAnswered, LogoutRequested, LogoutSaid};
use domain::level::AssuranceLevel;
use domain::relying_party::{
    ContextRef, Encryption, FrontBinding, FrontLogout, NameIdRule, RelyingParty, ServiceRequest,
};
use domain::{SignedDuration, Timestamp};
use std::sync::Mutex;
use usecases::ports::oidc::LogoutPost;
use usecases::ports::saml::{
    Brought, Claimed, FrontAnswer, FrontAsk, FrontMessage, LineDown, LogoutAsk, Named, NotTaken, Outgoing,
    SamlWire, SoapLine, SoapMessage, Status, Way,
};

/// The wire, stubbed. The raw query is `entity id|message id`, and behind it what is special: `|forged` when the
/// signature is wrong, `|force`, `|passive`, `|high` when that level is asked, `|no-level` when none is.
///
/// About logging out it is `entity id|message id|out|name id|session index`, or `entity id|message id|over|the request
/// answered|relay state|why not`, empty when it is over; what asks and answers a service is written the same way. A
/// service takes such messages where its entity id says `front` (`front-post`: in a form), and no SOAP where it says
/// `no-line`.
#[derive(Clone, Copy, Debug)]
pub struct StubSaml;

impl SamlWire for StubSaml {
    fn claimed(&self, raw_query: &str) -> Result<Claimed, NotTaken> {
        let mut parts = raw_query.split('|').map(str::to_owned);
        match (parts.next(), parts.next()) {
            (Some(entity_id), Some(message_id)) => Ok(Claimed { entity_id, message_id }),
            _ => Err(NotTaken { reason: "shape".into(), tell: None }),
        }
    }

    fn read(&self, raw_query: &str, from: &RelyingParty, now: Timestamp) -> Result<ServiceRequest, NotTaken> {
        let says = |word: &str| raw_query.split('|').skip(2).any(|said| said == word);
        if says("forged") {
            return Err(NotTaken { reason: "signature".into(), tell: None });
        }
        Ok(ServiceRequest {
            relying_party: from.id,
            display_name: from.display_name.clone(),
            message_id: self.claimed(raw_query)?.message_id,
            answer_to: from.assertion_consumers.first().cloned().unwrap_or_default(),
            relay_state: None,
            force: says("force"),
            passive: says("passive"),
            level: match (says("no-level"), says("high")) {
                (true, _) => None,
                (false, true) => Some(AssuranceLevel::High),
                (false, false) => Some(AssuranceLevel::Substantial),
            },
            contexts: Vec::new(),
            name_id_format: None,
            requesters: Vec::new(),
            at: now,
        })
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
        let said = format!("{} at {level} for {}", named.name_id, grant.association.cvr);
        Ok(outgoing(request, said, ids.concat()))
    }

    fn refuse(
        &self,
        request: &ServiceRequest,
        _to: &RelyingParty,
        status: Status,
        id: String,
        _now: Timestamp,
    ) -> Result<Outgoing, NotTaken> {
        Ok(outgoing(request, format!("{status:?}"), id))
    }

    fn connection(
        &self,
        metadata: &str,
        id: RelyingPartyId,
        _now: Timestamp,
    ) -> Result<RelyingParty, NotTaken> {
        Ok(RelyingParty {
            id,
            entity_id: metadata.to_owned(),
            display_name: "A service".into(),
            assertion_consumers: vec![format!("{metadata}/acs")],
            signing_certificates: vec![vec![1]],
            encryption_certificate: vec![1],
            encryption: Encryption::Oaep256Gcm,
            context_ref: ContextRef::LevelUri,
            name_id: NameIdRule::PersistentPairwise,
            demands: AssuranceLevel::Substantial,
            federation: AssuranceLevel::Substantial,
            longest_session: SignedDuration::from_hours(1),
            soap_logout: (!metadata.contains("no-line")).then(|| format!("{metadata}/logout")),
            back_channel_ca: None,
            front_logout: metadata.contains("front").then(|| FrontLogout {
                binding: if metadata.contains("front-post") {
                    FrontBinding::Post
                } else {
                    FrontBinding::Redirect
                },
                requests_to: format!("{metadata}/slo"),
                answers_to: format!("{metadata}/slo/answer"),
            }),
        })
    }

    fn metadata(&self) -> String {
        "<EntityDescriptor/>".to_owned()
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
        self.claimed(&said(brought))
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

fn outgoing(request: &ServiceRequest, response: String, message_id: String) -> Outgoing {
    Outgoing {
        service: request.display_name.clone(),
        address: request.answer_to.clone(),
        response,
        relay_state: request.relay_state.clone(),
        message_id,
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
