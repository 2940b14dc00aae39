// Reads AsyncAPI documents from files with the official parser. Prints one line of JSON for each: its errors, with the path of each, and
// what the parser found in it. Ends with status 1 where any has an error.
import { readFileSync } from "node:fs";
import { Parser, DiagnosticSeverity } from "@asyncapi/parser";

const parser = new Parser();
for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await parser.parse(readFileSync(file, "utf8"));
  const told = (found) => `/${found.path.join("/")}: ${found.message}`;
  const errors = diagnostics.filter((found) => found.severity === DiagnosticSeverity.Error).map(told);
  const warnings = diagnostics.filter((found) => found.severity === DiagnosticSeverity.Warning).map(told);
  if (!document || errors.length) process.exitCode = 1;
  console.log(JSON.stringify({
    file,
    errors: document || errors.length ? errors : ["no document"],
    warnings,
    version: document?.version(),
    channels: document?.channels().all().map((channel) => channel.address()),
    operations: document?.operations().all().map((operation) => operation.id()),
    messages: document?.allMessages().all().map((message) => message.name()),
  }));
}
