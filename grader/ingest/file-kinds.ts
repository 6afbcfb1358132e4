interface Kind {
  /** With its article: it completes "It is ...". */
  readonly name: string;
  /** Where its mark stands, in bytes from the start. */
  readonly at?: number;
  /** In hexadecimal. */
  readonly mark: string;
}

/** What students send under the name of a zip or a picture, by the bytes that tell them. */
const KINDS: readonly Kind[] = [
  { name: 'a RAR archive', mark: '526172211a07' },
  { name: 'a 7-Zip archive', mark: '377abcaf271c' },
  { name: 'a gzip file, such as a .tar.gz', mark: '1f8b' },
  { name: 'an xz file', mark: 'fd377a585a00' },
  { name: 'a bzip2 file', mark: '425a68' },
  { name: 'a Zstandard file', mark: '28b52ffd' },
  { name: 'a tar archive', at: 257, mark: '7573746172' },
  { name: 'a PDF', mark: '25504446' },
  { name: 'an old Word, Excel or PowerPoint document', mark: 'd0cf11e0a1b11ae1' },
  { name: 'a Windows shortcut', mark: '4c0000000114020000000000' },
  { name: 'a PNG picture', mark: '89504e470d0a1a0a' },
  { name: 'a JPEG picture', mark: 'ffd8ff' },
  { name: 'a GIF picture', mark: '47494638' },
  { name: 'a WebP picture', at: 8, mark: '57454250' },
  { name: 'an AVIF picture', at: 4, mark: '6674797061766966' },
  { name: 'a HEIC picture', at: 4, mark: '6674797068656963' },
  { name: 'a TIFF picture', mark: '49492a00' },
  { name: 'a TIFF picture', mark: '4d4d002a' },
  { name: 'a BMP picture', mark: '424d' },
  { name: 'a zip', mark: '504b0304' },
];

/** As many bytes of a file tell its kind. */
export const KIND_BYTES = 262;

/** What a file is by its first bytes, in words that complete "It is ..."; undefined for text and all else. */
export function kindOfFile(head: Uint8Array): string | undefined {
  const start = Buffer.from(head.subarray(0, KIND_BYTES)).toString('hex');
  return KINDS.find(({ at = 0, mark }) => start.startsWith(mark, 2 * at))?.name;
}

/** Files that only a zip of one kind holds: documents are zips with another ending. */
const DOCUMENTS: readonly (readonly [file: RegExp, name: string])[] = [
  [/^word\/document\.xml$/, 'a Word document'],
  [/^xl\/workbook\.xml$/, 'an Excel document'],
  [/^ppt\/presentation\.xml$/, 'a PowerPoint document'],
  [/^META-INF\/manifest\.xml$/, 'an OpenDocument file'],
  [/^META-INF\/container\.xml$/, 'an EPUB book'],
  [/^META-INF\/MANIFEST\.MF$/, 'a Java archive'],
  [/^Index\/Document\.iwa$/, 'a Pages, Numbers or Keynote document'],
];

/** What a zip is by the paths in it, in words that complete "It is ..."; undefined for a plain zip. */
export function kindOfZip(paths: readonly string[]): string | undefined {
  return DOCUMENTS.find(([file]) => paths.some((path) => file.test(path)))?.[1];
}
