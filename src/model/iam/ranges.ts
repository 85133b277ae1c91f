import { anyOf, not, or, type Truth } from "../../core/truth";
import type { Order } from "./operator";
import { hasHoles, hasWildcards, prefixOf, type Pattern } from "./pattern";

/** Values that stand on a line, both ends included: whole numbers, milliseconds since 1970, IP addresses. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of such values that one is to be in, or not to be in. */
export interface RangeDemand {
  readonly ranges: readonly Range[];
  /** There may be more. */
  readonly open: boolean;
  /** Some value meets it for certain, which one is not known: it is in one of the ranges that are not. */
  readonly some: boolean;
  readonly inside: boolean;
}

/**
 * Is there a value on the line that meets all demands? The least of those that do is the first of the line or of a range,
 * or stands behind the last of one: from one of these to the next it is counted how many ranges of each demand are open.
 */
export function isThereValue(line: Range, demands: readonly RangeDemand[]): Truth {
  const counted = demands.map((demand) => ({ demand, count: 0 }));
  const turns = counted.flatMap((one) =>
    one.demand.ranges
      .filter(({ first, last }) => first <= last)
      .flatMap(({ first, last }) => [
        { at: first, one, by: 1 },
        { at: last + 1n, one, by: -1 },
      ]),
  );
  const numbers = { yes: 0, maybe: 0, no: 0 };
  for (const one of counted) numbers[meets(one)]++;
  let best: Truth = "no";
  let at = line.first;
  for (const turn of [...turns.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), undefined]) {
    if (turn === undefined || turn.at > at) {
      best = or(best, numbers.no > 0 ? "no" : numbers.maybe > 0 ? "maybe" : "yes");
      if (turn === undefined || turn.at > line.last) break;
      at = turn.at;
    }
    numbers[meets(turn.one)]--;
    turn.one.count += turn.by;
    numbers[meets(turn.one)]++;
  }
  const others = demands.filter(({ some }) => some).map((): Truth => (demands.length === 1 ? "yes" : "maybe"));
  return anyOf([best, ...others]);
}

function meets({ demand: { open, inside }, count }: { readonly demand: RangeDemand; readonly count: number }): Truth {
  const within = count > 0 ? "yes" : open ? "maybe" : "no";
  return inside ? within : not(within);
}

/** Numbers of seconds, and the like. */
export const wholeNumbers: Range = { first: 0n, last: 1n << 64n };
/** The years from 1 to 9999. */
export const times: Range = { first: -62135596800000n, last: 253402300799999n };
/** IPv4 addresses, and behind them those of IPv6. */
export const addresses: Range = { first: 0n, last: (1n << 32n) + (1n << 128n) - 1n };

/** The whole numbers that are in an order (`<`) to a written one. Undefined: that is no number, or not known. */
export function numbersOf(order: Order, written: Pattern): Range | undefined {
  const digits = literalText(written) ?? "";
  if (!/^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(digits)) return undefined;
  const limit = Number(digits);
  return ranged(order, BigInt(Math.ceil(limit)), BigInt(Math.floor(limit)), wholeNumbers);
}

/** The times that are in an order (`<`) to a written one. Undefined: that is no time of ISO 8601, or not known. */
export function timesOf(order: Order, written: Pattern): Range | undefined {
  const iso = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/;
  const time = Date.parse(iso.exec(literalText(written) ?? "")?.[0] ?? "");
  return Number.isNaN(time) ? undefined : ranged(order, BigInt(time), BigInt(time), times);
}

/** From the least value that is not below the limit, and the greatest that is not above it. */
function ranged(order: Order, ceiling: bigint, floor: bigint, line: Range): Range {
  switch (order) {
    case "=":
      return { first: ceiling, last: floor };
    case "<":
      return { first: line.first, last: ceiling - 1n };
    case "<=":
      return { first: line.first, last: floor };
    case ">":
      return { first: floor + 1n, last: line.last };
    case ">=":
      return { first: ceiling, last: line.last };
  }
}

/** The addresses of a network (`192.0.2.0/24`), or one of them. Undefined: it is none, or not known. */
export function addressesOf(written: Pattern): Range | undefined {
  const [, network = "", prefix] = /^([0-9A-Fa-f:.]{2,45})(?:[/](\d{1,3}))?$/.exec(literalText(written) ?? "") ?? [];
  const address = version4(network) ?? version6(network);
  if (address === undefined) return undefined;
  const length = prefix === undefined ? address.bits : Number(prefix);
  if (length > address.bits) return undefined;
  const size = 1n << BigInt(address.bits - length);
  const first = address.bits === 32 ? address.value : address.value + (1n << 32n);
  const aligned = first - (address.value % size);
  return { first: aligned, last: aligned + size - 1n };
}

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function version4(written: string): Address | undefined {
  const parts = written.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

/** Eight groups of four hexadecimal digits; `::` stands for as many groups of zero as are missing. */
function version6(written: string): Address | undefined {
  const halves = written.split("::");
  if (halves.length > 2) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...new Array<string>(missing).fill("0"), ...right];
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n) };
}

function literalText(pattern: Pattern): string | undefined {
  return hasWildcards(pattern) || hasHoles(pattern) ? undefined : prefixOf(pattern);
}
