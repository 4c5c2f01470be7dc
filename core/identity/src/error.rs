//! What can be wrong.

/// A credential that is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Fewer characters than [`MIN_PASSWORD_CHARS`](crate::MIN_PASSWORD_CHARS), or more than
    /// [`MAX_PASSWORD_CHARS`](crate::MAX_PASSWORD_CHARS).
    #[error("a password has 12 to 128 characters")]
    PasswordLength,
    /// Holds the person's name, repeats one character, or runs along a row.
    #[error("this password is too easy to guess")]
    PasswordWeak,
    /// A stored hash is damaged or asks for more work than is allowed.
    #[error("the stored password hash is not valid")]
    PasswordHash,
    /// The code is wrong, too old, or was used before.
    #[error("the code is not valid now")]
    Code,
    /// A secret is not one.
    #[error("the link or session is not valid")]
    Secret,
}

impl Error {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::PasswordLength => "E_PASSWORD_LENGTH",
            Self::PasswordWeak => "E_PASSWORD_WEAK",
            Self::PasswordHash => "E_PASSWORD_HASH",
            Self::Code => "E_CODE",
            Self::Secret => "E_SECRET",
        }
    }
}
