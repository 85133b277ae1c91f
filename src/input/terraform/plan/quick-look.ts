import { limits } from "../../../core/limits";
import type { Value } from "../../../core/value";
import type { SettingNames } from "../../../model/credentials/setting-names";
import { speaksPlainlyOfMail } from "../../quick-look";
import { entriesIn, fieldOf, itemsIn, textField } from "../../fields";

/** Characters. In a smaller file everything is read. */
const largeFile = 1_000_000;

/**
 * Which resources of a large plan or state can matter, by a look at their text: the others are not read at all. IAM and
 * SES matter, settings of mail, what is written down and looks like a credential, and whatever the configuration hands
 * a credential or something of a module.
 */
export function quickLook(text: string, names: SettingNames, configuration?: Value): (resource: Value) => boolean {
  if (text.length < largeFile || names.isExtended) return () => true;
  const handed = new Set<string>();
  addHanded(fieldOf(configuration, "root_module"), { text, isHanded: false, into: handed, depth: 0 });
  return ({ at }) => {
    const own = text.slice(at.start, at.end);
    if (types.test(own) || speaksPlainlyOfMail(own) || literals.test(own)) return true;
    const [, type] = /"type"\s*:\s*"([^"]*)"/.exec(own) ?? [];
    const [, name] = /"name"\s*:\s*"([^"]*)"/.exec(own) ?? [];
    return handed.has(`${type ?? ""}.${name ?? ""}`);
  };
}

const types =
  /"(?:data\.)?(?:aws_iam_|awscc_iam_|aws_ses|aws_ssoadmin|aws_organizations|aws_cloud(?:formation|control)|aws_caller_)/;
const literals = /(?:AKIA|ASIA)[A-Z0-9]{16}|secret_?(?:access_?)?key|"root"/i;
const credentials = /aws_iam_access_key|aws_iam_user_login_profile|"module\./;

interface Walk {
  readonly text: string;
  /** Do the module's variables bring a credential, or something of another module? */
  readonly isHanded: boolean;
  readonly into: Set<string>;
  readonly depth: number;
}

function addHanded(module: Value | undefined, walk: Walk): void {
  if (module === undefined || walk.depth > limits.moduleDepth) return;
  const carries = ({ at }: Value): boolean => {
    const own = walk.text.slice(at.start, at.end);
    return credentials.test(own) || speaksPlainlyOfMail(own) || (walk.isHanded && own.includes('"var.'));
  };
  for (const resource of itemsIn(fieldOf(module, "resources"))) {
    if (!carries(resource)) continue;
    walk.into.add(`${textField(resource, "type") ?? ""}.${textField(resource, "name") ?? ""}`);
  }
  for (const { value: call } of entriesIn(fieldOf(module, "module_calls"))) {
    const expressions = fieldOf(call, "expressions");
    const isHanded = expressions !== undefined && carries(expressions);
    addHanded(fieldOf(call, "module"), { ...walk, isHanded, depth: walk.depth + 1 });
  }
}
