import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Saves } from '../../grader/practice/saves.ts';

let folder: string;
let saves: Saves;
const save = (path: string): void => writeFileSync(join(folder, path), 'saved');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'introspection-saves-'));
  mkdirSync(join(folder, 'pictures'));
  saves = new Saves({ folder, allow: ['a.ts', 'pictures/*.png'] });
});

afterEach(() => {
  saves.close();
  rmSync(folder, { recursive: true });
});

it('remembers a save that came while nobody waited', async () => {
  const signal = saves.begin();
  save('a.ts');
  await vi.waitFor(() => expect(signal.aborted).toBe(true), 5000);
  await saves.next();
});

it('waits for the next one where none came', async () => {
  saves.begin();
  const woken = vi.fn();
  const next = saves.next().then(woken);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(woken).not.toHaveBeenCalled();
  save('a.ts');
  await next;
});

it('lets the work go on when a picture is drawn, and has it looked at afterwards', async () => {
  const signal = saves.begin();
  save('pictures/one.png');
  await saves.next();
  expect(signal.aborted).toBe(false);
});
