import type { Finding } from "../src/core/finding";
import { name, say, type Message } from "../src/core/message";
import { editDistance } from "../src/core/nearest";
import { actionNamed, actionsDate, knownActions } from "../src/model/iam/aws";
import { actionsInPolicies, type PolicyAction } from "../src/model/permissions/policy-actions";
import { prefixOf, unknownsIn, type Pattern } from "../src/model/iam/pattern";
import { overlaps } from "../src/model/iam/pattern-relations";
import { actionPattern } from "../src/model/iam/item-pattern";
import { theGuide } from "../src/model/quotes";
import type { Rule } from "../src/model/rule";

export const unknownSesAction: Rule = {
  id: "unknown-ses-action",
  title: "Unknown action of Amazon SES",
  level: "warning",
  why: "IAM accepts any name for an action. A name that no action has allows nothing, and denies nothing.",
  fix: "Replace the action with one of Amazon SES; all of its APIs have the prefix ses.",
  openWhen: "a part of an action's name is not known, and the rest fits some action",
  never: [
    "names in any case",
    "patterns that match at least one action",
    "actions of SES version 1, version 2 and Mail Manager, which share the prefix",
    "other services",
    "trust policies of roles, and policies on resources of other services",
  ],
  sources: [
    theGuide(
      "control-user-access",
      "You can set the Action element to any Amazon SES API action by prefixing the API name with the lowercase string ses:.",
    ),
  ],
  securitySeverity: 2.0,
  precision: "very-high",
  cwe: [],
  *check(model) {
    for (const action of actionsInPolicies(model)) {
      const finding = judge(action);
      if (finding !== undefined) yield finding;
    }
  },
};

/** What people take for the prefix, after the names of the SDK's clients and of the endpoints. IAM has no such service. */
const wrongPrefixes = ["sesv2:", "email:"];

function judge(action: PolicyAction): Finding | undefined {
  const pattern = actionPattern(action.item);
  const prefix = prefixOf(pattern);
  const wrong = wrongPrefixes.find((one) => prefix.startsWith(one));
  if (wrong !== undefined) return wrongPrefix(action, wrong, prefix);
  if (!prefix.startsWith("ses:")) return undefined; // About another service, or nobody knows which.
  const matches = knownActions("ses", pattern).map(({ pattern: known }) => overlaps(pattern, known));
  if (matches.includes("yes")) return undefined;
  return matches.includes("maybe") ? question(action, pattern) : unknownName(action, pattern);
}

function wrongPrefix(action: PolicyAction, wrong: string, prefix: string): Finding {
  const { item } = action;
  const right = actionNamed(`ses:${prefix.slice(wrong.length)}`)?.name;
  const message = say`IAM has no service ${name(wrong.slice(0, -1))}: ${item.value} ${effectOf(action)}.`;
  const fix =
    right === undefined ? say`Replace the prefix ${name(wrong)} with ${name("ses:")}.` : replaced(action, right);
  return { ...commonOf(action), verdict: "fail", level: "warning", message, fix };
}

function unknownName(action: PolicyAction, pattern: Pattern): Finding {
  const message = say`${action.item.value} matches no action of Amazon SES (as of ${name(actionsDate())}), so it ${effectOf(action)}.`;
  const near = nearest(prefixOf(pattern), pattern.length);
  const fix = near === undefined ? {} : { fix: replaced(action, near) };
  return { ...commonOf(action), verdict: "fail", level: "warning", message, ...fix };
}

function question(action: PolicyAction, pattern: Pattern): Finding {
  const message = say`Whether ${action.item.value} matches an action of Amazon SES cannot be decided.`;
  return { ...commonOf(action), verdict: "open", message, because: unknownsIn(pattern) };
}

function replaced({ item }: PolicyAction, right: string): Message {
  return say`Replace ${item.value} with ${name(right)}.`;
}

/** What its findings have in common. */
function commonOf({ item, subject, steps, guard }: PolicyAction) {
  return {
    at: item.at,
    subject,
    steps: [...steps, { at: item.at, message: say`${item.value} is in its actions.` }],
    guard,
  };
}

function effectOf({ statement }: PolicyAction): Message {
  if (statement.actions.negated) return name("leaves nothing out");
  return name(statement.effect === "deny" ? "denies nothing" : "allows nothing");
}

/** The one known name that is a few typing errors away. Undefined for a pattern, whose meaning is not one action. */
function nearest(written: string, length: number): string | undefined {
  if (written.length < length) return undefined;
  const near = knownActions("ses")
    .filter(({ lower }) => Math.abs(lower.length - written.length) <= typingErrors)
    .map((action) => ({ name: action.name, distance: editDistance(written, action.lower) }))
    .filter((one) => one.distance <= typingErrors)
    .sort((a, b) => a.distance - b.distance);
  const [first, second] = near;
  return first !== undefined && first.distance !== second?.distance ? first.name : undefined;
}

/** More than this is another word. */
const typingErrors = 3;
