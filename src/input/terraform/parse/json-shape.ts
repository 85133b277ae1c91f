/** What is known of a block type of Terraform JSON syntax without any provider's schema. */
export interface Shape {
  readonly labels: number;
  /** Nested block types. All other properties are attributes. */
  readonly blocks: Readonly<Record<string, Shape>>;
  /** Attributes whose strings are expressions: references that are written without `${}`. */
  readonly expressions: readonly string[];
  /** Attributes whose strings are what they are, never templates: Terraform reads them before it evaluates anything. */
  readonly literals: readonly string[] | "all";
}

function shape(labels: number, more: Partial<Shape> = {}): Shape {
  return { labels, blocks: {}, expressions: [], literals: [], ...more };
}

/** A block whose type says nothing about what is in it. */
export const plainShape = shape(0);

/** A block that a provider's schema describes. */
export const nestedShape: Shape = shape(0, {
  blocks: {
    get dynamic() {
      return dynamic;
    },
  },
});

const dynamic = shape(1, { blocks: { content: nestedShape } });

const lifecycle = shape(0, {
  blocks: { precondition: plainShape, postcondition: plainShape },
  expressions: ["ignore_changes", "replace_triggered_by"],
});

const resource = shape(2, {
  blocks: {
    lifecycle,
    connection: plainShape,
    provisioner: shape(1, { blocks: { connection: plainShape } }),
    dynamic,
  },
  expressions: ["depends_on", "provider"],
});

/** The block types at the top of a file (Terraform: "JSON Configuration Syntax", and each block's page). */
export const topLevel: Readonly<Record<string, Shape>> = {
  resource,
  data: resource,
  ephemeral: resource,
  module: shape(1, { expressions: ["depends_on", "providers"], literals: ["source", "version"] }),
  variable: shape(1, {
    blocks: { validation: plainShape },
    expressions: ["type"],
    literals: ["default", "description"],
  }),
  output: shape(1, {
    blocks: { precondition: plainShape },
    expressions: ["depends_on"],
    literals: ["description"],
  }),
  provider: shape(1, { blocks: { dynamic }, literals: ["alias", "version"] }),
  locals: plainShape,
  terraform: shape(0, {
    blocks: {
      backend: shape(1, { literals: "all" }),
      cloud: shape(0, { blocks: { workspaces: shape(0, { literals: "all" }) }, literals: "all" }),
      required_providers: shape(0, { literals: "all" }),
      provider_meta: shape(1, { literals: "all" }),
    },
    literals: "all",
  }),
  moved: shape(0, { expressions: ["from", "to"] }),
  removed: shape(0, { blocks: { lifecycle, provisioner: shape(1) }, expressions: ["from"] }),
  import: shape(0, { expressions: ["to", "provider"] }),
  check: shape(1, { blocks: { data: resource, assert: plainShape } }),
};
