//! Letters as files.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use outbox::FolderPost;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use usecases::ports::people::{Letter, Post};

fn letter(message_id: &str) -> Letter {
    Letter {
        message_id: message_id.into(),
        to: "maja@private.example".into(),
        subject: "Welcome".into(),
        text: "Open https://login.nordby.example/kom-i-gang/0123".into(),
        html: "<p>Open it</p>".into(),
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn letters_lie_in_the_order_of_sending_also_after_a_restart() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("mail");
    let post = FolderPost::new(&folder);
    for id in ["c@nordby.example", "a@nordby.example"] {
        post.send(&letter(id)).await.unwrap();
    }
    FolderPost::new(&folder).send(&letter("b@nordby.example")).await.unwrap();
    let expected =
        ["000001-c@nordby.example.eml", "000002-a@nordby.example.eml", "000003-b@nordby.example.eml"];
    assert_eq!(names(&folder), expected);
}

#[tokio::test]
async fn a_letter_is_a_whole_message_that_only_its_owner_may_read() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("mail");
    FolderPost::new(&folder).send(&letter("a@nordby.example")).await.unwrap();
    let file = folder.join(&names(&folder)[0]);
    let content = fs::read_to_string(&file).unwrap();
    for part in [
        "Message-ID: <a@nordby.example>\r\n",
        "To: maja@private.example\r\n",
        "Subject: Welcome\r\n",
        "multipart/alternative",
        "https://login.nordby.example/kom-i-gang/0123",
        "<p>Open it</p>",
    ] {
        assert!(content.contains(part), "{part} in {content}");
    }
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_told() {
    let place = tempfile::NamedTempFile::new().unwrap();
    let refused =
        FolderPost::new(&place.path().join("mail")).send(&letter("a@nordby.example")).await.unwrap_err();
    assert!(refused.0.starts_with("the folder"), "{refused}");
}
