import type { OnnxNode } from './graph.ts';

/** How a convolution or a pooling moves over a picture. */
export interface Window {
  readonly kernel: readonly [height: number, width: number];
  readonly strides: readonly [number, number];
  /** Rows above, columns left, rows below, columns right. */
  readonly pads: readonly [number, number, number, number];
  readonly ceil: boolean;
}

type Sides = readonly [height: number, width: number];

/** The window of a `Conv`, `MaxPool` or `AveragePool` over a picture of the given sides. */
export function windowOf(node: OnnxNode, kernel: Sides, sides: Sides): Window {
  const ints = (name: string, fallback: readonly number[]): readonly number[] => {
    const found = node.attributes.get(name)?.ints ?? [];
    return found.length > 0 ? found : fallback;
  };
  const strides = ints('strides', [1, 1]) as Sides;
  const ceil = node.attributes.get('ceil_mode')?.i === 1;
  const automatic = Buffer.from(node.attributes.get('auto_pad')?.s ?? []).toString();
  if (!automatic.startsWith('SAME')) {
    const pads = automatic === 'VALID' ? [0, 0, 0, 0] : ints('pads', [0, 0, 0, 0]);
    return { kernel, strides, pads: pads as unknown as Window['pads'], ceil };
  }
  const both = [0, 1].map((axis) => {
    const outputs = Math.ceil(sides[axis] / strides[axis]);
    const missing = Math.max(0, (outputs - 1) * strides[axis] + kernel[axis] - sides[axis]);
    const less = Math.floor(missing / 2);
    return automatic === 'SAME_UPPER' ? [less, missing - less] : [missing - less, less];
  });
  return { kernel, strides, pads: [both[0][0], both[1][0], both[0][1], both[1][1]], ceil };
}

/** Sides of what comes out, by ONNX's formula. */
export function sidesAfter({ kernel, strides, pads, ceil }: Window, sides: Sides): Sides {
  const [height, width] = [0, 1].map((axis) => {
    const steps = (sides[axis] + pads[axis] + pads[axis + 2] - kernel[axis]) / strides[axis];
    return (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
  });
  return [height, width];
}

/** The window as a person reads it: `3x3, stride 2, pads 0,0,1,1`. */
export function describeWindow({ kernel, strides, pads, ceil }: Window): string {
  const stride = strides[0] === strides[1] ? String(strides[0]) : strides.join('x');
  return `${kernel.join('x')}, stride ${stride}, pads ${pads.join(',')}${ceil ? ', rounded up' : ''}`;
}
