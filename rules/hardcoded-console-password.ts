import type { Failure } from "../src/core/finding";
import { both } from "../src/core/guard";
import { name, say } from "../src/core/message";
import { Secret } from "../src/core/secret";
import { knownText, optionsOf } from "../src/core/text";
import { isDefault } from "../src/model/defaults";
import type { LoginProfile, Model } from "../src/model/model";
import type { Rule } from "../src/model/rule";
import { isBlankPassword } from "../src/model/credentials/shapes";
import { isWritten } from "../src/model/written";

export const hardcodedConsolePassword: Rule = {
  id: "hardcoded-console-password",
  title: "Console password in the source",
  level: "error",
  why: "Whoever can read the repository, or its history, can sign in to the AWS console as the user.",
  fix: "Remove the password from the source: take it from a secret, or from a parameter with NoEcho and without a default.",
  openWhen: "never: what stands in the source is known",
  never: [
    "parameters without a default, or with an empty one",
    "dynamic references and generated secrets",
    "blanks: changeme, test, <password>",
    "what a plan or state has of variables, data sources and providers, which nobody is known to have written",
  ],
  sources: [
    {
      title: "AWS CloudFormation User Guide, Parameters",
      url: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
      text: "Rather than embedding sensitive information directly in your CloudFormation templates, we recommend you use dynamic parameters in the stack template to reference sensitive information that is stored and managed outside of CloudFormation, such as in the AWS Systems Manager Parameter Store or AWS Secrets Manager.",
    },
  ],
  securitySeverity: 8.8,
  precision: "very-high",
  cwe: [259, 798],
  *check(model) {
    for (const login of model.logins) yield* judge(model, login);
  },
};

function* judge(model: Model, login: LoginProfile): Iterable<Failure> {
  const { address, at, password } = login;
  if (password === undefined) return;
  for (const { guard, value } of optionsOf(password)) {
    const written = knownText(value);
    const joined = both(login.guard, guard);
    if (written === undefined || isBlankPassword(written) || joined === undefined) continue;
    if (!isWritten(model, new Secret(written))) continue;
    const byDefault = isDefault(model, value.at);
    yield {
      verdict: "fail",
      level: "error",
      at: value.at,
      subject: address,
      message: byDefault
        ? say`The console password of ${name(address)} is, by default, written in the source.`
        : say`The console password of ${name(address)} is written in the source.`,
      steps: [
        { at, message: say`${name(address)} lets the user sign in to the console.` },
        { at: value.at, message: say`Its password stands here.` },
      ],
      guard: joined,
    };
  }
}
