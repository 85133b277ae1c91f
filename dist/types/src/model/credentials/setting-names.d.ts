/**
 * What a setting is by its name, in one table for every dialect: environment variables, dotted paths of Helm values,
 * camelCase keys, JSON fields, arguments of modules, outputs. Names are compared by whole words, and the last word
 * decides: `SMTP_PASSWORD` is a password, `SMTP_PASSWORD_SECRET_ARN` the name of something else. Names lie in both
 * directions, so a rule never calls a defect proven by one.
 */
export interface SettingName {
    readonly role: SettingRole;
    /**
     * A specific name says mail or AWS itself (`MAIL_PASSWORD`); a generic one counts only together with what stands
     * beside it (`password` beside `host`).
     */
    readonly specific: boolean;
    /** The name says another provider or protocol: `SENDGRID_SMTP_PASSWORD`, `IMAP_PASSWORD`. */
    readonly foreign: boolean;
}
/** Names that a user gives to settings of programs of their own, by what they are. */
export interface OwnNames {
    readonly smtpPassword?: readonly string[];
    readonly smtpUser?: readonly string[];
    readonly smtpHost?: readonly string[];
    readonly awsSecretAccessKey?: readonly string[];
    readonly awsAccessKeyId?: readonly string[];
}
export type SettingRole = "smtp-password" | "smtp-user" | "smtp-host" | "aws-secret" | "aws-key-id" | "aws-region";
/** What the names of settings say: by the table below, and by what a user adds to it. */
export interface SettingNames {
    /** Undefined: nothing that concerns Amazon SES. */
    readonly of: (name: string) => SettingName | undefined;
    /** A user added names, which quick looks for words of the table do not know. */
    readonly isExtended: boolean;
}
/** What a name says by the table alone. */
export declare const settingName: (name: string) => SettingName | undefined;
export declare const tableNames: SettingNames;
/** The table with the names that a user adds, which come before its own. */
export declare function settingNames(own: OwnNames): SettingNames;
/**
 * Does a name say root in a word of its own: `AWS_ROOT_SECRET_KEY`, never `rootless`, `chroot` or
 * `root_block_device`? What stands before the last dot says where a value comes from (`module.root.key`).
 */
export declare function namesRoot(name: string): boolean;
/**
 * The words of a name, lower case: `grafana.smtpPassword` is grafana, smtp, password. Compounds that people write as
 * one word (`smtppassword`, `passwd`) become the words that they mean.
 */
export declare function wordsOf(name: string): readonly string[];
/** How many words only one of two names has; those that say its role (`user`, `password`, `host`) count for nothing. */
export declare function wordsApart(a: readonly string[], b: readonly string[]): number;
/** Whose a credential of AWS is by its name: `var.prod_root_access_key` and `PROD_ROOT_SECRET` are of `prod root`. */
export declare function ownerNamed(name: string): string;
