import { knownText } from "../../core/text";
import type { Value } from "../../core/value";
import type { ConstructPaths } from "../cloudformation/constructs";
import { entriesIn, fieldOf, itemsIn, textField } from "../fields";
import { inside, type Assembly } from "./assembly";
import { framesOf, type Frame } from "./creation-stack";
import type { SourcePlaces } from "./source-places";

/**
 * Which construct a logical id is, by the metadata of the stacks' artifacts. Outputs and parameters have no other, and
 * resources neither where the app leaves the paths out of its templates. The metadata of a stack are those of all that it
 * nests, too: a logical id is looked for below the construct of its own stack.
 */
export function constructPaths({ dir, templates: targets }: Assembly, places: SourcePlaces): ConstructPaths {
  const facts = targets.flatMap(({ metadata }) => metadata.flatMap(factsIn));
  const templates = new Map(targets.map(({ displayName, path }) => [displayName, path]));
  for (const { type, construct, data } of facts) {
    const template = type === "aws:cdk:templateFile" ? inside(dir, data) : undefined;
    if (template !== undefined) templates.set(construct, template);
  }
  const stacks = new Map([...templates].map(([construct, template]) => [template, construct]));
  const elements = new Map<string, string | undefined>();
  for (const { type, construct, data } of facts) {
    if (type !== "aws:cdk:logicalId") continue;
    const key = `${templateAround(construct, templates) ?? ""}\n${data}`;
    // Older versions do not say which constructs are nested stacks: two of one name cannot be told apart.
    elements.set(key, elements.has(key) ? undefined : construct);
  }
  const metadata = targets.flatMap((target) => target.metadata);
  return {
    stack: (template) => stacks.get(template),
    element: (template, logicalId) => elements.get(`${template}\n${logicalId}`),
    source: (construct) => places.placeOf(creationFrames(construct, metadata)),
  };
}

/**
 * Where the program makes a construct: `aws:cdk:creationStack` since version 2.276 of the library, and before it the
 * trace of the logical id, where the app was synthesized so that it has one.
 */
function creationFrames(construct: string, metadata: readonly Value[]): readonly Frame[] {
  for (const one of metadata) {
    const items = itemsIn(fieldOf(one, `/${construct}`));
    const created = items.find((item) => textField(item, "type") === "aws:cdk:creationStack");
    const named = items.find((item) => textField(item, "type") === "aws:cdk:logicalId");
    const lines = fieldOf(created, "data") ?? fieldOf(named, "trace");
    if (lines?.kind === "list") return framesOf(itemsIn(lines).flatMap((line) => knownText(line) ?? []));
  }
  return [];
}

interface Fact {
  readonly construct: string;
  readonly type: string;
  readonly data: string;
}

/** `{ "/Stack/User/Resource": [{ type: "aws:cdk:logicalId", data: "User00B015A1" }] }` */
function factsIn(metadata: Value): readonly Fact[] {
  return entriesIn(metadata).flatMap(({ key, value }) => {
    return itemsIn(value).flatMap((item): readonly Fact[] => {
      const type = textField(item, "type");
      const data = textField(item, "data");
      return type === undefined || data === undefined ? [] : [{ construct: key.replace(/^\//, ""), type, data }];
    });
  });
}

/** The template of the innermost stack that a construct is in. */
function templateAround(construct: string, templates: ReadonlyMap<string, string>): string | undefined {
  for (let end = construct.lastIndexOf("/"); end > 0; end = construct.lastIndexOf("/", end - 1)) {
    const template = templates.get(construct.slice(0, end));
    if (template !== undefined) return template;
  }
  return undefined;
}
