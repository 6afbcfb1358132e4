import { join } from 'node:path';
import { PROGRAM, programScript, runProgram } from './program-script.ts';

/** What a child is started with: runs the program that lies beside it, which is `runner.ts`. */
const path = join(import.meta.dirname, PROGRAM);
runProgram(path, programScript(path));
