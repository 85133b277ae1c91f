import { decimalText, numberText } from "../../../core/scalar";
import type { NumberValue } from "../../../core/value";

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
  const { value, digits } = number;
  if (integerModes.has(verb.mode)) return decimalText(number).includes(".") ? undefined : formatInteger(number, verb);
  if (verb.mode === "v" && digits !== undefined) return signOf(value, verb) + generalOf(digits.replace("-", ""));
  const magnitude = formatMagnitude(Math.abs(value), verb);
  const text = verb.mode === "E" || verb.mode === "G" ? magnitude.toUpperCase() : magnitude;
  return signOf(value, verb) + text;
}

const integerModes: ReadonlySet<string> = new Set(["b", "d", "o", "x", "X"]);
const bases: Readonly<Record<string, number>> = { b: 2, d: 10, o: 8, x: 16, X: 16 };
const prefixes: Readonly<Record<string, string>> = { b: "0b", d: "", o: "0", x: "0x", X: "0X" };

function formatInteger(number: NumberValue, verb: Verb): string {
  const { value } = number;
  const magnitude = BigInt(decimalText(number).replace("-", ""));
  const digits = magnitude.toString(bases[verb.mode] ?? 10).padStart(verb.precision ?? 0, "0");
  const prefix = verb.sharp ? (prefixes[verb.mode] ?? "") : "";
  return signOf(value, verb) + prefix + (verb.mode === "X" ? digits.toUpperCase() : digits);
}

function signOf(value: number, verb: Verb): string {
  if (value < 0 || Object.is(value, -0)) return "-";
  return verb.plus ? "+" : verb.space ? " " : "";
}

function formatMagnitude(value: number, verb: Verb): string {
  switch (verb.mode) {
    case "e":
    case "E":
      return exponential(value.toExponential(verb.precision ?? 6));
    case "f":
      return fixed(value, verb.precision ?? 6);
    default:
      return general(value, verb.mode === "v" ? undefined : verb.precision);
  }
}

/** Go writes at least two digits of the exponent. */
function exponential(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

/** Halves go to the even digit, as in Go; `toFixed` rounds them up. */
function fixed(value: number, precision: number): string {
  const digits = numberText(value);
  const point = digits.indexOf(".");
  const decimals = point < 0 ? 0 : digits.length - point - 1;
  if (decimals <= precision) return precision === 0 ? digits : padded(digits, precision - decimals, point < 0);
  const isTie = decimals === precision + 1 && digits.endsWith("5") && Number.isInteger(value * 2 ** (precision + 1));
  if (!isTie) return value.toFixed(precision);
  const below = digits.slice(0, precision === 0 ? point : -1);
  return /[13579]$/.test(below) ? value.toFixed(precision) : below;
}

function padded(digits: string, zeros: number, isWhole: boolean): string {
  return `${digits}${isWhole ? "." : ""}${"0".repeat(zeros)}`;
}

/** As Go's `%g`: the shortest form, with an exponent below 1e-4 and from the precision on, which is 6 where none is given. */
function general(value: number, precision: number | undefined): string {
  if (value === 0) return "0";
  const digits = precision === undefined ? value.toExponential() : value.toExponential(Math.max(precision, 1) - 1);
  const [mantissa = "", power = "0"] = digits.split("e");
  const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  const exponent = Number(power);
  const kept = trimmed.replace(".", "").length;
  const limit = precision === undefined ? 6 : precision > kept && kept > exponent ? kept : Math.max(precision, 1);
  if (exponent < -4 || exponent >= limit)
    return exponential(`${trimmed}e${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`);
  return numberText(Number(`${trimmed}e${exponent}`));
}

/** The same of a number that a double does not hold, in decimal. */
function generalOf(digits: string): string {
  const [whole = "", fraction = ""] = digits.split(".");
  const exponent = whole === "0" ? -1 - fraction.search(/[1-9]/) : whole.length - 1;
  if (exponent >= -4 && exponent < 6) return digits;
  const kept = (whole + fraction).replace(/^0+/, "").replace(/0+$/, "");
  const mantissa = kept.length > 1 ? `${kept.charAt(0)}.${kept.slice(1)}` : kept;
  return exponential(`${mantissa}e${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`);
}
