/** A value that a user gives to a run beside its files, or a file that holds some. Paths are relative to the root. */
export type GivenValue = {
    readonly kind: "value";
    readonly name: string;
    readonly value: string;
} | {
    readonly kind: "file";
    readonly path: string;
};
