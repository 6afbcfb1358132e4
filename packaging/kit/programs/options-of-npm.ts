import { UsageError } from '../../../grader/format/errors.ts';

const PICTURE = /\.(?:png|jpe?g)$/i;

/**
 * Options of the commands, and how to tell the value of one that takes a value. Without a -- before them npm takes them
 * for its own and hands none of them on, but for the values, of which it does not know to which option they belong.
 */
const OPTIONS: Readonly<Record<string, { readonly value: string; readonly is: RegExp } | undefined>> = {
  watch: undefined,
  open: undefined,
  strict: undefined,
  inspect: { value: 'PART', is: /./ },
  model: { value: 'FILE', is: /\.safetensors$/i },
  picture: { value: 'FILE', is: PICTURE },
  content: { value: 'FILE', is: PICTURE },
  style: { value: 'FILE', is: PICTURE },
};

/** As a shell takes it for one word. */
function quoted(word: string): string {
  if (/^[\w./\\:@%+=,~-]+$/.test(word)) return word;
  return /["$`]/.test(word) ? `'${word}'` : `"${word}"`;
}

/**
 * Refuses a command some of whose options npm kept for itself, which it tells by the environment.
 * @param words the command and what it was given
 * @throws UsageError with the command as it must be
 */
export function refuseOptionsOfNpm(words: readonly string[], env: NodeJS.ProcessEnv): void {
  const kept = Object.entries(OPTIONS).flatMap(([name, takes]) => {
    const value = env[`npm_config_${name}`];
    // An option that is given twice has its values in lines.
    return value ? [{ name, takes, given: value.split(/\s*\n\s*/).filter((one) => one !== 'true') }] : [];
  });
  if (kept.length === 0) return;
  const rest = words.slice(1);
  const options = kept.flatMap(({ name, takes, given }) => {
    if (!takes) return [`--${name}`];
    const isSure = kept.filter((other) => other.takes?.is.source === takes.is.source).length === 1;
    const values = given.length > 0 ? given : rest.filter((word) => takes.is.test(word));
    if (given.length === 0) for (const word of values) rest.splice(rest.indexOf(word), 1);
    if (values.length === 0 || !isSure) return [`--${name} ${takes.value}`];
    return values.map((value) => `--${name} ${quoted(value)}`);
  });
  const command = [words[0], ...rest.map(quoted), '--', ...options].join(' ');
  const names = kept.map(({ name }) => `--${name}`).join(' and ');
  throw new UsageError(`npm took ${names} for its own; options come after a --: npm run ${command}`);
}
