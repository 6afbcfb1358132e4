export { declarationsBehind, type SourceStretch } from './declarations-behind.ts';
export { syntaxTokens, type SyntaxToken } from './syntax-tokens.ts';
export { sourceRules, type SourceFinding } from './finding.ts';
export { readSource, type SourceCheck, type SourceReading } from './read-source.ts';
export { ReadingTime } from './with-syntax-tree.ts';
