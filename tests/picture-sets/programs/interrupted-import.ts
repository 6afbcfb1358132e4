import { writePictureSet } from '../../../picture-sets/cache/write-picture-set.ts';

// Is ended by a signal in the middle of an import into the folder that is named.
const [cache] = process.argv.slice(2);
await writePictureSet({ cache, name: 'mine' }, async (writer) => {
  writer.write({ width: 17, height: 17, pixels: new Uint8Array(3 * 17 * 17) });
  process.kill(process.pid, 'SIGTERM');
  // Longer than a signal takes.
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  throw new Error('the signal did not end this process');
});
