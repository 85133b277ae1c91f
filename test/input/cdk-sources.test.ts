import assert from "node:assert/strict";
import { transformSync } from "esbuild";
import fc from "fast-check";
import type { Report, ReportedFinding } from "../../src/core/report";
import type { Source } from "../../src/core/source";
import { framesOf } from "../../src/input/cdk/creation-stack";
import { originalOf, readSourceMap } from "../../src/input/cdk/source-map";
import { lintSources } from "../../src/lint";
import { renderSarif } from "../../src/output/sarif";

const program = `import { Stack } from "aws-cdk-lib";

class Mail extends Stack {
  constructor(scope, id) {
    super(scope, id);
    new iam.User(this, "User", { userName: "ses-smtp-user.20250101-120000" });
  }
}
`;
const made = { file: "app.ts", line: 6, column: 5 };
const inTemplate = { file: "cdk.out/S.template.json", line: 1, column: 16 };

const template = JSON.stringify({
  Resources: {
    User: {
      Type: "AWS::IAM::User",
      Properties: { UserName: "ses-smtp-user.20250101-120000" },
      Metadata: { "aws:cdk:path": "S/User/Resource" },
    },
  },
});

describe("findings in what a CDK app makes", () => {
  it("stand where the app makes the construct, with the template as a step", () => {
    const [finding] = findings(createdAt("new Mail (/home/ann/shop/app.ts:6:5)"), { path: "app.ts", text: program });
    assert.deepEqual(placeOf(finding), made);
    assert.equal(
      finding?.place.snippet.text.slice(finding.place.snippet.start, finding.place.snippet.end),
      "new iam.User",
    );
    assert.deepEqual(finding.steps.map(placeOf).slice(-2), [inTemplate, made]);
    assert.equal(finding.steps.at(-2)?.message, "It is here in the synthesized template.");
    assert.deepEqual(finding.subjects, [
      { address: "User", unit: "cdk.out/S.template.json", construct: "S/User/Resource" },
    ]);
  });

  it("have the construct and the template in SARIF", () => {
    const sources = assembly(createdAt("new Mail (/home/ann/shop/app.ts:6:5)"), { path: "app.ts", text: program });
    const text = renderSarif(lintSources(sources));
    assert.match(text, /"uri": ?"app\.ts"/);
    assert.match(text, /"uri": ?"cdk\.out\/S\.template\.json"/);
    assert.match(text, /"fullyQualifiedName": ?"S\/User\/Resource"/);
  });

  it("stand there by the trace of a manifest, as versions before 2.276 write it", () => {
    const trace = ["new User (/home/ann/shop/node_modules/aws-cdk-lib/aws-iam/lib/user.js:1:900)"];
    const entry = {
      type: "aws:cdk:logicalId",
      data: "User",
      trace: [...trace, "new Mail (/home/ann/shop/app.ts:6:5)"],
    };
    const [finding] = findings({ metadata: { "/S/User/Resource": [entry] } }, { path: "app.ts", text: program });
    assert.deepEqual(placeOf(finding), made);
  });

  it("stand in the line of a Python program, which has no columns", () => {
    const text = "from aws_cdk import Stack\n\nclass Mail(Stack):\n    iam.User(self, 'User')\n";
    for (const frames of [
      ["...jsii runtime...", "__init__ (/home/ann/shop/mail/stack.py:4)", "<module> (/home/ann/shop/app.py:1)"],
      ['File "/home/ann/shop/mail/stack.py", line 4, in __init__'],
    ]) {
      const [finding] = findings(createdAt(...frames), { path: "mail/stack.py", text }, { path: "app.py", text });
      assert.deepEqual(placeOf(finding), { file: "mail/stack.py", line: 4, column: 5 });
    }
  });

  it("stand in the TypeScript that a script was compiled from, by the map in it or beside it", () => {
    const source = { path: "src/app.ts", text: program };
    for (const kind of ["inline", "external"] as const) {
      const { code, map } = compiled(kind);
      const [line, column] = lineAndColumn(code, "new iam.User");
      const script = {
        path: "build/app.js",
        text: kind === "inline" ? code : `${code}//# sourceMappingURL=app.js.map\n`,
      };
      const beside = kind === "inline" ? [] : [{ path: "build/app.js.map", text: map }];
      const frames = createdAt(`new Mail (/home/ann/shop/build/app.js:${String(line)}:${String(column)})`);
      assert.deepEqual(placeOf(findings(frames, script, source, ...beside)[0]), { ...made, file: "src/app.ts" });
      const alone = findings(frames, script, ...beside)[0];
      assert.deepEqual(placeOf(alone), { file: "build/app.js", line, column });
    }
  });

  it("stand in the file whose path is most like that of the machine, below the app first", () => {
    const other = { path: "lib/app.ts", text: program };
    const app = { path: "packages/mail/lib/app.ts", text: program };
    const frames = createdAt("new Mail (C:\\build\\mail\\lib\\app.ts:6:5)");
    const moved = assembly(frames, other, app).map((source) =>
      source.path.startsWith("cdk.out/") ? { ...source, path: `packages/mail/${source.path}` } : source,
    );
    assert.equal(lintSources(moved).findings[0]?.place.file, app.path);
    const shared = createdAt("new Mail (/home/ann/shop/packages/mail/lib/app.ts:6:5)");
    assert.equal(findings(shared, other, app)[0]?.place.file, app.path);
  });

  it("stand in the template where the program is not in the input, or is another one now", () => {
    const app = { path: "app.ts", text: program };
    for (const frames of [
      ["new Mail (/home/ann/shop/other.ts:6:5)"],
      ["new Mail (/home/ann/shop/../../etc/app.ts:6:5)"],
      ["new Mail (/home/ann/shop/app.ts:6:500)"],
      ["new Mail (/home/ann/shop/app.ts:6000:5)"],
      ["new Mail (/home/ann/shop/app.ts:6:6)"],
      ["new Mail (/home/ann/shop/app.ts:2:1547)", "<anonymous> (/home/ann/shop/app.ts:6:5)"],
      ["...App.synth in aws-cdk-lib...", "<anonymous> (/home/ann/shop/app.ts:6:5)"],
      ["new Mail (/home/ann/shop/node_modules/x/app.ts:6:5)"],
      ["...aws-cdk-lib...", "(no user code in 10 frames, use --stack-trace-limit to capture more)", "", ":1:1", "(:1)"],
    ]) {
      assert.deepEqual(placeOf(findings(createdAt(...frames), app)[0]), inTemplate, frames.join());
    }
    // Of a directory that is not the app's, a name alone says nothing.
    const elsewhere = createdAt("new Mail (/elsewhere/app.ts:6:5)");
    assert.deepEqual(placeOf(findings(elsewhere, { path: "lib/app.ts", text: program })[0]), inTemplate);
    const below = assembly(elsewhere).map((source) => ({ ...source, path: `packages/mail/${source.path}` }));
    const { findings: found } = lintSources([...below, { path: "app.ts", text: program }]);
    assert.equal(found[0]?.place.file, "packages/mail/cdk.out/S.template.json");
  });

  it("are there whatever the metadata hold, and never name a path of the machine", () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom("at /home/ann/app.ts:6:5", "/home/ann/app.ts:99999999999:0"));
    fc.assert(
      fc.property(odd, fc.array(odd), fc.string(), (data, trace, text) => {
        const metadata = { "/S/User/Resource": [{ type: "aws:cdk:creationStack", data }, { type: "x", trace }, data] };
        const report = reportOf({ metadata }, { path: "app.ts", text });
        assert.equal(report.findings.length, 1);
        assert.ok(!JSON.stringify(report).includes("/home/ann"));
      }),
    );
  });
});

