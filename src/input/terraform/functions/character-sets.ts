/** How a text is written in bytes; undefined where it has characters, or they have bytes, that the character set lacks. */
interface CharacterSet {
  encode(characters: string): Buffer | undefined;
  decode(bytes: Buffer): string | undefined;
}

/** By the name that IANA has for it, in any case. Those of more than one byte a character, Unicode's aside, are not known. */
export function characterSet(name: string): CharacterSet | undefined {
  const known = name.toLowerCase();
  switch (known) {
    case "utf-8":
      return { encode: (characters) => Buffer.from(characters, "utf8"), decode: utf8In };
    case "utf-16le":
      return { encode: (characters) => Buffer.from(characters, "utf16le"), decode: utf16In };
    case "utf-16be":
      return { encode: bigEndian, decode: (bytes) => utf16In(swapped(bytes)) };
    case "utf-16":
      return { encode: (characters) => bigEndian(`\ufeff${characters}`), decode: markedIn };
    case "us-ascii":
      return ofOneByte((byte) => (byte < 128 ? String.fromCharCode(byte) : undefined));
    case "iso-8859-1":
    case "latin1":
      return ofOneByte((byte) => String.fromCharCode(byte));
    case "windows-1252":
      return ofOneByte(inWindows);
  }
  return oneByte.test(known) ? ofOneByte((byte) => decoded(byte, known)) : undefined;
}

const oneByte = /^(?:windows-125[013-8]|iso-8859-(?:[2-8]|1[03-6])|koi8-[ru]|ibm866|macintosh)$/;

/** Node 20 decodes this one as ISO-8859-1. */
function inWindows(byte: number): string | undefined {
  const character = byte < 0x80 || byte > 0x9f ? String.fromCharCode(byte) : forControls[byte - 0x80];
  return character === " " && byte !== 0x20 ? undefined : character;
}

const forControls = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

export function utf8In(bytes: Buffer): string | undefined {
  const characters = bytes.toString("utf8");
  return Buffer.from(characters, "utf8").equals(bytes) ? characters : undefined;
}

function utf16In(bytes: Buffer): string | undefined {
  const characters = bytes.toString("utf16le");
  return bytes.length % 2 === 0 && utf8In(Buffer.from(characters, "utf8")) === characters ? characters : undefined;
}

/** Big-endian, unless its mark says otherwise. */
function markedIn(bytes: Buffer): string | undefined {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  return utf16In(isLittle ? bytes : swapped(bytes))?.replace(/^\ufeff/, "");
}

function bigEndian(characters: string): Buffer {
  return swapped(Buffer.from(characters, "utf16le"));
}

/** Each two bytes the other way round; a last one that is alone stays. */
function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, i) => bytes[i ^ 1] ?? byte));
}

function ofOneByte(characterOf: (byte: number) => string | undefined): CharacterSet {
  const characters = Array.from({ length: 256 }, (_, byte) => characterOf(byte));
  const bytes = new Map(characters.map((character, byte) => [character, byte]));
  return {
    encode(text) {
      const encoded = Array.from(text, (character) => bytes.get(character));
      return encoded.every((byte) => byte !== undefined) ? Buffer.from(encoded) : undefined;
    },
    decode(given) {
      const found = Array.from(given, (byte) => characters[byte]);
      return found.every((character) => character !== undefined) ? found.join("") : undefined;
    },
  };
}

/** The decoder of the web gives the bytes that Windows has no character for those of the control characters. */
function decoded(byte: number, name: string): string | undefined {
  const character = new TextDecoder(name).decode(Uint8Array.of(byte));
  const isNone = character === "\ufffd" || (name.startsWith("windows") && /[\u0080-\u009f]/.test(character));
  return isNone ? undefined : character;
}
