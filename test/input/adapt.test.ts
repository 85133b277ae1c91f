import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readSources } from "../../src/core/read";
import { compareText, type Source } from "../../src/core/source";
import { discover } from "../../src/input/discover";
import { terraform } from "../../src/input/terraform";
import { golden } from "../golden";
import { modelText } from "./model-text";
import { whole } from "./whole";

const folder = "fixtures/input/terraform/adapt";

/** `<case>/*.tf` and what the model says of it, in `<case>/model.txt`, reviewed by hand. */
describe("Terraform to the model", () => {
  for (const name of readdirSync(join(__dirname, "../..", folder)).sort()) {
    it(name.replaceAll("-", " "), () => {
      const read = readSources(sourcesIn(name));
      const found = discover(read, [""]).files.filter((file) => terraform.recognises(file, read));
      const { models, diagnostics } = whole(terraform.adapt(found, read));
      const problems = diagnostics.map(({ kind, message }) => `${kind}: ${message}\n`);
      golden(`${folder}/${name}/model.txt`, [...models.map(modelText), ...problems].join("\n"));
    });
  }
});

function sourcesIn(name: string): readonly Source[] {
  const root = join(__dirname, "../..", folder, name);
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "model.txt")
    .map((entry) => join(entry.parentPath, entry.name));
  return paths
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, "utf8") }))
    .sort((a, b) => compareText(a.path, b.path));
}
