import * as tf from '@tensorflow/tfjs';
import type { DataType, TensorInfo } from '@tensorflow/tfjs';

/** A shader as tfjs-backend-webgpu takes it: it writes the bindings, and functions to read `x` and `dy` by indices. */
interface Program {
  readonly variableNames: readonly string[];
  /** Fields of the uniform buffer, in the order of the values that come with a call. */
  readonly uniforms: string;
  readonly workgroupSize: readonly [number, number, number];
  /** Whether `uniforms.size` is to be there, the number of elements of the result. */
  readonly size: true;
  readonly outputShape: readonly number[];
  readonly dispatchLayout: { readonly x: readonly number[] };
  readonly dispatch: readonly [number, number, number];
  /** Compiled once for each key, ranks and types. */
  readonly shaderKey: string;
  getUserCode(): string;
}

interface ProgramBackend {
  runWebGPUProgram(
    program: Program,
    inputs: readonly TensorInfo[],
    dtype: DataType,
    uniforms: readonly { readonly type: 'int32'; readonly data: readonly number[] }[],
  ): TensorInfo;
}

interface Call {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly backend: ProgramBackend;
}

const threads = 64;

/** One thread for each input: it adds up `dy` of the windows whose first largest input it is. */
const code = `
  fn main(index : i32) {
    if (index >= uniforms.size) { return; }
    let at = getCoordsFromIndex(index);
    let own = getX(at[0], at[1], at[2], at[3]);
    var total = 0.0;
    // Neither NaN nor negative infinity.
    if (own >= -3.4028234e38) {
      let padded = at.yz + uniforms.pads;
      for (var wy = 0; wy < uniforms.window.x; wy++) {
        let top = padded.x - wy;
        if (top < 0 || top % uniforms.strides.x != 0) { continue; }
        let oy = top / uniforms.strides.x;
        if (oy >= uniforms.outSize.x) { continue; }
        for (var wx = 0; wx < uniforms.window.y; wx++) {
          let left = padded.y - wx;
          if (left < 0 || left % uniforms.strides.y != 0) { continue; }
          let ox = left / uniforms.strides.y;
          if (ox >= uniforms.outSize.y) { continue; }
          var isFirst = true;
          for (var y = 0; y < uniforms.window.x; y++) {
            let row = top - uniforms.pads.x + y;
            if (row < 0 || row >= uniforms.xShape[1]) { continue; }
            for (var x = 0; x < uniforms.window.y; x++) {
              let column = left - uniforms.pads.y + x;
              if (column < 0 || column >= uniforms.xShape[2]) { continue; }
              let other = getX(at[0], row, column, at[3]);
              let isBefore = y < wy || (y == wy && x < wx);
              if (other > own || (isBefore && other == own)) { isFirst = false; }
            }
          }
          if (isFirst) { total = total + getDy(at[0], oy, ox, at[3]); }
        }
      }
    }
    setOutputAtIndex(index, total);
  }
`;

/**
 * The gradient of max pooling: each window's `dy` goes to the first of its largest inputs in row-major order, as on
 * all other backends; the package gives it to the last.
 */
export function maxPoolGrad({ inputs, attrs, backend }: Call): TensorInfo {
  const { dy, input } = inputs;
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolGradAttrs;
  const info = tf.backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const program: Program = {
    variableNames: ['x', 'dy'],
    uniforms: 'strides : vec2<i32>, pads : vec2<i32>, window : vec2<i32>, outSize : vec2<i32>,',
    workgroupSize: [threads, 1, 1],
    size: true,
    outputShape: input.shape,
    dispatchLayout: { x: [0, 1, 2, 3] },
    dispatch: [Math.ceil(tf.util.sizeFromShape(input.shape) / threads), 1, 1],
    shaderKey: 'firstMaxPoolGrad',
    getUserCode: () => code,
  };
  return backend.runWebGPUProgram(program, [input, dy], 'float32', [
    { type: 'int32', data: [info.strideHeight, info.strideWidth] },
    { type: 'int32', data: [info.padInfo.top, info.padInfo.left] },
    { type: 'int32', data: [info.filterHeight, info.filterWidth] },
    { type: 'int32', data: [info.outHeight, info.outWidth] },
  ]);
}
