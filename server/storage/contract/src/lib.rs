//! One test suite for every store.
