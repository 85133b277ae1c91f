import assert from "node:assert/strict";
import { importsIn } from "../../src/input/terraform/modules/imports";
import { parseConfig } from "../../src/input/terraform/parse/parse";

describe("import blocks", () => {
  const { file } = parseConfig({
    path: "main.tf",
    text: `import {
  to = module.mail["a.b"].aws_iam_user.one[0]
}
import {
  to = aws_iam_user.many[each.key]
}
import {
  to = aws_iam_user.some["x"]
}
import {
  to = local.nothing + 1
}
import {}
`,
  });
  const isImported = importsIn([file]);

  it("name one instance by its key", () => {
    assert.ok(isImported('module.mail["a.b"].aws_iam_user.one[0]'));
    assert.ok(!isImported('module.mail["a.b"].aws_iam_user.one[1]'));
    assert.ok(!isImported('module.mail["b"].aws_iam_user.one[0]'));
    assert.ok(!isImported("aws_iam_user.some"));
    assert.ok(!isImported('aws_iam_user.some["y"]'));
  });

  it("may name any instance, where the key is worked out", () => {
    assert.ok(isImported('aws_iam_user.many["a"]'));
    assert.ok(isImported("aws_iam_user.many[*]"));
  });

  it("name some of the instances whose keys are not known", () => {
    assert.ok(isImported("aws_iam_user.some[*]"));
    assert.ok(!isImported("aws_iam_user.others[*]"));
  });
});
