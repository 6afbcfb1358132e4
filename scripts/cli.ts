import { outliveReaders } from '../grader/cli/outlive-readers.ts';
import { run } from './program.ts';

outliveReaders();
/** The project's one program; each command is also an alias in package.json: `npm run NAME -- ...`. */
process.exitCode = await run(process.argv.slice(2));
