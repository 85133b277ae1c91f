import { decimalText, numberText } from "../../../core/scalar";
import type { Span } from "../../../core/source";
import type { NumberValue } from "../../../core/value";

/** A number as Terraform has it: mantissa × 2^exponent, the mantissa of at most 512 bits (go-cty's numbers are big.Float). */
interface Big {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const precision = 512;
/** Decimal places to either side. What has more is no number that anybody writes, and is not known. */
const places = 5_000;

/** A number that is written in decimal, or an infinity; undefined where it is over what can be written. */
export function numberIn(written: string, at: Span): NumberValue | undefined {
  if (written.endsWith("nf")) return { kind: "number", value: written.startsWith("-") ? -Infinity : Infinity, at };
  const value = Number(written);
  // Fifteen digits are the same in a double, unless that is too small a number for it.
  const isHeld = Number.isFinite(value) && (value !== 0 || !/^[^eE]*[1-9]/.test(written));
  if (written.length <= 15 && isHeld) return { kind: "number", value, at };
  const big = bigIn(written);
  return big && valueOf(big, at);
}

export type Operator = "+" | "-" | "*" | "/" | "%";

/**
 * The result of an operation, rounded as Terraform does; "none" where it has none, as a zero over a zero. Undefined where
 * the result is over what can be written.
 */
export function calculated(
  operator: Operator,
  a: NumberValue,
  b: NumberValue,
  at: Span,
): NumberValue | "none" | undefined {
  if (isPlain(a) && isPlain(b)) {
    const value = ofIntegers(operator, a.value, b.value);
    if (Number.isSafeInteger(value)) return { kind: "number", value: value + 0, at };
  }
  const isZero = b.value === 0 && b.digits === undefined;
  const isDivision = operator === "/" || operator === "%";
  if (isInfinite(a) || isInfinite(b) || (isZero && isDivision)) return ofInfinities(operator, a, b, at);
  const [left, right] = [bigOf(a), bigOf(b)];
  return left && right && valueOf(ofBigs(operator, left, right), at);
}

/** A number over zero is infinite (go-cty's `Divide`), and the remainder by zero is that of no division at all. */
function ofInfinities(operator: Operator, a: NumberValue, b: NumberValue, at: Span): NumberValue | "none" {
  if (operator === "%") return isInfinite(a) || isInfinite(b) ? "none" : { ...a, at };
  // What has digits of its own is finite, and no zero.
  const [left, right] = [a, b].map(({ value, digits }) =>
    digits === undefined ? value : digits.startsWith("-") ? -1 : 1,
  );
  const value = ofIntegers(operator, left ?? 0, right ?? 0);
  return Number.isNaN(value) ? "none" : { kind: "number", value, at };
}

/** What Go works out as a double: calculations take all of it, and the shortest text for its 53 bits is shown. */
export function double(value: number, at: Span): NumberValue {
  if (Number.isSafeInteger(value) || !Number.isFinite(value)) return { kind: "number", value, at };
  const digits = shortest(bigOfDouble(value), 53);
  return { kind: "number", value, isDouble: true, at, ...(numberText(value) !== digits && { digits }) };
}

function bigOfDouble(value: number): Big {
  let [whole, exponent] = [value, 0];
  for (; !Number.isInteger(whole); exponent--) whole *= 2;
  return rounded(BigInt(whole), 1n, exponent);
}

/** How often a power of ten is in a number of no sign, 10^-places; halves go to the even one, as in Go. */
export function inUnits(number: NumberValue, places: number): bigint {
  const { mantissa, exponent } = bigOf(number) ?? { mantissa: 0n, exponent: 0 };
  const over = (mantissa << BigInt(Math.max(exponent, 0))) * 10n ** BigInt(Math.max(places, 0));
  const under = (1n << BigInt(Math.max(-exponent, 0))) * 10n ** BigInt(Math.max(-places, 0));
  const below = over / under;
  const twice = (over % under) * 2n;
  return twice > under || (twice === under && (below & 1n) === 1n) ? below + 1n : below;
}

export function isInfinite({ value, digits }: NumberValue): boolean {
  return digits === undefined && !Number.isFinite(value);
}

/** Negative where `a` is less, positive where it is more. */
export function compared(a: NumberValue, b: NumberValue): number {
  if (a.digits === undefined && b.digits === undefined) return a.value === b.value ? 0 : a.value - b.value;
  const [left, right] = [bigOf(a), bigOf(b)];
  if (left === undefined || right === undefined) return a.value - b.value;
  return Number(BigInt.asIntN(2, signOf(ofBigs("-", left, right).mantissa)));
}

/** The number without its fraction, towards either side. */
export function wholeOf(number: NumberValue, towards: "up" | "down"): NumberValue {
  const big = number.digits === undefined ? undefined : bigOf(number);
  if (big === undefined || big.exponent >= 0) {
    const value = (towards === "up" ? Math.ceil(number.value) : Math.floor(number.value)) + 0;
    return number.digits === undefined ? { ...number, value } : number;
  }
  const floor = big.mantissa >> BigInt(-big.exponent);
  const mantissa = towards === "up" ? floor + 1n : floor;
  return valueOf({ mantissa, exponent: 0 }, number.at) ?? number;
}

function isPlain({ value, digits }: NumberValue): boolean {
  return digits === undefined && Number.isSafeInteger(value);
}

function ofIntegers(operator: Operator, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
  }
}

