use super::*;
use domain::issue::Missing;
use domain::password::Weak;
use domain::proofing::Refusal;
use domain::suspension::CannotReopen;

#[test]
fn a_word_has_one_meaning_and_only_where_words_stand() {
    for list in [WORDS, REFUSALS, HAPPENED] {
        let mut words: Vec<_> = list.iter().map(|(word, _)| word).collect();
        words.sort_unstable();
        assert!(words.windows(2).all(|two| two.first() != two.last()), "{words:?}");
        assert!(list.iter().all(|(_, say)| !say.da.is_empty() && !say.en.is_empty()));
    }
    assert_eq!(said("by", "you").map(|say| say.da), Some("dig"));
    assert_eq!(said("name", "app"), None, "what she called it is hers");
    assert_eq!(said("by", "nobody"), None);
}

#[test]
fn every_reason_of_the_house_has_words_and_a_foreign_one_is_not_read_out() {
    use Missing as M;
    let proofs = [
        Refusal::Aborted,
        Refusal::Lost,
        Refusal::LevelTooLow,
        Refusal::NoCpr,
        Refusal::OtherPerson,
        Refusal::Register,
        Refusal::RegisterSilent,
        Refusal::Technical,
        Refusal::OtherBroker,
    ];
    let missing = [
        M::SignIn,
        M::FreshSignIn,
        M::Held,
        M::Proof,
        M::Reconfirmation,
        M::Association,
        M::Terms,
        M::Clocks,
        M::Level,
        M::Pilot,
    ];
    let weak = [Weak::TooShort, Weak::TooLong, Weak::Obvious, Weak::Leaked];
    let cannot = [CannotReopen::NotBlocked, CannotReopen::Revoked];
    let words = proofs.map(|it| it.word().to_owned()).into_iter();
    let words = words.chain(missing.map(|it| it.to_string())).chain(weak.map(|it| it.to_string()));
    for word in words.chain(cannot.map(|it| it.to_string())) {
        assert_ne!(said("why", &word), Some(ANOTHER_REASON), "{word}");
    }
    assert_eq!(said("why", "554 5.7.1 rejected"), Some(ANOTHER_REASON));
    assert_eq!(said("why", "new-terms").map(|say| say.da), Some("nye vilkår"));
}
