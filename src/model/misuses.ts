import { kept } from "../core/map";
import { name, say, type Message } from "../core/message";
import type { Span } from "../core/source";
import { knownText, tracesOf } from "../core/text";
import type { CredentialForm, Trace, Value } from "../core/value";
import { pathSteps, type Flow } from "./flows";
import type { Model } from "./model";

/** A credential's text in a setting or output that takes it for another one. */
export interface Misuse {
  readonly flow: Flow;
  /** The text that is wrong. */
  readonly at: Span;
  /** The name of the setting or output that takes it. */
  readonly sinkAt: Span;
}

/** One credential that is called by the wrong name all along its way is one defect: the first place of it is told. */
export function eachOnce<One extends Misuse>(misuses: readonly One[]): readonly One[] {
  const told = new Map<string, ToldPlaces>();
  return misuses.filter((misuse) => {
    const { credential } = misuse.flow.trace;
    const places = kept(told, credential, (): ToldPlaces => ({ at: new Set(), sinks: new Set(), ways: new Set() }));
    if (isToldAlready(misuse, places)) return false;
    places.at.add(placeKey(misuse.at));
    places.sinks.add(placeKey(misuse.sinkAt));
    for (const step of pathSteps(misuse.flow.trace.path)) places.ways.add(placeKey(step.at));
    return true;
  });
}

/** Where a credential is told to be misused, where it was taken there, and all places on its way. */
interface ToldPlaces {
  readonly at: Set<string>;
  readonly sinks: Set<string>;
  readonly ways: Set<string>;
}

/** Is it told already: at the place, or before or after it on its way? */
function isToldAlready({ at, sinkAt, flow }: Misuse, told: ToldPlaces): boolean {
  if (told.at.has(placeKey(at)) || told.ways.has(placeKey(sinkAt))) return true;
  return pathSteps(flow.trace.path).some((step) => told.sinks.has(placeKey(step.at)));
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

function placeKey({ file, start, end }: Span): string {
  return `${start} ${end} ${file}`;
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
