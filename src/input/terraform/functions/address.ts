/** The number of bits of an address. */
export type Version = 32 | 128;

interface Address {
  readonly version: Version;
  readonly address: bigint;
}

/** An IP address as Terraform reads it: leading zeros in IPv4 are decimal. */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) {
    const address = parseFour(text);
    return address === undefined ? undefined : { version: 32, address };
  }
  const address = parseSix(text);
  return address === undefined ? undefined : { version: 128, address };
}

function parseFour(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(Number(part)), 0n);
}

/** `::` stands for as many zero groups as are missing; the last two groups may be written as IPv4. */
function parseSix(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...(tail ?? [])];
  return groups.reduce((sum, group) => (sum << 16n) | group, 0n);
}

function groupsOf(half: string): readonly bigint[] | undefined {
  if (half === "") return [];
  const groups: bigint[] = [];
  for (const [i, part] of half.split(":").entries()) {
    const isLast = i === half.split(":").length - 1;
    const four = isLast && part.includes(".") ? parseFour(part) : undefined;
    if (four !== undefined) groups.push(four >> 16n, four & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups.length > 8 ? undefined : groups;
}

/** As Go writes it: the longest run of at least two zero groups is `::`. */
export function formatAddress(version: Version, address: bigint): string {
  if (version === 32) {
    return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");
  }
  const groups = Array.from({ length: 8 }, (_, i) => (address >> BigInt(16 * (7 - i))) & 0xffffn);
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0n) length++;
    if (length > best.length) best = { start, length };
  }
  const digits = groups.map((group) => group.toString(16));
  if (best.start < 0) return digits.join(":");
  return `${digits.slice(0, best.start).join(":")}::${digits.slice(best.start + best.length).join(":")}`;
}
