import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startDrawing } from '../../scripts/course/drawing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawing-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('drawing that fails while nobody waits for it ends nothing, and throws once it is awaited', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  try {
    const drawing = startDrawing({ given: join(folder, 'nothing'), to: folder });
    await vi.waitFor(() => expect(drawing.exitCode).not.toBeNull(), { timeout: 30_000, interval: 100 });
    await vi.waitFor(() => expect(drawing.stdout.closed).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled).not.toHaveBeenCalled();
    await expect(drawing).rejects.toThrow(/course\.json/);
  } finally {
    process.off('unhandledRejection', unhandled);
  }
}, 40_000);
