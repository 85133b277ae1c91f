/** How many cases a property is tried with: few in `npm test`, many in `npm run test:deep`. */
export function runs(few: number, many: number): number {
  return process.env["SES_CRED_LINT_DEEP"] === undefined ? few : many;
}
