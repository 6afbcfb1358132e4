import type { Argument } from '../../../grader/spec/call-plan.ts';

const given = (module: string, name: string, args: readonly Argument[]): Argument => ({
  given: { module, export: name, args },
});

/** The embedded network, made from its weights in the process that makes the call. */
export const embeddedNetwork: Argument = given('lib/models/shapes-classifier.ts', 'shapesClassifier', [
  { weights: 'lib/models/weights/shapes-standard.safetensors' },
  { json: 'standard' },
]);

const scenes = {
  landscape: 'lib/shapes/landscape.ts',
  whirlingStrokes: 'lib/shapes/whirling-strokes.ts',
  geometricMosaic: 'lib/shapes/geometric-mosaic.ts',
  wavyBands: 'lib/shapes/wavy-bands.ts',
} as const;
export type Scene = keyof typeof scenes;

/** A bundled picture, painted in the process that makes the call: `[1, size, size, 3]`, preprocessed. */
export function painted(scene: Scene, size: number): Argument {
  const raster = given(scenes[scene], scene, [{ number: size }]);
  const pixels = given('lib/picture/tensors.ts', 'toPixels', [{ list: [raster] }]);
  return given('lib/picture/preprocess.ts', 'preprocess', [pixels]);
}

/** The embedded network's activation of an image at one layer, `[1, h, w, c]`. */
export function activation(image: Argument, layer: number): Argument {
  const module = 'lib/style-transfer/feature-statistics.ts';
  return given(module, 'activationAt', [image, embeddedNetwork, { number: layer }]);
}
