import { masked } from "../core/secret";
import { holdsSecret } from "./mask/shapes";

/**
 * A text of the input that is shown outside of a snippet: an address, the name of something unknown, a condition. What
 * looks like a credential is masked; control characters and bidirectional marks, which would let an input draw on the
 * reader's terminal, become spaces.
 */
export function shown(text: string): string {
  return harmless(text, " ").replace(/[A-Za-z0-9/+]{20,}={0,2}/g, (run) => (holdsSecret(run) ? masked : run));
}

/** A construct path: a name holds no slash, so that a run of characters through several of them is no credential. */
export function shownPath(path: string): string {
  return path.split("/").map(shown).join("/");
}

/** Replaces, one for one, what a terminal would obey instead of show. Tabs stay. */
export function harmless(text: string, replacement: string): string {
  return text.replace(unshowable, replacement);
}

const unshowable = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
