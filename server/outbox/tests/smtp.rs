//! Letters by SMTP, to a mail server nobody here wrote (aiosmtpd).
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::SignedDuration;
use domain::contact::ChannelKind;
use domain::cpr::Cpr;
use domain::hr::HrLine;
use domain::ids::PersonId;
use domain::notice::{Channel, Notice, Template};
use domain::password::Password;
use domain::printed::PrintedCode;
use domain::role::RoleKind;
use domain::step_up::StepUpFor;
use outbox::{MailServer, Security, SmtpPost, TextScribe};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use testkit::{App, PASSWORD, Rig, hours, hr};
use usecases::begin_step_up::begin_step_up;
use usecases::block_by_password::block_by_password;
use usecases::change_contact::ask_contact;
use usecases::deliver_notices::{Delivered, deliver_notices};
use usecases::finish_enrolment::finish_enrolment;
use usecases::keep_codes::see_codes;
use usecases::ports::people::{Carrier, Letter, Post};
use usecases::register_app::{offer_app, register_app};
use usecases::roles::propose_role;
use usecases::show_step_up::show_step_up;
use usecases::suspend::Opened;
use usecases::who::who;

const FROM: &str = "Nordby Kommune <login@nordby.example>";

/// The running sink; ended when dropped. What it says is read at once: it waits for nobody to ask.
struct Sink {
    child: Child,
    said: Receiver<String>,
    port: u64,
}

impl Sink {
    fn start(tls: &[&Path]) -> Self {
        Self::at(0, tls)
    }

    /// At this port; at any free one for none.
    fn at(port: u64, tls: &[&Path]) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let python = Command::new(here.join("../../scripts/python-env"))
            .arg(here.join("tests/requirements.txt"))
            .output()
            .expect("a Python environment");
        assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
        let mut child = Command::new(String::from_utf8_lossy(&python.stdout).trim())
            .arg(here.join("tests/sink.py"))
            .args(tls)
            .env("SINK_PORT", port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a sink");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let (say, said) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| say.send(line)));
        let port = next(&said).as_u64().expect("a port");
        Self { child, said, port }
    }

