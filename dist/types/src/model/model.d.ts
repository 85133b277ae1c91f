import type { Guard } from "../core/guard";
import type { Secret } from "../core/secret";
import type { Span } from "../core/source";
import type { Unknown, Value } from "../core/value";
import type { SettingNames } from "./credentials/setting-names";
/**
 * What a rule sees: the principals, credentials, policies and secret flows of one unit, in no dialect. Adapters state
 * what is written; who is meant by a name, what a policy grants and who is an SMTP user is worked out by the questions
 * beside this file, the same for every dialect. Lists are in the order of the source.
 */
export interface Model {
    readonly unit: Unit;
    readonly users: readonly User[];
    readonly groups: readonly Group[];
    readonly policies: readonly ManagedPolicy[];
    readonly grants: readonly Grant[];
    readonly rolePolicies: readonly RolePolicy[];
    readonly memberships: readonly Membership[];
    readonly keys: readonly AccessKey[];
    readonly logins: readonly LoginProfile[];
    /** As whom Terraform ran, where a plan or state says it. */
    readonly callers: readonly Caller[];
    readonly permissionSets: readonly PermissionSet[];
    readonly permissionSetPolicies: readonly PermissionSetPolicy[];
    readonly identities: readonly SesIdentity[];
    readonly identityPolicies: readonly IdentityPolicy[];
    readonly controlPolicies: readonly ControlPolicy[];
    readonly controlAttachments: readonly ControlAttachment[];
    readonly settings: readonly SettingGroup[];
    readonly outputs: readonly Output[];
    /** Outputs of modules and nested stacks inside the unit, whether anybody reads them or not. */
    readonly innerOutputs: readonly Output[];
    /**
     * What is handed out together: the outputs of one module or stack, each output that is a map, and the stores that one
     * block makes.
     */
    readonly handedOut: readonly SettingGroup[];
    /**
     * What has a name in a module or nested stack before any program reads it: what its call hands it, and its locals; by the
     * address of the module or stack, which is "" for the root.
     */
    readonly namedInside: readonly SettingGroup[];
    readonly literals: readonly CredentialLiteral[];
    readonly references: readonly RootReference[];
    readonly gaps: readonly Gap[];
    readonly converters: readonly Converter[];
    readonly passwordPrograms: readonly PasswordProgram[];
    /** Where the input is in error, so that nothing is deployed: nobody lacks anything then. */
    readonly refused?: readonly Guard[];
    /**
     * Is it a text that a plan or state has, and that nobody is known to have written: what a variable is given when
     * Terraform runs, what a data source reads, what a provider makes?
     */
    readonly isUnwritten?: (secret: Secret) => boolean;
    /** Places of defaults of variables and parameters: a value written there is told "by default". */
    readonly defaults: readonly Span[];
    /** The CDK construct path of an address. What has none of its own is in the unit's. */
    constructOf(address: string): string | undefined;
    /** What a user says of it beside what is written. */
    readonly stated?: Stated;
    /** Where the program that made a template, or the source of a plan, has what stands at a place of it. */
    readonly sourceOf?: (at: Span) => Span | undefined;
}
/** What a user of this program says of the infrastructure beside what is written in it. */
export interface Stated {
    /** IAM users that send by SMTP, as `isNamed` takes them. */
    readonly smtpUsers: readonly string[];
    /** IAM users and permission sets that are meant to make their SMTP credentials in the console; likewise. */
    readonly selfProvisionUsers: readonly string[];
    /** What names of settings say, with those that it adds. */
    readonly settingNames: SettingNames;
}
/** What hangs together: a root module with the modules it calls, a template with its nested stacks. */
export interface Unit {
    /** The directory or file that it starts from, relative to the root. */
    readonly path: string;
    /** A library's outputs are not published by themselves, and its users may get more policies from its callers. */
    readonly kind: "root" | "library";
    readonly dialect: "terraform" | "cloudformation" | "cdk" | "cdktf";
    /** The construct path of the stack, where a CDK made it. */
    readonly construct?: string;
}
/** What every modelled resource has. */
export interface Resource {
    /** The address within the unit, unique: `module.mail["a"].aws_iam_user.smtp[0]`, a logical id. */
    readonly address: string;
    /** Where it is declared: the type and name, or the logical id. */
    readonly at: Span;
    /** It exists when this holds. */
    readonly guard: Guard;
}
export interface User extends Resource {
    /** Unknown with a ref to itself where AWS or the input's caller picks the name. */
    readonly name: Value;
    readonly path?: Value;
    /** A map of tag names to values. */
    readonly tags?: Value;
    /** The ARN of the permissions boundary. */
    readonly boundary?: Value;
    /** Why it may have more than the unit gives it: it is read by a data source or imported, or a plan is not complete. */
    readonly outside?: Unknown;
    /** It is a permission set, whose sessions are those of a role. */
    readonly isRole?: true;
}
export interface Group extends Resource {
    readonly name: Value;
    /** Why more may be attached to it than the unit attaches; likewise. */
    readonly outside?: Unknown;
}
/** A customer managed policy. */
export interface ManagedPolicy extends Resource {
    readonly name: Value;
    /** JSON text, or the structured document. */
    readonly document: Value;
}
/** A policy that a user or group has, inline or attached. Grants to roles are not modelled. */
export interface Grant extends Resource {
    readonly to: "user" | "group";
    /** The holder's name or ARN. Unknown: it could be any that it can denote. */
    readonly holder: Value;
    readonly policy: PolicySource;
}
export type PolicySource = {
    readonly kind: "inline";
    readonly name: Value | undefined;
    readonly document: Value;
}
/** By ARN; the link to a ManagedPolicy of the unit or to AWS's own is a question. */
 | {
    readonly kind: "managed";
    readonly arn: Value;
};
/** An inline policy of a role. What its text says is asked, and nothing of what the role may do. */
export interface RolePolicy extends Resource {
    readonly document: Value;
}
/** A user in a group. */
export interface Membership extends Resource {
    readonly user: Value;
    readonly group: Value;
}
/** Its secret, SMTP password and id flow as traces whose `credential` is the key's address. */
export interface AccessKey extends Resource {
    /** The user's name, as given. */
    readonly user: Value;
    /** Where the expression stands that gives the name, where there is a source. */
    readonly userAt?: Span;
    /** "Active" or "Inactive"; undefined is active. */
    readonly status?: Value;
    /**
     * The region that its SMTP password is made for: that of the provider that manages the key. Unknown where that does not
     * say it (an environment variable or a profile does then), with an id that is the same for all that the provider
     * manages; by default where `isDefault` says so of its place. Undefined: the dialect makes no SMTP passwords.
     */
    readonly region?: Value;
    /** What a plan or state says of the key that is there: its secret access key, and the SES SMTP password made of it. */
    readonly secret?: Secret;
    readonly smtpPassword?: Secret;
    /** How Terraform keeps its secrets in the state. Undefined: the dialect has no state. */
    readonly inState?: InState;
}
/** A secret in Terraform's state: as it is, as only the holder of a PGP key can read it, or not known which. */
export type InState = {
    readonly kind: "plain" | "encrypted";
} | {
    readonly kind: "unknown";
    readonly unknown: Unknown;
};
/** The identity with whose credentials a plan or state was made. */
export interface Caller extends Resource {
    /** `arn:aws:sts::123456789012:assumed-role/deploy/ci` */
    readonly arn: Value;
}
export interface LoginProfile extends Resource {
    readonly user: Value;
    readonly password?: Value;
    /** How Terraform keeps its password in the state. Undefined: the dialect has no state. */
    readonly inState?: InState;
}
/** A permission set of IAM Identity Center: whoever is assigned it signs in to the console with its policies. */
export interface PermissionSet extends Resource {
    readonly name: Value;
    /** The ARN of the permissions boundary. */
    readonly boundary?: Value;
}
export interface PermissionSetPolicy extends Resource {
    /** The permission set's ARN. */
    readonly set: Value;
    readonly policy: PolicySource;
}
/** A verified identity of SES: a domain or an address. */
export interface SesIdentity extends Resource {
    /** `example.com`, `news@example.com` */
    readonly name: Value;
    readonly arn: Value;
    /** The name of the configuration set that mail has which names none itself. */
    readonly configurationSet?: Value;
}
/** A policy on an identity (SES: sending authorization). It says itself whom it is for, and on which identity. */
export interface IdentityPolicy extends Resource {
    /** The identity's name or ARN. */
    readonly identity: Value;
    readonly document: Value;
}
/** A service control policy of AWS Organizations. */
export interface ControlPolicy extends Resource {
    readonly document: Value;
}
/** A service control policy holds for all accounts below what it is attached to. */
export interface ControlAttachment extends Resource {
    /** The policy's id. */
    readonly policy: Value;
    /** The id of the root, the organizational unit or the account. */
    readonly target: Value;
}
/**
 * Settings that stand side by side and are used together: a map, a container's environment, the fields of one secret,
 * the `set` blocks of a Helm release, the arguments of a module that is not in the input, the parts of a URL.
 */
