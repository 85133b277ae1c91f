import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

/**
 * The one module that writes. A file is whole or as it was before: the text goes to a temporary file beside it, its
 * length is checked, it is synced and renamed. A link is followed, a device or pipe (`/dev/stdout`) is written to as it
 * is. Throws what the system says.
 */
export function writeFile(path: string, content: string | Buffer): void {
  const known = statSync(path, { throwIfNoEntry: false });
  if (known === undefined || known.isFile()) replace(known === undefined ? path : realpathSync(path), content);
  else writeThrough(path, content);
}

function replace(path: string, content: string | Buffer): void {
  const temporary = join(dirname(path), `.ses-cred-lint-${process.pid}-${process.hrtime.bigint()}.tmp`);
  try {
    // "wx": never through something that somebody else put there.
    const descriptor = openSync(temporary, "wx", 0o644);
    try {
      const bytes = Buffer.from(content);
      writeAll(descriptor, bytes);
      fsyncSync(descriptor);
      if (fstatSync(descriptor).size !== bytes.length) throw new Error("the disk took only a part of the report");
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeThrough(path: string, content: string | Buffer): void {
  const descriptor = openSync(path, "w");
  try {
    writeAll(descriptor, Buffer.from(content));
  } finally {
    closeSync(descriptor);
  }
}

/** Writes to standard output or error, all of it before it returns. */
export function writeStream(descriptor: 1 | 2, text: string): void {
  writeAll(descriptor, Buffer.from(text));
}

function writeAll(descriptor: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (!isBusy(error)) throw error;
      // A pipe that its reader has not emptied yet: nothing tells a synchronous writer when to go on.
      Atomics.wait(pause, 0, 0, 5);
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}
