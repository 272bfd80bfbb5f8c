// Holds request bodies against Discord's OpenAPI document, as npm's discord-api-spec carries it in zod schemas, and
// takes no property that the document does not name.
// stdin: [{"schema": "MessageCreateRequestSchema", "body": {…}}, …]   stdout: what is wrong, a line each
// The packages are looked for in the folder that the first argument names (`npm install --prefix FOLDER …`).
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const source = readFileSync(join(folder, "node_modules/discord-api-spec/build/discord-api-spec.zod.js"), "utf8");
const strict = join(folder, "strict.mjs");
const marked = source.replace("let zObject = z.object;", "let zObject = z.strictObject;");
if (marked === source) throw new Error("the package has changed: nothing would be strict");
writeFileSync(strict, marked);
const spec = await import(pathToFileURL(strict));
const z = createRequire(join(folder, "package.json"))("zod");
let text = "";
for await (const chunk of process.stdin) text += chunk;
for (const [n, { schema, body }] of JSON.parse(text).entries()) {
  const known = spec[schema];
  const result = known && z.safeParse(known, body);
  if (!known) console.log(`${n} ${schema}: no such schema`);
  else if (!result.success) console.log(`${n} ${schema}: ${JSON.stringify(result.error.issues).slice(0, 1500)}`);
}
