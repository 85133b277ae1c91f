import type { Atom, Guard } from "../../src/core/guard";
import type { World } from "./brute-force";

/** What answers are compared in: every world of two toggles, with resources that patterns tell apart. */

export const worlds: readonly World[] = [[], ["p"], ["q"], ["p", "q"]].map((one) => new Set(one));

export const identities = ["eu-west-1:111111111111", "us-east-1:222222222222"].flatMap((where) =>
  ["a.org", "b.org", "zz.org"].map((domain) => `arn:aws:ses:${where}:identity/${domain}`),
);

export const users = ["x", "ses-smtp-user.1"].map((one) => `arn:aws:iam::111111111111:user/${one}`);

export function holdsIn(guard: Guard, world: World): boolean {
  return guard.every((atom: Atom) =>
    atom.kind === "any"
      ? atom.of.some((one) => holdsIn(one, world))
      : world.has(atom.on.replace("var.", "")) === atom.positive,
  );
}
