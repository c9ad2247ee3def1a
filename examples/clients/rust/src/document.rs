//! Reads and writes documents: JSON in .json files, binary in .binpb files.

use std::{fs, io::Read, path::Path};

use prost::Message;
use prost_reflect::{
    DeserializeOptions, DynamicMessage, MessageDescriptor, ReflectMessage, SerializeOptions, Value,
};

pub use crate::strict::EnumNumbers;
use crate::{Error, strict};

/// As large as the SDK for Go lets a document be.
const MAX_BYTES: u64 = 16 << 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Binary,
}

impl Form {
    fn of(path: &Path) -> Result<Self, Error> {
        match path.extension().and_then(|e| e.to_str()) {
            Some("json") => Ok(Self::Json),
            Some("binpb") => Ok(Self::Binary),
            _ => Err(Error::new("the name of a document ends in .json or .binpb")),
        }
    }
}

/// Reads a document of the kind `M`.
///
/// The types of prost drop what the model does not know, so a document of a
/// later model is refused here: written back, it would have lost something.
pub fn read<M: ReflectMessage + Default>(path: &Path) -> Result<M, Error> {
    let message = read_dynamic(path, &M::default().descriptor())?;
    if has_unknown(&message) {
        return Err(Error::new("has fields that this model does not know").in_file(path));
    }
    message
        .transcode_to()
        .map_err(|e| Error::new(e).in_file(path))
}

/// Reads a document, and keeps what the model does not know.
pub fn read_dynamic(path: &Path, kind: &MessageDescriptor) -> Result<DynamicMessage, Error> {
    let load = || {
        let form = Form::of(path)?;
        let unreadable = |e| Error::new(format_args!("cannot be read: {e}"));
        let mut data = Vec::new();
        let file = fs::File::open(path).map_err(unreadable)?;
        file.take(MAX_BYTES + 1)
            .read_to_end(&mut data)
            .map_err(unreadable)?;
        if data.len() as u64 > MAX_BYTES {
            return Err(Error::new(format_args!("larger than {MAX_BYTES} bytes")));
        }
        match form {
            Form::Json => {
                let text = std::str::from_utf8(&data).map_err(|_| Error::new("not UTF-8"))?;
                from_json(text, kind, EnumNumbers::Defined)
            }
            Form::Binary => from_binary(&data, kind),
        }
    };
    load().map_err(|e| e.in_file(path))
}

/// Writes a document in the form that the name of the file asks for.
pub fn write(path: &Path, document: &impl ReflectMessage) -> Result<(), Error> {
    let save = || {
        let data = match Form::of(path)? {
            Form::Json => to_json(&document.transcode_to_dynamic())?.into_bytes(),
            Form::Binary => document.encode_to_vec(),
        };
        fs::write(path, data).map_err(|e| Error::new(format_args!("cannot be written: {e}")))
    };
    save().map_err(|e| e.in_file(path))
}

/// Reads JSON strictly.
pub fn from_json(
    text: &str,
    kind: &MessageDescriptor,
    enums: EnumNumbers,
) -> Result<DynamicMessage, Error> {
    strict::check(text, kind, enums)?;
    let undecodable = |e| Error::new(format_args!("no such document: {e}"));
    let mut json = serde_json::Deserializer::from_str(text);
    let options = DeserializeOptions::new().deny_unknown_fields(true);
    let message = DynamicMessage::deserialize_with_options(kind.clone(), &mut json, &options)
        .map_err(undecodable)?;
    json.end().map_err(undecodable)?;
    from_binary(&message.encode_to_vec(), kind)
}

/// Reads binary.
pub fn from_binary(data: &[u8], kind: &MessageDescriptor) -> Result<DynamicMessage, Error> {
    let decode = |data| {
        DynamicMessage::decode(kind.clone(), data)
            .map_err(|e| Error::new(format_args!("no such document: {e}")))
    };
    // A field that was set to nothing is not equal to one that was not set, until
    // the message was encoded, which leaves both out.
    decode(decode(data)?.encode_to_vec().as_slice())
}

/// Writes indented JSON.
pub fn to_json(message: &DynamicMessage) -> Result<String, Error> {
    let mut out = serde_json::Serializer::pretty(Vec::new());
    message
        .serialize_with_options(&mut out, &SerializeOptions::new())
        .map_err(Error::new)?;
    let mut text = String::from_utf8(out.into_inner()).map_err(Error::new)?;
    text.push('\n');
    Ok(text)
}

/// Reports whether the message, or one in it, has fields that its kind lacks.
#[must_use]
pub fn has_unknown(message: &DynamicMessage) -> bool {
    fn value(v: &Value) -> bool {
        match v {
            Value::Message(m) => has_unknown(m),
            Value::List(values) => values.iter().any(value),
            Value::Map(entries) => entries.values().any(value),
            _ => false,
        }
    }
    message.unknown_fields().next().is_some() || message.fields().any(|(_, v)| value(v))
}
