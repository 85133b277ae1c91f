import assert from "node:assert/strict";
import type { Statement } from "../../../src/model/iam/policy";
import { effortIn } from "../../../src/model/permissions/effort";
import { limits } from "../../../src/core/limits";
import type { Standing } from "../../../src/model/permissions/standing";
import { standingOf } from "../../../src/model/permissions/standings";
import { allow, inline, send } from "../ask";
import { mail, modelOf, theUser, type Statement as Written, type System } from "../system";

const model = modelOf(inline(send));

function standing(system: System): Standing {
  const own = modelOf(system);
  return standingOf(own, theUser(own));
}

/** The same for another user: with statements of its own, or with the same. */
function another(one: Standing, number: number, shares: boolean): Standing {
  const copy = (statement: Statement): Statement => (shares ? statement : { ...statement });
  const routes = one.routes.map((route) => {
    return { ...route, policy: { ...route.policy, statements: route.policy.statements.map(copy) } };
  });
  return { ...one, routes, user: { ...mail, address: `user${number}` } };
}

/** How many such users there may be before it takes too much; so many are tried. */
function room(system: System, shares = false, most = 100_000): number {
  const [one, effort] = [standing(system), effortIn(model)];
  for (let number = 0; number < most; number++) if (effort.tooMuchFor(another(one, number, shares))) return number;
  return most;
}

const resources = (count: number, length = 10) =>
  Array.from({ length: count }, (_, i) => `arn:aws:ses:*:*:identity/${"a".repeat(length)}${i}.org`);
const denies = (...more: readonly Partial<Written>[]) =>
  inline(send, ...more.map((each): Written => ({ Effect: "Deny", Action: "ses:SendEmail", Resource: "*", ...each })));
const like = (...values: readonly string[]) =>
  allow("ses:SendEmail", "*", { StringLike: { "ses:FromAddress": values } });
const [plain, deny] = [allow("ses:SendRawEmail"), denies({})];

describe("the effort of the questions", () => {
  it("leaves room for 5,000 users with two statements of their own", () => {
    assert.ok(room(inline(send, send)) >= 5_000);
  });

  it("ends somewhere, with what each has for itself alone", () => {
    assert.ok(room(plain) < 100_000);
    assert.equal(room(plain, true), 100_000);
  });

  const less: readonly (readonly [string, System, System])[] = [
    ["two statements than with one", inline(send, send), plain],
    ["two actions than with one", allow(["ses:SendEmail", "ses:SendRawEmail"]), plain],
    ["a long action than with a short one", allow(`ses:${"a".repeat(1_000)}*`), plain],
    ["a condition than with none", like("a@a.org"), plain],
    ["two values of a condition than with one", like("a@a.org", "b@a.org"), like("a@a.org")],
    ["wildcards in a condition than with none", like("*a*b*c*d*e*"), like("abcde")],
    ["a Deny than with none", deny, plain],
    ["a Deny of many resources", denies({ Resource: resources(50) }), deny],
    [
      "long resources than with short ones",
      denies({ Resource: resources(9, 1_500) }),
      denies({ Resource: resources(9) }),
    ],
    [
      "a Deny under a condition with wildcards",
      denies({ Condition: { StringLike: { "ses:FromAddress": "*a*b*c*d*e*" } } }),
      denies({ Condition: { StringLike: { "ses:FromAddress": "abcde" } } }),
    ],
    [
      "Denies under two conditions each",
      denies({ Condition: { StringLike: { "ses:FromAddress": "*a", "ses:FromDisplayName": "*a" } } }),
      denies({ Condition: { StringLike: { "ses:FromAddress": ["*a", "*b"] } } }),
    ],
    ["a boundary than with none", { ...plain, boundary: { Statement: send } }, plain],
  ];
  for (const [what, more, few] of less) {
    it(`leaves less room for users with ${what}`, () => {
      assert.ok(room(more) < room(few), `${room(more)} ${room(few)}`);
    });
  }

  it("does not grow without end with the length of a pattern, which no policy has", () => {
    const [long, longer] = [limits.patternLength, 10 * limits.patternLength];
    assert.equal(room(denies({ Resource: resources(9, long) })), room(denies({ Resource: resources(9, longer) })));
  });

  it("is that of each user for what only may be its own", () => {
    const one = standing(plain);
    const perhaps = { ...one, routes: one.routes.map((route) => ({ ...route, certainty: "maybe" as const })) };
    const effort = effortIn(model);
    let number = 0;
    while (number < 100_000 && !effort.tooMuchFor(another(perhaps, number, true))) number++;
    assert.ok(number < 100_000);
  });

  it("of a user that is too much leaves room for those after it", () => {
    const effort = effortIn(model);
    const much = standing(denies({ Resource: resources(2_000) }, { Resource: resources(2_000) }));
    const [first, ...rest] = much.routes;
    assert.ok(first !== undefined);
    const routes = [first, ...rest, ...new Array<typeof first>(200).fill(first)];
    assert.equal(effort.tooMuchFor({ ...much, routes }), true);
    assert.equal(effort.tooMuchFor(standing(plain)), false);
  });
});
