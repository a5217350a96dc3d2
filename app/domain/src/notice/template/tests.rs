use super::*;
use jiff::SignedDuration;

#[test]
fn only_news_of_a_new_place_waits_for_its_like() {
    for template in Template::ALL {
        let five_minutes = (template == Template::NewPlace).then(|| SignedDuration::from_mins(5));
        assert_eq!(template.gathers(), five_minutes, "{template:?}");
    }
}

#[test]
fn the_words_of_before_there_were_channels_are_read_and_never_written() {
    for (old, template) in [
        ("BlockedPrivate", Template::Blocked),
        ("PasswordSetPrivate", Template::PasswordSet),
        ("ReopenedPrivate", Template::Reopened),
    ] {
        assert_eq!(serde_json::from_value::<Template>(old.into()).unwrap(), template);
        assert_ne!(serde_json::to_value(template).unwrap(), old);
    }
}
