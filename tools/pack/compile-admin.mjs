// @ts-check
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

/** @type {import('typescript').CompilerOptions} */
const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  jsx: ts.JsxEmit.ReactJSX,
  isolatedModules: true,
};

/**
 * The admin and what it shares with the server, as ECMAScript modules. File by file: types are
 * checked elsewhere, and Vite resolves imports without extensions.
 *
 * @param {string} plugin folder
 * @param {string} out folder
 */
export function compileAdmin(plugin, out) {
  for (const part of ['admin', 'shared']) compileFolder(plugin, part, out);
  writeFileSync(path.join(out, 'package.json'), '{ "type": "module" }\n');
}

/**
 * @param {string} from
 * @param {string} folder relative to `from`
 * @param {string} out
 */
function compileFolder(from, folder, out) {
  mkdirSync(path.join(out, folder), { recursive: true });
  for (const entry of readdirSync(path.join(from, folder), { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) compileFolder(from, name, out);
    else if (/\.test\.tsx?$|\.d\.ts$/.test(name)) continue;
    else if (/\.tsx?$/.test(name)) compileFile(path.join(from, name), path.join(out, name));
    else cpSync(path.join(from, name), path.join(out, name));
  }
}

/**
 * @param {string} file
 * @param {string} target
 */
function compileFile(file, target) {
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: OPTIONS,
    fileName: file,
  });
  writeFileSync(target.replace(/\.tsx?$/, '.js'), outputText);
}
