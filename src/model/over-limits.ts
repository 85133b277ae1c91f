import type { Diagnostic } from "../core/diagnostic";
import { limits, type Limit } from "../core/limits";
import { name } from "../core/message";
import type { Span } from "../core/source";
import { crowdedPairs } from "./credentials/credential-pairs";
import { crowdedGroups } from "./credentials/mail-settings";
import { unfollowed } from "./credentials/flows";
import { writtenSecrets } from "./credentials/known-secrets";
import type { Model } from "./model";
import { withSetsAsUsers } from "./principals/permission-sets";
import { hasTooManyJoins } from "./principals/principals";
import { overburdened } from "./permissions/standings";

/** What of the model is not worked out, since there is too much of it. */
export function overLimits(model: Model): readonly Diagnostic[] {
  const asked = [model, withSetsAsUsers(model)];
  return [
    ...[...new Set([...crowdedGroups(model), ...crowdedPairs(model)])].map(({ address, at }) => {
      const message = `${name(address).text} has too many hosts and mail settings to tell which belong together.`;
      return overLimit("neighbours", at, message);
    }),
    ...[...unfollowed(model)]
      .slice(0, 1)
      .map((sink) =>
        overLimit(
          "flows",
          "nameAt" in sink ? sink.nameAt : sink.at,
          "There are too many credentials in settings and outputs to tell where each goes from here on.",
        ),
      ),
    ...writtenSecrets(model)
      .slice(limits.derivations, limits.derivations + 1)
      .map(({ at }) =>
        overLimit(
          "derivations",
          at,
          "There are too many secret access keys to work out their SMTP passwords from here on.",
        ),
      ),
    ...asked
      .flatMap(overburdened)
      .map(({ address, at }) =>
        overLimit("effort", at, `${name(address).text} has too many policies to tell what it may do.`),
      ),
    ...asked
      .filter(hasTooManyJoins)
      .flatMap(({ users }) => users.slice(0, 1))
      .map(({ at }) =>
        overLimit("joins", at, "There are too many users, names and policies to tell what every user has."),
      ),
  ];
}

function overLimit(limit: Limit, at: Span, message: string): Diagnostic {
  return { kind: "limit", limit, file: at.file, at, message };
}
