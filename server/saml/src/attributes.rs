//! What an assertion says about a person (OIOSAML attribute profile; oiosaml 1.8).

use crate::values::Level;

/// Attribute names of the profile.
pub mod name {
    /// The profile's version.
    pub const SPEC_VERSION: &str = "https://data.gov.dk/model/core/specVersion";
    /// The level of assurance of this sign-in.
    pub const LOA: &str = "https://data.gov.dk/concept/core/nsis/loa";
    /// The level of the identity proofing.
    pub const IAL: &str = "https://data.gov.dk/concept/core/nsis/ial";
    /// The level of the authenticators used.
    pub const AAL: &str = "https://data.gov.dk/concept/core/nsis/aal";
    /// The organisation's CVR number.
    pub const CVR: &str = "https://data.gov.dk/model/core/eid/professional/cvr";
    /// The organisation's name.
    pub const ORG_NAME: &str = "https://data.gov.dk/model/core/eid/professional/orgName";
    /// The person's CPR number.
    pub const CPR_NUMBER: &str = "https://data.gov.dk/model/core/eid/cprNumber";
    /// The person's UUID in the CPR register.
    pub const CPR_UUID: &str = "https://data.gov.dk/model/core/eid/cprUuid";
    /// The CPR number under its older name.
    pub const CPR_NUMBER_IDENTIFIER: &str = "dk:gov:saml:attribute:CprNumberIdentifier";
    /// The person's full name.
    pub const FULL_NAME: &str = "https://data.gov.dk/model/core/eid/fullName";
    /// The person's e-mail address.
    pub const EMAIL: &str = "https://data.gov.dk/model/core/eid/email";
    /// The person's given names.
    pub const FIRST_NAME: &str = "https://data.gov.dk/model/core/eid/firstName";
    /// The person's family name.
    pub const LAST_NAME: &str = "https://data.gov.dk/model/core/eid/lastName";
    /// The employee's UUID, the same at every service.
    pub const PERSISTENT_UUID: &str = "https://data.gov.dk/model/core/eid/professional/uuid/persistent";
    /// What the person may do: base64 of a list of the OIO Basic Privilege Profile.
    pub const PRIVILEGES: &str = "https://data.gov.dk/model/core/eid/privilegesIntermediate";
    /// The version of the Context Handler's own profile.
    pub const KOMBIT_SPEC_VERSION: &str = "dk:gov:saml:attribute:KombitSpecVer";
    /// The level as a number from before NSIS.
    pub const ASSURANCE_LEVEL: &str = "dk:gov:saml:attribute:AssuranceLevel";
    /// How many factors were shown, in Unilogin's words.
    pub const UNILOGIN_LOA: &str = "dk:unilogin:loa";
}

/// One attribute. Values may be personal data, so `Debug` shows the name only.
#[derive(Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, a URI.
    pub name: String,
    /// Its values, each in an `AttributeValue` of its own.
    pub values: Vec<String>,
}

impl std::fmt::Debug for Attribute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attribute").field("name", &self.name).field("values", &self.values.len()).finish()
    }
}

impl Attribute {
    /// An attribute with one value.
    pub fn one(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), values: vec![value.into()] }
    }

    /// Whether it may never leave unencrypted (NSIS 6.10).
    pub fn is_confidential(&self) -> bool {
        [name::CPR_NUMBER, name::CPR_UUID, name::CPR_NUMBER_IDENTIFIER].contains(&self.name.as_str())
    }
}

/// The attributes every employee's assertion carries.
#[derive(Debug, Clone, Copy)]
pub struct Professional<'a> {
    /// The profile's version as the connection wants it, such as [`OIOSAML_3`].
    pub spec_version: &'a str,
    /// The organisation's CVR number, eight digits.
    pub cvr: &'a str,
    /// The organisation's name.
    pub org_name: &'a str,
    /// The level of this sign-in; absent below NSIS (a pilot states none).
    pub loa: Option<Level>,
    /// The level of the proofing, where the connection wants it.
    pub ial: Option<Level>,
    /// The level of the authenticators, where the connection wants it.
    pub aal: Option<Level>,
}

/// `specVersion` of OIOSAML 3.0.x.
pub const OIOSAML_3: &str = "OIO-SAML-3.0";

impl Professional<'_> {
    /// The attributes, in a fixed order.
    pub fn attributes(&self) -> Vec<Attribute> {
        let level = |name, level: Option<Level>| level.map(|l| Attribute::one(name, l.word()));
        let fixed = [
            Attribute::one(name::SPEC_VERSION, self.spec_version),
            Attribute::one(name::CVR, self.cvr),
            Attribute::one(name::ORG_NAME, self.org_name),
        ];
        fixed
            .into_iter()
            .chain(level(name::LOA, self.loa))
            .chain(level(name::IAL, self.ial))
            .chain(level(name::AAL, self.aal))
            .collect()
    }
}
