import { timeOf } from "./measure";
import { worksWith } from "./template-works";

/**
 * Work in a process of its own: `PATH ROUNDS NAME…` does each so often, in turns, so that load on the machine hits all.
 * Prints the milliseconds, a line a round.
 */
const [path = "", rounds, ...names] = process.argv.slice(2);
const known = worksWith(path);
const works = names.flatMap((name) => known.filter((one) => one.name === name));
for (let round = 0; round < Number(rounds); round++) {
  const times = works.map(({ work }) => timeOf(work));
  process.stdout.write(`${times.join(" ")}\n`);
}
