import { readdirSync } from "node:fs";
import { join } from "node:path";
import { golden } from "../golden";
import { projectOf, sourcesBelow } from "./modules";
import { projectText } from "./project-text";

const folder = "fixtures/input/terraform/values";

/** `<case>/**` and the values of it all, in `<case>/values.txt`, reviewed by hand. */
describe("values of Terraform modules", () => {
  for (const name of readdirSync(join(__dirname, "../..", folder)).sort()) {
    it(name.replaceAll("-", " "), () => {
      const project = projectOf(sourcesBelow(`${folder}/${name}`, "values.txt"));
      golden(`${folder}/${name}/values.txt`, projectText(project));
    });
  }
});
