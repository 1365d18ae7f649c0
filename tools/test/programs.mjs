// @ts-check
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first of the programs that is there: by path, or by name on PATH.
 *
 * @param {(string | undefined)[]} candidates
 * @returns {string | undefined}
 */
export function findProgram(candidates) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return candidates
    .flatMap((candidate) => {
      if (!candidate) return [];
      if (path.isAbsolute(candidate)) return [candidate];
      return folders.map((folder) => path.join(folder, candidate));
    })
    .find(isExecutable);
}

/**
 * What a program prints, or an empty text when it fails or is not there.
 *
 * @param {string} command
 * @param {string[]} args
 */
export function outputOf(command, args) {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout ?? '';
}
