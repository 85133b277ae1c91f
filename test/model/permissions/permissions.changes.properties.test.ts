import assert from "node:assert/strict";
import fc from "fast-check";
import type { Value } from "../../../src/core/value";
import type { Model } from "../../../src/model/model";
import { knownActions } from "../../../src/model/iam/aws";
import { excess, mayDo } from "../../../src/model/permissions/permissions";
import { statement, system, wideSystem } from "../arbitrary";
import { runs } from "../runs";
import { tied, tiedStatement } from "../tied";
import { modelOf, open, routes, theUser, valueOf, type Document, type Statement, type System } from "../system";

const asked = ["ses:SendRawEmail", "ses:SendEmail", "ses:GetSendQuota", "iam:CreateUser"];

/** Also such in which several conditions on one key decide. */
const anySystem = fc.oneof(
  { weight: 2, arbitrary: wideSystem },
  { weight: 1, arbitrary: tied.map((one) => one.system) },
);
const anyStatement = fc.oneof({ weight: 2, arbitrary: statement }, { weight: 1, arbitrary: tiedStatement });

function answerOf(model: Model, action: string): string {
  return mayDo(model, theUser(model), action).answer;
}

/** The tokens in excess, and whether more is open. */
function excessOf(model: Model): { readonly items: readonly string[]; readonly open: boolean } {
  const found = excess(model, theUser(model), ["ses:SendRawEmail"]);
  const items = found.items.map((item) => `${item.pattern.text} ${item.reach} ${JSON.stringify(item.guard)}`);
  return { items: [...new Set(items)].sort(), open: found.because.length > 0 };
}

function withStatement(one: System, added: Statement): System {
  return { ...one, policies: [...one.policies, { route: "inline", document: { Statement: added } }] };
}

describe("changes of a system", () => {
  it("that add an Allow take nothing away", () => {
    fc.assert(
      fc.property(anySystem, anyStatement, fc.constantFrom(...asked), (one, added, action) => {
        const more = withStatement(one, { ...added, Effect: "Allow" });
        if (answerOf(modelOf(one), action) === "yes") assert.equal(answerOf(modelOf(more), action), "yes");
        if (answerOf(modelOf(more), action) === "no") assert.notEqual(answerOf(modelOf(one), action), "yes");
      }),
      { numRuns: runs(500, 50_000) },
    );
  });

  it("that add a Deny give nothing", () => {
    fc.assert(
      fc.property(anySystem, anyStatement, fc.constantFrom(...asked), (one, added, action) => {
        const less = withStatement(one, { ...added, Effect: "Deny" });
        if (answerOf(modelOf(one), action) === "no") assert.equal(answerOf(modelOf(less), action), "no");
        if (answerOf(modelOf(less), action) === "yes") assert.equal(answerOf(modelOf(one), action), "yes");
      }),
      { numRuns: runs(500, 50_000) },
    );
  });

  it("that hide a value never move an answer between yes and no", () => {
    fc.assert(
      fc.property(anySystem, fc.nat(), fc.constantFrom(...asked), (one, place, action) => {
        // A value under StringEquals that is not known is taken for an address, which a wildcard is not.
        fc.pre(!/"(?:For\w+:)?String(?:Not)?Equals\w*":\{[^}]*[*?]/.test(JSON.stringify(one)));
        const hidden = hide(modelOf(one), place);
        const answer = answerOf(hidden, action);
        const known = answerOf(modelOf(one), action);
        // Of two conditions on one key it is open whether they exclude each other; of one that is not known it is not asked.
        if (answer !== "maybe" && known !== "maybe") assert.equal(known, answer);
      }),
      { numRuns: runs(800, 100_000) },
    );
  });

  it("that hide a value of a statement never make excess of what was none", () => {
    fc.assert(
      fc.property(system, fc.nat(), (one, place) => {
        const known = excessOf(modelOf(one));
        const hidden = excessOf(hide(modelOf(one), place, "inside statements"));
        if (known.items.length === 0 && !known.open) assert.deepEqual(hidden.items, []);
        if (hidden.items.length === 0 && !hidden.open) assert.deepEqual(known.items, []);
      }),
      { numRuns: runs(50, 2000) },
    );
  });
});

