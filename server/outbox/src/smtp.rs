//! Letters by SMTP (RFC 5321), encrypted unless the server is this very machine.

use crate::mime::message;
use async_trait::async_trait;
use core::time::Duration;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{Error, SUBMISSION_PORT, SUBMISSIONS_PORT};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use url::{Host, Url};
use usecases::ports::people::{Letter, NotSent, Post};

/// How long one exchange with the server may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (`smtps://`).
    Tls,
    /// STARTTLS, and nothing is sent without it (`smtp://`).
    StartTls,
    /// None; for a server on this machine only (`smtp://` and a loopback address).
    Plain,
}

/// Where mail is handed over.
#[derive(Clone)]
pub struct MailServer {
    host: String,
    port: u16,
    /// How the connection is protected.
    pub security: Security,
    credentials: Option<Credentials>,
    root: Option<Vec<u8>>,
}

impl core::fmt::Debug for MailServer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "MailServer({}:{}, {:?})", self.host, self.port, self.security)
    }
}

/// Why mail cannot be sent this way. Never repeats the address: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMailServer {
    /// Not `smtps://host`, `smtp://host`, with user and port if need be.
    #[error("the mail server must be smtps://HOST or smtp://HOST")]
    Address,
    /// The sender's address cannot be read.
    #[error("the sender must be an address, or NAME <address>")]
    Sender,
    /// TLS could not be prepared.
    #[error("TLS towards the mail server cannot be prepared")]
    Tls,
}

impl MailServer {
    /// Reads `smtps://[user:password@]host[:port]`, or `smtp://…` for STARTTLS, plain towards a loopback address.
    ///
    /// # Errors
    /// [`BadMailServer::Address`]
    pub fn read(address: &str) -> Result<Self, BadMailServer> {
        let url = Url::parse(address).map_err(|_| BadMailServer::Address)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(BadMailServer::Address)?.to_owned();
        let security = match url.scheme() {
            "smtps" => Security::Tls,
            "smtp" if is_this_machine(&host) => Security::Plain,
            "smtp" => Security::StartTls,
            _ => return Err(BadMailServer::Address),
        };
        let usual = if security == Security::Tls { SUBMISSIONS_PORT } else { SUBMISSION_PORT };
        let port = url.port().unwrap_or(usual);
        let credentials =
            url.password().map(|password| Credentials::new(unescaped(url.username()), unescaped(password)));
        Ok(Self { host, port, security, credentials, root: None })
    }

    /// Trusts one more root certificate, PEM, besides those of the system.
    #[must_use]
    pub fn trusting(self, root: &str) -> Self {
        Self { root: Some(root.as_bytes().to_vec()), ..self }
    }

    fn tls(&self) -> Result<Tls, BadMailServer> {
        let parameters = || {
            let builder = TlsParameters::builder(self.host.clone());
            let builder = match &self.root {
                Some(pem) => {
                    builder.add_root_certificate(Certificate::from_pem(pem).map_err(|_| BadMailServer::Tls)?)
                }
                None => builder,
            };
            builder.build().map_err(|_| BadMailServer::Tls)
        };
        Ok(match self.security {
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::StartTls => Tls::Required(parameters()?),
            Security::Plain => Tls::None,
        })
    }
}

fn is_this_machine(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Ok(Host::Domain(name)) => name == "localhost",
        Err(_) => false,
    }
}

fn unescaped(text: &str) -> String {
    url::form_urlencoded::parse(format!("x={}", text.replace('+', "%2B")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// Hands letters to a mail server.
#[derive(Debug)]
pub struct SmtpPost {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpPost {
    /// Prepares; connects only when there is something to send.
    ///
    /// # Errors
    /// [`BadMailServer`]
    pub fn new(server: &str, from: &str) -> Result<Self, BadMailServer> {
        Self::by(&MailServer::read(server)?, from)
    }

    /// The same, for a server already read.
    ///
    /// # Errors
    /// [`BadMailServer`]
    pub fn by(server: &MailServer, from: &str) -> Result<Self, BadMailServer> {
        let from = from.parse().map_err(|_| BadMailServer::Sender)?;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .tls(server.tls()?)
            .timeout(Some(PATIENCE));
        if let Some(credentials) = &server.credentials {
            builder = builder.credentials(credentials.clone());
        }
        Ok(Self { transport: builder.build(), from })
    }
}

#[async_trait]
impl Post for SmtpPost {
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let message = message(letter, &self.from)?;
        // Cut off here too: lettre's own limit is for each read, and a server may dribble.
        match tokio::time::timeout(PATIENCE * 2, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(NotSent(reason(&error))),
            Err(_) => Err(NotSent("the server took too long".to_owned())),
        }
    }
}

/// Why, fit for a log: servers like to repeat the address in their answer, so their text is left out.
fn reason(error: &Error) -> String {
    let kind = if error.is_timeout() {
        "the server took too long"
    } else if error.is_tls() || is_certificate(error) {
        "no protected connection"
    } else if error.is_permanent() {
        "refused for good"
    } else if error.is_transient() {
        "refused for now"
    } else if error.is_response() {
        "an answer that is none"
    } else if error.is_client() {
        "the server lacks what we need"
    } else {
        "no connection"
    };
    error.status().map_or_else(|| kind.to_owned(), |code| format!("{kind} ({code})"))
}

/// A certificate we do not trust comes wrapped as a failed connection; the operator must know the difference.
fn is_certificate(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if inner.to_string().contains("certificate") {
            return true;
        }
        cause = inner.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn security(address: &str) -> Result<Security, BadMailServer> {
        MailServer::read(address).map(|server| server.security)
    }

    #[test]
    fn only_a_server_on_this_machine_is_spoken_to_in_clear() {
        assert_eq!(security("smtps://mail.nordby.example"), Ok(Security::Tls));
        assert_eq!(security("smtp://mail.nordby.example:25"), Ok(Security::StartTls));
        for near in ["smtp://127.0.0.1:2525", "smtp://localhost", "smtp://[::1]:25"] {
            assert_eq!(security(near), Ok(Security::Plain), "{near}");
        }
        for far in ["smtp://localhost.nordby.example", "smtp://127.0.0.1.nordby.example", "smtp://10.0.0.1"] {
            assert_eq!(security(far), Ok(Security::StartTls), "{far}");
        }
        for wrong in ["mail.nordby.example", "http://mail.nordby.example", "smtp://", ""] {
            assert_eq!(security(wrong), Err(BadMailServer::Address), "{wrong}");
        }
    }

    #[test]
    fn a_password_in_the_address_is_read_and_never_shown() {
        let server = MailServer::read("smtps://nsis:a%2Fb+c@mail.nordby.example").unwrap();
        assert_eq!(server.credentials, Some(Credentials::new("nsis".into(), "a/b+c".into())));
        assert_eq!(format!("{server:?}"), "MailServer(mail.nordby.example:465, Tls)");
    }
}