    fn address(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    fn received(&self) -> Value {
        next(&self.said)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn next(said: &Receiver<String>) -> Value {
    serde_json::from_str(&said.recv().expect("a line")).expect("JSON")
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
    let sink = Sink::start(&[]);
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
    let sink = certified.sink();
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
    let sink = Sink::start(&[]);
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0)]).await.unwrap();
    let post = SmtpPost::new(&sink.address(), FROM).unwrap();
    let policy = &rig.house.policy;
    let scribe = TextScribe::new(&policy.municipality, &policy.public_url, &policy.phone);
    let by = Carrier::Post(&post);
    let sent = deliver_notices(&Arc::clone(&rig.house), by, &scribe, 10).await.unwrap();
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

fn scribe(rig: &Rig) -> TextScribe {
    let policy = &rig.house.policy;
    TextScribe::new(&policy.municipality, &policy.public_url, &policy.phone)
}

/// Sends what is due to the server at this port.
async fn send(rig: &Rig, port: u64) -> Delivered {
    let server = SmtpPost::new(&format!("smtp://127.0.0.1:{port}"), FROM).unwrap();
    let by = Carrier::Post(&server);
    deliver_notices(&rig.house, by, &scribe(rig), 100).await.unwrap()
}

testkit::on_both! {
    a_server_that_is_down_for_an_hour_gets_the_letters_of_a_block_once_and_from_whoever_runs_then
}

async fn a_server_that_is_down_for_an_hour_gets_the_letters_of_a_block_once_and_from_whoever_runs_then(
    rig: Rig,
) {
    let port = Sink::start(&[]).port;
    rig.enrol(1, 0).await;
    let opened = block_by_password(&rig.browser(9), "p0", Password::typed(PASSWORD.to_owned())).await;
    let Opened::Blocked(receipt) = opened.unwrap() else { panic!("asked once more") };
    let mut failed = 0;
    for minute in 0..60 {
        let done = send(&rig, port).await;
        assert_eq!(done.settled(), done.failed, "minute {minute}");
        failed += done.failed;
        rig.clock.advance(SignedDuration::from_mins(1));
    }
    assert_eq!(failed, 2 * 6, "to each address at once and after 1, 3, 7, 15 and 31 minutes");

    // The programme was started anew: nothing is left of the old one but the database.
    let anew = rig.twin().await;
    anew.clock.set(&rig.cx().now.to_string());
    let sink = Sink::at(port, &[]);
    assert_eq!(send(&anew, port).await, Delivered::default(), "each waits for its own next try");
    anew.clock.advance(SignedDuration::from_mins(3));
    assert_eq!(send(&anew, port).await, Delivered { sent: 2, ..Delivered::default() });
    let letters = [sink.received(), sink.received()];
    let to: BTreeSet<&str> = letters.iter().map(|letter| field(letter, "/to/0")).collect();
    assert_eq!(to, BTreeSet::from(["p0@nordby.example", "p0@private.example"]));
    for letter in &letters {
        assert_eq!(field(letter, "/headers/subject"), "Din konto er spærret / Your account is blocked");
        assert!(letter["text"].as_str().unwrap().contains(&receipt.reference()), "{letter}");
    }
    for _ in 0..12 {
        anew.clock.advance(hours(6));
        assert_eq!(send(&anew, port).await, Delivered::default(), "once");
    }
}

/// Sends what is due and gives what arrived.
async fn arrived(rig: &Rig, sink: &Sink) -> Vec<Value> {
    let done = send(rig, sink.port).await;
    assert_eq!((done.failed, done.dead), (0, 0));
    (0..done.sent).map(|_| sink.received()).collect()
}

/// Day one of the first seeded person; gives what no letter may ever tell.
async fn day_one(rig: &Rig) -> (App, Vec<String>) {
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    let cx = rig.cx();
    let seed = offer_app(&cx, flow).await.unwrap().secret.as_str().to_owned();
    let app = App::with_seed(&seed);
    register_app(&cx, flow, "Phone".to_owned(), &app.code(cx.now)).await.unwrap();
    finish_enrolment(&cx, flow).await.unwrap();
    let (sheet, _) = see_codes(&cx, flow).await.unwrap();
    let mut secrets = vec![PASSWORD.to_owned(), seed, sheet.blocking.printed()];
    secrets.extend(sheet.recovery.iter().map(PrintedCode::printed));
    (app, secrets)
}

/// The code that verifies a new address, on its way there.
async fn contact_code(rig: &Rig, app: &App) {
    rig.sign_in(1, 0, app).await;
    let here = who(&rig.cx()).await.unwrap().unwrap();
    let kind = ChannelKind::PrivateMail;
    let flow = begin_step_up(&rig.cx(), &here, StepUpFor::Contact(kind)).await.unwrap();
    rig.clock.advance(SignedDuration::from_secs(30));
    let cx = rig.cx();
    show_step_up(&cx, &here, flow, &app.code(cx.now)).await.unwrap();
    ask_contact(&cx, &here, flow, kind, "own@private.example").await.unwrap();
}

async fn queue(rig: &Rig, person: PersonId, template: Template) -> Notice {
    let (cx, channel) = (rig.cx(), Channel::Mail);
    let (id, at, request) = (cx.id().unwrap(), cx.now, cx.request);
    let notice = Notice { id, person, template, channel, at, request, flow: None, due_at: at };
    let mut tx = rig.change().await;
    tx.enqueue(&notice).await.unwrap();
    tx.commit().await.unwrap();
    notice
}

/// A number of ten digits, as CPR numbers are written.
fn names_a_cpr(text: &str) -> bool {
    let digits = |part: &str, many| part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split(|it: char| !it.is_ascii_digit() && it != '-').any(|word| {
        let hyphened = word.split_once('-').is_some_and(|(birth, rest)| digits(birth, 6) && digits(rest, 4));
        digits(word, 10) || hyphened
    })
}

fn field<'a>(letter: &'a Value, at: &str) -> &'a str {
    letter.pointer(at).and_then(Value::as_str).unwrap()
}

