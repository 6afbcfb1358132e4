const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

function statuses() {
  return new Map([...document.querySelectorAll('.check')].map((check) => [check.id, check.dataset.status]));
}

/** What became better and worse, for the line at the top. */
function tellChanges(before) {
  const changed = [...document.querySelectorAll('.check')].filter(
    (check) => before.has(check.id) && before.get(check.id) !== check.dataset.status,
  );
  for (const check of changed) check.classList.add('changed');
  const passed = changed.filter((check) => check.dataset.status === 'passed');
  const failed = changed.filter((check) => check.dataset.status === 'failed');
  const named = (checks, words) =>
    checks.length === 0
      ? []
      : [
          `${checks.length} now ${words}: ${checks.map((one) => one.querySelector('h3').textContent).join('; ')}`,
        ];
  const lines = [...named(passed, 'passed'), ...named(failed, 'failed')];
  document.getElementById('live').textContent = lines.join('. ') || 'Checked again; no check changed.';
}

async function update(show) {
  const response = await fetch('/', { cache: 'no-store' });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const report = page.getElementById('report');
  if (!report) return;
  const before = statuses();
  const open = new Map(
    [...document.querySelectorAll('details.check')].map((check) => [check.id, check.open]),
  );
  const focused = document.activeElement?.closest('[id]')?.id;
  for (const check of report.querySelectorAll('details.check')) {
    if (before.get(check.id) === check.dataset.status && open.has(check.id)) check.open = open.get(check.id);
  }
  document.title = page.title;
  document.getElementById('report').replaceWith(document.adoptNode(report));
  show();
  if (focused) document.querySelector(`#${CSS.escape(focused)} > summary, #${CSS.escape(focused)}`)?.focus();
  tellChanges(before);
}

/**
 * Shows a newer version of the page when its server tells of one: at /events comes a stream of server-sent events,
 * `report` when there is a newer page at /, `busy` with a line of text while it is made. Only for a page that was made
 * live, from a server on this machine.
 * @param show lets the page's new elements work
 */
export function followServer(show) {
  const { protocol, hostname } = location;
  const isLive = 'live' in document.documentElement.dataset;
  if (!isLive || protocol !== 'http:' || !LOOPBACK.includes(hostname)) return;
  const events = new EventSource('/events');
  let lost = false;
  events.addEventListener('report', () => void update(show));
  events.addEventListener('busy', ({ data }) => {
    document.getElementById('live').textContent = data;
  });
  events.addEventListener('error', () => {
    lost = true;
    document.getElementById('live').textContent =
      'The program that checks your work has stopped; this is its last report.';
  });
  events.addEventListener('open', () => {
    if (lost) void update(show);
    lost = false;
  });
}
