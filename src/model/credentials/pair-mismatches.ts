import { addAll } from "../../core/add-all";
import { both, holds, type Guard } from "../../core/guard";
import { put } from "../../core/map";
import type { CredentialForm } from "../../core/value";
import { isSmtpForm } from "./credential-forms";
import { credentialPairs, type CredentialPair } from "./credential-pairs";
import { flowsInto, type Flow } from "./flows";
import type { Model, Setting } from "../model";
import { perModel } from "../per-model";
import { writtenMismatches } from "./written-pairs";

/** The id of one key beside the password or secret of another. Where a trace only may be there, so is the mismatch. */
export interface PairMismatch {
  readonly pair: CredentialPair;
  readonly secret: Flow;
  readonly id: Flow;
  readonly idSetting: Setting;
  readonly guard: Guard;
}

export const pairMismatches = perModel((model: Model): readonly PairMismatch[] =>
  credentialPairs(model).flatMap((pair) => mismatchesOf(model, pair)),
);

/** Is what a setting holds known to be of another key than its user name, wherever the guard holds? */
export function isOfAnotherKey(model: Model, setting: Setting, guard: Guard): boolean {
  return (
    mismatchGuards(model)
      .get(setting)
      ?.some((one) => holds(one, guard) === "yes") === true
  );
}

const mismatchGuards = perModel((model: Model): ReadonlyMap<Setting, readonly Guard[]> => {
  const certain = pairMismatches(model).filter(
    ({ secret, id }) => secret.trace.certainty === "is" && id.trace.certainty === "is",
  );
  const written = credentialPairs(model).flatMap((pair) => writtenMismatches(model, pair));
  const guards = new Map<Setting, Guard[]>();
  for (const { pair, guard } of [...certain, ...written]) put(guards, pair.secret, guard);
  return guards;
});

function mismatchesOf(model: Model, pair: CredentialPair): readonly PairMismatch[] {
  const ids = idsOf(model, pair);
  if (ids === undefined) return [];
  return secretsOf(model, pair).flatMap((secret): readonly PairMismatch[] => {
    const own = ids.filter(({ flow }) => flow.trace.credential === secret.trace.credential);
    for (const { flow: id, setting: idSetting } of ids) {
      const guard = both(id.guard, secret.guard);
      if (guard === undefined || id.trace.credential === secret.trace.credential) continue; // Never at once, or one key.
      // The right id may be there at the same time: which of the two is meant, nobody knows.
      if (own.some(({ flow }) => both(flow.guard, guard) !== undefined)) continue;
      return [{ pair, secret, id, idSetting, guard }];
    }
    return [];
  });
}

interface Id {
  readonly setting: Setting;
  readonly flow: Flow;
}

/** Undefined: what one of the settings is, nobody knows; it may be the right id. */
function idsOf(model: Model, { ids, guard }: CredentialPair): readonly Id[] | undefined {
  const found: Id[] = [];
  for (const setting of ids) {
    const joined = both(guard, setting.guard);
    if (joined === undefined) continue; // It is not there where the secret is.
    const flows = flowsInto(model, setting, joined).filter(({ trace }) => trace.form === "access-key-id");
    if (flows.length === 0) return undefined;
    addAll(
      found,
      flows.map((flow) => ({ setting, flow })),
    );
  }
  return found;
}

function secretsOf(model: Model, { kind, secret, guard }: CredentialPair): readonly Flow[] {
  return flowsInto(model, secret, guard).filter(({ trace }) => isOfKind(kind, trace.form));
}

/** A raw secret as the SMTP password is another's mistake, too: derived, it would still not be of the id's key. */
function isOfKind(kind: CredentialPair["kind"], form: CredentialForm): boolean {
  return form === "secret-access-key" || (kind === "smtp" && isSmtpForm(form));
}
