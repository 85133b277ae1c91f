import { basename, join } from "node:path";
import { buildSync } from "esbuild";

/** A file of the project, by its path from here, bundled as `dist` is: as modules, what imports each other costs several times as much. */
export function bundled(source: string, directory: string): string {
  const entryPoints = [join(__dirname, source)];
  const outfile = join(directory, `${basename(source, ".ts")}.cjs`);
  const supported = { "regexp-unicode-property-escapes": true };
  buildSync({ entryPoints, outfile, bundle: true, platform: "node", format: "cjs", minify: true, supported });
  return outfile;
}
