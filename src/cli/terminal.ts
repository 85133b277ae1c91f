/** What the command knows of where it runs. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
}

/** `NO_COLOR`, `FORCE_COLOR`, narrow terminals and ASCII locales are respected; the option outweighs them. */
export function terminalOptions(
  terminal: Terminal,
  color: "auto" | "always" | "never",
): { color: boolean; unicode: boolean; width: number } {
  return {
    color: color === "auto" ? wantsColor(terminal) : color === "always",
    unicode: isUnicode(terminal),
    width: Math.max(40, terminal.columns ?? 120),
  };
}

/**
 * On GitHub's runners a line of a log that starts with `::`, or holds `##[`, is a command. Nothing of a scanned
 * repository, not even a file's name, can become one.
 */
export function disarm(text: string, terminal: Terminal): string {
  if (terminal.env["GITHUB_ACTIONS"] !== "true") return text;
  return text.replace(/##\[/g, "## [").replace(/^(\s*):(?=:)/gm, "$1: ");
}

function wantsColor({ env, isTerminal }: Terminal): boolean {
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTerminal && env["TERM"] !== "dumb";
}

/** The first of the three that is set decides, as POSIX says. None set: most terminals and all logs are UTF-8. */
function isUnicode({ env }: Terminal): boolean {
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((value) => value !== undefined && value !== "");
  return locale === undefined || /utf-?8/i.test(locale);
}
