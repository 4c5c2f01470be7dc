//! The kernel for processors with AVX-512 IFMA. Every function that is called from outside
//! needs the features of [`present`].

mod bytes;
mod constants;
mod field;
mod multiply;
mod point;
mod ristretto;

pub(crate) use multiply::{multiply, sum};
pub use point::Point;
pub(crate) use ristretto::{decode, encode, from_uniform};

/// Whether this processor, and its operating system, have all that the kernel is compiled for.
pub(crate) fn present() -> bool {
    std::arch::is_x86_feature_detected!("avx512f")
        && std::arch::is_x86_feature_detected!("avx512dq")
        && std::arch::is_x86_feature_detected!("avx512ifma")
        && std::arch::is_x86_feature_detected!("avx512vl")
}
