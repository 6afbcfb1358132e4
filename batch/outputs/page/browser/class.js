// Tables are sorted by the heading that is pressed; those of a section with a field are searched.

function keyOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.value === undefined
    ? cell.textContent.trim().toLowerCase()
    : Number(cell.dataset.value);
}

for (const table of document.querySelectorAll('table')) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    head.firstElementChild.addEventListener('click', () => {
      const up = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const body = table.tBodies[0];
      const rows = [...body.rows].map((row) => [keyOf(row, column), row]);
      const order = up ? 1 : -1;
      rows.sort(([a], [b]) => (a < b ? -order : a > b ? order : 0));
      body.append(...rows.map(([, row]) => row));
    });
  });
}

for (const section of document.querySelectorAll('[data-search]')) {
  const find = section.querySelector('input');
  if (find === null) continue;
  const found = section.querySelector('[role=status]');
  const rows = [...section.querySelectorAll('tbody tr')].map((row) => [row.textContent.toLowerCase(), row]);
  const lists = [...section.querySelectorAll('details.rest')];
  let wasOpen;
  find.addEventListener('input', () => {
    const wanted = find.value.trim().toLowerCase();
    let count = 0;
    for (const [text, row] of rows) {
      row.hidden = !text.includes(wanted);
      if (!row.hidden) count++;
    }
    found.textContent = wanted === '' ? '' : `${count} of ${rows.length}`;
    // A closed list opens where something is found in it, and closes again after the search.
    wasOpen ??= lists.map(({ open }) => open);
    lists.forEach((list, at) => {
      const holds = list.querySelector('tbody tr:not([hidden])') !== null;
      list.hidden = !holds;
      list.open = wanted === '' ? wasOpen[at] : holds;
    });
    if (wanted === '') wasOpen = undefined;
  });
}
