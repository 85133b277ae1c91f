import type { Rule } from "../src/model/rule";
/** Every rule once: from the document, from the guide, beyond the text. */
export declare const rules: readonly Rule[];
