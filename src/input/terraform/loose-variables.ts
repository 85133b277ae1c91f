import type { Diagnostic } from "../../core/diagnostic";
import { readJson } from "../../core/json";
import type { Read } from "../../core/read";
import type { Source } from "../../core/source";
import type { Value } from "../../core/value";
import type { SettingNames } from "../../model/credentials/setting-names";
import { failureDiagnostic } from "../decode-failure";
import type { Adapting } from "../dialect";
import { modelsOfLiterals } from "../literal-model";
import { parseConfig } from "./parse/parse";
import { writtenBody } from "./written";

/**
 * A variable file without configuration beside it: `environments/prod.tfvars`. Whose variables it sets is said on the
 * command line of Terraform, so it sets none here; credentials that are written in it are found all the same.
 */
export function* adaptLooseVariables(path: string, read: Read, names: SettingNames): Adapting {
  const result = read.text(path);
  if (result.kind !== "text") {
    const reason = result.kind === "missing" ? "is not there" : result.reason;
    return {
      diagnostics: [{ kind: "unreadable", file: path, message: `The file cannot be read: ${reason}.` }],
      files: [{ path, status: "failed", reason, dialect: "terraform" }],
    };
  }
  const source = { path, text: result.text };
  const { values, problems } = path.endsWith(".json") ? jsonValues(source) : nativeValues(source);
  const file = { path, dialect: "terraform", bytes: result.bytes };
  const outcome = problems.length === 0 ? ({ status: "analysed" } as const) : syntaxErrors;
  if (values !== undefined) yield* modelsOfLiterals(values, path, "terraform", names);
  return {
    diagnostics: problems,
    files: [{ ...file, ...outcome }],
  };
}

const syntaxErrors = { status: "partial", reason: "has syntax errors" } as const;

interface Variables {
  readonly values: Value | undefined;
  readonly problems: readonly Diagnostic[];
}

function nativeValues(source: Source): Variables {
  const { file, problems } = parseConfig(source);
  return { values: writtenBody(file.body, { file: source.path }), problems };
}

function jsonValues(source: Source): Variables {
  const decoded = readJson(source);
  if (decoded.kind === "value") return { values: decoded.value, problems: [] };
  return { values: undefined, problems: [failureDiagnostic(source.path, decoded)] };
}
