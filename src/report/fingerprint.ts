import type * as Crypto from "node:crypto";
import type { ReportedFinding } from "../core/report";
import type { Unmarked } from "./merge";
import { once } from "../core/once";
import type { Places } from "./places";

/** Loaded with the first fingerprint that somebody reads. */
declare function require(id: "node:crypto"): typeof Crypto;

/** What only formats for programs read is worked out when it is read: it costs more than the rest of a report. */
type Identity = Pick<ReportedFinding, "fingerprint" | "lineHash">;

/**
 * Every finding with GitHub's hash of its line and its fingerprint: a hash over rule, unit, first subject, the masked
 * text of the place, and the ordinal among findings that agree in these. Lines may move and files be renamed; no literal
 * goes into the hash.
 */
export function withFingerprints<F extends ReportedFinding>(
  found: readonly Unmarked<F>[],
  places: Places,
): readonly (Unmarked<F> & Identity)[] {
  const ordinals = new Map<string, number>();
  return found.map((finding) => {
    const [subject] = finding.subjects;
    const { file, offset, snippet } = finding.place;
    const text = snippet.text.slice(snippet.start, snippet.end).replace(/\s+/g, " ");
    const key = [finding.rule, subject?.unit, subject?.address, text].join("\n");
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    const fingerprint = once(() => hashOf(`${key}\n${ordinal}`));
    return {
      ...finding,
      get fingerprint() {
        return fingerprint();
      },
      get lineHash() {
        return places.lineHash({ file, start: offset, end: offset });
      },
    };
  });
}

function hashOf(text: string): string {
  return require("node:crypto").createHash("sha256").update(text).digest("hex").slice(0, 32);
}
