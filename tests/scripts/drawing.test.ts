import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { choosePictures, ownPaintings } from '../../authoring/course/course-pictures.ts';
import { writeGivenData } from '../../authoring/course/given-data.ts';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { assignment } from '../../reference/assignment.ts';
import { startDrawing } from '../../scripts/course/drawing.ts';
import { trainedNetwork } from '../authoring/course/networks.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawing-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('drawing that fails while nobody waits for it ends nothing, and throws once it is awaited', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  try {
    const drawing = startDrawing({
      given: join(folder, 'nothing'),
      to: folder,
      parts: ['saliency-map', 'grad-cam'],
      onProgress: () => undefined,
    });
    await vi.waitFor(() => expect(drawing.isOver()).toBe(true), { timeout: 30_000, interval: 100 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled).not.toHaveBeenCalled();
    await expect(drawing.finished).rejects.toThrow(/course\.json/);
  } finally {
    process.off('unhandledRejection', unhandled);
  }
}, 40_000);

it('draws each part once, says what is drawn, and leaves no process', async () => {
  await prepareBackend({ backend: 'wasm' });
  const network = trainedNetwork();
  const pictures = choosePictures(network.classifier, ownPaintings(network.classifier.inputSize));
  const names = ['saliency-map', 'grad-cam', 'contrastive'];
  const parts = assignment.parts.filter(({ id }) => names.includes(id));
  const given = join(folder, 'given');
  writeGivenData(given, { assignment: { parts }, network, pictures });
  const said: string[] = [];
  const drawing = startDrawing({
    ...{ given, to: folder, parts: names },
    onProgress: (how) => void said.push(how),
  });
  await drawing.finished;
  await vi.waitFor(() => expect(said.filter((how) => how.endsWith(' is there'))).toHaveLength(3));
  const drawn = ['contrastive', 'gradcam_visualization', 'saliency_visualization'].map(
    (name) => `${name}.png`,
  );
  expect(readdirSync(folder).filter((name) => name.endsWith('.png'))).toEqual(drawn);
  expect(said).toContain('saliency-map: saliency maps of 5 pictures');
  expect(drawing.isOver()).toBe(true);
  for (const pid of drawing.pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
}, 60_000);

it('ends what still draws once one process has failed', async () => {
  const drawing = startDrawing({
    ...{ given: join(folder, 'nothing'), to: folder, parts: ['saliency-map', 'grad-cam'] },
    onProgress: () => undefined,
  });
  await expect(drawing.finished).rejects.toThrow(/course\.json/);
  await vi.waitFor(() => expect(drawing.isOver()).toBe(true));
}, 40_000);
