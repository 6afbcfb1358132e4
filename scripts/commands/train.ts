import { Argument, Command } from 'commander';
import { defaultSeed, recipes } from '../../models/training/recipe.ts';
import type { EmbeddedModel } from '../../reference/lib/models/embedded.ts';
import type { TrainOptions } from '../networks/train.ts';

export const trainCommand = (): Command =>
  new Command('train')
    .description('Train the embedded networks on drawn shapes and write their weights and model cards.')
    .addArgument(new Argument('[network]', 'which one (default: both)').choices(Object.keys(recipes)))
    .option('--seed <text>', 'of everything random', defaultSeed)
    .option('--fresh', 'start over instead of resuming a run that was cut')
    .action(async (network: EmbeddedModel | undefined, options: TrainOptions) => {
      const { trainNetworks } = await import('../networks/train.ts');
      await trainNetworks(network, options);
    });
