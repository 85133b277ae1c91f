import { put } from "../../../core/map";
import type { Span } from "../../../core/source";
import type { Group, Instance } from "../evaluate/scope";

/** Of most groups nobody asks for one instance by its key: the keys are indexed when somebody does. */
export function groupOf(
  repetition: Group["repetition"],
  members: readonly Instance[],
  others: Instance | undefined,
  at: Span,
): Group {
  let byKey: Map<string, Instance[]> | undefined;
  return { repetition, members, others, at, withKey: (key) => (byKey ??= indexed(members)).get(key) ?? [] };
}

function indexed(members: readonly Instance[]): Map<string, Instance[]> {
  const byKey = new Map<string, Instance[]>();
  for (const member of members) {
    const { key } = member.copy;
    if (key !== undefined) put(byKey, key, member);
  }
  return byKey;
}
