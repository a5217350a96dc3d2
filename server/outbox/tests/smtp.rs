//! Letters by SMTP, to a mail server nobody here wrote (aiosmtpd).
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use outbox::{MailServer, Security, SmtpPost, TextScribe};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use testkit::{Rig, hr};
use usecases::deliver_notices::deliver_notices;
use usecases::ports::people::{Carrier, Letter, Post};

const FROM: &str = "Nordby Kommune <login@nordby.example>";

/// The running sink; ended when dropped.
struct Sink {
    child: Child,
    lines: BufReader<ChildStdout>,
    port: u64,
}

impl Sink {
    fn start(tls: &[&Path]) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let python = Command::new(here.join("../../scripts/python-env"))
            .arg(here.join("tests/requirements.txt"))
            .output()
            .expect("a Python environment");
        assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
        let mut child = Command::new(String::from_utf8_lossy(&python.stdout).trim())
            .arg(here.join("tests/sink.py"))
            .args(tls)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a sink");
        let mut lines = BufReader::new(child.stdout.take().expect("its output"));
        let port = next(&mut lines).as_u64().expect("a port");
        Self { child, lines, port }
    }

    fn address(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    fn received(&mut self) -> Value {
        next(&mut self.lines)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn next(lines: &mut BufReader<ChildStdout>) -> Value {
    let mut line = String::new();
    lines.read_line(&mut line).expect("a line");
    serde_json::from_str(&line).expect("JSON")
}

fn letter(to: &str) -> Letter {
    Letter {
        message_id: "0190@login.nordby.example".into(),
        to: to.into(),
        subject: "Velkommen, Søren / Welcome".into(),
        text: "Åbn linket:\nhttps://login.nordby.example/kom-i-gang/0123456789abcdef0123456789abcdef\n"
            .into(),
        html: "<p>Åbn linket</p>".into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_arrives_whole_with_its_own_message_id_each_time() {
    let mut sink = Sink::start(&[]);
    let post = SmtpPost::new(&sink.address(), FROM).unwrap();
    for _ in 0..2 {
        post.send(&letter("maja@private.example")).await.unwrap();
        let received = sink.received();
        assert_eq!(received["to"][0], "maja@private.example");
        let headers = &received["headers"];
        assert_eq!(headers["message-id"], "<0190@login.nordby.example>");
        assert_eq!(headers["subject"], "Velkommen, Søren / Welcome");
        assert_eq!(headers["from"], FROM);
        assert_eq!(headers["auto-submitted"], "auto-generated");
        assert!(headers["date"].is_string());
        let sent = letter("maja@private.example");
        let lines: Vec<_> = received["text"].as_str().unwrap().lines().collect();
        assert_eq!(lines, sent.text.lines().collect::<Vec<_>>());
        assert_eq!(received["html"].as_str().unwrap().trim_end(), sent.html);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_told_without_the_address_the_server_repeats() {
    let sink = Sink::start(&[]);
    let post = SmtpPost::new(&sink.address(), FROM).unwrap();
    for (to, reason) in [
        ("gone@private.example", "refused for good (550)"),
        ("busy@private.example", "refused for now (451)"),
    ] {
        let refused = post.send(&letter(to)).await.unwrap_err();
        assert_eq!(refused.0, reason);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_server_is_no_fault_of_ours() {
    let closed = Sink::start(&[]).port;
    let post = SmtpPost::new(&format!("smtp://127.0.0.1:{closed}"), FROM).unwrap();
    assert_eq!(post.send(&letter("maja@private.example")).await.unwrap_err().0, "no connection");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_none_goes_nowhere() {
    let post = SmtpPost::new("smtp://127.0.0.1:9", FROM).unwrap();
    let refused = post.send(&letter("not an address")).await.unwrap_err();
    assert_eq!(refused.0, "the address cannot be written to");
}

/// The sink's certificate, and the root it comes from.
struct Certified {
    folder: tempfile::TempDir,
    root: String,
}

impl Certified {
    fn new() -> Self {
        let own = rcgen::generate_simple_self_signed(vec!["127.0.0.1".into()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cert.pem"), own.cert.pem()).unwrap();
        std::fs::write(folder.path().join("key.pem"), own.signing_key.serialize_pem()).unwrap();
        Self { folder, root: own.cert.pem() }
    }

    fn sink(&self) -> Sink {
        Sink::start(&[&self.folder.path().join("cert.pem"), &self.folder.path().join("key.pem")])
    }
}

fn start_tls(sink: &Sink) -> MailServer {
    let mut server = MailServer::read(&sink.address()).unwrap();
    server.security = Security::StartTls;
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn with_starttls_the_letter_travels_encrypted_to_a_server_we_trust() {
    let certified = Certified::new();
    let mut sink = certified.sink();
    let trusted = start_tls(&sink).trusting(&certified.root);
    SmtpPost::by(&trusted, FROM).unwrap().send(&letter("maja@private.example")).await.unwrap();
    assert_eq!(sink.received()["tls"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_to_a_server_we_do_not_trust_or_that_does_not_encrypt() {
    let certified = Certified::new();
    for (sink, reason) in
        [(certified.sink(), "no protected connection"), (Sink::start(&[]), "the server lacks what we need")]
    {
        let post = SmtpPost::by(&start_tls(&sink), FROM).unwrap();
        assert_eq!(post.send(&letter("maja@private.example")).await.unwrap_err().0, reason);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_welcome_of_an_import_arrives_with_its_link_in_both_languages() {
    let mut sink = Sink::start(&[]);
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0)]).await.unwrap();
    let post = SmtpPost::new(&sink.address(), FROM).unwrap();
    let policy = &rig.house.policy;
    let scribe = TextScribe::new(&policy.municipality, &policy.public_url, &policy.phone);
    let sent = deliver_notices(&rig.house, Carrier::Post(&post), &scribe, 10).await.unwrap();
    assert_eq!(sent.sent, 1);
    let received = sink.received();
    let text = received["text"].as_str().unwrap();
    let links: Vec<_> =
        text.lines().filter(|line| line.starts_with("https://") && line.contains("/kom-i-gang/")).collect();
    assert_eq!((links.len(), links[0]), (2, links[1]));
    let token = links[0].rsplit('/').next().unwrap();
    usecases::begin_enrolment::look_at_link(&rig.cx(), token).await.unwrap();
    assert!(received["headers"]["message-id"].as_str().unwrap().ends_with("@login.nordby.example>"));
}
