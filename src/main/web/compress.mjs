// Compresses what the browser gets, once and as small as can be: next to each file in the given folder come its
// .br and .gz. Run by the build with the Node.js that npm brings.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const folder = process.argv[2];
for (const name of readdirSync(folder)) {
  if (/\.(css|js|svg)$/.test(name)) {
    const content = readFileSync(join(folder, name));
    writeFileSync(join(folder, name + ".br"), brotliCompressSync(content));
    writeFileSync(join(folder, name + ".gz"), gzipSync(content, { level: 9 }));
  }
}
