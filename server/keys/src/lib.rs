//! Keys and what they protect: sealing, blind index, MACs, password hashes.
