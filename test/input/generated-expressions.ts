import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";

const number = fc.constantFrom(
  ...["0", "1", "2", "3", "7", "10", "100", "0.1", "0.2", "0.3", "1.5", "3.3", "-4", "-0.7", "1e20", "1e-30"],
  ...["12345678901234567890", "99999999999999999999.5", "123456789.987654321", "0.000001"],
);
const word = fc.constantFrom('""', '"a"', '"b"', '"a,b"', '"é"', '"e\\u0301"', '"10"', '" x "', '"true"');
const arithmetic = fc
  .tuple(number, fc.constantFrom("+", "-", "*", "/", "%"), number, fc.constantFrom("+", "*", "==", "<", ">="), number)
  .map(([a, first, b, second, c]) => `(${a} ${first} ${b}) ${second} ${c}`);
const rounding = fc
  .tuple(fc.constantFrom("floor", "ceil", "abs", "tostring", "-"), arithmetic)
  .map(([name, of]) => (/[=<]/.test(of) ? `${name}(1 / 3)` : `${name}(${of})`));
const list = fc.array(word, { maxLength: 3 }).map((words) => `[${words.join(", ")}]`);
const ofLists = fc
  .tuple(
    fc.constantFrom(
      "distinct(%)",
      "compact(%)",
      "reverse(%)",
      "length(%)",
      'join("-", %)',
      "sort(%)",
      "toset(%)",
      "%[0]",
    ),
    list,
  )
  .map(([call, of]) => call.replace("%", of));
const compared = fc.tuple(list, fc.constantFrom("==", "!="), list).map(([a, operator, b]) => `${a} ${operator} ${b}`);
const texts = fc
  .tuple(word, word)
  .chain(([a, b]) =>
    fc.constantFrom(
      ...[
        `"x\${${a}}y\${${b}}"`,
        `split(",", ${a}) == [${b}]`,
        `replace(${a}, "a", ${b})`,
        `upper(${a}) == upper(${b})`,
      ],
      ...[`${a} == ${b}`, `try(tonumber(${a}), ${b})`, `contains([${a}, "b"], ${b})`, `{ ${b} = 1 }[${a}]`],
    ),
  );

/** Expressions that nobody thought of, the same for the same seed. */
export function generatedExpressions(seed: number, count: number): readonly string[] {
  const any = fc.oneof(arithmetic, rounding, ofLists, compared, texts);
  // Go's division by zero is infinite in some places and an error in others; nobody's configuration depends on it.
  return [...new Set(fc.sample(any, { seed, numRuns: count }))].filter((one) => !/[/%] 0\b(?!\.)/.test(one));
}

/** What `terraform console` answers, as JSON or "error"; undefined where there is no `terraform` on the PATH. */
export function askedOfTerraform(expressions: readonly string[]): ReadonlyMap<string, string> | undefined {
  const directory = mkdtempSync(join(tmpdir(), "console-"));
  const answers = answersIn(directory, expressions);
  rmSync(directory, { recursive: true });
  return answers;
}

/** All in one question; where an expression is refused before it is evaluated, halves of them, and so on. */
function answersIn(directory: string, expressions: readonly string[]): ReadonlyMap<string, string> | undefined {
  const each = expressions.map((one) => `try(jsonencode(${one}), "error")`);
  const result = spawnSync("terraform", ["console", "-no-color"], {
    cwd: directory,
    input: `base64encode(jsonencode([${each.join(", ")}]))\n`,
    encoding: "utf8",
    env: { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" },
  });
  if (result.error !== undefined) return undefined;
  const [, encoded] = /^"([A-Za-z0-9+/=]+)"\s*$/.exec(result.stdout) ?? [];
  if (encoded !== undefined && result.status === 0) {
    const texts: unknown = JSON.parse(Buffer.from(encoded, "base64").toString("utf8"));
    const answers = Array.isArray(texts) ? texts.map(String) : [];
    // A zero is a zero.
    return new Map(expressions.map((one, i) => [one, (answers[i] ?? "error").replace(/^-0$/, "0")]));
  }
  const [only] = expressions;
  if (only === undefined || expressions.length === 1) return new Map(only === undefined ? [] : [[only, "error"]]);
  const half = expressions.length >> 1;
  const parts = [expressions.slice(0, half), expressions.slice(half)].map((some) => answersIn(directory, some));
  return new Map(parts.flatMap((part) => [...(part ?? [])]));
}
