//! What the host tests share: the oracle, the reader of batches, and the random streams.

pub mod oracle;
pub mod reader;
pub mod streams;
