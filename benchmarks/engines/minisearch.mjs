// node minisearch.mjs MODULE DOCUMENTS SETTINGS: prints the answers as JSON.
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [module, documents, settingsFile] = process.argv.slice(2);
const { default: MiniSearch } = await import(pathToFileURL(module));
const settings = JSON.parse(readFileSync(settingsFile, "utf-8"));

const index = new MiniSearch({
  idField: "slug",
  fields: Object.keys(settings.fields),
  searchOptions: { boost: settings.fields, fuzzy: 0.2, prefix: true },
});
for await (const line of createInterface({ input: createReadStream(documents) })) {
  index.add(JSON.parse(line));
}

const answers = {};
for (const query of settings.queries) {
  answers[query] = index
    .search(query)
    .slice(0, settings.depth)
    .map((hit) => hit.id);
}
process.stdout.write(JSON.stringify(answers));