describe("whatever stands where a policy is expected", () => {
  it("gives an answer", () => {
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom("Allow", "Deny", "ses:*", "*", "arn:aws:ses:*:*:identity/*", "", "{", "\\u0000"),
        fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom("Statement", "Effect", "Action", "NotAction", "Resource", "Condition", "Bool", "aws:x"),
          tie("value"),
          { maxKeys: 5 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(anything, fc.boolean(), (json, asText) => {
        const document = valueOf(asText ? JSON.stringify(json) : json);
        const base = modelOf({ policies: [{ route: "inline", document: { Statement: [] } }] });
        const grants = base.grants.map((grant) => {
          return { ...grant, policy: { kind: "inline" as const, name: undefined, document } };
        });
        assert.match(answerOf({ ...base, grants }, "ses:SendRawEmail"), /^(?:yes|no|maybe)$/);
        excessOf({ ...base, grants });
      }),
      { numRuns: 500 },
    );
  });

  it("gives an answer in time, however long it is", () => {
    const names = Array.from({ length: 3000 }, (_, i) => `ses:Send${i}*`);
    const identities = Array.from({ length: 3000 }, (_, i) => `arn:aws:ses:*:*:identity/${i}.org`);
    const allow = { Effect: "Allow", Action: [...names, "ses:SendRawEmail"], Resource: identities } as const;
    const deny = { Effect: "Deny", Action: "ses:SendEmail", Resource: identities } as const;
    const one: System = { policies: [{ route: "inline", document: { Statement: [allow, deny] } }] };
    assert.equal(answerOf(modelOf(one), "ses:SendRawEmail"), "yes");
    assert.deepEqual(excessOf(modelOf(one)).items, []);
    const all: System = { policies: [{ route: "inline", document: { Statement: [allow, { ...deny, Action: "*" }] } }] };
    assert.equal(answerOf(modelOf(all), "ses:SendRawEmail"), "maybe");
  });
});

describe("the same system, written otherwise", () => {
  const rewritings: readonly (readonly [string, (one: System) => System])[] = [
    ["strings as lists of one", (one) => mapStatements(one, (each) => mapLists(each, (list) => list))],
    ["lists of one as strings", (one) => mapStatements(one, (each) => mapLists(each, alone))],
    ["lists the other way round", (one) => mapStatements(one, (each) => mapLists(each, (list) => list.toReversed()))],
    ["action names in another case", (one) => mapStatements(one, upperActions)],
    ["statements with a Sid", (one) => mapStatements(one, (each, i) => ({ ...each, Sid: `S${i}` }))],
    ["a single statement as an object", (one) => mapDocuments(one, (each) => ({ Statement: loneStatement(each) }))],
    [
      "statements the other way round",
      (one) => mapDocuments(one, (each) => ({ Statement: listed(each).toReversed() })),
    ],
    ["policies the other way round", (one) => ({ ...one, policies: one.policies.toReversed() })],
    ["a policy of its own for every statement", split],
    ["the actions that a pattern matches in its place", (one) => mapStatements(one, enumerated)],
  ];
  const sameTokens = (what: string) => !/in another case|in its place/.test(what);
  for (const [what, rewrite] of rewritings) {
    it(`gives the same: ${what}`, () => {
      fc.assert(
        fc.property(system, (one) => {
          const [before, after] = [modelOf(one), modelOf(rewrite(one))];
          for (const action of asked) assert.deepEqual(answerOf(after, action), answerOf(before, action));
          if (sameTokens(what)) assert.deepEqual(reaches(after), reaches(before));
        }),
        { numRuns: runs(25, 1000) },
      );
    });
  }

  it("gives the same over every route", () => {
    fc.assert(
      fc.property(system, fc.constantFrom(...routes), (one, route) => {
        const written = alwaysMember(one);
        const moved = { ...written, policies: one.policies.map((each) => ({ ...each, route })) };
        const [before, after] = [modelOf(written), modelOf(moved)];
        for (const action of asked) assert.deepEqual(answerOf(after, action), answerOf(before, action));
        assert.deepEqual(reaches(after), reaches(before));
      }),
      { numRuns: runs(25, 1000) },
    );
  });

  it("gives the same as data and as JSON text", () => {
    fc.assert(
      fc.property(system, (one) => {
        for (const action of asked)
          assert.deepEqual(answerOf(modelOf(one, "json"), action), answerOf(modelOf(one), action));
        assert.deepEqual(reaches(modelOf(one, "json")), reaches(modelOf(one)));
      }),
      { numRuns: runs(25, 1000) },
    );
  });
});

/** The user is in the group whatever the toggles are. */
function alwaysMember({ policies, boundary }: System): System {
  return { policies, ...(boundary && { boundary }) };
}

function reaches(model: Model) {
  return excess(model, theUser(model), ["ses:SendRawEmail"])
    .items.map((item) => `${item.action === undefined ? "NotAction" : item.pattern.text} ${item.reach}`)
    .filter((item, i, all) => all.indexOf(item) === i)
    .sort();
}

