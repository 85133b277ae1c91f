/** A place in the program that made a construct. Paths are those of the machine that it ran on. */
export interface Frame {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based; Python says none. */
  readonly column?: number;
}

/**
 * The frames of the program itself, innermost first: not those of libraries and of the runtime. None for what is only
 * made when the app is synthesized. Lines are as Node and Python write them, with or without `at`:
 * `new Sender (/home/ann/app.ts:17:19)`, `File "/home/ann/app.py", line 12, in <module>`.
 */
export function framesOf(lines: readonly string[]): readonly Frame[] {
  const frames: Frame[] = [];
  for (const line of lines) {
    if (frames.length === 0 && /\b(?:App|Stage)\.synth\b/.test(line)) return [];
    const frame = frameOf(line.trim());
    if (frame !== undefined && !isLibrary(frame.path)) frames.push(frame);
  }
  return frames;
}

function frameOf(line: string): Frame | undefined {
  const python = /^File "([^"]+)", line (\d{1,7})/.exec(line);
  if (python) return { path: slashed(python[1] ?? ""), line: Number(python[2]) };
  const open = line.lastIndexOf(" (");
  const place = line.endsWith(")") && open >= 0 ? line.slice(open + 2, -1) : line.replace(/^at (?:async )?/, "");
  const position = /:(\d{1,7})(?::(\d{1,7}))?$/.exec(place);
  if (position === null) return undefined;
  const path = slashed(place.slice(0, position.index));
  const [, first, second] = position;
  return { path, line: Number(first), ...(second !== undefined && { column: Number(second) }) };
}

function slashed(path: string): string {
  return path.replace(/^file:\/\//, "").replaceAll("\\", "/");
}

function isLibrary(path: string): boolean {
  return /(?:^|\/)(?:node_modules|site-packages)\//.test(path) || /^(?:node:|internal\/|<)/.test(path);
}
