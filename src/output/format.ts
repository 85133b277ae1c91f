import type { Report } from "../core/report";

/** A way to write a report. Pure: the same report and options give the same bytes. */
export interface Format {
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /** Read by people: the summary line follows it. */
  readonly human: boolean;
  /** The findings, ending with a line end unless empty. */
  render(report: Report, options: RenderOptions): string;
}

export interface RenderOptions {
  readonly color: boolean;
  /** May box-drawing characters and the like be used? */
  readonly unicode: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** A path, relative to the root of the run, as the user would type it. Machine formats keep the path as it is. */
  display(path: string): string;
  /** Show undecided questions too. */
  readonly undecided: boolean;
}
