//! Sequencer and verifier of the audit trail.