export interface SettingGroup extends Resource {
    /** Where it lives; a store holds what others read. */
    readonly kind: "settings" | "store";
    readonly settings: readonly Setting[];
    /** Names and ARNs by which others read a store, where they are not attributes of the resource itself. */
    readonly readAs?: readonly Value[];
}
/** `name` as written: `SMTP_PASSWORD`, `grafana.smtp.password`. */
export interface Setting {
    readonly name: string;
    readonly nameAt: Span;
    readonly value: Value;
    /** Where the setting is given its value, where that is not the value's own place. */
    readonly valueAt?: Span;
    readonly place: SettingPlace;
    readonly guard: Guard;
}
/** Where a setting is kept, which says who can read it there. */
export type SettingPlace = "environment" | "chart-values" | "metadata" | "user-data" | "tag" | "ssm-string" | "document" | "file" | "command" | "secret" | "secret-reference" | "handed-on" | "arguments";
/** An output of the unit: a root module's, a library's, a template's. */
export interface Output extends Resource {
    readonly name: string;
    readonly value: Value;
    /** Where its value is written: the reference, where it refers to something. */
    readonly valueAt: Span;
    /** Marked sensitive. CloudFormation has no such mark. */
    readonly sensitive: boolean;
    /** Exported to stacks of the account that are not in the unit. */
    readonly exported: boolean;
}
/** A literal in a place that makes it a credential; an SMTP password in a program or script that names a host of SES. */
export interface CredentialLiteral {
    readonly kind: "access-key-id" | "secret-access-key" | "smtp-password";
    readonly secret: Secret;
    readonly at: Span;
    /** The attribute, as written: `provider.aws.secret_key`, `AWS_SECRET_ACCESS_KEY`. */
    readonly place: string;
    /** Address of the block that it stands in, or gets to. */
    readonly address: string;
    /** Where that block is, if it is written elsewhere and gets there. */
    readonly takenAt?: Span;
}
/** A place that names root credentials without being an access key: `profile = "root"`, `root_secret_key`. */
export type RootReference = RootProfile | RootName;
export interface RootProfile {
    readonly kind: "profile";
    readonly at: Span;
    readonly place: string;
    readonly address: string;
}
export interface RootName {
    readonly kind: "name";
    /** Which half of the key. */
    readonly half: "id" | "secret";
    /** Is it written there? Otherwise it is read there, and nobody knows what it is. */
    readonly isWritten: boolean;
    readonly at: Span;
    /** What names it: a setting, or a variable that is read. */
    readonly place: string;
    readonly address: string;
}
/**
 * Something of the unit that is not analysed and could grant to, add to a group, or read what it is handed: a module
 * that is not in the input, a resource type that this version does not model.
 */
export interface Gap extends Resource {
    readonly unknown: Unknown;
    /** What it is handed: only users and policies that run through these are concerned. */
    readonly inputs: readonly Value[];
}
/** A program in the source that works out SMTP passwords of version 2: the code of a function, a command. */
export interface PasswordProgram extends Resource {
    /** Where the version is written: `0x02`. */
    readonly versionAt: Span;
}
/** A custom resource: a program that is handed values and makes other things of them, credentials maybe. */
export interface Converter extends Resource {
    /** As written: `Custom::SmtpCredentials`. */
    readonly type: string;
    /** The function that is called, where the resource names one. */
    readonly program?: Value;
    readonly inputs: readonly Value[];
}
