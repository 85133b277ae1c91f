import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { Script } from "node:vm";
import { writeFile } from "./write";

/**
 * What V8 made of the program's text in an earlier run, kept in the user's folder of caches: to parse and compile takes
 * half of a run over a small directory. V8 takes it only for the version, flags and text that it is of; the file's name
 * has the bundle's hash besides. Whatever is wrong with it, the run goes on without.
 */
interface CodeStore {
  /** An absolute path. */
  readonly file: string;
}

/** How long it is used as it is, in ms: then it is written anew, with what the runs of late have compiled. */
const freshFor = 24 * 60 * 60 * 1000;
/** When files of other versions are removed: those that were not written anew for so long, in ms. */
const staleAfter = 30 * freshFor;

/** Undefined where nothing may be kept, or nobody would read it: on runners of CI every run is the first. */
export function codeStore(env: Readonly<Record<string, string | undefined>>, hash: string): CodeStore | undefined {
  if (env["NODE_DISABLE_COMPILE_CACHE"] !== undefined || (env["CI"] ?? "") !== "") return undefined;
  const home = env["HOME"];
  const caches = env["XDG_CACHE_HOME"] ?? env["LOCALAPPDATA"] ?? (home === undefined ? "" : join(home, ".cache"));
  if (!isAbsolute(caches)) return undefined;
  const name = [hash, process.versions.v8, process.arch].join("-");
  return { file: join(caches, "ses-cred-lint", `${name}.code`) };
}

export interface Loaded {
  /** Keeps what is compiled by now for later runs, where what was kept is missing or no longer fresh. */
  keep(): void;
}

/** Loads a file as `require` would, and leaves it where `require` finds it. */
export function loadCompiled(path: string, { file }: CodeStore): Loaded {
  const kept = readOwn(file);
  const script = new Script(Module.wrap(readFileSync(path, "utf8")), {
    filename: path,
    ...(kept !== undefined && { cachedData: kept.bytes }),
  });
  const module = new Module(path);
  module.filename = path;
  const run: unknown = script.runInThisContext();
  if (typeof run !== "function") throw new TypeError("a file of the bundle is no module");
  Reflect.apply(run, module.exports, [module.exports, createRequire(path), module, path, dirname(path)]);
  module.loaded = true;
  createRequire(path).cache[path] = module;
  const isFresh = kept?.isFresh === true && script.cachedDataRejected === false;
  return {
    keep() {
      if (!isFresh) keepCode(file, script);
    },
  };
}

interface Kept {
  readonly bytes: Buffer;
  readonly isFresh: boolean;
}

/** A file of ours that nobody else may write: V8 trusts what is in it. */
function readOwn(path: string): Kept | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { uid, mode, mtimeMs } = fstatSync(descriptor);
    const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    if (!isOurs) return undefined;
    const twice = readFileSync(descriptor);
    const bytes = twice.subarray(0, twice.length / 2);
    return bytes.equals(twice.subarray(bytes.length)) ? { bytes, isFresh: Date.now() - mtimeMs < freshFor } : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Nothing is said where it cannot be kept: the run itself has done what it was asked. */
function keepCode(file: string, script: Script): void {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const bytes = script.createCachedData();
    // V8 checks its head only, and a damaged body ends the process: to compare two copies is the quickest check.
    writeFile(file, Buffer.concat([bytes, bytes]));
    for (const name of readdirSync(folder)) {
      const other = join(folder, name);
      if (Date.now() - statSync(other).mtimeMs > staleAfter) rmSync(other, { force: true });
    }
  } catch {
    return;
  }
}
