//! Every word a person reads, in Danish and English.
