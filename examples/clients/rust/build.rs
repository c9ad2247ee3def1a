//! Compiles the .proto files of the model, without protoc: protox reads them,
//! prost-build writes the Rust, prost-reflect-build makes it reflect, which the
//! JSON mapping and the rules need.

use std::{env, error::Error, fs, path::PathBuf};

use protox::file::{
    ChainFileResolver, DescriptorSetFileResolver, GoogleFileResolver, IncludeFileResolver,
};

fn main() -> Result<(), Box<dyn Error>> {
    let proto = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../../proto");
    println!("cargo:rerun-if-changed={}", proto.display());

    let mut files = ChainFileResolver::new();
    files.add(IncludeFileResolver::new(proto.clone()));
    files.add(GoogleFileResolver::new());
    // buf/validate/validate.proto, as the crate has it compiled in.
    let rules = prost_protovalidate_types::DESCRIPTOR_POOL.encode_to_vec();
    files.add(DescriptorSetFileResolver::decode(rules.as_slice())?);

    let mut compiler = protox::Compiler::with_file_resolver(files);
    compiler.include_imports(true).include_source_info(true);
    for entry in fs::read_dir(proto.join("reviewpkg/v1"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "proto") {
            compiler.open_file(path)?;
        }
    }
    let set = PathBuf::from(env::var("OUT_DIR")?).join("reviewpkg.binpb");
    fs::write(&set, compiler.encode_file_descriptor_set())?;

    let mut config = prost_build::Config::new();
    config
        .skip_protoc_run()
        .extern_path(".buf.validate", "::prost_protovalidate::types");
    let none: [&str; 0] = [];
    prost_reflect_build::Builder::new()
        .file_descriptor_set_path(set)
        .descriptor_pool("crate::model::DESCRIPTORS")
        .compile_protos_with_config(config, &none, &none)?;
    Ok(())
}
