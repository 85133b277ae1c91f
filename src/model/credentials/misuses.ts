import type { Finding, Step } from "../../core/finding";
import { both, type Guard } from "../../core/guard";
import { kept } from "../../core/map";
import { label, name, say, type Message } from "../../core/message";
import { sameSpan, spanKey, type Span } from "../../core/source";
import { knownText, optionsOf, tracesOf } from "../../core/text";
import type { CredentialForm, Definite, Trace, Value } from "../../core/value";
import { firstNamed, type FirstName } from "./first-named";
import {
  credentialOf,
  doubtsOf,
  flowsInto,
  flowsOut,
  pathSteps,
  placeInOutput,
  placeInSetting,
  stepsOf,
  type Flow,
} from "./flows";
import type { Model, Output, Setting, SettingGroup } from "../model";

/** A credential's text in a setting or output that takes it for another one. */
export interface Misuse {
  readonly flow: Flow;
  /** The text that is wrong. */
  readonly at: Span;
  readonly sink: Sink;
  /** The output of a module or the store that handed it over by that name, where the sink is not the first. */
  readonly first: FirstName | undefined;
}

/** A setting or output. */
interface Sink {
  /** As it is written, at `at`. */
  readonly name: string;
  readonly at: Span;
  /** The address of what it belongs to. */
  readonly subject: string;
}

/** The misused credentials in a setting that is there under a guard. */
export function misusesInSetting(
  model: Model,
  { group, setting, guard }: { readonly group: SettingGroup; readonly setting: Setting; readonly guard: Guard },
  isMisused: (flow: Flow) => boolean,
): readonly Misuse[] {
  const sink = { name: setting.name, at: setting.nameAt, subject: group.address };
  return flowsInto(model, setting, guard)
    .filter(isMisused)
    .map((flow) => {
      const first = firstNamed(model, { address: group.address, setting }, flow);
      return { flow, at: first?.at ?? placeInSetting(flow, setting), sink, first };
    });
}

/** Misuses in outputs, of the unit and of its modules, whose names say what the credential is not. */
export function misusesInOutputs(
  model: Model,
  isCalled: (name: string) => boolean,
  isMisused: (flow: Flow, output: Output) => boolean,
): readonly Misuse[] {
  return [...model.innerOutputs, ...model.outputs]
    .filter((output) => isCalled(output.name))
    .flatMap((output) => {
      const sink = { name: output.name, at: output.at, subject: output.address };
      return flowsOut(model, output)
        .filter((flow) => isMisused(flow, output))
        .map((flow) => {
          const holder = { address: output.address, setting: { ...output, nameAt: output.valueAt } };
          const first = firstNamed(model, holder, flow);
          return { flow, at: first?.at ?? placeInOutput(flow, output), sink, first };
        });
    });
}

/** A misuse is an error where a program surely uses the credential so; otherwise only the name says it. */
export interface JudgedMisuse extends Misuse {
  readonly level: "error" | "warning";
}

/**
 * One credential that is called by the wrong name all along its way is one defect: the first place of it is reported, with
 * all programs that surely use what one output hands out.
 */
export function eachOnce<One extends JudgedMisuse>(misuses: readonly One[]): readonly One[] {
  const reported = new Map<string, ReportedPlaces>();
  return misuses.filter((misuse) => {
    const { credential } = misuse.flow.trace;
    const places = kept(reported, credential, (): ReportedPlaces => ({
      at: new Set(),
      sinks: new Set(),
      ways: new Set(),
    }));
    if (isReported(misuse, places)) return false;
    places.at.add(spanKey(misuse.at));
    places.sinks.add(spanKey(misuse.sink.at));
    for (const step of pathSteps(misuse.flow.trace.path)) places.ways.add(spanKey(step.at));
    return true;
  });
}

/** Where a credential is reported to be misused, where it was taken there, and all places on its way. */
interface ReportedPlaces {
  readonly at: Set<string>;
  readonly sinks: Set<string>;
  readonly ways: Set<string>;
}

