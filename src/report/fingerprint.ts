import type * as Crypto from "node:crypto";
import type { ReportedFinding } from "../core/report";
import type { Told } from "./merge";

/** Loaded with the first finding: a clean run is to cost little more than starting Node. */
declare function require(id: "node:crypto"): typeof Crypto;

/**
 * Every finding with its fingerprint: a hash over rule, unit, first subject, the masked text of the place, and the
 * ordinal among findings that agree in these. Lines may move and files be renamed; no literal goes into the hash.
 */
export function withFingerprints<F extends ReportedFinding>(
  told: readonly Told<F>[],
): readonly (Told<F> & Pick<ReportedFinding, "fingerprint">)[] {
  const ordinals = new Map<string, number>();
  return told.map((finding) => {
    const [subject] = finding.subjects;
    const { text, start, end } = finding.place.snippet;
    const key = [finding.rule, subject?.unit, subject?.address, text.slice(start, end).replace(/\s+/g, " ")].join("\n");
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    return { ...finding, fingerprint: hashOf(`${key}\n${ordinal}`) };
  });
}

function hashOf(text: string): string {
  return require("node:crypto").createHash("sha256").update(text).digest("hex").slice(0, 32);
}
