import assert from "node:assert/strict";
import { when } from "../../../src/core/guard";
import { knownText, text } from "../../../src/core/text";
import type { Encoded, Value } from "../../../src/core/value";
import { placeOfTaking, placeOfValue, takenSteps, valuesOf } from "../../../src/model/credentials/setting-values";
import type { Setting, Unit } from "../../../src/model/model";
import { modelWith, settingsOf, span } from "../build";
import { eitherOf, open, referenceTo } from "../system";

const at = span(0);

function setting(value: Value, parts: Partial<Setting> = {}): Setting {
  return { name: "SMTP_PASSWORD", nameAt: at, value, place: "environment", guard: [], ...parts };
}

function encoded(format: Encoded["format"], ...more: readonly string[]): Value {
  const [piece] = [{ kind: "encoded", format, value: text("mail", at), at } as const];
  return { kind: "text", pieces: [piece, ...more.flatMap((each) => text(each, at).pieces)], at };
}

describe("the values of a setting", () => {
  const kept = settingsOf(
    { password: eitherOf(text("a", at), text("b", at)) },
    { kind: "store", address: "secret.mail" },
  );
  const model = modelWith({ settings: [kept] });
  const place = { group: settingsOf({}), guard: [] };
  const under = { ...place, guard: when("var.x", true) };
  const reference = { place: "secret-reference" } as const;
  const table: readonly (readonly [string, Setting, readonly string[]])[] = [
    ["a text", setting(text("mail", at)), ["mail"]],
    ["each of a choice under its guard", setting(eitherOf(text("a", at), text("b", at))), ["a if x", "b if x"]],
    ["what is in Base64", setting(encoded("base64")), ["mail"]],
    ["what is encoded otherwise, as it is", setting(encoded("json")), ["text"]],
    ["what is in Base64 and something else, as it is", setting(encoded("base64", "x")), ["text"]],
    ["no name of what is kept elsewhere", setting(text("mail:password", at), reference), []],
    ["what names something that is not known", setting(open("var.name"), reference), ["unknown"]],
    [
      "what is read from a store, and what reads it",
      setting(referenceTo("secret.mail", "arn"), reference),
      ["unknown", "a if x", "b if x"],
    ],
  ];
  for (const [what, one, expected] of table) {
    it(`are ${what}`, () => {
      const found = valuesOf(model, { ...place, setting: one }).map(({ value, guard }) => {
        return `${knownText(value) ?? value.kind}${guard.length > 0 ? " if x" : ""}`;
      });
      assert.deepEqual(found, expected);
    });
  }

  it("are those that are there where the setting is", () => {
    const found = valuesOf(model, { ...under, setting: setting(referenceTo("secret.mail", "arn"), reference) });
    assert.deepEqual(
      found.map(({ value }) => knownText(value)),
      [undefined, "a"],
    );
  });

  it("are those of the store that is read where the setting is", () => {
    const other = settingsOf({ password: text("c", at) }, { kind: "store", address: "secret.other" });
    const value = eitherOf(referenceTo("secret.other", "arn"), referenceTo("secret.mail", "arn"));
    const found = valuesOf(modelWith({ settings: [kept, other] }), { ...under, setting: setting(value, reference) });
    assert.deepEqual(
      found.map((one) => knownText(one.value)),
      [undefined, "c"],
    );
  });

  it("say where they are taken, if that is not where they are written", () => {
    const one = setting(referenceTo("secret.mail", "arn"));
    assert.deepEqual(
      valuesOf(model, { ...place, setting: one }).map(
        (value) => takenSteps(one, value, placeOfValue(model, value.written, value.value)).length,
      ),
      [0, 1, 1],
    );
  });

  it("stand where they are written, and what is not known where the setting takes it", () => {
    const name = { nameAt: span(5) };
    const places = (dialect: Unit["dialect"], one: Setting) => {
      const model = modelWith({ unit: { path: "", kind: "root", dialect } });
      return [placeOfValue(model, one, one.value), placeOfTaking(model, one, one.value)];
    };
    const [before, after] = [span(4), span(6)];
    for (const dialect of ["cloudformation", "cdk"] as const) {
      assert.deepEqual(places(dialect, setting(text("x", after), name)), [after, after]);
      assert.deepEqual(places(dialect, setting(text("x", before), name)), [before, span(5)], "a parameter's default");
      const elsewhere = { ...span(6), file: "other" };
      assert.deepEqual(places(dialect, setting(text("x", elsewhere), name)), [elsewhere, span(5)]);
    }
    assert.deepEqual(places("terraform", setting(text("x", after), name)), [after, span(5)]);
    assert.deepEqual(places("terraform", setting(text("x", after), { ...name, valueAt: span(7) })), [after, span(7)]);
    const unknown = setting(referenceTo("secret.mail", "arn"), { ...name, valueAt: span(7) });
    assert.deepEqual(places("terraform", unknown), [span(7), span(7)]);
  });
});
