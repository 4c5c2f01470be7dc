//! How a person proves who they are: passwords, one-time codes, secrets in links and sessions.
//!
//! **In scope**: Argon2id hashes, time-based codes (RFC 6238), secrets of which only a hash is
//! kept, when an account waits after failures, when a session ends. **Out of scope**: who the
//! people are and what they may do (`passerelle-service`, `passerelle-rules`); randomness and
//! time, which are handed in.

mod error;
mod lockout;
mod password;
mod secret;
mod session;
mod totp;

pub use error::Error;
pub use lockout::{FREE_FAILURES, Lockout, MAX_WAIT_MILLIS};
pub use password::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, NewPassword, PasswordHash, SALT_BYTES};
pub use secret::{SECRET_BYTES, Secret, SecretHash};
pub use session::{ABSOLUTE_MILLIS, IDLE_MILLIS, SETUP_MILLIS, Standing, session_standing};
pub use totp::{CODE_DIGITS, STEP_SECONDS, Step, TotpSecret};
