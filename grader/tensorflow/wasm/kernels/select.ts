import * as tf from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';
import { wordBytes, wordTypes } from './slice.ts';

/** So many words are chosen at once. */
const lanes = 4;

/** Elements of one tensor or another, of any type; tfjs-wasm's writes floats whatever the type. */
export const select: KernelDefinition = {
  name: tf.Select,
  make:
    () =>
    ({ inputs: { condition, t, e }, backend }) => {
      const result = backend.makeOutput(t.shape, tf.upcastType(t.dtype, e.dtype));
      const holds = backend.typedArrayFromHeap(condition);
      const [yes, no] = [backend.typedArrayFromHeap(t), backend.typedArrayFromHeap(e)];
      const to = backend.typedArrayFromHeap(result);
      // One condition may decide for a whole row.
      const row = to.length / holds.length;
      const areWords = t.dtype === e.dtype && wordTypes.includes(t.dtype);
      let at = 0;
      if (row === 1 && areWords && condition.dtype === 'bool') {
        const addresses = [condition, t, e, result].map(({ dataId }) => backend.getMemoryOffset(dataId));
        const [holdsAt, yesAt, noAt, toAt] = addresses;
        at = to.length - (to.length % lanes);
        backend.threads.runShared(at / lanes, lanes * wordBytes, ({ first, count }) => ({
          loop: 'chooseWords',
          parameters: [
            holdsAt + first * lanes,
            ...[yesAt, noAt, toAt].map((address) => address + first * lanes * wordBytes),
            count * lanes,
          ],
        }));
      }
      for (; at < to.length; at++) to[at] = holds[Math.floor(at / row)] !== 0 ? yes[at] : no[at];
      return result;
    },
};
