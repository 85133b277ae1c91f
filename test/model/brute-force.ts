import type { Document, Statement, System } from "./system";

/**
 * What IAM decides for single requests, told from the JSON alone, one request and one world after the other: nothing of
 * the code under test. It knows no conditions.
 */

export interface Request {
  readonly action: string;
  readonly resource: string;
}

/** The toggles that are on. */
export type World = ReadonlySet<string>;

export function allows(system: System, world: World, request: Request): boolean {
  const documents = system.policies
    .filter(({ toggle }) => toggle === undefined || world.has(toggle))
    .map(({ document }) => document);
  const { boundary } = system;
  if (boundary !== undefined && !documentAllows([boundary], request)) return false;
  return documentAllows(documents, request);
}

function documentAllows(documents: readonly Document[], request: Request): boolean {
  const statements = documents.flatMap(({ Statement }) => listOf<Statement>(Statement));
  const about = statements.filter((statement) => isAbout(statement, request));
  return about.some((one) => one.Effect === "Allow") && !about.some((one) => one.Effect === "Deny");
}

function isAbout(statement: Statement, { action, resource }: Request): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  const ofAction =
    Action === undefined
      ? !listOf(NotAction ?? []).some((one) => like(one, action, "i"))
      : listOf(Action).some((one) => like(one, action, "i"));
  const ofResource =
    Resource === undefined
      ? !listOf(NotResource ?? []).some((one) => like(one, resource, ""))
      : listOf(Resource).some((one) => like(one, resource, ""));
  return ofAction && ofResource;
}

function like(pattern: string, characters: string, flags: string): boolean {
  const body = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, "[^]*")
    .replace(/\?/g, "[^]");
  return new RegExp(`^${body}$`, flags).test(characters);
}

function listOf<T extends object | string>(value: T | readonly T[]): readonly T[] {
  return isList(value) ? value : [value];
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
