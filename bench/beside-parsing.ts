import type { Measured } from "./measure";

/** What evaluating takes beside parsing, from what both take together. */
export function besideParsing(
  where: string,
  answers: readonly { readonly parsed: number; readonly all: number }[],
): Measured {
  return {
    what: `Terraform, 200 modules of 20 resources, ${where}`,
    times: [
      { name: "parsed", milliseconds: answers.map((one) => one.parsed) },
      { name: "evaluated and adapted", milliseconds: answers.map((one) => one.all - one.parsed) },
    ],
    bars: [{ slow: "evaluated and adapted", fast: "parsed", bound: "at most", times: 3 }],
  };
}
