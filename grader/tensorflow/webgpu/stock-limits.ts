import * as tf from '@tensorflow/tfjs';
import type { DataType } from '@tensorflow/tfjs';

const words: readonly DataType[] = ['float32', 'int32'];
const numbers: readonly DataType[] = ['float32', 'int32', 'bool'];
const truths: readonly DataType[] = ['bool'];
const complex: readonly DataType[] = ['complex64'];

/** Kernels that share data instead of reading it, or take any. */
export const indifferentToType: readonly string[] = [
  tf.Identity,
  tf.Reshape,
  tf.ExpandDims,
  tf.FromPixels,
  tf.Draw,
];

/** The element types that a kernel on WebGPU computes with, where that is not float32 alone. */
export const knownTypes: Readonly<Record<string, readonly DataType[]>> = {
  [tf.Add]: words,
  [tf.Sub]: words,
  [tf.Multiply]: words,
  [tf.Maximum]: words,
  [tf.Minimum]: words,
  [tf.Equal]: words,
  [tf.NotEqual]: words,
  [tf.Greater]: words,
  [tf.GreaterEqual]: words,
  [tf.Less]: words,
  [tf.LessEqual]: words,
  [tf.LogicalAnd]: truths,
  [tf.LogicalOr]: truths,
  [tf.LogicalNot]: truths,
  [tf.Select]: numbers,
  [tf.Cast]: numbers,
  [tf.Sum]: words,
  [tf.Max]: words,
  [tf.Min]: words,
  [tf.ArgMax]: words,
  [tf.ArgMin]: words,
  [tf.Slice]: numbers,
  [tf.Transpose]: numbers,
  [tf.Concat]: numbers,
  [tf.Pack]: numbers,
  [tf.Unpack]: numbers,
  [tf.Tile]: numbers,
  [tf.PadV2]: numbers,
  [tf.OneHot]: words,
  [tf.GatherV2]: numbers,
  [tf.Real]: complex,
  [tf.Imag]: complex,
  [tf.ComplexAbs]: complex,
};

/** Kernels that know up to four dimensions; the others know as many as TensorFlow.js has. */
export const ofFourDimensions: readonly string[] = [tf.Select, tf.PadV2, tf.MirrorPad, tf.Reverse];

/** Kernels of one float32 tensor that make numbers of NaN, where a driver's functions do. */
export const forgetNaN: readonly string[] = [tf.Exp, tf.Expm1, tf.Log, tf.Sigmoid, tf.Elu, tf.Selu, tf.Relu6];

/** Kernels of tfjs-backend-webgpu that the plain backend has to compute, float32 or not. */
export const wronglyComputed: readonly string[] = [
  // WGSL promises no more than 2^-11 for them, or little more far from zero.
  tf.Sin,
  tf.Cos,
  tf.Tan,
  tf.Acos,
  tf.Asin,
  tf.Acosh,
  tf.Asinh,
  tf.Atanh,
  tf.Cosh,
  tf.Sinh,
  tf.Log1p,
  tf.Softplus,
  // By logarithms: of zero to a small power, and of negative numbers.
  tf.Pow,
  // Of infinities and NaN, or of zeros with a sign.
  tf.EluGrad,
  tf.Atan2,
  // Sums of other elements now and then.
  tf.Cumsum,
  tf.Cumprod,
  // Of another shape than asked for.
  tf.Prod,
  tf.FFT,
  tf.IFFT,
  // Shaders that do not compile with weights that are no integers.
  tf.Bincount,
  tf.DenseBincount,
  // A division by zero where there is a single value.
  tf.LinSpace,
  // It leaves data behind.
  tf.GatherNd,
  // Indices that come up twice.
  tf.SparseToDense,
  // Of images resized with `halfPixelCenters`.
  tf.ResizeNearestNeighborGrad,
  // Other pixels than the plain backend's at the borders, or a fill of integers only.
  tf.RotateWithOffset,
  tf.Transform,
  // They read what they need, and print that this is slow.
  tf.NonMaxSuppressionV3,
  tf.NonMaxSuppressionV5,
];
