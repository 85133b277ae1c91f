/** What a user gives to a run beside its files. */
export interface Given {
  /** Values for parameters of templates, and files that hold some. Paths are relative to the root. */
  readonly parameters: readonly GivenParameter[];
}

export type GivenParameter =
  | { readonly kind: "value"; readonly name: string; readonly value: string }
  | { readonly kind: "file"; readonly path: string };
