import { concise } from "./concise";
import { full } from "./full";
import { json } from "./json";
import { sarif } from "./sarif";
import type { Format } from "./format";

export type { Format, RenderOptions } from "./format";
export { wrap } from "./columns";
export { describeDiagnostics, summarize } from "./summary";

/** Every format that `--format` takes. */
export const formats: readonly Format[] = [full, concise, json, sarif];
