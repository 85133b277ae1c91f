import { printable } from "../../core/message";
import { text, unknown } from "../../core/text";
import type { ReasonKind, Value } from "../../core/value";
import { literalName } from "./naming";
import type { Model, User } from "../model";
import { meansAny, nameIndex } from "./name-index";

/**
 * The model with the users that it gives something to and does not create: those whose policy or group stands here,
 * while they themselves come from a parameter or another repository. What is written here of them is known; what else
 * they may do is not. Of whom nothing but a key is made here, nothing could be said.
 */
export function withOutsideUsers(model: Model): Model {
  const index = nameIndex("user", model.users);
  const found = new Map<string, User>();
  const holders = model.grants.filter((grant) => grant.to === "user").map((grant) => grant.holder);
  for (const value of [...holders, ...model.memberships.map((membership) => membership.user)]) {
    if (meansAny(index, value)) continue; // It is, or may be, a user of the unit.
    const user = outsideUser(value);
    if (user !== undefined && !found.has(user.address)) found.set(user.address, user);
  }
  return found.size === 0 ? model : { ...model, users: [...model.users, ...found.values()] };
}

/** Its address is as ARNs tell it: `user/mail`. Undefined: a value that names no IAM user for certain. */
function outsideUser(value: Value): User | undefined {
  const { at } = value;
  const known = literalName(value, "user");
  if (known?.toLowerCase() === "root") return undefined; // The account's own, which IAM does not have.
  if (known === undefined && (value.kind !== "unknown" || !isFromOutside.has(value.reason.kind))) return undefined;
  const name = known === undefined ? value : text(known, at);
  const address = `user/${printable(name)}`;
  return { address, at, guard: [], name, outside: unknown("missing", address, at) };
}

/** What is not known because it is given from outside; what fails or is not evaluated names nobody. */
const isFromOutside: ReadonlySet<ReasonKind> = new Set(["no-default", "data-source", "remote-module", "import"]);
