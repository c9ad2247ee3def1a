// Writes image.binpb, the input of `buf generate`: the model as this repository
// keeps it compiled (export/model.binpb, which CI holds against the .proto
// files), and the files that it imports as the runtime packages bring them.
// That way the rules are those of the validator that will run them.
import { readFileSync, writeFileSync } from "node:fs";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema, file_google_protobuf_struct } from "@bufbuild/protobuf/wkt";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";

const here = (path) => new URL(path, import.meta.url);
const model = fromBinary(
  FileDescriptorSetSchema,
  readFileSync(here("../../../../export/model.binpb")),
);

const imports = new Map();
function add(file) {
  file.dependencies.forEach(add);
  imports.set(file.proto.name, file.proto);
}
add(file_google_protobuf_struct);
add(file_buf_validate_validate);

const image = create(FileDescriptorSetSchema, { file: [...imports.values(), ...model.file] });
writeFileSync(here("../image.binpb"), toBinary(FileDescriptorSetSchema, image));
