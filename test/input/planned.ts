import { rules } from "../../rules";
import type { Report } from "../../src/core/report";
import { lintSources } from "../../src/lint";

/** Lints files by path; JSON is given as data. */
export function lint(files: Readonly<Record<string, unknown>>): Report {
  const sources = Object.entries(files).map(([path, file]) => ({
    path,
    text: typeof file === "string" ? file : JSON.stringify(file, undefined, 2),
  }));
  return lintSources(sources, { rules: rules.filter(({ off }) => off !== true) });
}

export function told({ findings, undecided }: Report): readonly string[] {
  return [
    ...findings.map(({ rule, level, place, subjects }) => {
      return `${place.file}:${place.start.line} ${level} ${rule} ${subjects.map(({ address }) => address).join(", ")}`;
    }),
    ...undecided.map(({ rule, place }) => `${place.file}:${place.start.line} open ${rule}`),
  ];
}

export interface Planned {
  readonly type: string;
  readonly name: string;
  readonly index?: number | string;
  readonly module?: string;
  readonly values?: object;
  readonly unknown?: object;
  readonly sensitive?: object;
}

/** The sections of a plan that creates resources. */
export function planOf(resources: readonly Planned[], configuration: object, more: object = {}): object {
  const shown = resources.map(({ type, name, index, module, values = {}, unknown = {}, sensitive = {} }) => {
    const suffix = index === undefined ? "" : `[${JSON.stringify(index)}]`;
    const address = `${module === undefined ? "" : `${module}.`}${type}.${name}${suffix}`;
    const head = { address, mode: "managed", type, name, ...(index !== undefined && { index }) };
    return {
      module,
      resource: { ...head, values, sensitive_values: sensitive },
      change: { ...head, change: { actions: ["create"], before: null, after: values, after_unknown: unknown } },
    };
  });
  const modules = [...new Set(shown.map(({ module }) => module))].filter((module) => module !== undefined);
  const inModule = (module: string | undefined) =>
    shown.filter((one) => one.module === module).map(({ resource }) => resource);
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {
      root_module: {
        resources: inModule(undefined),
        child_modules: modules.map((address) => ({ address, resources: inModule(address) })),
      },
    },
    resource_changes: shown.map(({ change }) => change),
    configuration,
    ...more,
  };
}

export const sender = {
  type: "aws_iam_user_policy",
  name: "send",
  values: {
    name: "send",
    user: "mail",
    policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ses:SendRawEmail","Resource":"*"}]}',
  },
};
export const user = { type: "aws_iam_user", name: "mail", values: { name: "mail", path: "/", tags: null } };
export const key = {
  type: "aws_iam_access_key",
  name: "mail",
  values: { user: "mail", pgp_key: null, status: "Active" },
  unknown: { id: true, secret: true, ses_smtp_password_v4: true },
};
export const references = (...names: readonly string[]) => ({ references: names });
