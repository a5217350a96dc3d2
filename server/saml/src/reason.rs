//! One shape for every refusal: a stable code for the log, one sentence for the reader, never personal data.

/// Declares an error enum whose variants each carry a stable code and one plain sentence.
macro_rules! reasons {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $code:literal, $text:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = concat!("Logged as `", $code, "`.")] $variant,)+
        }

        impl $name {
            /// A stable word for logs and audit records; it never holds personal data.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { $(Self::$variant => $text,)+ })
            }
        }

        impl std::error::Error for $name {}
    };
}

pub(crate) use reasons;
