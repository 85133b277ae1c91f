import { looksSecret } from "../../../core/message";

/** Where a call's `source` leads (Terraform language: "Module Sources"). */
type SourceKind =
  | { readonly kind: "local"; readonly dir: string }
  /** Above the root of the run, where nothing is read. */
  | { readonly kind: "outside" }
  | { readonly kind: "remote" };

/** `source` as written in a module at `dir`. Only what begins with `./` or `../` is a path. */
export function sourceKind(source: string, dir: string): SourceKind {
  if (!/^\.{1,2}(?:[/\\]|$)/.test(source)) return { kind: "remote" };
  const parts = dir === "" ? [] : dir.split("/");
  for (const part of source.split(/[/\\]+/)) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return { kind: "outside" };
  }
  return { kind: "local", dir: parts.join("/") };
}

/** A source as a message may show it: a URL can hold a user, a password or a token. */
export function printableSource(source: string | undefined): string | undefined {
  if (source === undefined || source.length > 120 || looksSecret(source)) return undefined;
  return /^[A-Za-z0-9._/:?=&+~-]+$/.test(source) && !/token|secret|pass/i.test(source) ? source : undefined;
}

/** The way from one directory to another, as `path.module` has it: ".", "modules/mail", "../mail". */
export function relativeDir(from: string, to: string): string {
  const start = from === "" ? [] : from.split("/");
  const end = to === "" ? [] : to.split("/");
  let shared = 0;
  while (shared < start.length && start[shared] === end[shared]) shared++;
  const parts = [...start.slice(shared).map(() => ".."), ...end.slice(shared)];
  return parts.length === 0 ? "." : parts.join("/");
}
