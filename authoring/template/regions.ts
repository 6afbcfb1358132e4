import ts from 'typescript';
import { findingAt, type Finding } from './findings.ts';
import { beginMarker, endMarker, findMarkers, type Marker } from './markers.ts';
import { walk, type SourceModule } from './source-module.ts';

/** The part of a function that the student writes: whole statements of one block between two markers. */
export interface Region {
  readonly begin: Marker;
  readonly end: Marker;
  readonly statements: readonly ts.Statement[];
  /** The nearest function around it that has a name. */
  readonly functionName: string;
  readonly functionNode: ts.FunctionLikeDeclaration;
}

/** The name a function goes by: its own, its class's for a constructor, or that of the variable or property holding it. */
export function nameOfFunction(node: ts.FunctionLikeDeclaration): string | undefined {
  if (ts.isConstructorDeclaration(node)) return node.parent.name?.text;
  if (node.name) return ts.isComputedPropertyName(node.name) ? undefined : node.name.text;
  const { parent } = node;
  const holds =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  if (!holds || parent.initializer !== node) return undefined;
  return ts.isIdentifier(parent.name) ? parent.name.text : undefined;
}

function hasBody(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function namedFunctionAround(node: ts.Node): { name: string; node: ts.FunctionLikeDeclaration } | undefined {
  for (let around: ts.Node | undefined = node; around; around = around.parent) {
    const name = hasBody(around) ? nameOfFunction(around) : undefined;
    if (name !== undefined && hasBody(around)) return { name, node: around };
  }
  return undefined;
}

/** The innermost node whose own text, comments before it left out, contains the offset. */
function innermostNode(sourceFile: ts.SourceFile, offset: number): ts.Node {
  let innermost: ts.Node = sourceFile;
  walk(sourceFile, (node) => {
    if (node === sourceFile) return true;
    if (offset < node.getStart(sourceFile) || offset >= node.end) return false;
    innermost = node;
    return true;
  });
  return innermost;
}

function pairMarkers(
  sourceFile: ts.SourceFile,
  markers: readonly Marker[],
  findings: Finding[],
): [Marker, Marker][] {
  const pairs: [Marker, Marker][] = [];
  let open: Marker | undefined;
  const report = (marker: Marker, problem: string, remedy: string): void => {
    findings.push(findingAt(sourceFile, marker.start, { problem, remedy }));
  };
  for (const marker of markers) {
    if (marker.kind === 'end') {
      if (open) pairs.push([open, marker]);
      else
        report(
          marker,
          `"${endMarker}" without a "${beginMarker}" before it`,
          `add "${beginMarker}" or remove this line`,
        );
      open = undefined;
    } else if (open) {
      const { line } = sourceFile.getLineAndCharacterOfPosition(open.start);
      report(
        marker,
        `"${beginMarker}" inside the region that begins on line ${line + 1}`,
        `end that region first; regions do not nest`,
      );
    } else open = marker;
  }
  if (open)
    report(
      open,
      `"${beginMarker}" without an "${endMarker}" after it`,
      `add "${endMarker}" after the last statement of the region`,
    );
  return pairs;
}

function regionBetween(
  sourceFile: ts.SourceFile,
  begin: Marker,
  end: Marker,
): Region | Omit<Finding, 'file' | 'line' | 'column'> {
  const block = innermostNode(sourceFile, begin.start);
  const enclosing = namedFunctionAround(block);
  if (!ts.findAncestor(block, hasBody)) {
    return {
      problem: 'solution region outside a function',
      remedy: 'move the markers inside the body of a function',
    };
  }
  if (!enclosing) {
    return {
      problem: 'solution region in a function without a name',
      remedy: 'give the function, or one around it, a name',
    };
  }
  const half = { remedy: 'move the markers so that they enclose whole statements of one block' };
  if (!ts.isBlock(block)) return { problem: 'the region begins inside a statement', ...half };
  if (innermostNode(sourceFile, end.start) !== block) {
    return { problem: 'the region begins in one block and ends in another, or inside a statement', ...half };
  }
  const statements = block.statements.filter(
    (statement) => statement.getStart(sourceFile) >= begin.end && statement.end <= end.start,
  );
  if (statements.length === 0) {
    return {
      problem: 'empty solution region',
      remedy: 'put the solution between the markers or remove both',
    };
  }
  return { begin, end, statements, functionName: enclosing.name, functionNode: enclosing.node };
}

/** Names that a region declares and code outside it uses: with the region gone they would be undeclared. */
function namesUsedOutside(module: SourceModule, region: Region): Finding[] {
  const { sourceFile } = module;
  const inside = (node: ts.Node): boolean =>
    node.getStart(sourceFile) >= region.begin.end && node.end <= region.end.start;
  const findings: Finding[] = [];
  walk(sourceFile, (node) => {
    if (region.statements.some((statement) => statement === node)) return false;
    if (!ts.isIdentifier(node) || !module.symbolOf(node)?.declarations?.some(inside)) return true;
    const problem = `"${node.text}" is declared in the solution region of ${region.functionName} but used outside it`;
    const remedy = 'include this use in the region or declare the name before the region';
    findings.push(findingAt(sourceFile, node.getStart(sourceFile), { problem, remedy }));
    return true;
  });
  return findings;
}

/**
 * The solution regions of a file. One region to a named function: the first one throws, so anything after it
 * could never run, and a second stub would tell the student nothing.
 */
export function findRegions(module: SourceModule): { regions: Region[]; findings: Finding[] } {
  const { sourceFile } = module;
  const { markers, findings } = findMarkers(sourceFile);
  const regions: Region[] = [];
  for (const [begin, end] of pairMarkers(sourceFile, markers, findings)) {
    const region = regionBetween(sourceFile, begin, end);
    if ('problem' in region) findings.push(findingAt(sourceFile, begin.start, region));
    else if (regions.some(({ functionNode }) => functionNode === region.functionNode)) {
      const problem = `second solution region in ${region.functionName}, where the first one already throws`;
      findings.push(
        findingAt(sourceFile, begin.start, {
          problem,
          remedy: 'merge the regions of this function into one',
        }),
      );
    } else {
      regions.push(region);
      findings.push(...namesUsedOutside(module, region));
    }
  }
  return { regions, findings };
}
