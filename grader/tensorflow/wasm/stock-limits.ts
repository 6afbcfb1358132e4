import * as tf from '@tensorflow/tfjs';
import type { DataType } from '@tensorflow/tfjs';

const words: readonly DataType[] = ['float32', 'int32'];
const numbers: readonly DataType[] = ['float32', 'int32', 'bool'];
const truths: readonly DataType[] = ['bool'];

/**
 * The element types that a kernel on WASM computes with, where that is not float32 alone. With others tfjs-wasm's
 * kernels warn and leave the result as the heap was, or write past its end.
 */
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
  [tf.Mean]: numbers,
  [tf.Max]: words,
  [tf.Min]: words,
  [tf.ArgMax]: words,
  [tf.All]: truths,
  [tf.Any]: truths,
  [tf.Slice]: numbers,
  [tf.SplitV]: numbers,
  [tf.Transpose]: numbers,
  [tf.Concat]: numbers,
  [tf.Pack]: numbers,
  [tf.Unpack]: numbers,
  [tf.Tile]: numbers,
  [tf.PadV2]: numbers,
  [tf.Reverse]: words,
  [tf.OneHot]: words,
  [tf.GatherV2]: numbers,
  [tf.GatherNd]: words,
  [tf.ScatterNd]: words,
  [tf.TensorScatterUpdate]: words,
  [tf.SparseToDense]: words,
  [tf.UnsortedSegmentSum]: words,
  [tf.TopK]: words,
};

/** Kernels of tfjs-wasm that are wrong for float32 too. */
export const wronglyComputed: readonly string[] = [
  // Far from zero; the other three close to it.
  tf.Sin,
  tf.Cos,
  tf.Tan,
  tf.Erf,
  tf.Log1p,
  tf.Sign,
  // Of another type than the plain backend's.
  tf.FloorDiv,
  // Maxima of negative numbers: they start from the smallest positive float32 instead of the least one.
  tf.MaxPool3D,
  tf.MaxPool3DGrad,
  tf.Dilation2D,
  tf.Dilation2DBackpropInput,
  tf.Dilation2DBackpropFilter,
  // Gradients added to what the heap held.
  tf.Conv3DBackpropInputV2,
  tf.Conv3DBackpropFilterV2,
  // Fills with whole numbers only, or not at all.
  tf.RotateWithOffset,
  tf.Transform,
  // Of images resized with `halfPixelCenters`, and without end where a single pixel is aligned with several.
  tf.ResizeNearestNeighborGrad,
  // Other pixels at the borders, and other arguments refused.
  tf.CropAndResize,
  tf.StridedSlice,
  // Places other than those of the maxima.
  tf.MaxPoolWithArgmax,
];
