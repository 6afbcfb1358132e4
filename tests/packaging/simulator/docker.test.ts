import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MiB } from '../../../grader/format/units.ts';
import { zipOf } from '../../../packaging/builder/write-zip.ts';
import { runInDocker } from '../../../packaging/simulator/docker.ts';
import type { SubmissionRun } from '../../../packaging/simulator/run-submission.ts';

/** Stands in for Docker where there is none: notes what it is asked for and runs the given script as the container. */
const CLIENT = `#!/bin/bash
echo "$@" >> "$0.log"
case "$1" in
  run)
    for word in "$@"; do
      case "$word" in
        --volume=*:/autograder/submission) submission="\${word#--volume=}" submission="\${submission%%:*}" ;;
        --volume=*:/autograder/results) results="\${word#--volume=}" results="\${results%%:*}" ;;
      esac
    done
    . "$0.container"
    ;;
esac
`;

let directory: string;
const { PATH } = process.env;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'introspection-docker-'));
  writeFileSync(join(directory, 'docker'), CLIENT);
  chmodSync(join(directory, 'docker'), 0o755);
  process.env.PATH = `${directory}${delimiter}${PATH}`;
});
afterEach(() => {
  process.env.PATH = PATH;
  rmSync(directory, { recursive: true, force: true });
});

async function run(container: string, timeoutSeconds = 30): Promise<SubmissionRun> {
  writeFileSync(join(directory, 'docker.container'), container);
  const zip = await zipOf(new Map([['setup.sh', Buffer.from('true')]]));
  const submission = join(directory, 'submission.zip');
  writeFileSync(submission, await zipOf(new Map([['answer.ts', Buffer.from('export {};')]])));
  const allowance = { cpu: 0.5, memoryBytes: 768 * MiB };
  return runInDocker({ zip, submission, metadata: '{}', allowance, timeoutSeconds });
}
const asked = (): string[] => readFileSync(join(directory, 'docker.log'), 'utf8').trimEnd().split('\n');

it('asks Docker for an image of the package, and for a container with the limits and the submission', async () => {
  const ran = await run('cat "$submission/answer.ts"; echo "{}" > "$results/results.json"');
  expect(ran).toMatchObject({ exitCode: 0, timedOut: false, outOfMemory: false, output: 'export {};' });
  expect(String(ran.results)).toBe('{}\n');
  const [info, build, start] = asked();
  expect(info).toBe('info');
  expect(build).toMatch(/^build --file \S+Dockerfile --tag introspection-autograder:simulated /);
  expect(start).toMatch(/^run --rm --name=introspection-docker-\S+ --cpus=0.5 --memory=805306368 /);
});

it('ends a container whose time is up, not only the client', async () => {
  const ran = await run('exec sleep 20', 0.5);
  expect(ran).toMatchObject({ exitCode: undefined, timedOut: true, results: undefined });
  const name = /--name=(\S+)/.exec(asked().at(-2)!)?.[1];
  expect(asked().at(-1)).toBe(`kill ${name}`);
});

it('knows the exit code of a container that ran out of memory', async () => {
  expect(await run('exit 137')).toMatchObject({ exitCode: 137, outOfMemory: true, timedOut: false });
});

it('says when Docker is not running', async () => {
  writeFileSync(join(directory, 'docker'), '#!/bin/bash\nexit 1\n');
  await expect(run('')).rejects.toThrow('Docker is not running; leave out --docker');
});
