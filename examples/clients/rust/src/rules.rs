//! Checks documents against the rules that stand in the .proto files.

use std::fmt;

use prost_protovalidate::Validator;
use prost_reflect::ReflectMessage;
use serde::Deserialize;

use crate::{Error, printable};

/// A rule that a document breaks, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Broken {
    /// Path of the field, as all implementations of protovalidate write it:
    /// `findings[0].id`, `labels["a"]`. Empty for the document itself.
    pub path: String,
    /// Id of the rule.
    pub rule: String,
    /// Why, for people.
    #[serde(default)]
    pub message: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.message.is_empty() {
            &self.rule
        } else {
            &self.message
        };
        if !self.path.is_empty() {
            write!(f, "{}: ", printable(&self.path))?;
        }
        f.write_str(&printable(what))
    }
}

/// The rules, compiled as they are needed.
#[derive(Default)]
pub struct Rules(Validator);

impl Rules {
    /// Returns every rule that the document breaks, by path and then by rule.
    pub fn broken(&self, document: &impl ReflectMessage) -> Result<Vec<Broken>, Error> {
        let invalid = match self.0.validate(document) {
            Ok(()) => return Ok(Vec::new()),
            Err(prost_protovalidate::Error::Validation(invalid)) => invalid,
            Err(e) => {
                return Err(Error::new(format_args!(
                    "the rules cannot be evaluated: {e}"
                )));
            }
        };
        let mut broken: Vec<Broken> = invalid
            .violations()
            .iter()
            .map(|v| Broken {
                path: v.field_path(),
                rule: v.rule_id().to_owned(),
                message: v.message().to_owned(),
            })
            .collect();
        broken.sort();
        Ok(broken)
    }

    /// Fails if the document breaks a rule.
    pub fn check(&self, document: &impl ReflectMessage) -> Result<(), Error> {
        let broken = self.broken(document)?;
        if broken.is_empty() {
            return Ok(());
        }
        let told: Vec<String> = broken.iter().take(20).map(ToString::to_string).collect();
        let (count, told) = (broken.len(), told.join("; "));
        Err(Error::new(format_args!("breaks {count} rule(s): {told}")))
    }
}
