import type { Answer } from '../../child/child.ts';
import type { Incident } from '../../format/incident.ts';
import type { Ending } from '../../sandbox/sandbox.ts';

type Found = Pick<Incident, 'kind' | 'what'>;

/** What an answer of a child tells that right code never brings about. A mere time-out is none. */
export function incidentsIn(answer: Answer): Found[] {
  switch (answer.kind) {
    case 'reply': {
      const refused = 'refused' in answer.reply ? (answer.reply.refused ?? []) : [];
      return refused.map((what) => ({ kind: what.includes(' ') ? 'refused' : 'reach', what }));
    }
    case 'violation':
      return [{ kind: 'protocol', what: answer.message }];
    case 'over-budget':
      return [{ kind: 'over-budget', what: answer.message }];
    case 'ended':
      return inEnding(answer.ending);
    case 'time-out':
      return [];
  }
}

function inEnding(ending: Ending): Found[] {
  switch (ending.how) {
    case 'exit':
      return [{ kind: 'ended', what: `exit code ${ending.code}` }];
    case 'signal':
      return [{ kind: 'killed', what: ending.signal }];
    case 'memory':
    case 'processes':
    case 'processor-time':
      return [{ kind: 'killed', what: `over its limit of ${ending.how.replace('-', ' ')}` }];
    case 'killed':
    case 'not-started':
      return [];
  }
}
