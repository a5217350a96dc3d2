//! The answer to a service, as a browser carries it.

/// The page that carries the answer to a service.
#[derive(Clone)]
pub struct HandOver {
    /// What people call the service.
    pub service: String,
    /// Where it goes.
    pub address: String,
    /// Origins the form and the redirects after it may reach, for this page's policy; `address`'s own included.
    pub origins: Vec<String>,
    /// How the browser carries it.
    pub carried: Carried,
    /// It says no: nobody is signed in there by it.
    pub refusal: bool,
}

impl core::fmt::Debug for HandOver {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("HandOver").field("service", &self.service).finish_non_exhaustive()
    }
}

/// How a browser carries an answer to a service.
#[derive(Clone)]
pub enum Carried {
    /// In these fields of a form.
    Form(Vec<(&'static str, String)>),
    /// In the address itself.
    Address,
}

impl core::fmt::Debug for Carried {
    /// Never what it carries.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Form(_) => "Form",
            Self::Address => "Address",
        })
    }
}