describe("hostile creation stacks", () => {
  it("take time in proportion to what they say", () => {
    const deep = `${"/a".repeat(150)}/`;
    const frames = Array.from({ length: 3_000 }, (_, i) => `new Mail (${deep}${String(i)}.ts:6:5)`);
    const [finding] = findings(createdAt(...frames), { path: "app.ts", text: program });
    assert.deepEqual(placeOf(finding), inTemplate);
    for (const mappings of [
      ";".repeat(4_000_000),
      "A".repeat(4_000_000),
      "AAAA,".repeat(800_000),
      ",".repeat(9_000_000),
    ]) {
      readSourceMap({ path: "a.map", text: JSON.stringify({ mappings, sources: ["a.ts"] }) });
    }
  });
});

describe("source maps", () => {
  it("lead from a generated place to the written one", () => {
    const { code, map } = compiled("external");
    const read = readSourceMap({ path: "app.js.map", text: map });
    assert.ok(read);
    for (const token of ["Stack", "class Mail", "super(", "new iam.User", '"User"']) {
      const [line, column] = lineAndColumn(code, token);
      const [writtenLine, writtenColumn] = lineAndColumn(program, token);
      const original = originalOf(read, line, column);
      assert.deepEqual(original, { source: "../src/app.ts", line: writtenLine, column: writtenColumn }, token);
    }
  });

  it("name sources below their root, which may be empty", () => {
    for (const [sourceRoot, source] of [
      ["", "../lib/a.ts"],
      ["src", "src/../lib/a.ts"],
      ["src/", "src/../lib/a.ts"],
    ] as const) {
      const text = JSON.stringify({ sourceRoot, mappings: "AAAA", sources: ["../lib/a.ts"] });
      assert.deepEqual(readSourceMap({ path: "a.map", text })?.sources, [source]);
    }
  });

  it("are none where they are no source maps, and never throw", () => {
    for (const text of ["", "{}", '{"mappings":"A*A","sources":[]}', '{"mappings":"gggggggggggggggg","sources":[]}']) {
      assert.equal(readSourceMap({ path: "a.map", text }), undefined, text);
    }
    const mappings = fc
      .array(fc.constantFrom("A", "C", "g", "I", "B", ";", ",", "+", "/", "z", "9", "=", "é"))
      .map((characters) => characters.join(""));
    fc.assert(
      fc.property(mappings, fc.nat(5), fc.nat(9), (characters, line, column) => {
        const text = JSON.stringify({ mappings: characters, sources: ["a.ts"] });
        const map = readSourceMap({ path: "a.map", text });
        if (map) originalOf(map, line, column);
      }),
    );
  });
});

