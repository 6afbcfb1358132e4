import { writeFileSync } from 'node:fs';
import { PROGRAM, programScript, runProgram } from './program-script.ts';
import { join } from 'node:path';

/**
 * Runs the runner's program and writes down at its end what V8 has made of it, functions that were used included. The
 * arguments are the directory of the program, the file to write, and the program's own.
 */
const [directory, file] = process.argv.splice(2, 2);
const path = join(directory, PROGRAM);
const script = programScript(path);
process.on('exit', () => writeFileSync(file, script.createCachedData()));
runProgram(path, script);
