import type { Because } from "../core/finding";
import { holds } from "../core/guard";
import { printable } from "../core/message";
import type { Principal } from "../core/report";
import type { Model, User } from "./model";
import { withSetsAsUsers } from "./principals/permission-sets";
import { allowedPatterns, excess, mayDo, type Answer } from "./permissions/permissions";
import { keysOf, loginsOf } from "./principals/principals";
import { apiUses, smtpUsers, type SmtpUser } from "./uses";

/** Who holds what and may do what, for the report: users, then permission sets, in the order of the source. */
export function describe(model: Model): readonly Principal[] {
  const sets = withSetsAsUsers(model);
  const smtp = new Map(smtpUsers(model, "weak").map((one) => [one.user, one]));
  return [
    ...model.users.map((user) => describeUser(model, user, usesOf(model, user, smtp.get(user)))),
    ...sets.users.map((user) => describeUser(sets, user, [signsIn])),
  ];
}

/** The use of a permission set: the people to whom it is assigned sign in with it. */
const signsIn = { use: "console", strength: "proven", because: "who is assigned the permission set signs in" } as const;

function describeUser(model: Model, user: User, uses: Principal["uses"]): Principal {
  const send = mayDo(model, user, "ses:SendRawEmail");
  const keys = keysOf(model, user);
  const logins = loginsOf(model, user);
  const unknown = [
    ...excess(model, user, ["ses:SendRawEmail"]).because,
    ...(send.answer === "maybe" ? send.because : []),
    ...[...keys, ...logins].flatMap((held) => held.because),
  ];
  return {
    address: user.address,
    at: user.at,
    name: printable(user.name),
    uses,
    credentials: [
      ...keys.map(({ key }) => ({ address: key.address, kind: "access-key" as const })),
      ...logins.map(({ login }) => ({ address: login.address, kind: "console-password" as const })),
    ],
    maySend: maySend(user, send),
    allowed: allowedPatterns(model, user)
      .slice(0, patternsShown)
      .map((pattern) => pattern.text),
    unknown: [...new Set(unknown.map(becauseText))],
  };
}

/** Who may not under a condition only is described as one who may or may not. */
function maySend(user: User, send: Answer): Principal["maySend"] {
  return send.answer === "no" && holds(send.guard, user.guard) !== "yes" ? "maybe" : send.answer;
}

function usesOf(model: Model, user: User, smtp: SmtpUser | undefined): Principal["uses"] {
  const [api] = apiUses(model, user);
  const login = loginsOf(model, user).find((held) => held.certainty === "yes");
  return [
    ...(smtp === undefined ? [] : [{ use: "smtp" as const, strength: smtp.strength, because: smtp.because.text }]),
    ...(api === undefined ? [] : [{ use: "api" as const, strength: "proven", because: api.because.text }]),
    ...(login === undefined
      ? []
      : [{ use: "console" as const, strength: "proven", because: `it has the login profile ${login.login.address}` }]),
  ];
}

function becauseText({ reason }: Because): string {
  return reason.what;
}

/** More patterns than this are a list that nobody reads. */
const patternsShown = 50;
