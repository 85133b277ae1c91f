import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { when } from "../../src/core/guard";
import type { Span } from "../../src/core/source";
import { text, unknown } from "../../src/core/text";
import type { Trace, Value } from "../../src/core/value";
import { isUpdate } from "../golden";
import { folder, valueOf } from "./console";
import { show } from "./show";

const at: Span = { file: "variables.tf", start: 0, end: 0 };
const on = when("var.on", "true");
const off = when("var.on", false);
const secret: Trace = { credential: "key", form: "secret-access-key", certainty: "is", path: { at, what: "secret" } };
const missing = unknown("no-default", "var.unknown", at, { id: "var.unknown" });

const variables: Readonly<Record<string, Value>> = {
  unknown: missing,
  name: unknown("after-apply", "name", at, { id: "user.name", ref: { address: "user", attribute: "name" } }),
  word: choice(text("x", at), text("y", at)),
  list: list([always("a"), { guard: on, value: text("b", at) }]),
  open: { ...list([always("a")]), rest: missing },
  maybe: choice(list([always("m")]), list([])),
  object: {
    kind: "map",
    at,
    entries: [
      { key: "b", keyAt: at, guard: on, value: text("2", at) },
      { key: "a", keyAt: at, guard: [], value: text("1", at) },
    ],
  },
  map: { kind: "map", at, entries: [{ key: "a", keyAt: at, guard: [], value: text("1", at) }], rest: missing },
  secret: unknown("after-apply", "secret", at, {
    id: "key.secret",
    ref: { address: "key", attribute: "secret" },
    traces: [secret],
  }),
  password: text("password", at, { traces: [secret] }),
};

function choice(yes: Extract<Value, { kind: "text" | "list" }>, no: Extract<Value, { kind: "text" | "list" }>): Value {
  return {
    kind: "choice",
    at,
    options: [
      { guard: on, value: yes },
      { guard: off, value: no },
    ],
  };
}

function always(characters: string) {
  return { guard: [], value: text(characters, at) };
}

function list(items: Extract<Value, { kind: "list" }>["items"]): Extract<Value, { kind: "list" }> {
  return { kind: "list", shape: "list", items, at };
}

const table = join(folder, "partly.txt");
const lines = readFileSync(table, "utf8").split("\n");

describe("functions of Terraform on values that are partly known", () => {
  const rows = lines.flatMap((line) => (line === "" || line.startsWith("#") ? [] : [line.split("  =>  ")]));
  for (const [expression = "", expected] of rows) {
    it(`keep what is known: ${expression}`, () => {
      assert.equal(show(valueOf(expression, variables)), expected);
    });
  }

  if (isUpdate) {
    after(() => {
      writeFileSync(table, lines.map(updated).join("\n"));
    });
  }
});

function updated(line: string): string {
  const [expression = ""] = line.split("  =>  ");
  return line === "" || line.startsWith("#") ? line : `${expression}  =>  ${show(valueOf(expression, variables))}`;
}
