import { decimalText } from "../../../core/scalar";
import type { NumberValue } from "../../../core/value";
import { inUnits, isInfinite } from "./big-number";

/** A verb of a format string: `%-5.2[1]f`. */
export interface Verb {
  readonly minus: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly sharp: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** 0-based. */
  readonly argument: number;
  /** The letter: `s`. */
  readonly mode: string;
}

/** The characters of a number under a verb of numbers, without padding; undefined where the verb wants an integer. */
export function formatNumber(number: NumberValue, verb: Verb): string | undefined {
  const digits = decimalText(number).replace("-", "");
  if (integerModes.has(verb.mode)) return /^\d+$/.test(digits) ? formatInteger(number, verb) : undefined;
  if (isInfinite(number)) return digits === "Inf" ? "-Inf" : digits;
  const magnitude = formatMagnitude({ ...number, value: Math.abs(number.value), digits }, verb);
  const text = verb.mode === "E" || verb.mode === "G" ? magnitude.toUpperCase() : magnitude;
  return signOf(number.value, verb) + text;
}

const integerModes: ReadonlySet<string> = new Set(["b", "d", "o", "x", "X"]);
const bases: Readonly<Record<string, number>> = { b: 2, d: 10, o: 8, x: 16, X: 16 };
const prefixes: Readonly<Record<string, string>> = { b: "0b", d: "", o: "0", x: "0x", X: "0X" };

function formatInteger(number: NumberValue, verb: Verb): string {
  const { value } = number;
  const magnitude = BigInt(decimalText(number).replace("-", ""));
  const written = magnitude === 0n && verb.precision === 0 ? "" : magnitude.toString(bases[verb.mode] ?? 10);
  const digits = written.padStart(verb.precision ?? 0, "0");
  const prefix = verb.sharp ? (prefixes[verb.mode] ?? "") : "";
  return signOf(value, verb) + prefix + (verb.mode === "X" ? digits.toUpperCase() : digits);
}

function signOf(value: number, verb: Verb): string {
  if (value < 0 || Object.is(value, -0)) return "-";
  return verb.plus ? "+" : verb.space ? " " : "";
}

function formatMagnitude(number: NumberValue, verb: Verb): string {
  switch (verb.mode) {
    case "e":
    case "E":
      return exponential(rounded(number, (verb.precision ?? 6) + 1));
    case "f":
      return fixed(number, verb.precision ?? 6);
    default:
      return general(number, verb.mode === "v" ? undefined : verb.precision);
  }
}

function fixed(number: NumberValue, precision: number): string {
  const digits = String(inUnits(number, precision)).padStart(precision + 1, "0");
  const point = digits.length - precision;
  return precision === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Digits behind each other, of which the first is worth ten to the power of the exponent; it is zero in zero alone. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** All digits, without zeros at the end. */
function shortest(number: NumberValue): Decimal {
  const [whole = "", fraction = ""] = decimalText(number).split(".");
  const all = whole + fraction;
  const first = Math.max(all.search(/[1-9]/), 0);
  return { digits: withoutZeros(all.slice(first)), exponent: whole.length - 1 - first };
}

/** So many digits. */
function rounded(number: NumberValue, count: number): Decimal {
  const { digits: all, exponent } = shortest(number);
  if (all === "0") return { digits: "0".repeat(count), exponent: 0 };
  const digits = String(inUnits(number, count - 1 - exponent));
  // 9.96 in two digits is 10.
  return { digits: digits.slice(0, count), exponent: exponent + digits.length - count };
}

function withoutZeros(digits: string): string {
  return digits.replace(/(.)0+$/, "$1");
}

/** Go writes at least two digits of the exponent. */
function exponential({ digits, exponent }: Decimal): string {
  const mantissa = digits.length > 1 ? `${digits.charAt(0)}.${digits.slice(1)}` : digits;
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** As Go's `%g`: the shortest form, with an exponent below 1e-4 and from the precision on, which is 6 where none is given. */
function general(number: NumberValue, precision: number | undefined): string {
  const { digits, exponent } = precision === undefined ? shortest(number) : rounded(number, Math.max(precision, 1));
  const kept = withoutZeros(digits);
  const limit =
    precision === undefined
      ? 6
      : precision > kept.length && kept.length > exponent
        ? kept.length
        : Math.max(precision, 1);
  if (exponent < -4 || exponent >= limit) return exponential({ digits: kept, exponent });
  const whole = exponent < 0 ? "0" : kept.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = exponent < 0 ? "0".repeat(-exponent - 1) + kept : kept.slice(exponent + 1);
  return fraction === "" || kept === "0" ? whole : `${whole}.${fraction}`;
}
