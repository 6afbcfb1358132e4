import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors } from '../../format/safetensors.ts';
import type { TensorData } from '../../format/tensor-data.ts';

/** The weights that call plans take from files of a template, each file read once. */
export class TemplateWeights {
  readonly #template: string;
  readonly #read = new Map<string, Readonly<Record<string, TensorData>>>();

  /** @param template the pristine template's folder */
  constructor(template: string) {
    this.#template = template;
  }

  /** All tensors of a file, by name. @throws GraderError where it is no safetensors file */
  of(path: string): Readonly<Record<string, TensorData>> {
    const known = this.#read.get(path);
    if (known) return known;
    const tensors = decodeSafetensors(readFileSync(join(this.#template, path)));
    this.#read.set(path, tensors);
    return tensors;
  }
}
