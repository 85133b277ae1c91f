/**
 * A path, relative to the root and with forward slashes, as a relative URI. A colon is encoded too: before the first
 * slash it would make a scheme. Half a surrogate pair, which no URI can hold, becomes the replacement character.
 */
export function percentEncoded(path: string): string {
  return path
    .split("/")
    .map((segment) => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, "\ufffd")))
    .join("/");
}
