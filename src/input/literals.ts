import { addAll } from "../core/add-all";
import { cut } from "../core/flat";
import { Secret } from "../core/secret";
import type { Span } from "../core/source";
import type { Piece, Value } from "../core/value";
import type { CredentialLiteral, RootReference, Setting } from "../model/model";
import { namesRoot, wordsOf, type SettingNames, type SettingRole } from "../model/credentials/setting-names";
import { credentialsIn, hostOf, type CredentialShape, type ShapedPart } from "../model/credentials/shapes";
import type { PlacedSetting } from "./settings";

/** Literals of credentials, and names of root, that stand in settings. */
export interface Literals {
  readonly literals: readonly CredentialLiteral[];
  readonly references: readonly RootReference[];
}

/** What settings hold, and what of it is a secret access key only if it gets to where a name says so. */
export interface Looked extends Literals {
  /** Places of texts of that form which neither their name nor an id beside them says to be one. */
  readonly unnamed: readonly Span[];
}

/** Where settings are looked through. */
export interface LiteralPlace {
  /** Address of the block that they stand in. */
  readonly address: string;
  /** Is `profile` here a profile of AWS credentials (a provider, a backend)? */
  readonly profiles: boolean;
  /** What names of settings say. */
  readonly names: SettingNames;
}

/**
 * The AWS credentials that are written down: key ids anywhere, and secret keys where the name says so or where a key id
 * stands in the same map or text. A run of 40 characters alone proves nothing: digests and tokens look so, too.
 */
export function literalsIn(groups: readonly (readonly PlacedSetting[])[], place: LiteralPlace): Looked {
  const literals: CredentialLiteral[] = [];
  const references: RootReference[] = [];
  const unnamed: Span[] = [];
  // What a line of a text names is told by that name, before the text as a whole.
  const inTexts = (group: readonly PlacedSetting[]) => Number(group[0]?.container.endsWith("/text") === true);
  for (const group of [...groups].sort((a, b) => inTexts(b) - inTexts(a))) {
    const shaped = group.map((setting) => {
      return { setting, parts: shapedParts(setting.value), role: roleOf(setting.name, place.names) };
    });
    const named = containersWith(shaped, "secret-access-key", "aws-secret");
    const withId = containersWith(shaped, "access-key-id");
    for (const { setting, parts, role } of shaped) {
      const expected = role === "aws-secret" || (withId.has(setting.container) && !named.has(setting.container));
      const own = parts.flatMap((part) => credentialLiteral(part, setting, expected, place) ?? []);
      addAll(literals, own);
      if (!expected) addAll(unnamed, parts.filter(isSecretKey).map(placeOfPart));
      const reference = rootReference(setting, own[0], place);
      if (reference) references.push(reference);
    }
  }
  return { literals, references, unnamed };
}

function isSecretKey({ shape }: LocatedPart): boolean {
  return shape === "secret-access-key";
}

function placeOfPart({ piece, start, end }: LocatedPart): Span {
  return cut(piece, start, end).at;
}

interface Shaped {
  readonly setting: PlacedSetting;
  readonly parts: readonly LocatedPart[];
  readonly role: SettingRole | undefined;
}

/** The maps and texts that hold a credential of a shape, under a name that says so where one is asked for. */
function containersWith(settings: readonly Shaped[], shape: CredentialShape, role?: SettingRole): ReadonlySet<string> {
  const found = settings.filter((one) => role === undefined || one.role === role);
  const shaped = found.filter((one) => one.parts.some((part) => part.shape === shape));
  return new Set(shaped.map((one) => one.setting.container));
}

/** `root_access_key` is a key's name as `access_key` is; `MINIO_SECRET_KEY` is none of AWS. */
function roleOf(name: string, names: SettingNames): SettingRole | undefined {
  const said = names.of(name);
  if (said?.foreign === true && !/aws|amazon/i.test(name)) return undefined;
  if (said !== undefined || !namesRoot(name)) return said?.role;
  const others = wordsOf(name).filter((word) => word !== "root" && word !== "var" && word !== "local");
  return names.of(others.join("_"))?.role;
}

interface LocatedPart extends ShapedPart {
  readonly piece: Piece & { readonly kind: "known" };
}

/** The credential-shaped runs of a value's known characters. A run that goes on in what is not known is none. */
function shapedParts(value: Value): readonly LocatedPart[] {
  switch (value.kind) {
    case "text":
      return value.pieces.flatMap((piece, i) => {
        if (piece.kind === "hole") return [];
        if (piece.kind === "encoded") return piece.value.kind === "text" ? shapedParts(piece.value) : [];
        const before = value.pieces[i - 1];
        const after = value.pieces[i + 1];
        return credentialsIn(piece.text)
          .filter((part) => before === undefined || before.kind === "known" || part.start > 0)
          .filter((part) => after === undefined || after.kind === "known" || part.end < piece.text.length)
          .map((part) => ({ ...part, piece }));
      });
    case "list":
      return value.items.flatMap((item) => shapedParts(item.value));
    case "choice":
      return value.options.flatMap((option) => shapedParts(option.value));
    case "null":
    case "bool":
    case "number":
    case "map":
    case "unknown":
      return [];
  }
}

function credentialLiteral(
  part: LocatedPart,
  setting: Setting,
  expected: boolean,
  place: LiteralPlace,
): CredentialLiteral | undefined {
  const { shape, piece, start, end } = part;
  if (shape === "smtp-password-v2" || (shape === "secret-access-key" && !expected)) return undefined;
  if (shape === "smtp-password" && hostOf(setting.value)?.kind !== "ses-smtp") return undefined;
  const found = cut(piece, start, end);
  const secret = new Secret(found.text);
  return { kind: shape, secret, at: found.at, place: setting.name, address: place.address };
}

/** `profile = "root"`; a name of root's key with a literal in it, or with a value that is named after root. */
function rootReference(
  { name, value }: Setting,
  literal: CredentialLiteral | undefined,
  { address, names, profiles }: LiteralPlace,
): RootReference | undefined {
  if (isProfile(name, profiles) && isRoot(value)) return { kind: "profile", at: value.at, place: name, address };
  const role = roleOf(name, names);
  if (role !== "aws-secret" && role !== "aws-key-id") return undefined;
  const common = { kind: "name", half: role === "aws-secret" ? "secret" : "id", address } as const;
  if (literal !== undefined && namesRoot(name)) return { ...common, isWritten: true, at: literal.at, place: name };
  const source = value.kind === "unknown" && value.id !== undefined && namesRoot(value.id) ? value.id : undefined;
  if (source === undefined || roleOf(source, names) !== role) return undefined;
  return { ...common, isWritten: false, at: value.at, place: source };
}

function isProfile(name: string, profiles: boolean): boolean {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return last === "profile" ? profiles : /^AWS_(?:DEFAULT_)?PROFILE$/i.test(last);
}

function isRoot(value: Value): boolean {
  const [only] = value.kind === "text" ? value.pieces : [];
  return value.kind === "text" && value.pieces.length === 1 && only?.kind === "known" && only.text === "root";
}
