import type { Span } from "../../../core/source";
import type { Group, Instance } from "../evaluate/scope";

export function groupOf(
  repetition: Group["repetition"],
  members: readonly Instance[],
  others: Instance | undefined,
  at: Span,
): Group {
  const byKey = new Map<string, Instance[]>();
  for (const member of members) {
    if (member.key === undefined) continue;
    const same = byKey.get(member.key);
    if (same === undefined) byKey.set(member.key, [member]);
    else same.push(member);
  }
  return { repetition, members, others, at, withKey: (key) => byKey.get(key) ?? [] };
}
