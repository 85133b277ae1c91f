/** What a bench found: times of the same work, and how many times as long the others take as the first. */
export interface Measured {
  readonly what: string;
  readonly times: readonly Timed[];
  /** What the ratio has to be, as the project promises it. */
  readonly bars: readonly Bar[];
}

interface Timed {
  readonly name: string;
  readonly milliseconds: readonly number[];
}

export interface Bar {
  /** `slow` takes so many times as long as `fast`: at least, or at most. */
  readonly slow: string;
  readonly fast: string;
  readonly bound: "at least" | "at most";
  readonly times: number;
}

/** Memory that a run takes, which the project promises to stay below `most`. */
export interface Memory {
  readonly what: string;
  readonly bytes: readonly number[];
  readonly most: number;
}

/** The milliseconds that work takes. */
export function timeOf(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Works by name, each done in every round, so that load on the machine hits all. The first rounds, `warm`, are not counted. */
export function takeTurns(
  works: Readonly<Record<string, () => unknown>>,
  { warm, rounds }: { readonly warm: number; readonly rounds: number },
): readonly Timed[] {
  const all = Object.entries(works);
  const answers = Array.from({ length: warm + rounds }, () => all.map(([, work]) => timeOf(work)));
  return all.map(([name], i) => ({ name, milliseconds: answers.slice(warm).map((round) => round[i] ?? NaN) }));
}

export function renderMemory({ what, bytes, most }: Memory): string {
  const megabytes = median(bytes) / 1_000_000;
  const holds = megabytes <= most / 1_000_000;
  return `${what}\n  ${megabytes.toFixed(0)} MB (at most ${Math.floor(most / 1_000_000)}: ${holds ? "holds" : "DOES NOT HOLD"})\n`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** Medians, then one line a bar. Ratios are of medians of runs that took turns, so that load on the machine hits all. */
export function render({ what, times, bars }: Measured): string {
  const width = Math.max(...times.map(({ name }) => name.length));
  const lines = times.map(({ name, milliseconds }) => `  ${name.padEnd(width)}  ${format(median(milliseconds))} ms`);
  const of = (name: string) => median(times.find((timed) => timed.name === name)?.milliseconds ?? []);
  const ratios = bars.map(({ slow, fast, bound, times: bar }) => {
    const ratio = of(slow) / of(fast);
    const holds = bound === "at least" ? ratio >= bar : ratio <= bar;
    return `  ${slow} / ${fast} = ${ratio.toFixed(1)} (${bound} ${bar}: ${holds ? "holds" : "DOES NOT HOLD"})`;
  });
  return `${[what, ...lines, ...ratios].join("\n")}\n`;
}

function format(milliseconds: number): string {
  return milliseconds.toFixed(1).padStart(8);
}
