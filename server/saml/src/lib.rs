//! SAML 2.0 on the wire: parse, check, sign, encrypt.
