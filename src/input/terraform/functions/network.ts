import { binary, ternary, unary, unaryWithRest, type Builtin } from "./define";
import { magnitude } from "./big-number";
import { formatAddress, parseAddress, type Version } from "./address";
import { listOfValues } from "./lists";
import * as param from "./param";
import { fail } from "./param";
import { made } from "./pieces";

/** A block of addresses: its first address and the length of its prefix. */
interface Block {
  readonly version: Version;
  readonly first: bigint;
  readonly prefix: number;
}

const cidrhost = binary("none", [param.known, param.large], (call, written, host) => {
  const block = parseBlock(written.characters);
  if (block === undefined) return fail(call, "the string is no CIDR block");
  const size = 1n << BigInt(block.version - block.prefix);
  const number = host < 0n ? size + host : host;
  if (number < 0n || number >= size) return fail(call, "the block has no such host");
  return made(formatAddress(block.version, block.first + number), call);
});

const cidrnetmask = unary("none", param.known, (call, written) => {
  const block = parseBlock(written.characters);
  if (block?.version !== 32) return fail(call, "the string is no IPv4 CIDR block");
  return made(formatAddress(32, maskOf(block.version, block.prefix)), call);
});

const cidrsubnet = ternary("none", [param.known, param.integer, param.large], (call, written, bits, number) => {
  const block = parseBlock(written.characters);
  if (block === undefined) return fail(call, "the string is no CIDR block");
  const prefix = block.prefix + bits;
  if (prefix > block.version) return fail(call, "the block has not so many bits");
  // Terraform takes fewer bits, too, which makes a larger block; of one that has too few it makes this text.
  if (prefix < 0) return made("<nil>", call);
  const isThere = bits < 0 || magnitude(number) < 1n << BigInt(bits);
  // Of a number below zero Go's library takes the bits that are left without its sign: of no use, and no error.
  const first = magnitude(block.first | (number << BigInt(block.version - prefix)));
  if (!isThere || first >= 1n << BigInt(block.version)) return fail(call, "the block has no such subnet");
  return made(`${formatAddress(block.version, first)}/${prefix}`, call);
});

/** Subnets one after the other, each at the next place that its size allows. */
const cidrsubnets = unaryWithRest("none", [param.known, param.integer], (call, written, sizes) => {
  const block = parseBlock(written.characters);
  if (block === undefined) return fail(call, "the string is no CIDR block");
  let next = block.first;
  const end = block.first + (1n << BigInt(block.version - block.prefix));
  const subnets = [];
  for (const bits of sizes) {
    const prefix = block.prefix + bits;
    if (bits < 1 || prefix > block.version) return fail(call, "the block has not so many bits");
    const size = 1n << BigInt(block.version - prefix);
    const first = ((next + size - 1n) / size) * size;
    if (first + size > end) return fail(call, "the block has no room for the subnets");
    subnets.push(made(`${formatAddress(block.version, first)}/${prefix}`, call));
    next = first + size;
  }
  return listOfValues(subnets, call);
});

function parseBlock(written: string): Block | undefined {
  const [, address = "", digits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(written) ?? [];
  const parsed = parseAddress(address);
  const prefix = Number(digits);
  if (parsed === undefined || digits === "" || prefix > parsed.version) return undefined;
  return { version: parsed.version, prefix, first: parsed.address & maskOf(parsed.version, prefix) };
}

function maskOf(version: Version, prefix: number): bigint {
  return ((1n << BigInt(prefix)) - 1n) << BigInt(version - prefix);
}

export const network: Readonly<Record<string, Builtin>> = { cidrhost, cidrnetmask, cidrsubnet, cidrsubnets };
