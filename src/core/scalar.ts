/**
 * A number in decimal without exponent, as Terraform converts it to a string. `value` is a double, so digits beyond
 * its precision are zeros.
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : value < 0 ? "-Inf" : "NaN";
  const short = String(value);
  const exponentAt = short.indexOf("e");
  if (exponentAt < 0) return short;
  const exponent = Number(short.slice(exponentAt + 1));
  const sign = value < 0 ? "-" : "";
  const [whole = "", fraction = ""] = short.slice(sign.length, exponentAt).split(".");
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, "0");
}

/** A number with all the digits that are known of it. */
export function decimalText({ value, digits }: { readonly value: number; readonly digits?: string }): string {
  return digits ?? numberText(value);
}

/** Orders texts by code point, as Go orders strings; by UTF-16 unit the astral planes would stand before U+E000. */
export function compareCodePoints(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    const isLeftHalf = left >= 0xd800 && left <= 0xdfff;
    const isRightHalf = right >= 0xd800 && right <= 0xdfff;
    if (isLeftHalf && right >= 0xe000) return 1;
    if (isRightHalf && left >= 0xe000) return -1;
    return left - right;
  }
  return a.length - b.length;
}
