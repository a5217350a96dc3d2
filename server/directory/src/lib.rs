//! Outside registers: the HR feed.
