//! The relying party towards MitID brokers: OIDC profiles as data.
