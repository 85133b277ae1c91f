module.exports = { spec: ["test/**/*.test.ts"], require: ["tsx/cjs"], timeout: 60000, reporter: "dot" };
