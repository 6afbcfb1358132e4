import type { Row } from '../case.ts';
import { elementwise } from './elementwise.ts';
import { indexing } from './indexing.ts';
import { pictures } from './pictures.ts';
import { products } from './products.ts';
import { reductions } from './reductions.ts';
import { sparseAndText } from './sparse-and-text.ts';
import { structure } from './structure.ts';
import { windows } from './windows.ts';

/** Everything that is compared. */
export const rows: readonly Row[] = [
  ...elementwise,
  ...reductions,
  ...structure,
  ...indexing,
  ...products,
  ...windows,
  ...pictures,
  ...sparseAndText,
];
