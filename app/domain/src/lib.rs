//! What is true: people, proofs, factors, holds and the level they add up to.
