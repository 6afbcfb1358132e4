/** The formats that pictures are read in. */
export type PictureFormat = 'JPEG' | 'PNG' | 'GIF' | 'WEBP' | 'HEIC' | 'AVIF';

/** A kind of file, told by its first bytes: its name is what people call it, and often wrong. */
export interface FileKind {
  /** With its article, as in `this is a PDF`. */
  readonly name: string;
  /** Under which it is read; absent where it is not. */
  readonly format?: PictureFormat;
}

/** Hexadecimal digits of marks by kind, each with its place in bytes from the start. */
const kinds: readonly (FileKind & { readonly at?: number; readonly marks: readonly string[] })[] = [
  { name: 'a JPEG', format: 'JPEG', marks: ['ffd8ff'] },
  { name: 'a PNG', format: 'PNG', marks: ['89504e470d0a1a0a'] },
  { name: 'a GIF', format: 'GIF', marks: ['474946383761', '474946383961'] },
  { name: 'a WebP picture', format: 'WEBP', at: 8, marks: ['57454250'] },
  { name: 'an AVIF picture', format: 'AVIF', at: 4, marks: ['6674797061766966', '6674797061766973'] },
  // The brands heic, heix, heim, heis and mif1, which phones write.
  { name: 'a HEIC picture', format: 'HEIC', at: 4, marks: ['667479706865', '667479706d696631'] },
  { name: 'a video', at: 4, marks: ['66747970'] },
  { name: 'a TIFF picture or what a camera calls raw', marks: ['49492a00', '4d4d002a'] },
  { name: 'a BMP picture', marks: ['424d'] },
  { name: 'a Photoshop document', marks: ['38425053'] },
  { name: 'a JPEG XL picture', marks: ['ff0a', '0000000c4a584c20'] },
  { name: 'a PDF', marks: ['25504446'] },
  { name: 'a zip', marks: ['504b0304'] },
  // Whatever stands between < and > is a page of the web, most often where a picture should have been downloaded.
  { name: 'an SVG drawing or a web page', marks: ['3c', 'efbbbf3c'] },
];

/** What a file is; undefined where none of the kinds fits. */
export function kindOfFile(bytes: Uint8Array): FileKind | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  return kinds.find(({ at = 0, marks }) => marks.some((mark) => start.startsWith(mark, 2 * at)));
}