/// The code in a letter that brings one.
fn code_in(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("Din kode er ")?;
    after.split_once('.').map(|(code, _)| code)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_letter_arrives_in_both_languages_and_tells_no_secret_but_its_own() {
    let (sink, rig) = (Sink::start(&[]), Rig::on_sqlite().await);
    let (app, mut secrets) = day_one(&rig).await;
    let person = rig.person(0).await.id;
    rig.import(vec![hr::line(1)]).await.unwrap();
    propose_role(&rig.cx(), "ops1", &hr::line(0).user_name, RoleKind::Auditor, "bootstrap").await.unwrap();
    // Those that have nothing to say yet are taken back, and come again below.
    let mut queued = Vec::new();
    for template in Template::ALL {
        queued.push(queue(&rig, person, template).await);
    }
    let mut letters = arrived(&rig, &sink).await;
    contact_code(&rig, &app).await;
    letters.extend(arrived(&rig, &sink).await);
    rig.clock.advance(hours(48));
    letters.extend(arrived(&rig, &sink).await);
    rig.terms.publish("2.0");
    rig.terms.accept_by(domain::calendar::copenhagen_day(rig.cx().now));
    queued.push(queue(&rig, person, Template::TermsNear).await);
    letters.extend(arrived(&rig, &sink).await);
    rig.clock.advance(hours(24 * 338));
    queued.push(queue(&rig, person, Template::ReconfirmationNear).await);
    letters.extend(arrived(&rig, &sink).await);
    let renamed = || HrLine { family_name: "Nyt Navn".try_into().unwrap(), ..hr::line(0) };
    rig.import(vec![renamed()]).await.unwrap();
    letters.extend(arrived(&rig, &sink).await);
    rig.import(vec![HrLine { cpr: Cpr::parse(&hr::cpr(9)).unwrap(), ..renamed() }]).await.unwrap();
    letters.extend(arrived(&rig, &sink).await);

    let subjects: BTreeSet<&str> = letters.iter().map(|it| field(it, "/headers/subject")).collect();
    assert_eq!(subjects.len(), Template::ALL.len(), "{subjects:#?}");
    let codes: Vec<&str> = letters.iter().filter_map(|it| code_in(field(it, "/text"))).collect();
    assert_eq!(codes.len(), 1, "{codes:?}");
    secrets.extend([0, 1, 9].map(hr::cpr));
    for letter in &letters {
        let (subject, text, html) =
            (field(letter, "/headers/subject"), field(letter, "/text"), field(letter, "/html"));
        let (danish, english) = text.split_once("-----").unwrap();
        assert!(danish.contains("Tidspunkt: ") && english.contains("Time: "), "{subject}: {text}");
        assert!(html.contains("<div lang=\"da\">") && html.contains("<div lang=\"en\">"), "{html}");
        let whole = format!("{subject}\n{text}\n{html}");
        assert!(secrets.iter().all(|secret| !whole.contains(secret.as_str())), "{subject}: {text}");
        let told = text.lines().filter(|line| !line.starts_with("https://"));
        assert!(![subject].into_iter().chain(told).any(names_a_cpr), "{subject}: {text}");
        let of_code = subject.starts_with("Din kode til ");
        assert_eq!(codes.iter().any(|code| whole.contains(code)), of_code, "{subject}: {text}");
        let invites = subject.starts_with("Kom i gang ") || subject.ends_with("not ready yet");
        assert_eq!(whole.contains("/kom-i-gang/"), invites, "{subject}: {text}");
        let id = field(letter, "/headers/message-id");
        if let Some(notice) = queued.iter().find(|notice| id.contains(&notice.id.to_string())) {
            assert_eq!(whole.contains("/var-det-dig/"), notice.template.may_block(), "{subject}: {text}");
        }
    }
}
