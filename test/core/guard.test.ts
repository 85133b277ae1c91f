import assert from "node:assert/strict";
import fc from "fast-check";
import {
  askedText,
  bools,
  both,
  either,
  guardKey,
  guardText,
  hangsOnNumber,
  holds,
  isOfNone,
  negate,
  when,
  whenAmong,
  whenAny,
  whereAny,
  type Guard,
  type IsAtom,
} from "../../src/core/guard";

/** Two things that can be one of three values each; what one of them can be is told in some atoms and not in others. */
const values = ["a", "b", "c"];
const allowed: Readonly<Record<string, readonly string[]>> = { x: ["a", "b"], y: ["b", "c"] };
const worlds = values.flatMap((x) => values.map((y): Readonly<Record<string, string>> => ({ x, y }))).filter(isAllowed);

const atom = fc
  .record({
    on: fc.constantFrom("x", "y"),
    is: fc.constantFrom(...values),
    positive: fc.boolean(),
    told: fc.boolean(),
  })
  .map(({ on, is, positive, told }): IsAtom => {
    const among = told ? allowed[on] : undefined;
    return { kind: "is", on, is, positive, text: on, ...(among && { among }) };
  });
const guard = fc
  .array(atom, { maxLength: 3 })
  .map((atoms) => atoms.reduce<Guard | undefined>((sum, one) => sum && both(sum, [one]), []))
  .filter((one) => one !== undefined);

describe("guards over things that can be one of some values", () => {
  it("exclude each other only where no world is left", () => {
    fc.assert(
      fc.property(guard, guard, (a, b) => {
        const joint = both(a, b);
        const left = worlds.filter((world) => isIn(a, world) && isIn(b, world));
        if (joint === undefined) assert.equal(left.length, 0);
        else assert.deepEqual(worldsOf(joint), left);
        // Where one is told all that it can be, nothing is left of it that is not seen.
        if ([...a, ...b].every((one) => one.kind === "is" && one.among !== undefined) && joint !== undefined)
          assert.ok(a.length === 0 || b.length === 0 || left.length > 0);
      }),
    );
  });

  it("hold nowhere that their opposites do, and everywhere else", () => {
    fc.assert(
      fc.property(guard, (one) => {
        const others = negate(one).flatMap(worldsOf);
        assert.equal(new Set(others).size, others.length);
        assert.equal(others.length, worlds.length - worldsOf(one).length);
      }),
    );
  });

  it("imply what holds in all of their worlds, and never what does not", () => {
    fc.assert(
      fc.property(guard, guard, (wanted, given) => {
        const left = worldsOf(given);
        const answer = holds(wanted, given);
        if (answer === "yes") assert.ok(left.every((world) => isIn(wanted, world)));
        if (answer === "no") assert.ok(!left.some((world) => isIn(wanted, world)));
      }),
    );
  });

  it("say that one is the last value where it is none of the others", () => {
    const is = (value: string, positive = true): IsAtom => ({
      kind: "is",
      on: "x",
      is: value,
      positive,
      text: "x",
      among: ["a", "b"],
    });
    assert.equal(holds([is("b")], [is("a", false)]), "yes");
    assert.equal(both([is("a", false)], [is("b", false)]), undefined);
    assert.equal(holds([is("a")], [is("b")]), "no");
    assert.deepEqual(negate([{ ...is("a"), among: ["a"] }]), []);
    assert.deepEqual(negate([is("a")]), [[is("b")]]);
  });

  it("are told together as what they have in common, where the rest leaves nothing out", () => {
    const of = (value: string) => whenAmong("x", value, values) ?? [];
    const always = when("y", true);
    const all = values.map((value) => [...of(value), ...always]);
    assert.deepEqual(whereAny(all), always);
    assert.equal(guardText(whereAny(all.slice(1))), 'y and (x is "b" or x is "c")');
  });

  it("leave open what else than true and false something can be, unless it is a condition", () => {
    const [yes, no] = [when("x", "true"), when("x", "false")];
    assert.equal(both(yes, no), undefined);
    assert.equal(holds(no, negate(yes)[0] ?? []), "maybe");
    const [isOff = []] = negate(whenAmong("x", "true", bools) ?? []);
    assert.equal(holds(no, isOff), "yes");
    assert.equal(guardText(isOff), "not x");
    assert.equal(guardText(whenAmong("x", "false", ["false", "some"]) ?? []), 'x is "false"');
  });

  it("are asked about without their not", () => {
    const off = whenAmong("x", "false", bools) ?? [];
    assert.equal(askedText([...when("a", false), ...off, ...when("b", "eu")]), 'a and x and b is "eu"');
    assert.equal(askedText(either([when("a", false), when("b", true)])), "(not a or b)");
  });

  it("hang on a number, and are of none, where all that may hold are", () => {
    const [some, none] = [whenAny("users"), negate(whenAny("users"))[0] ?? []];
    const table: readonly (readonly [Guard, boolean, boolean])[] = [
      [when("a", true), false, false],
      [some, true, false],
      [none, true, true],
      [either([none, when("a", true)]), true, false],
      [either([none, negate(whenAny("groups"))[0] ?? []]), true, true],
    ];
    for (const [one, hangs, isNone] of table) {
      assert.equal(hangsOnNumber(one), hangs, guardText(one));
      assert.equal(isOfNone(one), isNone, guardText(one));
    }
  });

  it("are compared with what any of several holds for", () => {
    const [a, b, c] = [when("a", true), when("b", true), when("c", true)];
    const none = [...when("a", false), ...when("b", false)];
    const any = either([a, b]);
    assert.equal(holds(any, a), "yes");
    assert.equal(holds(any, c), "maybe");
    assert.equal(holds(any, none), "no");
    assert.equal(holds(any, [...any, ...c]), "yes");
    assert.equal(both(none, any), undefined);
    assert.deepEqual(both(any, c), [...any, ...c]);
    assert.deepEqual(negate(any), [none]);
    assert.equal(either([a, []]).length, 0);
  });

  it("say that one value is no other", () => {
    const [other = []] = negate(when("x", "b"));
    assert.equal(holds(other, when("x", "a")), "yes");
    assert.equal(holds(other, when("y", "a")), "maybe");
    assert.equal(holds(when("x", "a"), other), "maybe");
  });

  it("are told apart whatever the order they were joined in", () => {
    const [a, b, c] = [when("a", true), when("b", false), when("c", "x")];
    assert.equal(guardKey([...a, ...b]), guardKey([...b, ...a]));
    assert.equal(guardKey(either([a, c])), guardKey(either([c, a])));
    assert.equal(new Set([a, b, c, [...a, ...b], either([a, b])].map(guardKey)).size, 5);
  });
});

function isAllowed(world: Readonly<Record<string, string>>): boolean {
  return Object.entries(allowed).every(([on, some]) => some.includes(world[on] ?? ""));
}

function worldsOf(guard: Guard): typeof worlds {
  return worlds.filter((world) => isIn(guard, world));
}

function isIn(guard: Guard, world: Readonly<Record<string, string>>): boolean {
  return guard.every((one) => one.kind === "is" && (world[one.on] === one.is) === one.positive);
}
