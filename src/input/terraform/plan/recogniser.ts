import { cut } from "../../../core/flat";
import { limits } from "../../../core/limits";
import { knownText, refOf, tracesOf } from "../../../core/text";
import type { Known, Piece, Ref, Text, Trace, Value } from "../../../core/value";
import type { ResourceInstance } from "../modules/unit-tree";

/** What a text of the file is, wherever it stands in it. */
interface Meaning {
  readonly traces: readonly Trace[];
  readonly ref: Ref | undefined;
}

/**
 * Once a resource exists, a plan and a state have copies of its credentials and ARNs in place of references: they are
 * recognised by their characters. The attributes of one key are asked for when the first text is compared.
 */
export function recogniser(instances: () => readonly ResourceInstance[]): (value: Value) => Value {
  let meanings: Map<string, Meaning> | undefined;
  return (value) => {
    if (meanings === undefined) {
      // What is asked for meanwhile is recognised by nothing: these are the attributes themselves.
      meanings = new Map();
      addMeanings(instances(), meanings);
    }
    return meanings.size === 0 ? value : recognised(value, meanings, 0);
  };
}

/** Attributes of types that create credentials: their characters are nobody else's. */
const credentialAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_iam_access_key: ["id", "secret", "ses_smtp_password", "ses_smtp_password_v4", "encrypted_ses_smtp_password_v4"],
  aws_iam_user_login_profile: ["password"],
};

/** The credentials that a resource of the type makes: attributes, and no arguments. */
export function ownCredentials(type: string): readonly string[] | undefined {
  return Object.hasOwn(credentialAttributes, type) ? credentialAttributes[type] : undefined;
}

function addMeanings(instances: readonly ResourceInstance[], meanings: Map<string, Meaning>): void {
  for (const instance of instances) {
    if (instance.mode !== "managed") continue; // Data sources read what is there; the resource itself has it as well.
    const credentials = ownCredentials(instance.type);
    for (const attribute of credentials ?? ["arn"]) {
      const value = instance.attribute(attribute);
      const characters = knownText(value);
      if (characters === undefined || characters.length < shortest) continue;
      if (credentials === undefined && !characters.startsWith("arn:")) continue;
      if (!meanings.has(characters)) meanings.set(characters, { traces: tracesOf(value), ref: refOf(value) });
    }
  }
}

/** Characters. What is shorter may be something else: a console password is what Terraform makes, 20 long. */
const shortest = 12;

function recognised(value: Value, meanings: ReadonlyMap<string, Meaning>, depth: number): Value {
  if (depth > limits.depth) return value;
  switch (value.kind) {
    case "text":
      return recognisedText(value, meanings);
    case "list": {
      const items = value.items.map((item) => ({ ...item, value: recognised(item.value, meanings, depth + 1) }));
      return { ...value, items };
    }
    case "map": {
      const entries = value.entries.map((entry) => ({ ...entry, value: recognised(entry.value, meanings, depth + 1) }));
      return { ...value, entries };
    }
    case "choice":
    case "null":
    case "bool":
    case "number":
    case "unknown":
      return value;
  }
}

function recognisedText(text: Text, meanings: ReadonlyMap<string, Meaning>): Text {
  const whole = knownText(text);
  const meaning = whole === undefined ? undefined : meanings.get(whole);
  if (meaning !== undefined) {
    const pieces = text.pieces.map((piece) => (piece.kind === "known" ? { ...piece, traces: meaning.traces } : piece));
    return { ...text, pieces, ...(meaning.ref && { ref: meaning.ref }) };
  }
  const pieces = text.pieces.flatMap((piece) => (piece.kind === "known" ? recognisedPieces(piece, meanings) : [piece]));
  return pieces.length === text.pieces.length && pieces.every((piece, i) => piece === text.pieces[i])
    ? text
    : { ...text, pieces };
}

/** A credential inside a longer text is a piece of its own: JSON of a secret, a URL, a line. */
function recognisedPieces(piece: Known, meanings: ReadonlyMap<string, Meaning>): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const run of piece.text.matchAll(runs)) {
    const [characters] = run;
    const traces = meanings.get(characters)?.traces ?? [];
    if (traces.length === 0) continue;
    const end = run.index + characters.length;
    if (run.index > from) pieces.push(cut(piece, from, run.index));
    pieces.push({ ...cut(piece, run.index, end), traces: [...piece.traces, ...traces] });
    from = end;
  }
  if (from === 0) return [piece];
  return from < piece.text.length ? [...pieces, cut(piece, from, piece.text.length)] : pieces;
}

/** What stands between quotes, slashes of URLs and equals signs; credentials have no other characters. */
const runs = /[A-Za-z0-9+/]{12,}/g;
