"""Generates the Python code of the model into src/, which is not committed.

Neither a schema registry nor Go is needed: the rules that the model imports
(buf/validate/validate.proto) are in the protovalidate package, in compiled form,
and protoc takes compiled files beside .proto files. That way the rules are those
of the validator that will run them.
"""

import shutil
import sys
from importlib.resources import files
from pathlib import Path

import protovalidate
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet
from grpc_tools import protoc
from protobuf import DescFile  # what protovalidate describes its own messages with

HERE = Path(__file__).resolve().parent
PROTO = HERE.parents[2] / "proto"
OUT = HERE / "src"
RULES = HERE / "rules.binpb"


def main() -> int:
    """Runs protoc, and returns its exit status."""
    write_rules()
    for folder in ("buf", "reviewpkg"):
        shutil.rmtree(OUT / folder, ignore_errors=True)
    model = sorted(
        path.relative_to(PROTO).as_posix() for path in PROTO.glob("reviewpkg/v1/*.proto")
    )
    status: int = protoc.main(
        [
            "protoc",
            f"--proto_path={PROTO}",
            f"--proto_path={files('grpc_tools') / '_proto'}",  # google/protobuf
            f"--descriptor_set_in={RULES}",
            f"--python_out={OUT}",
            f"--pyi_out={OUT}",
            "buf/validate/validate.proto",
            *model,
        ]
    )
    return status


def write_rules() -> None:
    """Writes the file of the rules, and all that it imports, for protoc."""
    found: dict[str, FileDescriptorProto] = {}

    def add(file: DescFile) -> None:
        for imported in file.dependencies:
            add(imported)
        found[file.name] = FileDescriptorProto.FromString(file.proto.to_binary())

    # Any message of the file leads to it.
    add(protovalidate.ViolationPb.desc().file)
    RULES.write_bytes(FileDescriptorSet(file=found.values()).SerializeToString())


if __name__ == "__main__":
    sys.exit(main())
