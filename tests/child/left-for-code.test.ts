import { afterAll, beforeAll, expect, it } from 'vitest';
import { runModules, type RunningModules } from './run-modules.ts';

/** What lies in the global object under symbols that anybody can name, when the module is loaded and when it is called. */
const module = `
const named = () => Object.getOwnPropertySymbols(globalThis).flatMap((one) => Symbol.keyFor(one) ?? []);
const atLoad = named();
export const found = () => ({ atLoad, atCall: named() });
`;

let running: RunningModules;
beforeAll(async () => {
  running = await runModules({ 'look.ts': module });
});
afterAll(() => running.close());

it('submitted code finds TensorFlow.js, and nothing else that the runner has left: no way to import', async () => {
  const text = { list: [{ text: 'introspection-grader.tfjs' }] };
  expect(await running.call('found')).toMatchObject({ value: { record: { atLoad: text, atCall: text } } });
});
