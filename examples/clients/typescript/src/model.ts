import { createRegistry, type DescFile } from "@bufbuild/protobuf";
import { file_reviewpkg_v1_change } from "../gen/reviewpkg/v1/change_pb.js";
import { file_reviewpkg_v1_import } from "../gen/reviewpkg/v1/import_pb.js";
import { file_reviewpkg_v1_plan } from "../gen/reviewpkg/v1/plan_pb.js";
import { file_reviewpkg_v1_report } from "../gen/reviewpkg/v1/report_pb.js";

// A registry of files does not follow their imports.
function withImports(file: DescFile): DescFile[] {
  return [...file.dependencies.flatMap(withImports), file];
}

/** Every message of the model by its name, which documents have as `schema`. */
export const model = createRegistry(
  ...[
    file_reviewpkg_v1_change,
    file_reviewpkg_v1_import,
    file_reviewpkg_v1_plan,
    file_reviewpkg_v1_report,
  ].flatMap(withImports),
);
