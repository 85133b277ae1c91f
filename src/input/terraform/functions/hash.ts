import type { BinaryToTextEncoding } from "node:crypto";
import { mergeTraces, tracesOf, unknown } from "../../../core/text";
import { stepped } from "../../../core/trace";
import { binary, unary, variadic, type Builtin } from "./define";
import { loadCrypto } from "./lazy";
import * as param from "./param";
import { fail } from "./param";
import { made } from "./pieces";

type Algorithm = "md5" | "sha1" | "sha256" | "sha512";

/** Of the string's UTF-8 bytes. A hash ends every trace. */
function hash(algorithm: Algorithm, encoding: BinaryToTextEncoding): Builtin {
  return unary("none", param.known, (call, of) => made(digest(algorithm, of.characters, encoding), call));
}

export function digest(algorithm: Algorithm, characters: string, encoding: BinaryToTextEncoding): string {
  return loadCrypto().createHash(algorithm).update(characters, "utf8").digest(encoding);
}

/** RFC 4122, section 4.3: SHA-1 over the namespace's bytes and the name. */
const uuidv5 = binary("none", [param.known, param.known], (call, space, of) => {
  const id = namespaces.get(space.characters) ?? space.characters;
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return fail(call, "the namespace is no UUID");
  const bytes = loadCrypto()
    .createHash("sha1")
    .update(Buffer.from(id.replaceAll("-", ""), "hex"))
    .update(of.characters, "utf8")
    .digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const digits = bytes.toString("hex");
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20, 32),
  ];
  return made(parts.join("-"), call);
});

const namespaces: ReadonlyMap<string, string> = new Map([
  ["dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
  ["url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"],
  ["oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"],
  ["x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"],
]);

/** Another value in every run of Terraform. */
const fresh: Builtin = variadic("none", param.whole, (call) => unknown("after-apply", `${call.name}()`, call.at));

/** Decrypted with a key that a linter must not use. */
const rsadecrypt: Builtin = variadic("may", param.whole, (call, args) =>
  unknown("unsupported", `${call.name}()`, call.at, {
    traces: stepped(mergeTraces(args.flatMap(tracesOf)), call.name, "may", call.at),
  }),
);

export const hashes: Readonly<Record<string, Builtin>> = {
  base64sha256: hash("sha256", "base64"),
  base64sha512: hash("sha512", "base64"),
  bcrypt: fresh,
  md5: hash("md5", "hex"),
  plantimestamp: fresh,
  rsadecrypt,
  sha1: hash("sha1", "hex"),
  sha256: hash("sha256", "hex"),
  sha512: hash("sha512", "hex"),
  timestamp: fresh,
  uuid: fresh,
  uuidv5,
};
