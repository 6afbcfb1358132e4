import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutRunner } from '../../../grader/child/build.ts';
import { chooseBackend } from '../../../grader/pipeline/processes/choose-backend.ts';
import { openSandbox } from '../../../grader/sandbox/launch.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../../../grader/sandbox/sandbox.ts';
import { installedBackends } from '../../../grader/tensorflow/index.ts';
import { SOFTWARE_DRIVER } from '../../tensorflow/software-driver.ts';

let sandbox: Sandbox;
let directory: string;
let launched = 0;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'introspection-choose-'));
  await layOutRunner(directory);
  const opened = openSandbox();
  const { level, layers } = opened;
  sandbox = {
    ...{ level, layers },
    proveIsolation: (secrets) => opened.proveIsolation(secrets),
    close: () => opened.close(),
    launch: (options) => {
      launched++;
      return opened.launch(options);
    },
  };
});
afterAll(async () => {
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
});

const choose = (name: string) =>
  chooseBackend(name, { sandbox, directory, threads: 1, limits: DEFAULT_LIMITS });

describe('what children compute on', { timeout: 120_000 }, () => {
  it.each(['wasm', 'cpu'])('is what npm brings, untried: %s', async (name) => {
    const before = launched;
    expect(await choose(name)).toEqual({ name, timeFactor: 1, mayFallBack: false, passedOver: [] });
    expect(launched).toBe(before);
  });

  it('is nothing that is not installed, and the command that installs it is named', async () => {
    const missing = ['native', 'gpu'].find((name) => !installedBackends().some((one) => one === name));
    if (missing === undefined) return;
    await expect(choose(missing)).rejects.toThrow(
      `The backend ${missing} cannot be used: it is not installed; npm run setup -- ${missing}`,
    );
  });

  it.runIf(installedBackends().includes('webgpu') && existsSync(SOFTWARE_DRIVER))(
    'has more time where a driver computes in software, and is not taken then unless it is named',
    async () => {
      process.env['VK_DRIVER_FILES'] ??= SOFTWARE_DRIVER;
      const { name, timeFactor, mayFallBack } = await choose('webgpu');
      expect({ name, mayFallBack }).toEqual({ name: 'webgpu', mayFallBack: false });
      expect(timeFactor).toBeGreaterThan(10);
      const any = await choose('auto');
      expect(any).toMatchObject({ timeFactor: 1 });
      expect(any.passedOver).toContainEqual({
        name: 'webgpu',
        why: 'webgpu: its driver is in software, slower than WASM',
      });
    },
  );
});