describe("creation stacks", () => {
  it("give the frames of the program, as Node and Python write them", () => {
    const frames = framesOf([
      "...new User2 in aws-cdk-lib...",
      "at new Mail (file:///home/ann/app (2)/lib/mail.ts:6:5)",
      "    at /home/ann/app.ts:1:2",
      "at async main (C:\\app\\main.ts:3:4)",
      "at Module._compile (node:internal/modules/cjs/loader:1529:14)",
      'File "/home/ann/app.py", line 12, in <module>',
      'File "/usr/lib/python3/site-packages/jsii/x.py", line 1',
      "...node internals...",
    ]);
    assert.deepEqual(frames, [
      { path: "2)/lib/mail.ts", line: 6, column: 5 },
      { path: "/home/ann/app.ts", line: 1, column: 2 },
      { path: "C:/app/main.ts", line: 3, column: 4 },
      { path: "/home/ann/app.py", line: 12 },
    ]);
  });
});

function createdAt(...data: readonly string[]): object {
  const metadata = {
    "/S/User/Resource": [
      { type: "aws:cdk:logicalId", data: "User" },
      { type: "aws:cdk:creationStack", data },
    ],
  };
  return { metadata };
}

function assembly(stack: object, ...files: readonly Source[]): readonly Source[] {
  const artifact = { type: "aws:cloudformation:stack", properties: { templateFile: "S.template.json" }, ...stack };
  return [
    { path: "cdk.out/manifest.json", text: JSON.stringify({ version: "36.0.0", artifacts: { S: artifact } }) },
    { path: "cdk.out/S.template.json", text: template },
    ...files,
  ];
}

function reportOf(stack: object, ...files: readonly Source[]): Report {
  return lintSources(assembly(stack, ...files));
}

function findings(stack: object, ...files: readonly Source[]): readonly ReportedFinding[] {
  return reportOf(stack, ...files).findings.filter((finding) => finding.rule === "smtp-user-cannot-send");
}

function placeOf(told: Pick<ReportedFinding, "place"> | undefined): object | undefined {
  return told && { file: told.place.file, ...told.place.start };
}

function compiled(sourcemap: "inline" | "external"): { readonly code: string; readonly map: string } {
  const options = { loader: "ts", sourcemap, sourcefile: "../src/app.ts", minifyWhitespace: true } as const;
  return transformSync(program, options);
}

/** 1-based. */
function lineAndColumn(text: string, token: string): readonly [number, number] {
  const before = text.slice(0, text.indexOf(token)).split("\n");
  return [before.length, (before.at(-1)?.length ?? 0) + 1];
}
