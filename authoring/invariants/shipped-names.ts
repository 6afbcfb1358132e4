import { readFileSync } from 'node:fs';
import { exportedNames } from '../template/exports.ts';
import type { ShippedFile } from '../template/layout.ts';

/** The files that ship, and what the modules among them export. */
export class ShippedNames {
  readonly #sources: ReadonlyMap<string, string>;
  readonly #exports = new Map<string, ReadonlySet<string>>();

  constructor(files: readonly ShippedFile[]) {
    this.#sources = new Map(files.map(({ templatePath, source }) => [templatePath, source]));
  }

  has(templatePath: string): boolean {
    return this.#sources.has(templatePath);
  }

  textOf(templatePath: string): string {
    return readFileSync(this.#sources.get(templatePath)!, 'utf8');
  }

  /** The names that a module exports; undefined where there is no such module. */
  exportsOf(templatePath: string): ReadonlySet<string> | undefined {
    if (!this.has(templatePath)) return undefined;
    const known = this.#exports.get(templatePath);
    if (known) return known;
    const names = new Set(exportedNames(templatePath, this.textOf(templatePath)));
    this.#exports.set(templatePath, names);
    return names;
  }
}
