import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Argument, CasePlan } from '../../format/call-plan.ts';
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

  /** How large the files are together that the calls of a case name, at any depth: of each file, once. */
  bytesFor({ calls, derived }: CasePlan): number {
    const files = new Set([...calls, ...derived].flatMap((call) => call.args.flatMap(filesIn)));
    const sizes = [...files].map(
      (path) => statSync(join(this.#template, path), { throwIfNoEntry: false })?.size ?? 0,
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }
}

function filesIn(argument: Argument): string[] {
  if ('weights' in argument) return [argument.weights];
  if ('list' in argument) return argument.list.flatMap(filesIn);
  if ('record' in argument) return Object.values(argument.record).flatMap(filesIn);
  return 'given' in argument ? argument.given.args.flatMap(filesIn) : [];
}
