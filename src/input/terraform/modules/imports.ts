import type { ConfigFile, Expression } from "../parse/syntax";

/**
 * Which resources a root module's `import` blocks name, by address. A key that is worked out may be any, and where the
 * keys of a resource are not known (`[*]`) any of them may be named.
 */
export function importsIn(configs: readonly ConfigFile[]): (address: string) => boolean {
  const named = new Set<string>();
  const ofAnyKey = new Set<string>();
  const ofSomeKey = new Set<string>();
  for (const block of configs.flatMap(({ body }) => body.blocks)) {
    if (block.type.text !== "import") continue;
    const to = block.body.attributes.find(({ name }) => name.text === "to");
    const address = to && addressOf(to.value);
    if (address === undefined) continue; // Terraform refuses it.
    named.add(address);
    ofSomeKey.add(withoutKeys(address));
    if (address.includes(anyKey)) ofAnyKey.add(withoutKeys(address));
  }
  return (address) => {
    if (named.has(address) || ofSomeKey.size === 0) return named.has(address);
    return (address.includes(anyKey) ? ofSomeKey : ofAnyKey).has(withoutKeys(address));
  };
}

const anyKey = "[*]";

/** In JSON syntax it is a text: `aws_iam_user.mail[each.key]`. */
function addressOf(e: Expression): string | undefined {
  if (e.kind === "variable") return e.name;
  if (e.kind === "template") return textOf(e)?.replace(/\[(?!(?:"(?:[^"\\]|\\.)*"|\d+)\])[^[\]]*\]/g, anyKey);
  if (e.kind !== "get-attribute" && e.kind !== "index") return undefined;
  const of = addressOf(e.of);
  if (of === undefined) return undefined;
  return of + (e.kind === "index" ? keyOf(e.key) : `.${e.name.text}`);
}

function keyOf(key: Expression): string {
  if (key.kind === "literal" && key.value.kind === "number") return `[${key.value.text}]`;
  const text = textOf(key);
  return text === undefined ? anyKey : `[${JSON.stringify(text)}]`;
}

function textOf(e: Expression): string | undefined {
  const [only, other] = e.kind === "template" ? e.parts : [];
  return only?.kind === "text" && other === undefined ? only.text : undefined;
}

function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+|\*)\]/g, "");
}
