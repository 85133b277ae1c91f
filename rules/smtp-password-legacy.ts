import type { Finding, Step } from "../src/core/finding";
import type { Guard } from "../src/core/guard";
import { label, name, say, type Message } from "../src/core/message";
import { sameSpan, spanKey, type Span } from "../src/core/source";
import type { Path } from "../src/core/value";
import { flowsInto, flowsOut, pathSteps, stepsOf, type Flow } from "../src/model/credentials/flows";
import { originOf, writtenPasswords } from "../src/model/credentials/known-secrets";
import { hostStep, mailSettings } from "../src/model/credentials/mail-settings";
import type { Model, Output } from "../src/model/model";
import { theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";

export const smtpPasswordLegacy: Rule = {
  id: "smtp-password-legacy",
  title: "Legacy SMTP password (version 2)",
  level: "error",
  why: "An SMTP password of version 2 is derived with the signature that AWS used until 2019, for no region in particular. Amazon SES accepts none that is derived now, and the AWS provider no longer has the attribute.",
  fix: "Replace it with the SMTP password of version 4, which is derived for one region.",
  openWhen: "never: an attribute, a password and a program that are written down are known",
  never: [
    "passwords of version 4, and programs that derive them (AWS4, aws4_request, 0x04)",
    "texts of 44 characters under names that say nothing of SMTP, and beside another provider's host",
    "the action ses:SendRawEmail of policies, and calls of the API",
    "a module of the registry that hands it out, where nobody reads it",
    "the example that AWS's documentation gives",
  ],
  sources: [
    theGuide(
      "smtp-credentials",
      "For security purposes, you should delete credentials that you created before this date, and replace them with newer credentials.",
    ),
  ],
  securitySeverity: 4.5,
  precision: "very-high",
  cwe: [477, 327],
  *check(model) {
    yield* attributes(model);
    yield* passwords(model);
    for (const { address, versionAt, at, guard } of model.passwordPrograms) {
      yield {
        ...failure({ at: versionAt, subject: address, guard }),
        message: say`A program in ${name(address)} derives SMTP passwords of version 2.`,
        steps: [{ at, message: say`${name(address)} holds a program that signs ${name("SendRawEmail")}.` }],
        fix: say`Replace the program with one that derives passwords of version 4, for one region.`,
      };
    }
  },
};

interface Place {
  readonly at: Span;
  readonly subject: string;
  readonly guard: Guard;
}

function failure(place: Place) {
  return { ...place, verdict: "fail", level: "error" } as const;
}

/** The attribute is reported where it is read, once, wherever its value goes from there. */
function* attributes(model: Model): Iterable<Finding> {
  const reported = new Set<string>();
  for (const reading of readings(model)) {
    const { flow, subject, end } = reading;
    if (flow.trace.form !== "smtp-password-v2") continue;
    const read = readIn(model, reading);
    if (read === undefined) continue;
    const key = spanKey(read.at);
    if (reported.has(key)) continue;
    reported.add(key);
    const { what, at } = read;
    yield {
      ...failure({ at, subject, guard: flow.guard }),
      message: say`${name(what)} is the SMTP password of version 2; the AWS provider no longer has it.`,
      steps: [...stepsOf(model, flow), end],
      fix: say`Replace ${name(what)} with ${name(`${what}_v4`)}.`,
    };
  }
}

/**
 * The step that reads the attribute. All of a module that is built in stands at its call: what it hands out is wrong
 * where somebody takes it, and nowhere if nobody does.
 */
function readIn(model: Model, { flow: { trace }, end, inner }: Reading): Pick<Path, "at" | "what"> | undefined {
  const key = model.keys.find(({ address }) => address === trace.credential);
  const written = pathSteps(trace.path).find(({ at }) => key === undefined || !sameSpan(at, key.at));
  return written ?? (inner ? undefined : { at: end.at, what: trace.path.what });
}

interface Reading {
  readonly flow: Flow;
  /** Address of what takes the value. */
  readonly subject: string;
  readonly end: Step;
  /** Is it an output of a module inside the unit? */
  readonly inner: boolean;
}

function readings(model: Model): readonly Reading[] {
  const settings = model.settings.flatMap((group) =>
    group.settings.flatMap((setting) => {
      const end = { at: setting.nameAt, message: say`${name(group.address)} takes it as ${label(setting.name)}.` };
      return flowsInto(model, setting, setting.guard).map((flow) => ({
        flow,
        subject: group.address,
        end,
        inner: false,
      }));
    }),
  );
  const published = (outputs: readonly Output[], inner: boolean) =>
    outputs.flatMap((output) => {
      const end = { at: output.at, message: say`Output ${name(output.name)} hands it out.` };
      return flowsOut(model, output).map((flow) => ({ flow, subject: output.address, end, inner }));
    });
  return [...settings, ...published(model.innerOutputs, true), ...published(model.outputs, false)];
}

/** Passwords of version 2 in the source, each once a place. */
function* passwords(model: Model): Iterable<Finding> {
  const reported = new Set<string>();
  for (const mail of mailSettings(model).filter(({ role }) => role === "smtp-password")) {
    const { setting, group, host, guard } = mail;
    if (flowsInto(model, setting, guard).some(({ trace }) => trace.form === "smtp-password-v2")) continue; // Its attribute is reported.
    for (const written of writtenPasswords(setting.value, guard).filter(({ version }) => version === 2)) {
      const { at } = written;
      const key = spanKey(at);
      if (reported.has(key)) continue;
      reported.add(key);
      const origin = originOf(model, written.password);
      const made: readonly Step[] =
        origin === undefined ? [] : [{ at: origin.known.at, message: say`It is derived from ${origin.known.of}.` }];
      const how: Message = host === undefined ? name(" by its name") : name(" for Amazon SES");
      yield {
        ...failure({ at, subject: group.address, guard: written.guard }),
        level: host === undefined ? "warning" : "error",
        message: say`${label(setting.name)} is an SMTP password of version 2${how}.`,
        steps: [...made, ...(host === undefined ? [] : [hostStep(host)])],
      };
    }
  }
}
