import type { RandomStream } from '../random.ts';
import { randomDirection } from './random-direction.ts';

/** A pattern over the unit square, with values in [-1, 1]. */
export type Texture = (x: number, y: number) => number;

/** A sine-like wave of period 1 made of two parabolas: unlike `Math.sin`, the same to the last bit everywhere. */
export function wave(t: number): number {
  const phase = t - Math.floor(t);
  return phase < 0.5 ? 16 * phase * (0.5 - phase) : -16 * (phase - 0.5) * (1 - phase);
}

/** Value noise: random values on a lattice with `cells` cells a side, joined by smooth cubics; it repeats. */
export function valueNoise(random: RandomStream, cells: number): Texture {
  const lattice = random.uniforms(cells * cells, -1, 1);
  return (x, y) => {
    const gx = x * cells;
    const gy = y * cells;
    const column = Math.floor(gx);
    const row = Math.floor(gy);
    const u = gx - column;
    const v = gy - row;
    const su = u * u * (3 - 2 * u);
    const sv = v * v * (3 - 2 * v);
    const left = ((column % cells) + cells) % cells;
    const right = (left + 1) % cells;
    const top = (((row % cells) + cells) % cells) * cells;
    const bottom = (top + cells) % (cells * cells);
    const upper = lattice[top + left] + su * (lattice[top + right] - lattice[top + left]);
    const lower = lattice[bottom + left] + su * (lattice[bottom + right] - lattice[bottom + left]);
    return upper + sv * (lower - upper);
  };
}

function stripes(random: RandomStream): Texture {
  const [dx, dy] = randomDirection(random);
  const frequency = random.uniform(3, 9);
  const phase = random.uniform();
  return (x, y) => wave(frequency * (x * dx + y * dy) + phase);
}

function plaid(random: RandomStream): Texture {
  const [dx, dy] = randomDirection(random);
  const frequency = random.uniform(2.5, 7);
  return (x, y) => (wave(frequency * (x * dx + y * dy)) + wave(frequency * (y * dx - x * dy))) / 2;
}

function gradient(random: RandomStream): Texture {
  const [dx, dy] = randomDirection(random);
  return (x, y) => (x - 0.5) * dx * 1.4 + (y - 0.5) * dy * 1.4;
}

/** Stripes bent by noise, like the grain of wood. */
function marble(random: RandomStream): Texture {
  const straight = stripes(random);
  const bend = valueNoise(random, random.integer(3, 5));
  return (x, y) => {
    const shift = 0.12 * bend(x, y);
    return straight(x + shift, y + shift);
  };
}

/** Coarse and fine noise, like plaster. */
function mottle(random: RandomStream): Texture {
  const coarse = valueNoise(random, random.integer(3, 6));
  const fine = valueNoise(random, random.integer(9, 16));
  return (x, y) => 0.65 * coarse(x, y) + 0.35 * fine(x, y);
}

const kinds = [() => () => 0, gradient, stripes, plaid, marble, mottle] as const;

/** A texture of a random kind: plain, gradient, stripes, plaid, marble or mottle. */
export function randomTexture(random: RandomStream): Texture {
  return kinds[random.integer(0, kinds.length - 1)](random);
}
