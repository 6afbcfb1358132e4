import { expect, it } from 'vitest';
import { refuseOptionsOfNpm } from '../../../packaging/kit/programs/options-of-npm.ts';

it.each([
  ['check tv-loss', { watch: 'true' }, 'check tv-loss -- --watch'],
  ['check tv-loss', { inspect: 'true' }, 'check -- --inspect tv-loss'],
  ['visualize saliency-map|cat.jpg', { picture: 'true' }, 'visualize saliency-map -- --picture cat.jpg'],
  ['visualize saliency-map', { picture: 'cat.jpg' }, 'visualize saliency-map -- --picture cat.jpg'],
  [
    'visualize saliency-map|my cat.JPG',
    { picture: 'true' },
    'visualize saliency-map -- --picture "my cat.JPG"',
  ],
  ['visualize saliency-map', { picture: 'true' }, 'visualize saliency-map -- --picture FILE'],
  ['visualize a.png|b.png', { picture: 'true\n\ntrue' }, 'visualize -- --picture a.png --picture b.png'],
  [
    'visualize net.safetensors|a.png',
    { model: 'true', picture: 'true' },
    'visualize -- --model net.safetensors --picture a.png',
  ],
  // Which of the two is which, npm does not tell.
  [
    'visualize style-transfer|a.png|b.png',
    { content: 'true', style: 'true' },
    'visualize style-transfer -- --content FILE --style FILE',
  ],
])('%s with %j becomes %s', (words, kept, command) => {
  const [name, ...first] = words.split('|')[0].split(' ');
  const env = Object.fromEntries(Object.entries(kept).map(([key, value]) => [`npm_config_${key}`, value]));
  const refuse = (): void => refuseOptionsOfNpm([name, ...first, ...words.split('|').slice(1)], env);
  expect(refuse).toThrow(new RegExp(`after a --: npm run ${command.replaceAll('.', '\\.')}$`));
});

it('lets a command without options of npm pass', () => {
  refuseOptionsOfNpm(['check', 'tv-loss'], { npm_config_loglevel: 'silent' });
});
