import type { Dialect } from "../dialect";
import type * as AdaptApps from "./adapt-apps";
import { assemblyOf, isApp, isContext } from "./recognise";

/** Loaded with the first app or assembly. */
declare function require(path: "./adapt-apps"): typeof AdaptApps;

/** CDK apps by what they are synthesized to: every stack of an assembly is a unit. */
export const cdk: Dialect = {
  name: "cdk",
  recognises: (file, read) => isApp(file, read) || isContext(file) || assemblyOf(file.path, read) !== undefined,
  adapt: (files, read, given) => require("./adapt-apps").adaptApps(files, read, given),
};
