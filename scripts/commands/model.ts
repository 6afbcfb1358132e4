import { Command } from 'commander';
import { modelCache } from '../../models/cache/cache.ts';
import { manifest } from '../../models/cache/manifest.ts';
import { existingFile } from '../options/paths.ts';
import { downloadable, modelName } from '../options/models.ts';

interface Labelled {
  readonly labels?: string;
}

const labelsOption = ['--labels <file>', 'names of the classes: a line each, or JSON', existingFile] as const;

const list = (): Command =>
  new Command('list').description('show the networks that there are').action(async () => {
    const { showNetworks } = await import('../networks/list.ts');
    showNetworks(modelCache());
  });

const importFile = (): Command =>
  new Command('import')
    .description('import a SqueezeNet 1.0 or 1.1 from an ONNX file')
    .argument('<file>', 'the ONNX file', existingFile)
    .requiredOption('--name <name>', 'what to call it', modelName)
    .option(...labelsOption)
    .action(async (file: string, options: Labelled & { name: string }) => {
      const { importNetwork } = await import('../networks/import.ts');
      await importNetwork(file, options);
    });

const fetch = (): Command =>
  new Command('fetch')
    .description(`download and import a network: ${manifest.map(({ name }) => name).join(', ')}`)
    .argument('<name>', 'which one', downloadable)
    .option('--url <url>', 'where to get the same file instead')
    .option(...labelsOption)
    .action(async (network: ReturnType<typeof downloadable>, options: Labelled & { url?: string }) => {
      const { fetchNetwork } = await import('../networks/fetch.ts');
      await fetchNetwork(network, options);
    });

const remove = (): Command =>
  new Command('remove')
    .description('delete an imported network')
    .argument('<name>', 'which', modelName)
    .action(async (name: string) => {
      const { removeNetwork } = await import('../networks/remove.ts');
      await removeNetwork(name);
    });

const checkAgainstTorch = (): Command =>
  new Command('check-against-torch')
    .description(
      "compare imported SqueezeNets with PyTorch's own (Debian: apt-get install --no-install-recommends " +
        'python3-torch python3-torchvision python3-onnx)',
    )
    .option('--python <interpreter>', 'another one that has torch, torchvision and onnx', '/usr/bin/python3')
    .action(async ({ python }: { python: string }) => {
      const { showTorchComparison } = await import('../networks/torch.ts');
      await showTorchComparison(python);
    });

export const modelCommand = (): Command =>
  new Command('model')
    .description(
      `Networks to explain. Imported ones are kept in ${modelCache()}; MODEL_CACHE names another folder.`,
    )
    .addCommand(list())
    .addCommand(importFile())
    .addCommand(fetch())
    .addCommand(remove())
    .addCommand(checkAgainstTorch());
