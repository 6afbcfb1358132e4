/**
 * An outline as a signed distance function: the distance from the point (x, y) to the nearest edge, negative
 * inside and positive outside, in the units of its coordinates.
 */
export type Outline = (x: number, y: number) => number;

/** A point of the plane; y grows downwards, as in a picture. */
export type Point = readonly [x: number, y: number];

/** A disc around (x0, y0). */
export function circle(x0: number, y0: number, radius: number): Outline {
  return (x, y) => {
    const dx = x - x0;
    const dy = y - y0;
    return Math.sqrt(dx * dx + dy * dy) - radius;
  };
}

/** What is inside `outer` but not inside `hole`. */
export function without(outer: Outline, hole: Outline): Outline {
  return (x, y) => Math.max(outer(x, y), -hole(x, y));
}

/** What is inside any of the outlines. */
export function union(...outlines: readonly Outline[]): Outline {
  return (x, y) => {
    let nearest = Infinity;
    for (const outline of outlines) nearest = Math.min(nearest, outline(x, y));
    return nearest;
  };
}

/** The squared distance of (x, y) from the segment that starts at (ax, ay) and runs along (ex, ey). */
function squaredDistance(x: number, y: number, ax: number, ay: number, ex: number, ey: number): number {
  const px = x - ax;
  const py = y - ay;
  const t = (px * ex + py * ey) / (ex * ex + ey * ey || 1);
  const along = t < 0 ? 0 : t > 1 ? 1 : t;
  const dx = px - along * ex;
  const dy = py - along * ey;
  return dx * dx + dy * dy;
}

/** A closed polygon without self-intersections. */
export function polygon(points: readonly Point[]): Outline {
  const count = points.length;
  const xs = Float64Array.from(points, (p) => p[0]);
  const ys = Float64Array.from(points, (p) => p[1]);
  return (x, y) => {
    let nearest = Infinity;
    let inside = false;
    for (let i = 0, j = count - 1; i < count; j = i++) {
      const ax = xs[i];
      const ay = ys[i];
      const ex = xs[j] - ax;
      const ey = ys[j] - ay;
      const d = squaredDistance(x, y, ax, ay, ex, ey);
      if (d < nearest) nearest = d;
      // Even-odd rule: count the edges that a ray to the right crosses.
      if (ay > y !== ys[j] > y && x < ax + (ex * (y - ay)) / ey) inside = !inside;
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}

/** An open line through the points, drawn with a round pen of the given half width. */
export function stroke(points: readonly Point[], halfWidth: number): Outline {
  const xs = Float64Array.from(points, (p) => p[0]);
  const ys = Float64Array.from(points, (p) => p[1]);
  return (x, y) => {
    let nearest = Infinity;
    for (let i = 1; i < xs.length; i++) {
      const d = squaredDistance(x, y, xs[i - 1], ys[i - 1], xs[i] - xs[i - 1], ys[i] - ys[i - 1]);
      if (d < nearest) nearest = d;
    }
    return Math.sqrt(nearest) - halfWidth;
  };
}

/** How much of a pixel lies inside an edge at the given signed distance; `pixel` is the pixel's side. */
export function coverage(distance: number, pixel: number): number {
  const share = 0.5 - distance / pixel;
  return share < 0 ? 0 : share > 1 ? 1 : share;
}
