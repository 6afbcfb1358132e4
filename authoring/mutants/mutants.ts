import ts from 'typescript';
import { sha256 } from '../../grader/format/sha256.ts';
import {
  anotherFunction,
  argumentLeftOut,
  argumentsExchanged,
  notTidied,
  stepLeftOut,
} from './call-mutators.ts';
import { conditionIgnored, defaultLeftOut, firstItemOnly, statementLeftOut } from './flow-mutators.ts';
import type { Change, Mutator } from './mutator.ts';
import {
  anotherNumber,
  anotherOperator,
  defaultIgnored,
  namesExchanged,
  nextIndex,
  otherTruth,
  signLeftOut,
} from './value-mutators.ts';

/** Every kind of small mistake, by the name that lists of mutants have for it. */
const mutators = {
  'another function': anotherFunction,
  'a step left out': stepLeftOut,
  'not tidied': notTidied,
  'arguments exchanged': argumentsExchanged,
  'an argument left out': argumentLeftOut,
  'another number': anotherNumber,
  'the other truth': otherTruth,
  'a sign left out': signLeftOut,
  'another operator': anotherOperator,
  'a default ignored': defaultIgnored,
  'names exchanged': namesExchanged,
  'the next index': nextIndex,
  'a condition ignored': conditionIgnored,
  'a statement left out': statementLeftOut,
  'the first item only': firstItemOnly,
  'a default left out': defaultLeftOut,
} as const satisfies Readonly<Record<string, Mutator>>;
export type Mutation = keyof typeof mutators;

/** A source with one small mistake in it. */
export interface Mutant {
  /** From the kind of mistake, the line before and after, and how many such there are before it: it stays when lines move. */
  readonly id: string;
  readonly mutation: Mutation;
  /** The line of the reference, from 1. */
  readonly line: number;
  /** The line before and after, for people. */
  readonly before: string;
  readonly after: string;
  readonly text: string;
}

/** All mutants of the functions of a solution, none of them twice. Types may no longer fit; the code still parses. */
export function mutantsOf(path: string, text: string): Mutant[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found = new Map<string, Mutant>();
  const seen = new Map<string, number>();
  const add = (mutation: Mutation, change: Change): void => {
    const changed = text.slice(0, change.start) + change.text + text.slice(change.end);
    if (changed === text || found.has(changed) || !parses(path, changed)) return;
    const { line } = source.getLineAndCharacterOfPosition(change.start);
    const lines = [text, changed].map((one) => one.split('\n')[line].trim());
    const name = [path, mutation, ...lines].join('\0');
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    const id = sha256(Buffer.from(`${name}\0${number}`)).slice(0, 8);
    found.set(changed, { id, mutation, line: line + 1, before: lines[0], after: lines[1], text: changed });
  };
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    if (inFunction) {
      for (const [name, mutator] of Object.entries(mutators)) {
        for (const change of mutator(node, source)) add(name as Mutation, change);
      }
    }
    const below = inFunction || ts.isFunctionLike(node);
    ts.forEachChild(node, (child) => visit(child, below));
  };
  visit(source, false);
  return [...found.values()];
}

function parses(path: string, text: string): boolean {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return diagnostics.length === 0;
}
