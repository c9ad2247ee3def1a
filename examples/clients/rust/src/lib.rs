//! A client of security review packages: it reads and writes them as the SDK for
//! Go does, and checks them against the rules that stand in the .proto files.

pub mod conformance;
pub mod document;
mod error;
pub mod model;
pub mod report;
pub mod rules;
mod strict;

pub use error::{Error, printable};
