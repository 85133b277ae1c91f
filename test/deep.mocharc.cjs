// `npm run test:deep`: the properties of the permission engine, with up to a hundred times as many cases.
process.env.SES_CRED_LINT_DEEP = "1";

module.exports = {
  spec: ["test/model/**/*.properties.test.ts"],
  require: ["tsx/cjs", "./test/setup.ts"],
  timeout: 0,
  reporter: "spec",
};
