//! The HTTP edge: middleware, problem pages, and the mounts of pages and protocols.
