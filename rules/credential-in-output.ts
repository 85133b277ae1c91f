import type { Finding } from "../src/core/finding";
import { whereAny, type Guard } from "../src/core/guard";
import { name, say } from "../src/core/message";
import { spanKey, type Span } from "../src/core/source";
import type { CredentialForm } from "../src/core/value";
import { isSecretForm } from "../src/model/credentials/credential-forms";
import { credentialOf, doubtsOf, flowsOut, placeInOutput, stepsOf, type Flow } from "../src/model/credentials/flows";
import { isTerraform } from "../src/model/dialect";
import type { Model, Output } from "../src/model/model";
import type { Rule } from "../src/model/rule";

export const credentialInOutput: Rule = {
  id: "credential-in-output",
  title: "Credential in an output",
  level: "error",
  why: "Outputs are printed to logs, shown in the console, and readable for whoever is allowed to describe the stack or read the state.",
  fix: "Put the credential into a secret store, and output the store's ARN.",
  openWhen: "a function on the way may keep a part of the credential only (substr, regex)",
  never: [
    "outputs of modules that others call, and of libraries: sensitivity travels with the value",
    "outputs marked sensitive, unless sensitiveOutputs is set: then they are notes",
    "access key ids, ARNs of secrets, and what is encrypted with a PGP key",
  ],
  sources: [
    {
      title: "AWS CloudFormation User Guide, Outputs",
      url: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html",
      text: "CloudFormation doesn't redact or obfuscate any information you include in the Outputs section. We strongly recommend you don't use this section to output sensitive information, such as passwords or secrets.",
    },
  ],
  securitySeverity: 8.0,
  precision: "very-high",
  cwe: [200, 522],
  *check(model, { sensitiveOutputs }) {
    if (model.unit.kind === "library") return;
    for (const output of model.outputs) {
      if (output.sensitive && !sensitiveOutputs) continue; // Whoever marks it has thought of it.
      for (const held of heldTogether(output, eachSecretOnce(flowsOut(model, output))))
        yield judge(model, output, held);
    }
  },
};

/** The first flow of each secret, reported as being there where any of them is. */
function eachSecretOnce(flows: readonly Flow[]): readonly Flow[] {
  const found = new Map<string, { readonly flow: Flow; readonly guards: Guard[] }>();
  for (const flow of flows) {
    const { credential, form } = flow.trace;
    if (!isSecretForm(form)) continue;
    const key = `${form} ${credential}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { flow, guards: [flow.guard] });
    else known.guards.push(flow.guard);
  }
  return [...found.values()].map(({ flow, guards }) => ({ ...flow, guard: whereAny(guards) }));
}

/** Secrets of one resource that one reference hands out. */
interface Held {
  readonly at: Span;
  readonly first: Flow;
  readonly forms: readonly CredentialForm[];
}

/** A resource as a whole hands out all its secrets at one place. */
function heldTogether(output: Output, flows: readonly Flow[]): readonly Held[] {
  const found = new Map<string, Held>();
  for (const flow of flows) {
    const { credential, form, certainty } = flow.trace;
    const at = placeInOutput(flow, output);
    const one = certainty === "is" ? "all" : form; // Of several that it may be it is one.
    const key = `${one} ${credential} ${spanKey(at)}`;
    const known = found.get(key) ?? { at, first: flow, forms: [] };
    found.set(key, { ...known, forms: [...known.forms, form] });
  }
  return [...found.values()];
}

function judge(model: Model, output: Output, { at, first, forms }: Held): Finding {
  const end = {
    at: output.at,
    message: output.sensitive
      ? say`Output ${name(output.name)} is kept in the state.`
      : say`Output ${name(output.name)} is printed.`,
  };
  const common = { at, subject: output.address, steps: [...stepsOf(model, first), end], guard: first.guard };
  const secret = say`the ${credentialOf(first, forms)}`;
  const because = doubtsOf(first);
  if (because.length > 0) {
    const message = say`Whether output ${name(output.name)} holds ${secret} cannot be decided.`;
    return { ...common, verdict: "open", message, because };
  }
  if (output.sensitive) {
    const message = say`Output ${name(output.name)} holds ${secret}: whoever reads the state reads it.`;
    return { ...common, verdict: "fail", level: "note", message };
  }
  const hasMark = isTerraform(model.unit);
  return {
    ...common,
    verdict: "fail",
    level: "error",
    message: hasMark
      ? say`Output ${name(output.name)} holds ${secret} and is not sensitive.`
      : say`Output ${name(output.name)} holds ${secret}.`,
    ...(hasMark && { fix: say`Set sensitive = true.` }),
  };
}
