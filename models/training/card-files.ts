import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { readJson } from '../../grader/format/read-json.ts';
import { modelCard, renderCard } from './model-card.ts';
import type { ModelCard } from './model-card.ts';

/** Where the card of a weights file lies: beside it, `.card.json` and `.card.md` for `.safetensors`. */
export function cardPath(weightsPath: string, extension: 'json' | 'md'): string {
  return weightsPath.replace(/\.safetensors$/, `.card.${extension}`);
}

/** The card of a weights file. @throws GraderError when there is none or it is not one. */
export function readCard(weightsPath: string): ModelCard {
  return readJson(cardPath(weightsPath, 'json'), modelCard, 'make it with npm run train');
}

/** Writes a card in both forms, formatted like the rest of the project. */
export async function writeCard(weightsPath: string, card: ModelCard): Promise<void> {
  for (const [extension, text] of [
    ['json', JSON.stringify(modelCard.parse(card))],
    ['md', renderCard(card)],
  ] as const) {
    const path = cardPath(weightsPath, extension);
    writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
  }
}
