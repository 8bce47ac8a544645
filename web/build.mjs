// Builds the scripts of the Observatory into the folder that is named, each as one classic script of its own: theme.js
// must run before anything is drawn, which no module script does. `make web` calls this and notes what was built.
import { copyFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build } from "vite";

const SCRIPTS = ["theme", "observatory", "figure", "review"];
const COPIED = { "htmx.min.js": "dist/htmx.min.js", "htmx.LICENSE.txt": "LICENSE" };

const here = import.meta.dirname;
const folder = resolve(process.argv[2] ?? resolve(here, "../src/communique/web/static"));

for (const name of SCRIPTS) {
  await build({
    root: here,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: "es2022",
      minify: false, // 30 kB in all from the same machine: who opens the file in a browser can read it
      modulePreload: false,
      rolldownOptions: {
        input: resolve(here, "src", `${name}.ts`),
        onwarn: (warning) => { throw new Error(`${name}.ts: ${warning.message}`); },
        output: {
          format: "iife",
          strict: true,
          entryFileNames: `${name}.js`,
          banner: `// Built from web/src/${name}.ts by \`make web\`; change that file, not this one.`,
        },
      },
    },
  });
}
for (const [name, from] of Object.entries(COPIED)) {
  await copyFile(resolve(here, "node_modules/htmx.org", from), resolve(folder, name));
}
