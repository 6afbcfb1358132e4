/** Which kinds of checks are asked for, all where there is none, and the text that they hold. */
const pressed = new Set();
let wanted = '';

function showWhatFits() {
  let shown = 0;
  for (const section of document.querySelectorAll('section[id]')) {
    const title = section.querySelector('h2').textContent.toLowerCase();
    let here = 0;
    for (const check of section.querySelectorAll('.check')) {
      const fits =
        (pressed.size === 0 || pressed.has(check.dataset.status)) &&
        (title.includes(wanted) || check.textContent.toLowerCase().includes(wanted));
      check.hidden = !fits;
      if (fits) here++;
    }
    for (const fold of section.querySelectorAll('.fold')) {
      const left = fold.querySelector('.check:not([hidden])');
      fold.hidden = !left;
      if (left && (wanted || pressed.size > 0)) fold.open = true;
    }
    section.hidden = here === 0;
    const line = document.querySelector(`nav a[href="#${CSS.escape(section.id)}"]`);
    if (line) line.parentElement.hidden = here === 0;
    shown += here;
  }
  document.getElementById('nothing').hidden = shown > 0;
}

/** Lets the buttons at the top choose which checks are shown; a choice made before stays. */
export function filterChecks() {
  for (const button of document.querySelectorAll('[data-show]')) {
    const { show } = button.dataset;
    button.setAttribute('aria-pressed', String(pressed.has(show)));
    button.addEventListener('click', () => {
      if (!pressed.delete(show)) pressed.add(show);
      button.setAttribute('aria-pressed', String(pressed.has(show)));
      showWhatFits();
    });
  }
  const find = document.getElementById('find');
  find.value = wanted;
  find.addEventListener('input', () => {
    wanted = find.value.trim().toLowerCase();
    showWhatFits();
  });
  for (const button of document.querySelectorAll('[data-open]')) {
    button.addEventListener('click', () => {
      for (const check of document.querySelectorAll('main details:not([hidden])'))
        check.open = button.dataset.open === 'true';
    });
  }
  showWhatFits();
}

/** Opens the check that the address names. */
export function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
  const fold = target?.closest('.fold');
  if (fold) fold.open = true;
}
