// Strict and type-checked. Two rules say what the style asks for: no assertions but `as const`, and no classes.
module.exports = {
  root: true,
  ignorePatterns: ["dist/", "node_modules/", "fixtures/", "coverage/", "src/data/"],
  overrides: [
    {
      files: ["**/*.cjs"],
      extends: ["eslint:recommended"],
      parserOptions: { ecmaVersion: 2023, sourceType: "script" },
      env: { node: true, es2022: true },
    },
    {
      files: ["**/*.ts"],
      parser: "@typescript-eslint/parser",
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: __dirname },
      plugins: ["@typescript-eslint"],
      extends: ["plugin:@typescript-eslint/strict-type-checked", "plugin:@typescript-eslint/stylistic-type-checked"],
      rules: {
        "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
        "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
        "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
        "@typescript-eslint/switch-exhaustiveness-check": [
          "error",
          { requireDefaultForNonUnion: false, considerDefaultExhaustiveForUnions: false },
        ],
        // `noPropertyAccessFromIndexSignature` asks for the brackets that this rule would take away.
        "@typescript-eslint/dot-notation": "off",
        "no-control-regex": "off",
        "no-restricted-syntax": [
          "error",
          {
            selector: "ClassDeclaration[id.name!='Secret']",
            message: "Plain data and functions; the secret type is the one class.",
          },
          { selector: "TSEnumDeclaration", message: "Use a union of string literals." },
          {
            selector: "CallExpression[callee.property.name=/^(push|unshift)$/] > SpreadElement",
            message: "A hundred thousand arguments overflow the stack: use `addAll`.",
          },
        ],
      },
    },
    {
      files: ["test/**/*.ts", "bench/**/*.ts"],
      rules: {
        // fast-check and mocha's `it.each`-like tables read better without these.
        "@typescript-eslint/no-unused-expressions": "off",
      },
    },
  ],
};