/** Is it reported already: at the place, or before or after it on its way? */
function isReported({ at, sink, flow, first, level }: JudgedMisuse, reported: ReportedPlaces): boolean {
  if (reported.at.has(spanKey(at))) return first === undefined || level === "warning";
  if (reported.ways.has(spanKey(sink.at))) return true;
  return pathSteps(flow.trace.path).some((step) => reported.sinks.has(spanKey(step.at)));
}

/** What a credential is taken for. */
export interface TakenFor {
  /** `secret access key` */
  readonly noun: Message;
  /** `a secret access key` */
  readonly one: Message;
  /** `an AWS secret access key`: as what a program uses it that surely does. */
  readonly use: Message;
}

/** The finding of a misuse. */
export function judgeMisuse(
  model: Model,
  { flow, at, sink, level }: JudgedMisuse,
  { one, use }: TakenFor,
  { beside, fix }: { readonly beside: readonly Step[]; readonly fix: Message | undefined },
): Finding {
  const steps = [...stepsOf(model, flow).filter((step) => !sameSpan(step.at, at)), ...beside];
  const common = { at, subject: sink.subject, steps, guard: flow.guard };
  const credential = say`the ${credentialOf(flow)}`;
  const because = doubtsOf(flow);
  if (because.length > 0) {
    const message = say`Whether ${label(sink.name)}, ${one}, is ${credential} cannot be decided.`;
    return { ...common, verdict: "open", message, because };
  }
  const message =
    level === "error"
      ? say`${label(sink.name)} is used as ${use} but is ${credential}.`
      : say`${label(sink.name)} is ${one} by its name but ${credential} by its value.`;
  return { ...common, verdict: "fail", level, message, ...(fix && { fix }) };
}

/** It is the sink that takes the credential for something else. */
export function takenStep({ name: written, at }: Sink, { noun }: TakenFor): Step {
  return { at, message: say`${label(written)} takes it as ${noun}.` };
}

/**
 * The command to read another attribute of the key, in the words of where the credential is taken: what a module hands out
 * is replaced with another output of it. `read` is what is written where the key itself is.
 */
export function replacing(
  model: Model,
  { trace }: Flow,
  { read, instead, form }: { readonly read: string; readonly instead: string; readonly form: CredentialForm },
): Message {
  const written = pathSteps(trace.path).findLast(({ what }) => /^(?:module|var)\./.test(what))?.what ?? read;
  const module = /^module\..+(?=\.[^.]+$)/.exec(written)?.[0];
  if (module === undefined) return say`Replace ${name(read)} with ${name(instead)}.`;
  const isWanted = (one: Trace): boolean => one.credential === trace.credential && one.form === form;
  const output = model.innerOutputs.find(
    (one) => one.address.endsWith(`${module}.output.${one.name}`) && tracesOf(one.value).some(isWanted),
  );
  return output === undefined
    ? say`Output ${name(instead)} in ${name(module)}, and replace ${name(written)} with that.`
    : say`Replace ${name(written)} with ${name(`${module}.${output.name}`)}.`;
}

/** What a setting may be that no credential of the unit runs through: those are judged by their flows. */
export function untracedValues(
  { nameAt, value }: Setting,
  guard: Guard,
): readonly { readonly value: Definite; readonly at: Span; readonly guard: Guard }[] {
  return optionsOf(value).flatMap((option) => {
    const joined = both(guard, option.guard);
    if (joined === undefined || tracesOf(option.value).length > 0) return [];
    const at = option.value.kind === "unknown" ? nameAt : option.value.at; // What is unknown is declared elsewhere.
    return [{ value: option.value, at, guard: joined }];
  });
}

/**
 * What a value is called that no credential of the unit runs through: an unknown one's own name, and that of the field or
 * parameter that a text names (`arn:aws:secretsmanager:…:secret:mail:SMTP_PASSWORD::`).
 */
export function nameOfValue(value: Value): string | undefined {
  if (value.kind === "unknown") return value.id;
  const text = knownText(value);
  return text?.startsWith("arn:") === true ? /([\w.-]+):*$/.exec(text)?.[1] : undefined;
}
