import type { Diagnostic } from "../core/diagnostic";
import type { GivenValue } from "../core/given-value";
import type { Read } from "../core/read";
import type { FileOutcome } from "../core/report";
import type { Model } from "../model/model";
import type { SettingNames } from "../model/credentials/setting-names";

/** A file that the walk found. `named`: the user gave its path. */
export interface FoundFile {
  readonly path: string;
  readonly named: boolean;
}

/**
 * The models of a dialect's files, one after the other: who takes one need not keep it, so that a run takes the memory of
 * its largest unit, however many there are. Last what is to be said of the files.
 */
export type Adapting = Generator<Model, Adapted, void>;

/** What there is to say of the files that a dialect took, besides its models. */
export interface Adapted {
  readonly diagnostics: readonly Diagnostic[];
  /** What became of every file that the dialect took, and of those it read on the way (a policy by `file()`). */
  readonly files: readonly FileOutcome[];
}

/** What a user gives to a run beside its files. */
export interface Given {
  /** Values for parameters of templates. */
  readonly parameters?: readonly GivenValue[];
  /** Values for variables of Terraform's root modules, and variable files, in the order in which they count. */
  readonly variables?: readonly GivenValue[];
  /** What names of settings say; what the table says otherwise. */
  readonly names?: SettingNames;
}

/** One folder a dialect; `index.ts` lists them. A file goes to the first dialect that recognises it. */
export interface Dialect {
  readonly name: string;
  /** By the name, and where the name says nothing by the content. Reading goes through `read`, once a file. */
  recognises(file: FoundFile, read: Read): boolean;
  /** Never throws on any input. */
  adapt(files: readonly FoundFile[], read: Read, given?: Given): Adapting;
}
