/** A network that can be downloaded. */
export interface Downloadable {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly licence: string;
}

/** What `npm run model -- fetch` knows by name. */
export const manifest: readonly Downloadable[] = [
  {
    name: 'squeezenet1_1',
    title: 'SqueezeNet 1.1 with ImageNet weights, from the ONNX model zoo',
    url: 'https://github.com/onnx/models/raw/main/validated/vision/classification/squeezenet/model/squeezenet1.1-7.onnx',
    bytes: 4_956_208,
    sha256: '1eeff551a67ae8d565ca33b572fc4b66e3ef357b0eb2863bb9ff47a918cc4088',
    licence: 'Apache-2.0',
  },
];

/**
 * The licence of weights, where they are from one of these downloads, whatever they were called when they were imported.
 * @param onnxSha256 of the ONNX file that they were imported from
 */
export function licenceOf(onnxSha256: string | undefined): string | undefined {
  return manifest.find(({ sha256 }) => sha256 === onnxSha256)?.licence;
}
