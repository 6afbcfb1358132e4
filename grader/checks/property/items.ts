import { sizeOf } from '../../data/tensor-data.ts';
import type { Subject } from './finding.ts';

/** The items of a batch: one for each place of the first axis. */
export function itemsOf({ name, tensor }: Subject): Subject[] {
  const [count, ...shape] = tensor.shape;
  const size = sizeOf(shape);
  return Array.from({ length: count }, (_, i) => ({
    name: `${name} (item ${i})`,
    tensor: { dtype: tensor.dtype, shape, data: tensor.data.slice(i * size, (i + 1) * size) },
  }));
}

/** The other side for one item of a batch: its own where that is a batch of as many, else all there are. */
export function otherOfItem(other: Subject, item: Subject, place: number, count: number): Subject {
  const isForEach = other.tensor.shape.join() === item.tensor.shape.join();
  return !isForEach && other.tensor.shape[0] === count ? itemsOf(other)[place] : other;
}
