import type { RandomStream } from '../random.ts';
import type { Point } from '../picture/outline.ts';

/** A unit vector of uniform direction, by rejection: no trigonometric function, so the same on every machine. */
export function randomDirection(random: RandomStream): Point {
  for (;;) {
    const x = random.uniform(-1, 1);
    const y = random.uniform(-1, 1);
    const square = x * x + y * y;
    if (square > 1 || square < 1e-4) continue;
    const length = Math.sqrt(square);
    return [x / length, y / length];
  }
}
