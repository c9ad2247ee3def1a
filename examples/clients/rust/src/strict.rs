//! Finds what prost-reflect lets pass: a second value for a field, of which it
//! takes the last, and enum numbers that the model does not define. Other
//! readers of the same document would see another message, or none.

use std::{collections::HashSet, fmt};

use prost_reflect::{FieldDescriptor, Kind, MessageDescriptor};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::Error;

/// Which numbers an enum may have in JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum EnumNumbers {
    /// Those of its values.
    Defined,
    /// Any, as a message has it that was binary.
    Any,
}

/// Fails if `text` is no JSON, says one thing twice, or has an enum number that
/// it may not have.
pub fn check(text: &str, message: &MessageDescriptor, enums: EnumNumbers) -> Result<(), Error> {
    let json: Json =
        serde_json::from_str(text).map_err(|e| Error::new(format_args!("not valid JSON: {e}")))?;
    of_message(&json, message, enums)
}

/// As much of JSON as is needed, with every member of an object.
enum Json {
    Object(Vec<(String, Json)>),
    Array(Vec<Json>),
    Number(f64),
    Other,
}

fn of_message(json: &Json, message: &MessageDescriptor, enums: EnumNumbers) -> Result<(), Error> {
    // google.protobuf.Value and its like are any JSON.
    if message.package_name() == "google.protobuf" {
        return any(json);
    }
    let Json::Object(members) = json else {
        return any(json);
    };
    let mut seen = HashSet::new();
    for (name, value) in members {
        // A field has two names, package_digest and packageDigest.
        let field = message
            .get_field_by_json_name(name)
            .or_else(|| message.get_field_by_name(name));
        let Some(field) = field else {
            let of = message.full_name();
            return Err(Error::new(format_args!("{of} has no field {name}")));
        };
        if !seen.insert(field.number()) {
            return Err(twice(name));
        }
        of_field(value, &field, enums)?;
    }
    Ok(())
}

fn of_field(json: &Json, field: &FieldDescriptor, enums: EnumNumbers) -> Result<(), Error> {
    match (json, field.kind()) {
        (Json::Object(entries), Kind::Message(entry)) if field.is_map() => {
            any(json)?;
            let of_values = entry.map_entry_value_field();
            entries
                .iter()
                .try_for_each(|(_, value)| of_field(value, &of_values, enums))
        }
        (Json::Array(values), _) => values
            .iter()
            .try_for_each(|value| of_field(value, field, enums)),
        (_, Kind::Message(message)) => of_message(json, &message, enums),
        (Json::Number(number), Kind::Enum(values)) if enums == EnumNumbers::Defined => {
            if values.values().any(|v| f64::from(v.number()) == *number) {
                return Ok(());
            }
            let of = values.full_name();
            Err(Error::new(format_args!("{number} is no value of {of}")))
        }
        _ => any(json),
    }
}

/// Checks JSON that stands for no message.
fn any(json: &Json) -> Result<(), Error> {
    match json {
        Json::Object(members) => {
            let mut seen = HashSet::new();
            for (name, value) in members {
                if !seen.insert(name) {
                    return Err(twice(name));
                }
                any(value)?;
            }
            Ok(())
        }
        Json::Array(values) => values.iter().try_for_each(any),
        Json::Number(_) | Json::Other => Ok(()),
    }
}

fn twice(name: &str) -> Error {
    Error::new(format_args!("a second value for {name}"))
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(Json::Array(values))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Other)
    }

    // Enum numbers have 32 bits; larger ones lose digits here, and stay too large.
    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Number(number))
    }
}
