import { charactersOf } from "../../../core/encode";
import type { NumberValue, Value } from "../../../core/value";
import { calculated, compared, double, numberIn, wholeOf } from "./big-number";
import { toNumber } from "./convert";
import { binary, unary, unknownResult, variadic, type Builtin } from "./define";
import { listOfValues, vagueness } from "./lists";
import * as param from "./param";
import { fail, type Call } from "./param";
import { number } from "./pieces";

// Adding zero makes the negative zero that rounding gives a plain one.
const abs = unary("none", param.numeric, (call, { value, digits }) => ({
  ...number(Math.abs(value) + 0, call),
  ...(digits !== undefined && { digits: digits.replace("-", "") }),
}));
const ceil = unary("none", param.numeric, (call, value) => ({ ...wholeOf(value, "up"), at: call.at }));
const floor = unary("none", param.numeric, (call, value) => ({ ...wholeOf(value, "down"), at: call.at }));

const signum = unary("none", param.integer, (call, value) => number(Math.sign(value) + 0, call));

const pow = binary("none", [param.number, param.number], (call, base, power) => real(raised(base, power), call));

const log = binary("none", [param.number, param.number], (call, value, base) =>
  real(Math.log(value) / Math.log(base), call),
);

/**
 * Go's `math.Pow`, whose last digit is often another than V8's: the base is squared again and again, its mantissa and the
 * power of two each for itself; a fraction of the power, of a half at most, is left to the logarithm.
 */
function raised(base: number, power: number): number {
  const isOver = Math.abs(power) > 2 ** 20;
  if (!Number.isFinite(base) || base === 0 || isOver || Number.isNaN(power)) return base ** power;
  if (Math.abs(power) === 0.5) return power < 0 ? 1 / Math.sqrt(base) : Math.sqrt(base);
  const whole = Math.ceil(Math.abs(power) - 0.5);
  const fraction = Math.abs(power) - whole;
  let [mantissa, exponent] = [fraction === 0 ? 1 : Math.exp(fraction * Math.log(base)), 0];
  let [square, squareExponent] = partsOf(base);
  for (let left = whole; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) [mantissa, exponent] = [mantissa * square, exponent + squareExponent];
    [square, squareExponent] = [square * square, squareExponent * 2];
    if (square < 0.5) [square, squareExponent] = [square * 2, squareExponent - 1];
  }
  return power < 0 ? scaled(1 / mantissa, -exponent) : scaled(mantissa, exponent);
}

/** A mantissa of a half and more, and the power of two that it is times (C: `frexp`). */
function partsOf(value: number): readonly [number, number] {
  if (Math.abs(value) < 2 ** -1000) {
    const [mantissa, exponent] = partsOf(value * 2 ** 100);
    return [mantissa, exponent - 100];
  }
  const estimate = Math.max(-1023, Math.min(1023, Math.floor(Math.log2(Math.abs(value))) + 1));
  const mantissa = value / 2 ** estimate;
  if (Math.abs(mantissa) >= 1) return [mantissa / 2, estimate + 1];
  return Math.abs(mantissa) < 0.5 ? [mantissa * 2, estimate - 1] : [mantissa, estimate];
}

/** In steps, since the power of two alone may be more than a double holds. */
function scaled(mantissa: number, exponent: number): number {
  const half = Math.max(-1000, Math.min(1000, exponent));
  return mantissa * 2 ** half * 2 ** (exponent - half);
}

function real(value: number, call: Call): Value {
  return Number.isNaN(value) ? fail(call, "the result is no number") : double(value, call.at);
}

const max = ofNumbers((a, b) => (compared(a, b) >= 0 ? a : b));
const min = ofNumbers((a, b) => (compared(a, b) <= 0 ? a : b));

function ofNumbers(choose: (a: NumberValue, b: NumberValue) => NumberValue): Builtin {
  return variadic("none", param.numeric, (call, [first, ...others]) =>
    first === undefined ? fail(call, "a number is required") : { ...others.reduce(choose, first), at: call.at },
  );
}

const sum = unary("none", param.items, (call, list) => {
  const vague = vagueness(list);
  if (vague !== undefined) return unknownResult([vague], "none", call);
  if (list.items.length === 0) return fail(call, "the list is empty");
  let total: NumberValue = { kind: "number", value: 0, at: call.at };
  for (const item of list.items) {
    const value = toNumber(item);
    if (value === undefined)
      return param.isOpaque(item) ? unknownResult([item], "none", call) : fail(call, "the items must be numbers");
    const next = calculated("+", total, value, call.at);
    if (next === "none") return fail(call, "the items are infinities of both signs");
    if (next === undefined) return unknownResult([], "none", call);
    total = next;
  }
  return total;
});

/** `range(end)`, `range(start, end)`, `range(start, end, step)`; the step is 1 towards the end. */
const range = variadic("none", param.numeric, (call, numbers) => {
  const [first, second] = numbers;
  if (first === undefined || numbers.length > 3) return fail(call, "one to three numbers are required");
  const zero: NumberValue = { kind: "number", value: 0, at: call.at };
  const start = second === undefined ? zero : first;
  const end = second ?? first;
  const direction = Math.sign(compared(end, start));
  const step: NumberValue = numbers[2] ?? { ...zero, value: direction < 0 ? -1 : 1 };
  const isTowards = compared(step, zero) * direction > 0;
  if (direction !== 0 && !isTowards) return fail(call, "the step does not lead to the end");
  const values: Value[] = [];
  let value = start;
  while (compared(end, value) * direction > 0) {
    if (values.length >= generated) return fail(call, "more than 1024 values");
    values.push({ ...value, at: call.at });
    const next = calculated("+", value, step, call.at);
    if (next === undefined || next === "none") return unknownResult([], "none", call);
    value = next;
  }
  return listOfValues(values, call);
});

/** Terraform's own limit of `range`. */
const generated = 1024;

/** The whole string must be digits of the base, after a sign. */
const parseint = binary("none", [param.any, param.integer], (call, given, base) => {
  if (given.kind === "unknown") return unknownResult([given], "none", call);
  if (given.kind !== "text") return fail(call, "a string is required");
  const characters = charactersOf(given);
  if (characters === undefined) return unknownResult([given], "none", call);
  if (base < 2 || base > 62) return fail(call, "the base must be from 2 to 62");
  const [, sign = "", digits = ""] = /^([+-]?)([0-9A-Za-z]+)$/.exec(characters) ?? [];
  if (digits === "") return fail(call, "the string is no integer");
  if (digits.length > longestInteger) return unknownResult([given], "none", call);
  let value = 0n;
  for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
    const worth = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".indexOf(digit);
    if (worth >= base) return fail(call, "the string is no integer of this base");
    value = value * BigInt(base) + BigInt(worth);
  }
  return numberIn(`${sign}${value}`, call.at) ?? unknownResult([given], "none", call);
});

/** Digits: what is longer is no number that anybody writes, and would take time. */
const longestInteger = 1_000;

export const numbers: Readonly<Record<string, Builtin>> = {
  abs,
  ceil,
  floor,
  log,
  max,
  min,
  parseint,
  pow,
  range,
  signum,
  sum,
};
