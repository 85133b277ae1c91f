import { binary, type Builtin } from "./define";
import * as param from "./param";
import { fail } from "./param";
import { made, number } from "./pieces";

/** A moment as RFC 3339 writes it, with the clock of its zone. */
interface Moment {
  /** Nanoseconds since 1970 in UTC. */
  readonly instant: bigint;
  /** Minutes east of UTC. */
  readonly offset: number;
}

const second = 1_000_000_000n;

const timestamps = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9})\d*)?(?:Z|([+-])(\d{2}):(\d{2}))$/;

function parseMoment(text: string): Moment | undefined {
  const match = timestamps.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, secondOfMinute = 0] = match.slice(1, 7).map(Number);
  const days = new Date(Date.UTC(2000, month, 0)).getUTCDate();
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && !isLeap ? 28 : days;
  if (month < 1 || month > 12 || day < 1 || day > last || hour > 23 || minute > 59 || secondOfMinute > 59) {
    return undefined;
  }
  if (Number(match[9] ?? 0) > 23 || Number(match[10] ?? 0) > 59) return undefined;
  const offset = (match[8] === "-" ? -1 : 1) * (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute - offset, secondOfMinute);
  const fraction = BigInt((match[7] ?? "").padEnd(9, "0"));
  return { instant: BigInt(date.getTime()) * 1_000_000n + fraction, offset };
}

/** The clock that a moment shows. */
interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function clockOf({ instant, offset }: Moment): Clock {
  const seconds = instant / second - (instant % second < 0n ? 1n : 0n);
  const date = new Date((Number(seconds) + offset * 60) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

function formatMoment(moment: Moment): string {
  const { year, month, day, hour, minute, second } = clockOf(moment);
  const date = `${String(year).padStart(4, "0")}-${two(month + 1)}-${two(day)}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${zone(moment, ":", "Z")}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function zone({ offset }: Moment, separator: string, utc: string): string {
  if (offset === 0) return utc;
  const minutes = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

const timeadd = binary("none", [param.known, param.known], (call, time, duration) => {
  const moment = parseMoment(time.characters);
  const added = parseDuration(duration.characters);
  if (moment === undefined) return fail(call, "the time is not in RFC 3339");
  if (added === undefined) return fail(call, "the duration is not valid");
  return made(formatMoment({ ...moment, instant: moment.instant + added }), call);
});

const timecmp = binary("none", [param.known, param.known], (call, a, b) => {
  const left = parseMoment(a.characters);
  const right = parseMoment(b.characters);
  if (left === undefined || right === undefined) return fail(call, "the time is not in RFC 3339");
  return number(left.instant < right.instant ? -1 : left.instant > right.instant ? 1 : 0, call);
});

const units: Readonly<Record<string, number>> = {
  h: 3_600_000_000_000,
  m: 60_000_000_000,
  s: 1_000_000_000,
  ms: 1_000_000,
  us: 1000,
  µs: 1000,
  μs: 1000,
  ns: 1,
};

/** As Go's time.ParseDuration: `-1h30m`. In nanoseconds. */
function parseDuration(text: string): bigint | undefined {
  const unsigned = text.replace(/^[+-]/, "");
  if (unsigned === "0") return 0n;
  let total = 0n;
  let end = 0;
  for (const match of unsigned.matchAll(/(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|μs|ns)/g)) {
    if (match.index !== end) return undefined;
    end += match[0].length;
    const nanoseconds = Number(match[1]) * (units[match[2] ?? ""] ?? 0);
    if (nanoseconds > 2 ** 63) return undefined;
    total += BigInt(Math.trunc(nanoseconds));
  }
  if (end === 0 || end < unsigned.length) return undefined;
  return text.startsWith("-") ? -total : total;
}

const formatdate = binary("none", [param.known, param.known], (call, template, time) => {
  const moment = parseMoment(time.characters);
  if (moment === undefined) return fail(call, "the time is not in RFC 3339");
  let written = "";
  // A quoted run, with two quotes for one; a run of one letter; any other character.
  for (const [token] of template.characters.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^]/gu)) {
    const part = formatToken(token, moment);
    if (part === undefined) return fail(call, "the format has a verb that is not supported");
    written += part;
  }
  return made(written, call);
});

function formatToken(token: string, moment: Moment): string | undefined {
  if (token.startsWith("'")) return token.length < 2 ? undefined : token.slice(1, -1).replaceAll("''", "'");
  if (!/^[A-Za-z]/.test(token)) return token;
  const { year, month, day, weekday, hour, minute, second } = clockOf(moment);
  const half = hour < 12 ? "am" : "pm";
  const verbs: Readonly<Record<string, string>> = {
    YYYY: String(year).padStart(4, "0"),
    YY: two(year % 100),
    MMMM: months[month] ?? "",
    MMM: (months[month] ?? "").slice(0, 3),
    MM: two(month + 1),
    M: String(month + 1),
    DD: two(day),
    D: String(day),
    EEEE: weekdays[weekday] ?? "",
    EEE: (weekdays[weekday] ?? "").slice(0, 3),
    hh: two(hour),
    h: String(hour),
    HH: two(hour % 12 || 12),
    H: String(hour % 12 || 12),
    AA: half.toUpperCase(),
    aa: half,
    mm: two(minute),
    m: String(minute),
    ss: two(second),
    s: String(second),
    ZZZZZ: zone(moment, ":", "+00:00"),
    ZZZZ: zone(moment, "", "+0000"),
    ZZZ: zone(moment, "", "UTC"),
    Z: zone(moment, ":", "Z"),
  };
  return verbs[token];
}

const months = "January February March April May June July August September October November December".split(" ");
const weekdays = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

export const times: Readonly<Record<string, Builtin>> = { formatdate, timeadd, timecmp };
