import { InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from './numbers.ts';

/** Devices by number or name, each once, with commas between them. */
export function deviceList(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('') || new Set(names).size < names.length) {
    throw new InvalidArgumentError(
      'It must be numbers or names of cards, each once, with commas between them.',
    );
  }
  return names;
}

/** Which cards are used, each submission on one of them. */
export const gpuOption = (): Option =>
  new Option(
    '--gpu <list>',
    'cards to grade on, each submission on one: numbers for CUDA (0,1), parts of names for webgpu',
  ).argParser(deviceList);

export const perGpuOption = (): Option =>
  new Option('--per-gpu <n>', 'submissions graded at the same time on each card (default: 1)').argParser(
    wholeNumber({ min: 1, max: 64 }),
  );
