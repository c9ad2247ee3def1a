//! Compiles the .proto files of the model, without protoc: protox reads them,
//! prost-build writes the Rust, prost-reflect-build makes it reflect, which the
//! JSON mapping and the rules need.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use protox::file::{
    ChainFileResolver, DescriptorSetFileResolver, File, FileResolver, GoogleFileResolver,
    IncludeFileResolver,
};

/// A part of the rule artifact.path, and the same in words of CEL that the crate
/// cel knows: it lacks split, which is one of CEL's extensions.
const SPLIT: &str = "this.split('/').all(part, part != '..' && part != '')";
const MATCHES: &str = "!this.matches('(^|/)([.][.])?(/|$)')";

fn main() -> Result<(), Box<dyn Error>> {
    let proto = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../../proto");
    println!("cargo:rerun-if-changed={}", proto.display());

    let mut files = ChainFileResolver::new();
    files.add(Model(IncludeFileResolver::new(proto.clone())));
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

/// The .proto files of the model, with the one rule put in other words.
struct Model(IncludeFileResolver);

impl FileResolver for Model {
    fn resolve_path(&self, path: &Path) -> Option<String> {
        self.0.resolve_path(path)
    }

    fn open_file(&self, name: &str) -> Result<File, protox::Error> {
        let file = self.0.open_file(name)?;
        match file.source() {
            Some(source) if source.contains(SPLIT) => {
                File::from_source(name, &source.replace(SPLIT, MATCHES))
            }
            _ => Ok(file),
        }
    }
}
