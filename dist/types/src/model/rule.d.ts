import type { Finding } from "../core/finding";
import type { RuleInfo } from "../core/rule-info";
import type { Model } from "./model";
/** A rule is a plain object: what is said of it, and one pure question to the model. */
export interface Rule extends RuleInfo {
    /** The same model gives the same findings in the same order. */
    check(model: Model): Iterable<Finding>;
}