function mapDocuments(one: System, change: (document: Document) => Document): System {
  const policies = one.policies.map((each) => ({ ...each, document: change(each.document) }));
  const { boundary, control = [], onIdentities = [] } = one;
  const others = { control: control.map(change), onIdentities: onIdentities.map(change) };
  return { ...one, policies, ...others, ...(boundary && { boundary: change(boundary) }) };
}

function mapStatements(one: System, change: (each: Statement, i: number) => Statement): System {
  return mapDocuments(one, (document) => ({ Statement: listed(document).map(change) }));
}

function listed({ Statement }: Document): readonly Statement[] {
  return [Statement].flat();
}

function loneStatement(document: Document): Document["Statement"] {
  const [first, ...more] = listed(document);
  return first !== undefined && more.length === 0 ? first : document.Statement;
}

function mapLists(each: Statement, change: (list: readonly string[]) => string | readonly string[]): Statement {
  const { Action, NotAction, Resource, NotResource } = each;
  return {
    ...each,
    ...(Action !== undefined && { Action: change([Action].flat()) }),
    ...(NotAction !== undefined && { NotAction: change([NotAction].flat()) }),
    ...(Resource !== undefined && { Resource: change([Resource].flat()) }),
    ...(NotResource !== undefined && { NotResource: change([NotResource].flat()) }),
  };
}

function alone(list: readonly string[]): string | readonly string[] {
  const [first, ...more] = list;
  return first !== undefined && more.length === 0 ? first : list;
}

function upperActions(each: Statement): Statement {
  const upper = (list: string | readonly string[]) => [list].flat().map((action) => action.toUpperCase());
  const { Action, NotAction } = each;
  return { ...each, ...(Action && { Action: upper(Action) }), ...(NotAction && { NotAction: upper(NotAction) }) };
}

/** `ses:Get*` as the list of all such actions. What AWS may add to them is in the pattern alone. */
function enumerated(each: Statement): Statement {
  return each.Action === undefined ? each : { ...each, Action: [each.Action].flat().flatMap(actionsLike) };
}

function actionsLike(pattern: string): readonly string[] {
  const [service = "", name = ""] = pattern.split(":");
  if (!name.includes("*") || (service !== "ses" && service !== "iam")) return [pattern];
  const [start = "", end = ""] = name.toLowerCase().split("*");
  return knownActions(service)
    .filter(({ lower }) => lower.slice(4).startsWith(start) && lower.endsWith(end))
    .map((action) => action.name);
}

function split(one: System): System {
  const policies = one.policies.flatMap((each) =>
    listed(each.document).map((alone) => ({ ...each, document: { Statement: alone } })),
  );
  return { ...one, policies };
}

/** The model with one value of its policy documents not known: the n-th, counted over all of them. */
function hide(model: Model, n: number, where: "anywhere" | "inside statements" = "anywhere"): Model {
  const documents = [
    ...model.policies.map((policy) => policy.document),
    ...model.grants.flatMap(({ policy }) => (policy.kind === "inline" ? [policy.document] : [])),
    ...[...model.controlPolicies, ...model.identityPolicies].map(({ document }) => document),
  ];
  const places = documents.flatMap((document) => nodes(document, where === "anywhere" ? 0 : -2));
  if (places.length === 0) return model;
  const target = places[n % places.length];
  const change = (value: Value): Value => replace(value, target);
  return {
    ...model,
    policies: model.policies.map((policy) => ({ ...policy, document: change(policy.document) })),
    controlPolicies: model.controlPolicies.map((policy) => ({ ...policy, document: change(policy.document) })),
    identityPolicies: model.identityPolicies.map((policy) => ({ ...policy, document: change(policy.document) })),
    grants: model.grants.map((grant) =>
      grant.policy.kind === "inline"
        ? { ...grant, policy: { ...grant.policy, document: change(grant.policy.document) } }
        : grant,
    ),
  };
}

/** The values in a document, from a depth on: its statements are one or two deep, what they say is below. */
function nodes(value: Value, depth: number): readonly Value[] {
  const own = depth >= 0 ? [value] : [];
  if (value.kind === "list") return [...own, ...value.items.flatMap((item) => nodes(item.value, depth))];
  if (value.kind === "map") return [...own, ...value.entries.flatMap((entry) => nodes(entry.value, depth + 1))];
  return own;
}

function replace(value: Value, target: Value | undefined): Value {
  if (value === target) return open("var.hidden");
  if (value.kind === "list") {
    return { ...value, items: value.items.map((item) => ({ ...item, value: replace(item.value, target) })) };
  }
  if (value.kind === "map") {
    return { ...value, entries: value.entries.map((entry) => ({ ...entry, value: replace(entry.value, target) })) };
  }
  return value;
}
