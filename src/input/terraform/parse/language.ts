/** What an argument of the Terraform language itself takes. */
export type Takes =
  | "value" // any expression
  | "condition" // one that hangs on something
  | "constant" // what Terraform reads before it evaluates anything
  | "text"
  | "flag"
  | "version" // a version constraint
  | "alias"
  | "requirement" // of a provider: its source and version, or a version alone
  | "moment" // `create` or `destroy`
  | "reaction" // `continue` or `fail`
  | "type"
  | "provider" // a reference to one, or null
  | "address" // a reference to a resource, in all or one instance, or to a module
  | "whole" // the address of a resource or a module with all its instances
  | "references" // a list of them
  | "changes" // a list of them, or `all`
  | "providers"; // an object of them

/** What a label is, or an argument whose name is the user's. */
export type Naming = "name" | "variable" | "resource type" | "provider" | "any";

/** A block type of the language, without any provider's schema (each block's page of the Terraform documentation). */
export interface Shape {
  readonly labels: readonly Naming[];
  /** Nested block types. */
  readonly blocks: Readonly<Record<string, Shape>>;
  readonly arguments: Readonly<Record<string, Takes>>;
  /** Arguments, and types of blocks. */
  readonly required: readonly string[];
  /** What all further arguments take; undefined where there are none, and no further blocks. */
  readonly others: Takes | undefined;
  /** Are there no blocks in it, although there are further arguments? */
  readonly isFlat: boolean;
  readonly names: Naming;
  /** Is there at most one such block in a body? */
  readonly once: boolean;
}

function shape(labels: readonly Naming[], more: Partial<Shape> = {}): Shape {
  return {
    labels,
    blocks: {},
    arguments: {},
    required: [],
    others: "value",
    isFlat: false,
    names: "any",
    once: false,
    ...more,
  };
}

/** A block that has nothing but these arguments and blocks. */
function closed(labels: readonly Naming[], more: Partial<Shape>): Shape {
  return shape(labels, { others: undefined, ...more });
}

/** A block whose type says nothing about what is in it. */
export const plainShape = shape([]);

/** A block that a provider's schema describes. */
export const nestedShape: Shape = shape([], {
  blocks: {
    get dynamic() {
      return dynamic;
    },
  },
});

const dynamic = shape(["any"], { blocks: { content: nestedShape } });

const condition = closed([], {
  arguments: { condition: "condition", error_message: "value" },
  required: ["condition", "error_message"],
});

/** With what later versions and OpenTofu have, as everywhere: here `enabled`, `destroy` and `action_trigger`. */
const lifecycle = closed([], {
  arguments: {
    create_before_destroy: "flag",
    prevent_destroy: "flag",
    ignore_changes: "changes",
    replace_triggered_by: "references",
    enabled: "value",
    destroy: "flag",
  },
  blocks: { precondition: condition, postcondition: condition, action_trigger: plainShape },
  once: true,
});

const connection = shape([], { once: true });

const provisioner = shape(["any"], {
  blocks: { connection },
  arguments: { when: "moment", on_failure: "reaction" },
});

const resource = shape(["resource type", "name"], {
  blocks: { lifecycle, connection, provisioner, dynamic },
  arguments: { depends_on: "references", provider: "provider" },
});

/** What is only read is never made or destroyed. */
const lifecycleOfData = closed([], {
  arguments: { enabled: "value" },
  blocks: { precondition: condition, postcondition: condition },
  once: true,
});

const data = shape(["resource type", "name"], {
  blocks: { lifecycle: lifecycleOfData, dynamic },
  arguments: { depends_on: "references", provider: "provider" },
});

const constants = shape([], { others: "constant" });

const backend = shape(["any"], { others: "constant", once: true });

/** The block types at the top of a file. */
export const topLevel: Readonly<Record<string, Shape>> = {
  resource,
  data,
  ephemeral: data,
  action: shape(["resource type", "name"], { blocks: { config: nestedShape }, arguments: { provider: "provider" } }),
  module: shape(["name"], {
    arguments: { source: "text", version: "version", providers: "providers", depends_on: "references" },
    required: ["source"],
  }),
  variable: closed(["variable"], {
    blocks: { validation: condition },
    arguments: {
      type: "type",
      default: "constant",
      description: "text",
      sensitive: "flag",
      nullable: "flag",
      ephemeral: "flag",
      deprecated: "text",
      const: "flag",
    },
  }),
  output: closed(["name"], {
    blocks: { precondition: condition },
    arguments: {
      value: "value",
      description: "text",
      sensitive: "flag",
      ephemeral: "flag",
      deprecated: "text",
      depends_on: "references",
      type: "type",
    },
    required: ["value"],
  }),
  provider: shape(["provider"], { blocks: { dynamic }, arguments: { alias: "alias", version: "version" } }),
  locals: shape([], { names: "name", isFlat: true }),
  terraform: closed([], {
    blocks: {
      backend,
      cloud: shape([], { blocks: { workspaces: constants }, others: "constant", once: true }),
      required_providers: shape([], { others: "requirement", names: "provider", isFlat: true, once: true }),
      provider_meta: shape(["provider"], { others: "constant" }),
      encryption: plainShape,
      state_store: shape(["any"]),
    },
    arguments: { required_version: "version", experiments: "constant", language: "constant" },
  }),
  moved: closed([], { arguments: { from: "address", to: "address" }, required: ["from", "to"] }),
  removed: closed([], {
    blocks: { lifecycle, provisioner },
    arguments: { from: "whole" },
    required: ["from"],
  }),
  import: closed([], {
    arguments: { to: "address", id: "value", identity: "value", provider: "provider", for_each: "value" },
    required: ["to"],
  }),
  check: closed(["name"], { blocks: { data: { ...data, once: true }, assert: condition }, required: ["assert"] }),
};
