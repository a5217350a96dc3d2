//! One file per thing that can be done, and the ports they need.
