//! The browser's door.
