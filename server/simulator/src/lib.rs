//! MitID broker and relying party for demo and tests; refuses to run outside the demo.
