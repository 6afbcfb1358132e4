import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { modelCard, renderCard } from './model-card.ts';
import type { ModelCard } from './model-card.ts';

/** Where the card of a weights file lies: beside it, `.card.json` and `.card.md` for `.safetensors`. */
export function cardPath(weightsPath: string, extension: 'json' | 'md'): string {
  return weightsPath.replace(/\.safetensors$/, `.card.${extension}`);
}

/** The card of a weights file. @throws Error when there is none or it is not one. */
export function readCard(weightsPath: string): ModelCard {
  const path = cardPath(weightsPath, 'json');
  if (!existsSync(path)) throw new Error(`${path} is missing; make it with: npm run train`);
  return modelCard.parse(JSON.parse(readFileSync(path, 'utf8')));
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
