import type { RandomStream } from '../random.ts';
import type { Box } from './canvas.ts';
import { stroke } from '../picture/outline.ts';
import type { Outline, Point } from '../picture/outline.ts';
import { randomDirection } from './random-direction.ts';
import { wave } from './texture.ts';

/** A thin line with the box around it. */
export interface Mark {
  readonly outline: Outline;
  readonly box: Box;
}

/** Points along a direction, pushed sideways by `sideways`, around a random place. */
function path(random: RandomStream, length: number, steps: number, sideways: (i: number) => number): Point[] {
  const [dx, dy] = randomDirection(random);
  const x0 = random.uniform();
  const y0 = random.uniform();
  return Array.from({ length: steps + 1 }, (_, i): Point => {
    const along = length * (i / steps - 0.5);
    const side = sideways(i);
    return [x0 + along * dx - side * dy, y0 + along * dy + side * dx];
  });
}

function line(random: RandomStream): Mark {
  return mark(
    path(random, random.uniform(0.5, 1.4), 1, () => 0),
    random.uniform(0.004, 0.012),
  );
}

function dash(random: RandomStream): Mark {
  return mark(
    path(random, random.uniform(0.06, 0.2), 1, () => 0),
    random.uniform(0.01, 0.022),
  );
}

function zigzag(random: RandomStream): Mark {
  const height = random.uniform(0.02, 0.05);
  const steps = random.integer(3, 6);
  const points = path(random, 0.09 * steps, steps, (i) => (i % 2 === 0 ? height : -height));
  return mark(points, random.uniform(0.006, 0.012));
}

function squiggle(random: RandomStream): Mark {
  const height = random.uniform(0.02, 0.06);
  const phase = random.uniform();
  const points = path(random, random.uniform(0.25, 0.6), 9, (i) => height * wave(i / 6 + phase));
  return mark(points, random.uniform(0.006, 0.014));
}

/** The mark that a round pen leaves along some points. */
export function mark(points: readonly Point[], halfWidth: number): Mark {
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  return {
    outline: stroke(points, halfWidth),
    box: {
      left: Math.min(...xs) - halfWidth,
      top: Math.min(...ys) - halfWidth,
      right: Math.max(...xs) + halfWidth,
      bottom: Math.max(...ys) + halfWidth,
    },
  };
}

const kinds = [line, dash, dash, zigzag, squiggle] as const;

/** A distractor that belongs to no class: a line, dash, zigzag or squiggle at a random place. */
export function randomMark(random: RandomStream): Mark {
  return kinds[random.integer(0, kinds.length - 1)](random);
}
