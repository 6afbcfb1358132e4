import { circle, polygon, union, without } from '../picture/outline.ts';
import type { Outline, Point } from '../picture/outline.ts';

/** One class of the dataset. */
export interface ShapeClass {
  readonly name: string;
  /** The outline around the origin, within `shapeRadius`; scaled so that the classes' areas are alike. */
  readonly outline: Outline;
}

/** Cosine and sine of 0, 36, 72, ... degrees from square roots, so that they are the same everywhere. */
function tenthTurns(): readonly Point[] {
  const c1 = (Math.sqrt(5) + 1) / 4;
  const c2 = (Math.sqrt(5) - 1) / 4;
  const s1 = Math.sqrt(1 - c1 * c1);
  const s2 = Math.sqrt(1 - c2 * c2);
  const half: Point[] = [
    [1, 0],
    [c1, s1],
    [c2, s2],
    [-c2, s2],
    [-c1, s1],
  ];
  return [...half, ...half.map(([x, y]): Point => [-x, -y])];
}

function star(): Outline {
  return polygon(
    tenthTurns().map(([x, y], i): Point => (i % 2 === 0 ? [1.14 * x, 1.14 * y] : [0.5 * x, 0.5 * y])),
  );
}

function cross(): Outline {
  const [arm, half] = [1, 0.31];
  return polygon([
    [-half, -arm],
    [half, -arm],
    [half, -half],
    [arm, -half],
    [arm, half],
    [half, half],
    [half, arm],
    [-half, arm],
    [-half, half],
    [-arm, half],
    [-arm, -half],
    [-half, -half],
  ]);
}

/** A square on its corner with a half disc on each of the two upper sides. */
function heart(): Outline {
  const [half, drop] = [0.54, 0.24];
  const lobe = half * Math.sqrt(0.5);
  const corner = half * Math.SQRT2;
  return union(
    polygon([
      [0, drop - corner],
      [corner, drop],
      [0, drop + corner],
      [-corner, drop],
    ]),
    circle(-lobe, drop - lobe, half),
    circle(lobe, drop - lobe, half),
  );
}

function arrow(): Outline {
  return polygon([
    [0, -1.1],
    [0.82, -0.2],
    [0.28, -0.2],
    [0.28, 1.05],
    [-0.28, 1.05],
    [-0.28, -0.2],
    [-0.82, -0.2],
  ]);
}

function hourglass(): Outline {
  return polygon([
    [-0.71, -0.89],
    [0.71, -0.89],
    [0.1, 0],
    [0.71, 0.89],
    [-0.71, 0.89],
    [-0.1, 0],
  ]);
}

function triangle(): Outline {
  const radius = 1.14;
  return polygon([
    [0, -radius],
    [(radius * Math.sqrt(3)) / 2, radius / 2],
    [(-radius * Math.sqrt(3)) / 2, radius / 2],
  ]);
}

function square(): Outline {
  return polygon([
    [-0.74, -0.74],
    [0.74, -0.74],
    [0.74, 0.74],
    [-0.74, 0.74],
  ]);
}

/** Radius of a circle around the origin that holds the outline of every class. */
export const shapeRadius = 1.14;

/** The ten classes, in the order of their labels. No two are alike under any rotation. */
export const shapeClasses: readonly ShapeClass[] = [
  { name: 'disc', outline: circle(0, 0, 0.82) },
  { name: 'ring', outline: without(circle(0, 0, 0.98), circle(0, 0, 0.56)) },
  { name: 'triangle', outline: triangle() },
  { name: 'square', outline: square() },
  { name: 'star', outline: star() },
  { name: 'cross', outline: cross() },
  { name: 'crescent', outline: without(circle(0.12, 0, 1.02), circle(0.62, 0, 0.82)) },
  { name: 'heart', outline: heart() },
  { name: 'arrow', outline: arrow() },
  { name: 'hourglass', outline: hourglass() },
];

/** The names of the ten classes; a label is an index into this list. */
export const shapeClassNames: readonly string[] = shapeClasses.map((shape) => shape.name);
