import { sizeOf } from '../../format/tensor-data.ts';
import type { Subject } from './subject.ts';

/** Beyond this nothing is a batch: each item is judged, and a submission chooses how many there are. */
export const MAX_ITEMS = 1024;

function itemAt({ name, tensor }: Subject, place: number): Subject {
  const { dtype } = tensor;
  const shape = tensor.shape.slice(1);
  const size = sizeOf(shape);
  const data = tensor.data.slice(place * size, (place + 1) * size);
  return { name: `${name} (item ${place})`, tensor: { dtype, shape, data } };
}

/** The items of a batch: one for each index of the first axis. */
export function itemsOf(batch: Subject): Subject[] {
  return Array.from({ length: batch.tensor.shape[0] }, (_, place) => itemAt(batch, place));
}

/** The other side for one item of a batch: its own where that is a batch of as many, else all there are. */
export function otherOfItem(other: Subject, item: Subject, place: number, count: number): Subject {
  const isForEach = other.tensor.shape.join() === item.tensor.shape.join();
  return !isForEach && other.tensor.shape[0] === count ? itemAt(other, place) : other;
}
