//! Our own list of obvious words, Danish first.

static WORDS: &str = include_str!("../data/words.txt");

/// Words that, but for capitals and decoration, must not *be* a password (`domain::password::check` compares them).
pub fn obvious_words() -> impl Iterator<Item = &'static str> {
    WORDS.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::obvious_words;
    use domain::password::{OBVIOUS, Password, Weak, check};
    use std::collections::BTreeSet;

    #[test]
    fn there_are_several_hundred_and_none_stands_twice() {
        let all: Vec<_> = obvious_words().map(str::to_lowercase).collect();
        let different: BTreeSet<_> = all.iter().collect();
        assert_eq!(all.len(), different.len());
        assert!((500..=800).contains(&all.len()), "{}", all.len());
    }

    #[test]
    fn the_short_list_of_the_browser_is_part_of_it() {
        let all: BTreeSet<_> = obvious_words().collect();
        for word in OBVIOUS {
            assert!(all.contains(word), "{word}");
        }
    }

    #[test]
    fn a_word_of_the_list_with_decoration_is_refused_and_inside_a_sentence_it_is_not() {
        let verdict = |text: &str| check(&Password::typed(text.into()), obvious_words());
        for wrong in ["Frederikshavn1", "!Brøndbyernes IF2026", "Socialrådgiver7", "Juleaften2026!"] {
            assert_eq!(verdict(wrong), Err(Weak::Obvious), "{wrong}");
        }
        assert_eq!(verdict("juleaften i en campingvogn"), Ok(()));
    }

    #[test]
    fn every_word_would_be_its_own_core() {
        for word in obvious_words() {
            let ends = (word.chars().next(), word.chars().next_back());
            assert!(matches!(ends, (Some(a), Some(z)) if a.is_alphabetic() && z.is_alphabetic()), "{word}");
        }
    }
}
