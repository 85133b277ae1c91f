import assert from "node:assert/strict";
import fc from "fast-check";
import { mayDo } from "../../../src/model/permissions/permissions";
import { allows } from "../brute-force";
import { runs } from "../runs";
import { modelOf, theUser } from "../system";
import { tied } from "../tied";

describe("several conditions on one key", () => {
  it("leave a request where one of all that can be is allowed, and are never open", () => {
    fc.assert(
      fc.property(tied, ({ system, action, contexts }) => {
        const model = modelOf(system);
        const answer = mayDo(model, theUser(model), action).answer;
        const resource = "arn:aws:ses:eu-west-1:111111111111:identity/a.org";
        const allowed = contexts.some((context) => allows(system, new Set(), { action, resource, context }));
        assert.equal(answer, allowed ? "yes" : "no");
      }),
      { numRuns: runs(1000, 20_000) },
    );
  });
});
