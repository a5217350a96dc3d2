//! Fakes for every port, seeded people, a fixed clock.
