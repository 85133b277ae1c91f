import type { Finding } from "../core/finding";
import type { RuleInfo } from "../core/rule-info";
import type { Model } from "./model";
/** A rule is a plain object: what is said of it, and one pure question to the model. */
export interface Rule extends RuleInfo {
    /** The same model and options give the same findings in the same order. */
    check(model: Model, options: RuleOptions): Iterable<Finding>;
}
/** What users may set of what rules ask for. */
export interface RuleOptions {
    /**
     * How people who make their SMTP credentials in the console are meant to do it: as the document says, as the SES
     * Developer Guide has it since September 2024, or not at all.
     */
    readonly selfProvision: "document" | "current" | "off";
    /** Outputs that are marked sensitive are told, too. */
    readonly sensitiveOutputs: boolean;
}
export declare const defaultOptions: RuleOptions;
