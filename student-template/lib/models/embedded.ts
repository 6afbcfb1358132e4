import { fileURLToPath } from 'node:url';
import { loadModelFile } from './model-file.ts';
import type { LoadedClassifier } from './model-file.ts';

/** The networks that come with the course; `robust` was trained on adversarial examples. */
export const embeddedModels = ['standard', 'robust'] as const;

/** One of {@link embeddedModels}. */
export type EmbeddedModel = (typeof embeddedModels)[number];

/** Where the weights of an embedded network lie. */
export function embeddedWeightsPath(model: EmbeddedModel): string {
  return fileURLToPath(new URL(`./weights/shapes-${model}.safetensors`, import.meta.url));
}

/** Reads an embedded network: a narrow SqueezeNet 1.1 that tells the ten classes of `shapes/` apart. */
export function loadEmbedded(model: EmbeddedModel): LoadedClassifier {
  return loadModelFile(embeddedWeightsPath(model));
}
