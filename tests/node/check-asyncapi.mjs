// Reads an AsyncAPI document from a file and ends with status 1 where the official parser finds an error in it.
// Prints one line a finding: severity, path, message. Warnings are told and let pass.
import { readFileSync } from "node:fs";
import { Parser, DiagnosticSeverity } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
for (const found of diagnostics) {
  const severity = DiagnosticSeverity[found.severity] ?? found.severity;
  console.log(`${severity} /${found.path.join("/")}: ${found.message}`);
}
const errors = diagnostics.filter((found) => found.severity === DiagnosticSeverity.Error);
if (!document || errors.length) process.exit(1);
console.log(JSON.stringify({
  version: document.version(),
  channels: document.channels().all().map((channel) => channel.address()),
  operations: document.operations().all().map((operation) => operation.id()),
  messages: document.allMessages().all().map((message) => message.name()),
}));
