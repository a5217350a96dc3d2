//! SMS to a gateway over real HTTP, on this machine.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use outbox::{BadGateway, FolderTexts, Gateway, HttpTexts, NoTexts, TextScribe};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use testkit::{Rig, hours, hr};
use usecases::deliver_notices::deliver_notices;
use usecases::ports::people::{Carrier, TextMessage, Texts};

/// What came in: the head in lower case, and the body.
struct Received {
    head: String,
    body: Value,
}

/// A gateway that answers each request with the status it is told; gone when dropped.
struct Peer {
    url: String,
    status: Arc<Mutex<u16>>,
    came: Receiver<Received>,
}

impl Peer {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/send", listener.local_addr().unwrap());
        let (send, came) = channel();
        let status = Arc::new(Mutex::new(200));
        let answers = Arc::clone(&status);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let received = answer(&mut stream.unwrap(), *answers.lock().unwrap());
                if send.send(received).is_err() {
                    return;
                }
            }
        });
        Self { url, status, came }
    }

    fn answering(&self, status: u16) {
        *self.status.lock().unwrap() = status;
    }

    fn gateway(&self) -> HttpTexts {
        let body = json!({"messages": [{"msisdn": "{digits}", "text": "{text}"}], "from": "Nordby"});
        HttpTexts::new(Gateway { url: self.url.clone(), bearer: "hemmeligt-token\n".into(), body }, true)
            .unwrap()
    }
}

fn answer(stream: &mut TcpStream, status: u16) -> Received {
    let (mut bytes, mut part) = (Vec::new(), [0; 1024]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.unwrap_or("0").parse::<usize>().unwrap() {
                let away = if status == 307 { "location: http://127.0.0.1:9/\r\n" } else { "" };
                let said =
                    format!("HTTP/1.1 {status} said\r\n{away}content-length: 0\r\nconnection: close\r\n\r\n");
                stream.write_all(said.as_bytes()).unwrap();
                let _ = stream.shutdown(Shutdown::Write);
                return Received { head, body: serde_json::from_str(body).unwrap() };
            }
        }
        let read = stream.read(&mut part).unwrap();
        assert!(read > 0, "a whole request");
        bytes.extend_from_slice(part.get(..read).unwrap());
    }
}

fn message() -> TextMessage {
    TextMessage { id: "0190-7".into(), to: "+4512345678".into(), text: "Hej \"Maja\" æøå\nHello".into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_arrives_with_its_token_and_the_same_key_each_time() {
    let peer = Peer::start();
    let texts = peer.gateway();
    for _ in 0..2 {
        texts.send(&message()).await.unwrap();
        let Received { head, body } = peer.came.recv().unwrap();
        assert!(head.starts_with("post /send "), "{head}");
        for line in [
            "authorization: bearer hemmeligt-token",
            "idempotency-key: 0190-7",
            "content-type: application/json",
        ] {
            assert!(head.lines().any(|given| given == line), "{line}: {head}");
        }
        let expected = json!({"messages": [{"msisdn": "4512345678", "text": "Hej \"Maja\" æøå\nHello"}], "from": "Nordby"});
        assert_eq!(body, expected);
    }
}

#[test]
fn a_body_that_names_what_a_message_is_made_of_and_never_takes_it_is_refused() {
    let check = |body| {
        let gateway = Gateway { url: "https://sms.example/send".into(), bearer: "t".into(), body };
        gateway.check(false).map(drop).map_err(|bad| matches!(bad, BadGateway::Body))
    };
    assert_eq!(check(json!({"{to}": "{text}"})), Err(true));
    assert_eq!(check(json!({"to": "{to}", "{text}": true})), Err(true));
    assert_eq!(check(json!([{"to": ["{digits}"], "text": "Nordby: {text}"}])), Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_taken_is_told_by_its_status_alone_and_no_redirect_is_followed() {
    let peer = Peer::start();
    let texts = peer.gateway();
    for status in [307, 401, 429, 500] {
        peer.answering(status);
        let refused = texts.send(&message()).await.unwrap_err();
        assert_eq!(refused.0, format!("sms: status {status}"));
        peer.came.recv().unwrap();
    }
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let body = json!({"to": "{to}", "text": "{text}"});
    let gateway = Gateway { url: format!("http://{gone}/"), bearer: "t".into(), body };
    let nobody = HttpTexts::new(gateway, true).unwrap().send(&message()).await.unwrap_err();
    assert_eq!(nobody.0, "sms: no connection");
    assert_eq!(NoTexts.send(&message()).await.unwrap_err().0, "sms: no gateway is configured");
}

testkit::on_both! {
    a_gateway_that_is_down_for_an_hour_gets_each_message_afterwards
}

async fn a_gateway_that_is_down_for_an_hour_gets_each_message_afterwards(rig: Rig) {
    let peer = Peer::start();
    let mut line = hr::line(0);
    line.contact.mobile = "12345678".try_into().ok();
    rig.import(vec![line]).await.unwrap();
    let texts = peer.gateway();
    let by = Carrier::Texts(&texts);
    let policy = &rig.house.policy;
    let scribe = TextScribe::new(&policy.municipality, &policy.public_url, &policy.phone);
    peer.answering(503);
    for _ in 0..4 {
        deliver_notices(&rig.house, by, &scribe, 10).await.unwrap();
        peer.came.recv().unwrap();
        rig.clock.advance(domain::SignedDuration::from_mins(15));
    }
    peer.answering(202);
    rig.clock.advance(hours(1));
    assert_eq!(deliver_notices(&rig.house, by, &scribe, 10).await.unwrap().sent, 1);
    let Received { body, .. } = peer.came.recv().unwrap();
    let text = body.pointer("/messages/0/text").and_then(Value::as_str).unwrap();
    assert!(
        text.starts_with("Nordby Kommune: Et login er gjort klar") && text.contains("A login is ready"),
        "{text}"
    );
    assert!(!text.contains("kom-i-gang/"), "no link that opens anything: {text}");
    assert_eq!(deliver_notices(&rig.house, by, &scribe, 10).await.unwrap().settled(), 0, "once");
}

#[tokio::test]
async fn in_the_demo_a_message_lies_in_a_folder() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("sms");
    FolderTexts::new(&folder).send(&message()).await.unwrap();
    FolderTexts::new(&folder).send(&message()).await.unwrap();
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    assert_eq!(names, ["000001-0190-7.txt", "000002-0190-7.txt"]);
    let written = std::fs::read_to_string(folder.join("000001-0190-7.txt")).unwrap();
    assert_eq!(written, "+4512345678\n\nHej \"Maja\" æøå\nHello\n");
}
