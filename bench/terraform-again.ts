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
    // No bar: whoever evaluates has the trees, and those that nobody keeps cost half as much to make.
    {
      ...besideParsing(
        "the same, its trees thrown away when parsed",
        warm.map(({ thrown, all }) => ({ parsed: thrown, all })),
      ),
      bars: [],
    },
  ];
}

/**
 * A thousand are evaluated ten times in a round, and the mean is told: garbage is collected in about every second of
 * them, so that the median of single ones is either with it or without. No bar: what a thousand keep is hardly ever copied
 * by the collector, what ten thousand do is always, and a run does neither twice.
 */
function benchInstances(): Measured {
  const [many, few] = [instances(10_000), instances(1_000)];
  const works = {
    "10,000 instances": () => adapt([many]),
    "1,000 instances": () => {
      for (let i = 0; i < 10; i++) adapt([few]);
    },
  };
  const times = takeTurns(works, { warm: 3, rounds }).map(({ name, milliseconds }) => {
    return { name, milliseconds: name === "1,000 instances" ? milliseconds.map((one) => one / 10) : milliseconds };
  });
  return { what: "Terraform, users with keys by for_each, in a process that has done it before", times, bars: [] };
}

/** Each local stands twice in the next. What doubles is over a limit soon, so the texts are of one length. */
function benchLocals(): Measured {
  const [deep, half] = [locals(40), locals(20)];
  return {
    what: "Terraform, locals that refer twice to the one before",
    times: takeTurns({ "40 deep": () => adapt([deep]), "20 deep": () => adapt([half]) }, { warm: 3, rounds }),
    bars: [{ slow: "40 deep", fast: "20 deep", bound: "at most", times: 3 }],
  };
}
