/** A picture of a source, unpacked. */
export interface SourcePicture {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of sRGB, `height * width * 3` bytes, row by row. */
  readonly pixels: Uint8Array;
}

/** A picture that can be unpacked. */
export interface SourceEntry {
  readonly name: string;
  read(): SourcePicture | Promise<SourcePicture>;
}

/** Labels as a source gives them, one for each picture. */
export type SourceLabels = {
  /** Where each stands, for messages: a file and a row of it. */
  readonly places?: readonly string[];
} & (
  | {
      readonly kind: 'names';
      /** With a network, whole numbers among them are indices of classes that have no such name. */
      readonly labels: readonly string[];
      /** All of them, in the order that the source numbers them. Default: those that occur, sorted. */
      readonly classNames?: readonly string[];
    }
  | { readonly kind: 'indices'; readonly labels: readonly number[] }
);

/** Labelled pictures that were found and not unpacked yet. */
export interface LabelledSource {
  readonly pictures: readonly SourceEntry[];
  readonly labels: SourceLabels;
  /** Files that lie there and are no pictures. */
  readonly ignored: readonly string[];
}
