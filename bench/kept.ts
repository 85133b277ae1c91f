import { loadCompiled } from "../src/cli/compiled";

/**
 * Loads a bundle as the command loads its own: with the code that an earlier process has compiled and kept, which this one
 * keeps where there is none. `BUNDLE ARGUMENT…`
 */
const [bundle = ""] = process.argv.splice(2, 1);
loadCompiled(bundle, { file: `${bundle}.code` }).keep();
