import type { Reason } from "./value";
import type { Guard } from "./guard";
import type { Message } from "./message";
import { type Span } from "./source";
export type Level = "error" | "warning" | "note";
/** Orders levels: a graver one has a higher number. */
export declare const gravity: Readonly<Record<Level, number>>;
/** What a rule says of one defect. `fail` is proven from the input; `open` means that something that decides is unknown. */
export type Finding = Failure | OpenQuestion;
export interface Failure extends Common {
    readonly verdict: "fail";
    readonly level: Level;
}
export interface OpenQuestion extends Common {
    readonly verdict: "open";
    /** What is unknown; supplying it decides the question. Never empty. */
    readonly because: readonly Because[];
}
export interface Because {
    readonly reason: Reason;
    readonly at: Span;
}
interface Common {
    /** The smallest text that is wrong. */
    readonly at: Span;
    /** Address of the resource, within the unit, that the finding is about. */
    readonly subject: string;
    readonly message: Message;
    /** How the evidence hangs together, in the order to read it; the last step is the defect. */
    readonly steps: readonly Step[];
    /** What to do, as a command. The rule's own fix text stands where this is missing. */
    readonly fix?: Message;
    /** The defect is there only when this holds. The message need not repeat it: the report adds it. */
    readonly guard: Guard;
}
export interface Step {
    readonly at: Span;
    readonly message: Message;
}
/** One way after the other. Both may start at one user: a place is reported once, as the first of them says it. */
export declare function joinSteps(first: readonly Step[], then: readonly Step[]): readonly Step[];
export {};
