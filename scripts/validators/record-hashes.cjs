// Records what Microsoft's library computes for odd texts, for the test of our own: node record-hashes.cjs
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { computeRollingHashes } = require("@microsoft/sarif");

const line = 'resource "aws_iam_user" "mail" {';
const odd = [
  "",
  "\n",
  "a",
  "a\n",
  "a\nb",
  "\n\n\n",
  "a\r\nb\r\n",
  "a\rb\r",
  "\r \n",
  "  \t\n",
  "\ufeffa\nb",
  "\uffff\n",
];
const texts = [
  ...odd,
  `${line}\n}\n`.repeat(3),
  `${line}\r\n}\r\n`.repeat(3),
  "x".repeat(99),
  "x".repeat(100),
  "x".repeat(101),
  `${"x".repeat(99)}\n${"x".repeat(99)}\n`,
  "{}\n".repeat(120),
  '\tname\t=\t"a b"\n\n\n  }',
  "Größe 📮 送信\nGröße 📮 送信",
  ...Array.from({ length: 12 }, (_, i) => mixed(i)),
];
const recorded = texts.map((text) => ({ text, hashes: [...computeRollingHashes(text).values()] }));
const path = join(__dirname, "../../fixtures/output/line-hashes.json");
writeFileSync(path, `${JSON.stringify(recorded, undefined, 2)}\n`);

/** A text of some 400 characters, the same every time. */
function mixed(seed) {
  const alphabet = 'ab {}="\t\n\r\u00e9\ud83d\ude00';
  let state = seed + 1;
  let text = "";
  for (let i = 0; i < 400; i++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    text += alphabet[Math.floor((state / 2147483648) * alphabet.length)];
  }
  return text;
}
