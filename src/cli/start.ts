import { join } from "node:path";
import { codeStore, loadCompiled, type Loaded } from "./compiled";

/** A hash over the files below, by the bundler. */
declare const bundleHash: string;
declare function require(path: "./main"): unknown;

// What the bundle starts with. What the command shares with the API is nearly all of it.
const loaded = loadShared();
require("./main");
loaded?.keep();

/** Undefined where no compiled code is kept: `main` requires the file then, as any other. */
function loadShared(): Loaded | undefined {
  const store = codeStore(process.env, bundleHash);
  try {
    return store && loadCompiled(join(__dirname, "shared.js"), store);
  } catch {
    return undefined;
  }
}
