import { allAtOnce, distinct, negate, type Guard } from "../../core/guard";
import { optionsOf, refOf } from "../../core/text";
import type { Value } from "../../core/value";
import type { Collected } from "../collected";

/**
 * Where CloudFormation refuses to deploy users, groups and their policies: one that is there refers to one that a condition
 * leaves out, be it in its own template or by way of an output or export, which then is not there either.
 */
export function refusalsOf({ users, groups, policies, memberships, grants }: Collected): readonly Guard[] {
  const guards = new Map([...users, ...groups, ...policies].map(({ address, guard }) => [address, guard]));
  const refused = (referring: Guard, value: Value): readonly Guard[] =>
    optionsOf(value).flatMap((option) => {
      const target = guards.get(refOf(option.value)?.address ?? "");
      if (target === undefined || target.length === 0) return [];
      return negate(target).flatMap((left) => {
        const there = allAtOnce([referring, option.guard, left]);
        return there === undefined ? [] : [there];
      });
    });
  return distinct([
    ...memberships.flatMap(({ guard, user, group }) => [...refused(guard, user), ...refused(guard, group)]),
    ...grants.flatMap(({ guard, holder, policy }) => [
      ...refused(guard, holder),
      ...(policy.kind === "managed" ? refused(guard, policy.arn) : []),
    ]),
  ]);
}
