import { basename } from 'node:path';
import { assignment } from '../../reference/assignment.ts';
import type { DrawingOptions } from '../../reference/lib/drawing-options.ts';

type Visualize = (options: DrawingOptions & { outputDirectory: string }) => Promise<string[]>;

/** What draws the pictures of a part. */
export interface Driver {
  /** As `npm run visualize` takes it: the driver's name in the template. */
  readonly name: string;
  /** Draws with the solutions of the reference; resolves with the files it wrote. */
  readonly visualize: Visualize;
}

/** The drivers of a part, or of all, in the order of the assignment. */
export function driversOf(parts = assignment.parts): Driver[] {
  return parts.flatMap(({ directory, files }) =>
    Object.keys(files)
      .filter((templatePath) => templatePath.startsWith('drivers/'))
      .map((templatePath) => ({
        name: templatePath.slice('drivers/'.length, -'.ts'.length),
        async visualize(options) {
          // Written so that a compiled program has them all; each is loaded when it draws.
          const driver = (await import(`../../reference/parts/${basename(directory)}/driver.ts`)) as {
            visualize: Visualize;
          };
          return driver.visualize(options);
        },
      })),
  );
}
