import { z } from 'zod';

const share = z.number().min(0).max(1);
const attack = z.strictObject({
  epsilon: z.number(),
  stepSize: z.number(),
  steps: z.number(),
  objective: z.enum(['cross-entropy', 'margin']).optional(),
});
const energy = z.strictObject({
  /** Share of a map's sum that lies in the object's mask; mean over the pictures. */
  energy: share,
  /** `energy` over the mean share of the picture that the mask covers. */
  timesChance: z.number(),
  /** Share of the pictures whose largest value lies in the mask. */
  pointingGame: share,
});

/** What is known about a network's weights, kept beside them as JSON and as a page to read. */
export const modelCard = z.strictObject({
  name: z.string(),
  description: z.string(),
  file: z.strictObject({ path: z.string(), bytes: z.number(), sha256: z.string() }),
  network: z.strictObject({
    architecture: z.string(),
    width: z.number(),
    parameters: z.number(),
    inputSize: z.number(),
    classNames: z.array(z.string()),
  }),
  training: z.strictObject({
    seed: z.string(),
    recipe: z.record(z.string(), z.unknown()),
    picturesSeen: z.number(),
    wallSeconds: z.number(),
    cpuSeconds: z.number(),
    date: z.string(),
    versions: z.record(z.string(), z.string()),
  }),
  test: z.strictObject({
    seed: z.string(),
    pictures: z.number(),
    clean: share,
    attacked: share,
    attack,
    /** Of the clean pictures: `confusion[actual][predicted]`. */
    confusion: z.array(z.array(z.number())),
  }),
  localisation: z
    .strictObject({
      seed: z.string(),
      pictures: z.number(),
      /** Mean share of a picture that the object's mask covers: what a map that knows nothing would score. */
      chance: share,
      maps: z.record(z.string(), energy),
    })
    .optional(),
});
export type ModelCard = z.infer<typeof modelCard>;

export const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;
const of255 = (value: number): string => `${(255 * value).toFixed(0)}/255`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** The card as Markdown. */
export function renderCard(card: ModelCard): string {
  const { network, training, test, localisation } = card;
  const recipe = Object.entries(training.recipe).map(([key, value]) => [key, JSON.stringify(value)]);
  const versions = Object.entries(training.versions).map(([name, version]) => `${name} ${version}`);
  const sections = [
    `# ${card.name}\n\n${card.description}`,
    `## The network\n\n${network.architecture}, width ${network.width}: ${network.parameters.toLocaleString('en')} ` +
      `parameters; pictures of ${network.inputSize} px; classes ${network.classNames.join(', ')}.\n\n` +
      `\`${card.file.path}\`, ${card.file.bytes.toLocaleString('en')} bytes, SHA-256 \`${card.file.sha256}\``,
    `## Measured\n\nOn ${test.pictures.toLocaleString('en')} fresh pictures (seed \`${test.seed}\`): ` +
      `**${percent(test.clean)}** right as drawn, **${percent(test.attacked)}** under attack by projected gradient ` +
      `descent (epsilon ${of255(test.attack.epsilon)}, ${test.attack.steps} steps of ` +
      `${of255(test.attack.stepSize)} up the ${test.attack.objective ?? 'cross-entropy'}, random start).\n\nConfusion of the pictures as drawn, a row for each ` +
      `true class:\n\n` +
      table(
        ['', ...network.classNames],
        test.confusion.map((row, i) => [network.classNames[i], ...row.map(String)]),
      ),
  ];
  if (localisation !== undefined) {
    const rows = Object.entries(localisation.maps).map(([name, map]) => [
      name,
      percent(map.energy),
      `${map.timesChance.toFixed(2)}x`,
      percent(map.pointingGame),
    ]);
    sections.push(
      `## Where its explanations point\n\nOn ${localisation.pictures} fresh pictures (seed ` +
        `\`${localisation.seed}\`), whose objects cover ${percent(localisation.chance)} on average:\n\n` +
        table(['map of the true class', 'energy on the object', 'over chance', 'peak on the object'], rows),
    );
  }
  sections.push(
    `## Training\n\nSeed \`${training.seed}\`, ${training.picturesSeen.toLocaleString('en')} pictures, none twice; ` +
      `${training.date}; ${Math.round(training.wallSeconds / 60)} minutes on a shared machine, of which ` +
      `${Math.round(training.cpuSeconds / 60)} of processor time; ${versions.join(', ')}.\n\n` +
      table(['setting', 'value'], recipe),
  );
  return `${sections.join('\n\n')}\n`;
}
