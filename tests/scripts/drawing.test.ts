import { mkdtempSync, rmSync } from 'node:fs';
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
    const drawing = startDrawing({ given: join(folder, 'nothing'), to: folder, onProgress: () => undefined });
    await vi.waitFor(() => expect(drawing.exitCode).not.toBeNull(), { timeout: 30_000, interval: 100 });
    await vi.waitFor(() => expect(drawing.stdout.closed).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled).not.toHaveBeenCalled();
    await expect(drawing).rejects.toThrow(/course\.json/);
  } finally {
    process.off('unhandledRejection', unhandled);
  }
}, 40_000);

it('says what is drawn', async () => {
  await prepareBackend({ backend: 'wasm' });
  const network = trainedNetwork();
  const pictures = choosePictures(network.classifier, ownPaintings(network.classifier.inputSize));
  const parts = assignment.parts.filter(({ id }) => id === 'saliency-map');
  const given = join(folder, 'given');
  writeGivenData(given, { assignment: { parts }, network, pictures });
  const said: string[] = [];
  await startDrawing({ given, to: folder, onProgress: (how) => void said.push(how) });
  await vi.waitFor(() =>
    expect(said).toEqual([
      'saliency-map: saliency maps of 5 pictures',
      'saliency-map: saliency_visualization.png is there',
    ]),
  );
}, 60_000);
