// Tables are sorted by the heading that is pressed; the last one is searched.

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

const find = document.getElementById('find');
const found = document.getElementById('found');
const rows = [...document.querySelectorAll('section:last-of-type tbody tr')].map((row) => [
  row.textContent.toLowerCase(),
  row,
]);
find.addEventListener('input', () => {
  const wanted = find.value.trim().toLowerCase();
  let count = 0;
  for (const [text, row] of rows) {
    row.hidden = !text.includes(wanted);
    if (!row.hidden) count++;
  }
  found.textContent = wanted === '' ? '' : `${count} of ${rows.length}`;
});
