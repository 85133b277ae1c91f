import type { Dialect } from "../dialect";
import type * as AdaptFiles from "./adapt-files";
import { recognises } from "./recognise";

/** Loaded with the first template. */
declare function require(path: "./adapt-files"): typeof AdaptFiles;

/** CloudFormation and SAM templates in YAML and JSON, found by content, whatever they are called. */
export const cloudformation: Dialect = {
  name: "cloudformation",
  recognises,
  adapt: (files, read, given) => require("./adapt-files").adaptFiles(files, read, given),
};
