module.exports = {
  spec: ["test/**/*.test.ts"],
  require: ["tsx/cjs", "./test/setup.ts"],
  timeout: 60000,
  reporter: "dot",
};
