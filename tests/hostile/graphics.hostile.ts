import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { installedBackends } from '../../grader/tensorflow/index.ts';
import { SOFTWARE_DRIVER } from '../tensorflow/software-driver.ts';
import { attackUnder } from './attack-under.ts';

describe.skipIf(!installedBackends().includes('webgpu'))('where a graphics device computes', () => {
  if (existsSync(SOFTWARE_DRIVER)) process.env['VK_DRIVER_FILES'] ??= SOFTWARE_DRIVER;
  attackUnder(['graphics', 'graphics-no-bubblewrap']);
});
