import type { Source } from "../src/core/source";
import { parseConfig } from "../src/input/terraform/parse/parse";
import { takeTurns, timeOf, type Measured } from "./measure";
import { besideParsing } from "./beside-parsing";
import { adapt, instances, locals, modulesOf20 } from "./terraform-corpus";

const rounds = 9;

/** Evaluation against parsing, instances against fewer of them, and locals that refer to each other. */
export function benchTerraformAgain(): readonly Measured[] {
  return [...benchModules(), benchInstances(), benchLocals()];
}

/**
 * In a process that has done the work before, parsing has gained more than evaluating: what it is beside parsing that
 * throws each tree away is told too, as no run does, since that costs the garbage collector nothing.
 */
function benchModules(): readonly Measured[] {
  const modules = modulesOf20();
  const round = () => ({
    thrown: timeOf(() => {
      for (const source of modules) parseConfig(source);
    }),
    parsed: timeOf(() => modules.map(parseConfig)),
    all: timeOf(() => adapt(modules)),
  });
  for (let i = 0; i < 3; i++) round();
  const warm = Array.from({ length: rounds }, round);
  return [
    besideParsing("in a process that has done it before", warm),
    besideParsing(
      "the same, its trees thrown away when parsed",
      warm.map(({ thrown, all }) => ({ parsed: thrown, all })),
    ),
  ];
}

function benchInstances(): Measured {
  return compared("Terraform, users with keys by for_each", "10,000 instances", "1,000 instances", 11, [
    instances(10_000),
    instances(1_000),
  ]);
}

/** Each local stands twice in the next. What doubles is over a limit soon, so the texts are of one length. */
function benchLocals(): Measured {
  return compared("Terraform, locals that refer twice to the one before", "40 deep", "20 deep", 3, [
    locals(40),
    locals(20),
  ]);
}

function compared(
  what: string,
  slow: string,
  fast: string,
  times: number,
  [large, small]: readonly [Source, Source],
): Measured {
  const works = {
    [slow]: () => adapt([large]),
    [fast]: () => adapt([small]),
  };
  return {
    what,
    times: takeTurns(works, { warm: 3, rounds }),
    bars: [{ slow, fast, bound: "at most", times }],
  };
}
