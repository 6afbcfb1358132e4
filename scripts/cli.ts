import { run } from './program.ts';

/** The project's one program; each command is also an alias in package.json: `npm run NAME -- ...`. */
process.exitCode = await run(process.argv.slice(2));