function ofBigs(operator: Operator, a: Big, b: Big): Big {
  switch (operator) {
    case "+":
    case "-": {
      const exponent = Math.min(a.exponent, b.exponent);
      const left = a.mantissa << BigInt(a.exponent - exponent);
      const right = b.mantissa << BigInt(b.exponent - exponent);
      return rounded(operator === "+" ? left + right : left - right, 1n, exponent);
    }
    case "*":
      return rounded(a.mantissa * b.mantissa, 1n, a.exponent + b.exponent);
    case "/":
      return rounded(a.mantissa, b.mantissa, a.exponent - b.exponent);
    case "%": {
      const { mantissa, exponent } = ofBigs("/", a, b);
      const times =
        exponent >= 0 ? { mantissa, exponent } : { mantissa: mantissa / (1n << BigInt(-exponent)), exponent: 0 };
      return ofBigs("-", a, ofBigs("*", b, times));
    }
  }
}

/** The fraction, times a power of two, as the nearest number; halves go to the even one. */
function rounded(numerator: bigint, denominator: bigint, exponent: number): Big {
  if (numerator === 0n) return { mantissa: 0n, exponent: 0 };
  const isNegative = numerator < 0n !== denominator < 0n;
  const [over, under] = [magnitude(numerator), magnitude(denominator)];
  let shift = precision - bits(over) + bits(under);
  if (bits(quotient(over, under, shift)) > precision) shift--;
  const divisor = shift >= 0 ? under : under << BigInt(-shift);
  const dividend = shift >= 0 ? over << BigInt(shift) : over;
  const below = dividend / divisor;
  const twice = (dividend % divisor) * 2n;
  const isUp = twice > divisor || (twice === divisor && (below & 1n) === 1n);
  const mantissa = isUp ? below + 1n : below;
  const zeros = bits(mantissa & -mantissa) - 1;
  const kept = mantissa >> BigInt(zeros);
  return { mantissa: isNegative ? -kept : kept, exponent: exponent - shift + zeros };
}

function quotient(over: bigint, under: bigint, shift: number): bigint {
  return shift >= 0 ? (over << BigInt(shift)) / under : over / (under << BigInt(-shift));
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function signOf(value: bigint): bigint {
  return value > 0n ? 1n : value < 0n ? -1n : 0n;
}

function bits(value: bigint): number {
  return value.toString(2).length;
}

function bigOf(number: NumberValue): Big | undefined {
  if (number.isDouble === true) return bigOfDouble(number.value);
  return bigIn(decimalText(number));
}

function bigIn(written: string): Big | undefined {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(written);
  if (match === null || written.length > places) return undefined;
  const [, sign = "", whole = "", fraction = "", power = "0"] = match;
  const exponent = Number(power) - fraction.length;
  if (Math.abs(exponent) > places) return undefined;
  const digits = BigInt(`${sign === "-" ? "-" : ""}${whole}${fraction}`);
  const scale = 10n ** BigInt(Math.abs(exponent));
  return exponent >= 0 ? rounded(digits * scale, 1n, 0) : rounded(digits, scale, 0);
}

/** With its digits, where a double has others. */
function valueOf(big: Big, at: Span): NumberValue | undefined {
  const digits = shortest(big);
  const value = Number(digits);
  return { kind: "number", value, at, ...(numberText(value) !== digits && { digits }) };
}

/** The shortest decimal that is nearest to the number and to no other, without exponent (Go: `Text('f', -1)`). */
function shortest({ mantissa, exponent }: Big, bitsKept = precision): string {
  if (mantissa === 0n) return "0";
  const over = magnitude(mantissa) << BigInt(Math.max(exponent, 0));
  const under = 1n << BigInt(Math.max(-exponent, 0));
  // As an integer of at least 170 digits, 15 more than 512 bits tell apart, and the power of ten that it is too large by.
  const power = 172 - Math.floor((bits(over) - bits(under)) * Math.log10(2));
  const scale = 10n ** BigInt(Math.abs(power));
  const scaled = power >= 0 ? (over * scale) / under : over / (under * scale);
  const half = halfStep(magnitude(mantissa), exponent, power, bitsKept);
  const all = String(scaled);
  let [fewest, most] = [1, all.length];
  while (fewest < most) {
    const count = (fewest + most) >> 1;
    const distance = nearest(scaled, all.length - count) - scaled;
    if (magnitude(distance) < half) most = count;
    else fewest = count + 1;
  }
  const digits = String(nearest(scaled, all.length - fewest));
  return (mantissa < 0n ? "-" : "") + withPoint(digits, digits.length - power);
}

/** Half of what lies between the number and the next, in the units of `shortest`. */
function halfStep(mantissa: bigint, exponent: number, power: number, bitsKept: number): bigint {
  const step = exponent - (bitsKept - bits(mantissa)) - 1;
  const over = (1n << BigInt(Math.max(step, 0))) * 10n ** BigInt(Math.max(power, 0));
  return over / ((1n << BigInt(Math.max(-step, 0))) * 10n ** BigInt(Math.max(-power, 0)));
}

/** Rounded to a power of ten. */
function nearest(value: bigint, zeros: number): bigint {
  const unit = 10n ** BigInt(zeros);
  return ((value + unit / 2n) / unit) * unit;
}

function withPoint(digits: string, point: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const fraction = point > 0 ? digits.slice(point) : "0".repeat(-point) + digits;
  const trimmed = fraction.replace(/0+$/, "");
  return trimmed === "" ? whole : `${whole}.${trimmed}`;
}
