import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { codeStore } from "../../src/cli/compiled";
import { folderWith } from "../temporary";

const program = "exports.double = (n) => 2 * n;\nexports.place = __filename;\n";
const day = 24 * 60 * 60;

/** The start of the bundle, over a program of two lines: what V8 remembers within a process shall not count. */
describe("compiled code", () => {
  let start = "";
  before(() => {
    const { outputFiles } = buildSync({
      entryPoints: ["src/cli/start.ts"],
      bundle: true,
      platform: "node",
      target: "node20",
      external: ["./main"],
      define: { bundleHash: '"0123abcd"' },
      write: false,
    });
    start = outputFiles[0]?.text ?? "";
  });

  function setUp(text = program) {
    const main =
      'const { double, place } = require("./shared.js");\nconsole.log(double(21), place === require.resolve("./shared.js"));\n';
    const folder = folderWith({ "shared.js": text, "main.js": main, "start.js": start });
    const caches = join(folder, "caches");
    const code = codeStore({ XDG_CACHE_HOME: caches }, "0123abcd")?.file ?? "";
    const run = (env: Readonly<Record<string, string>> = {}) => {
      const { PATH = "" } = process.env;
      const all = { PATH, XDG_CACHE_HOME: caches, ...env };
      const { stdout, stderr } = spawnSync(process.execPath, [join(folder, "start.js")], {
        env: all,
        encoding: "utf8",
      });
      assert.equal(stdout + stderr, "42 true\n");
    };
    return { code, run };
  }

  function age(path: string, seconds: number): void {
    const then = Date.now() / 1000 - seconds;
    utimesSync(path, then, then);
  }

  it("is kept, for its user alone to write, and used as it is for a day", () => {
    const { code, run } = setUp();
    run();
    assert.equal(statSync(dirname(code)).mode & 0o777, 0o700);
    assert.equal(statSync(code).mode & 0o022, 0);
    age(code, day / 2);
    const kept = statSync(code).mtimeMs;
    run();
    assert.equal(statSync(code).mtimeMs, kept);
    age(code, 2 * day);
    run();
    assert.ok(statSync(code).mtimeMs > kept);
  });

  it("is made anew where it is broken, of another text, or may be written by others", () => {
    const { code, run } = setUp();
    run();
    const whole = readFileSync(code);
    const damaged = Buffer.from(whole);
    damaged.fill(0x55, whole.length - 20, whole.length - 10);
    const other = setUp(`${program}// and more\n`);
    other.run();
    for (const wrong of [
      Buffer.from(""),
      Buffer.from("nonsense".repeat(100)),
      whole.subarray(0, whole.length >> 1),
      damaged,
      readFileSync(other.code),
    ]) {
      writeFileSync(code, wrong);
      run();
      assert.equal(readFileSync(code).length, whole.length);
      assert.notDeepEqual(readFileSync(code), wrong);
    }
    chmodSync(code, 0o666);
    run();
    assert.equal(statSync(code).mode & 0o022, 0);
  });

  it("is left out where it cannot be kept", () => {
    for (const inTheWay of [(code: string) => dirname(code), (code: string) => join(code, "folder")]) {
      const { code, run } = setUp();
      const path = inTheWay(code);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, "");
      run();
      assert.equal(statSync(path).size, 0);
    }
  });

  it("is not kept on runners, where it is switched off, or where there is no place for it", () => {
    const { code, run } = setUp();
    for (const env of [{ CI: "true" }, { NODE_DISABLE_COMPILE_CACHE: "1" }, { XDG_CACHE_HOME: "caches" }]) run(env);
    assert.equal(existsSync(code), false);
    assert.equal(codeStore({}, "0123abcd"), undefined);
  });

  it("goes when it is of versions that were not run for a month", () => {
    const { code, run } = setUp();
    mkdirSync(dirname(code), { recursive: true });
    for (const days of [20, 40]) {
      const other = join(dirname(code), `${days} days`);
      writeFileSync(other, "");
      age(other, days * day);
    }
    run();
    assert.deepEqual(readdirSync(dirname(code)).sort(), ["20 days", code.slice(dirname(code).length + 1)].sort());
  });

  it("stands in the user's folder of caches, by bundle, engine and processor", () => {
    const name = `0123abcd-${process.versions.v8}-${process.arch}.code`;
    assert.equal(codeStore({ HOME: "/home/me" }, "0123abcd")?.file, `/home/me/.cache/ses-cred-lint/${name}`);
  });
});
