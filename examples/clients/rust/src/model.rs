//! The model: Rust types made from the .proto files when the crate is built.

use std::sync::LazyLock;

use prost_reflect::DescriptorPool;

/// Everything that the .proto files say, rules and comments too.
pub static DESCRIPTORS: LazyLock<DescriptorPool> = LazyLock::new(|| {
    let set: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/reviewpkg.binpb"));
    // Only a build that went wrong without saying so could get here.
    DescriptorPool::decode(set).expect("the descriptors of the model are broken")
});

/// The messages of `reviewpkg.v1`.
#[allow(clippy::all, rustdoc::all)]
pub mod v1 {
    include!(concat!(env!("OUT_DIR"), "/reviewpkg.v1.rs"));
}
