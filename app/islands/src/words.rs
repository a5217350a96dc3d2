//! The words an island is given.

/// Declares a set of sentences. In the page it is a plain list: reading a list of strings is code every island shares,
/// reading a structure by its field names would cost each visitor several kilobytes for each structure.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
        #[serde(from = "Vec<String>", into = "Vec<String>")]
        pub struct $name { $($(#[$field_doc])* pub $field: String),+ }

        impl From<Vec<String>> for $name {
            fn from(list: Vec<String>) -> Self {
                let mut list = list.into_iter();
                Self { $($field: list.next().unwrap_or_default()),+ }
            }
        }

        impl From<$name> for Vec<String> {
            fn from(words: $name) -> Self { vec![$(words.$field),+] }
        }
    };
}

#[cfg(test)]
mod tests {
    words! {
        /// Two.
        Two {
            /// First.
            first,
            /// Second.
            second,
        }
    }

    #[test]
    fn words_arrive_in_the_order_they_left() {
        let two = Two { first: "a".into(), second: "b".into() };
        let list: Vec<String> = two.into();
        assert_eq!(list, ["a", "b"]);
        assert_eq!(Two::from(list).second, "b");
    }
}
