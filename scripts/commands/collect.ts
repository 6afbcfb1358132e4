import { main } from '../../collect_submission.ts';

/** Collects from a folder, by default the student template, with the script that students have. */
const args = process.argv.slice(2);
const namesFolder = args.some((argument) => !argument.startsWith('-'));
process.exitCode = await main(namesFolder ? args : [...args, 'student-template']);
