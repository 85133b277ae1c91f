import { asking } from "./asking";
import { collections } from "./collections";
import { control } from "./control";
import { conversions } from "./conversions";
import { encodings } from "./encoding";
import { files } from "./files";
import { formats } from "./format";
import { hashes } from "./hash";
import { joins } from "./join";
import { maps } from "./maps";
import { network } from "./network";
import { numbers } from "./numbers";
import { regexes } from "./regex";
import { removed } from "./removed";
import { sets } from "./sets";
import { strings } from "./strings";
import { times } from "./time";
import type { Builtin } from "./define";

export { spread } from "./spread";

/** Terraform 1.11's built-in functions, and those that it had before, by name, but for the encoders. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  [
    asking,
    collections,
    control,
    conversions,
    encodings,
    files,
    formats,
    hashes,
    joins,
    maps,
    network,
    numbers,
    regexes,
    removed,
    sets,
    strings,
    times,
  ].flatMap((group) => Object.entries(group)),
);
