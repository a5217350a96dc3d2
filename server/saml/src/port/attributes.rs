//! What an assertion says about a person, profile by profile (oiosaml 1.8, 2.3, 3.1, 3.2).

use std::collections::BTreeMap;

use domain::association::Cvr;
use domain::issue::Grant;
use domain::level::AssuranceLevel;
use domain::registered::JobFunction;
use domain::relying_party::{self, PrivilegeForm, Profile, RelyingParty};
use usecases::ports::saml::{Named, NotTaken};

use super::not_taken;
use super::translate::level;
use crate::attributes::{Attribute, Professional, name};
use crate::privileges::{Group, Namespace, encoded};

/// Everything the connection is told, what its profile always tells first.
pub(super) fn told(to: &RelyingParty, grant: &Grant, named: &Named) -> Result<Vec<Attribute>, NotTaken> {
    let mut told = match to.says.profile {
        Profile::Oiosaml => oiosaml(to, grant, named),
        Profile::ContextHandler => context_handler(to, grant),
        Profile::Unilogin => unilogin(grant),
        Profile::Plain => plain(grant, named),
    };
    told.extend(links(to, grant));
    told.extend(
        named.released.iter().map(|(attribute, value)| {
            Attribute::one(released_as(to.says.profile, *attribute), value.as_str())
        }),
    );
    let releases = |attribute| to.says.release.contains(&attribute);
    if releases(relying_party::Attribute::Privileges) && !named.job_functions.is_empty() {
        let list = privileges(&named.job_functions, &grant.association.cvr, to.says.privileges)?;
        told.push(Attribute::one(name::PRIVILEGES, list));
    }
    Ok(told)
}

fn oiosaml(to: &RelyingParty, grant: &Grant, named: &Named) -> Vec<Attribute> {
    let cvr = grant.association.cvr.to_string();
    let professional = Professional {
        spec_version: &to.says.spec_version,
        cvr: &cvr,
        org_name: &named.organisation,
        loa: grant.level.map(level),
        ial: None,
        aal: None,
    };
    professional.attributes()
}

fn context_handler(to: &RelyingParty, grant: &Grant) -> Vec<Attribute> {
    let fixed = [
        Attribute::one(name::KOMBIT_SPEC_VERSION, "2.0"),
        Attribute::one(name::SPEC_VERSION, to.says.spec_version.as_str()),
        Attribute::one(name::CVR, grant.association.cvr.to_string()),
    ];
    fixed.into_iter().chain(loa(grant)).collect()
}

/// How many factors were shown says what was proved; with a level the older number of it stands beside.
fn unilogin(grant: &Grant) -> Vec<Attribute> {
    let two = grant.chain.authentication >= AssuranceLevel::Substantial;
    let factors = Attribute::one(name::UNILOGIN_LOA, if two { "ToFaktor" } else { "EnFaktor" });
    let older = grant.level.map(|stated| {
        let number = match stated {
            AssuranceLevel::Low => "2",
            AssuranceLevel::Substantial => "3",
            AssuranceLevel::High => "4",
        };
        Attribute::one(name::ASSURANCE_LEVEL, number)
    });
    [factors].into_iter().chain(loa(grant)).chain(older).collect()
}

fn plain(grant: &Grant, named: &Named) -> Vec<Attribute> {
    let fixed = [
        Attribute::one(name::CVR, grant.association.cvr.to_string()),
        Attribute::one(name::ORG_NAME, named.organisation.as_str()),
    ];
    fixed.into_iter().chain(loa(grant)).collect()
}

fn loa(grant: &Grant) -> Option<Attribute> {
    grant.level.map(|stated| Attribute::one(name::LOA, level(stated).word()))
}

/// The links the level is made of, where the connection is told; where no level is stated there are none.
fn links(to: &RelyingParty, grant: &Grant) -> Vec<Attribute> {
    let link = |attribute, name: &str, of: AssuranceLevel| {
        let told = grant.level.is_some() && to.says.release.contains(&attribute);
        told.then(|| Attribute::one(name, level(of).word()))
    };
    let ial = link(relying_party::Attribute::Ial, name::IAL, grant.chain.identity);
    let aal = link(relying_party::Attribute::Aal, name::AAL, grant.chain.authentication);
    ial.into_iter().chain(aal).collect()
}

/// The name an attribute goes by; the brokers beside `NemLog-in` know a CPR number by its older one.
const fn released_as(profile: Profile, attribute: relying_party::Attribute) -> &'static str {
    match attribute {
        relying_party::Attribute::Ial => name::IAL,
        relying_party::Attribute::Aal => name::AAL,
        relying_party::Attribute::FullName => name::FULL_NAME,
        relying_party::Attribute::FirstName => name::FIRST_NAME,
        relying_party::Attribute::LastName => name::LAST_NAME,
        relying_party::Attribute::Mail => name::EMAIL,
        relying_party::Attribute::Privileges => name::PRIVILEGES,
        relying_party::Attribute::Uuid => name::PERSISTENT_UUID,
        relying_party::Attribute::Cpr => match profile {
            Profile::Oiosaml | Profile::Plain => name::CPR_NUMBER,
            Profile::ContextHandler | Profile::Unilogin => name::CPR_NUMBER_IDENTIFIER,
        },
    }
}

/// Grouped by where they count.
fn privileges(functions: &[JobFunction], cvr: &Cvr, form: PrivilegeForm) -> Result<String, NotTaken> {
    let mut by_scope: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for function in functions {
        by_scope.entry(function.scope(cvr)).or_default().push(function.privilege.clone());
    }
    let groups: Vec<_> =
        by_scope.into_iter().map(|(scope, privileges)| Group { scope, privileges }).collect();
    let namespace = match form {
        PrivilegeForm::Digst => Namespace::Digst,
        PrivilegeForm::Itst => Namespace::Itst,
    };
    encoded(&groups, namespace).map_err(|fault| not_taken(fault.code()))
}
