import type { Finding } from "../core/finding";
import type { RuleInfo } from "../core/rule-info";
import type { Model } from "./model";
import type { OwnNames } from "./credentials/setting-names";
/** A rule is a plain object: what is said of it, and one pure question to the model. */
export interface Rule extends RuleInfo {
    /** The same model and options give the same findings in the same order. */
    check(model: Model, options: RuleOptions): Iterable<Finding>;
}
/** What users may set of the rules. */
export interface RuleOptions {
    /**
     * How people who make their SMTP credentials in the console are meant to do it: as the document says, as the SES
     * Developer Guide has it since September 2024, or not at all.
     */
    readonly selfProvision: "document" | "current" | "off";
    /** IAM users and permission sets that are meant to do it, as `isNamed` takes them. */
    readonly selfProvisionUsers: readonly string[];
    /** IAM users that send by SMTP, though nothing in the input says so; likewise. */
    readonly smtpUsers: readonly string[];
    /** By users, likewise: actions, and patterns of actions, that they may be allowed besides ses:SendRawEmail. */
    readonly allowedActions: Readonly<Record<string, readonly string[]>>;
    /** Outputs that are marked sensitive are reported, too. */
    readonly sensitiveOutputs: boolean;
    /** Names that settings of programs of one's own have, by what they are. */
    readonly settingNames: OwnNames;
}
export declare const defaultOptions: RuleOptions;
