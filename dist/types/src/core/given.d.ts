/** What a user gives to a run beside its files. */
export interface Given {
    /** Values for parameters of templates, and files that hold some. Paths are relative to the root. */
    readonly parameters: readonly GivenValue[];
    /** Values for variables of Terraform's root modules, and variable files, in the order in which they count. */
    readonly variables?: readonly GivenValue[];
}
export type GivenValue = {
    readonly kind: "value";
    readonly name: string;
    readonly value: string;
} | {
    readonly kind: "file";
    readonly path: string;
};
