use std::{fmt, path::Path};

/// Why a document cannot be used, in words for the person who gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(String);

impl Error {
    /// Makes an error of a message that may quote a document.
    pub fn new(message: impl fmt::Display) -> Self {
        Self(printable(&message.to_string()))
    }

    /// Says which file the error is about.
    #[must_use]
    pub fn in_file(self, path: &Path) -> Self {
        Self::new(format_args!("{}: {}", path.display(), self.0))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// Returns a text without control characters. What a document says is somebody
/// else's: it must neither move the cursor of a terminal nor write a line of
/// its own.
#[must_use]
pub fn printable(text: &str) -> String {
    // The second part is what sets the direction of writing, or has no width.
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}
