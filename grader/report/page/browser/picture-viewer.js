const BLINK_MS = 700;

/** Lets a viewer show its pictures beside or on top of each other. */
function showPictures(viewer) {
  const stage = viewer.querySelector('.stage');
  const position = viewer.querySelector('.position');
  const range = position.querySelector('input');
  const pause = position.querySelector('button');
  const images = [...stage.querySelectorAll('img')];
  const { whose } = viewer.dataset;
  let timer;

  function place(percent) {
    range.value = String(percent);
    const onion = viewer.dataset.mode === 'onion';
    range.setAttribute(
      'aria-valuetext',
      onion ? `${range.value}% ${whose}` : `${range.value}% expected, the rest ${whose}`,
    );
    stage.style.setProperty('--at', `${range.value}%`);
    stage.style.setProperty('--opacity', String(range.value / 100));
  }

  function blink(runs) {
    clearInterval(timer);
    pause.setAttribute('aria-pressed', String(!runs));
    if (runs) {
      timer = setInterval(() => {
        // A newer version of the page may have taken this one's place.
        if (stage.isConnected) stage.classList.toggle('turned');
        else clearInterval(timer);
      }, BLINK_MS);
    }
  }

  function choose(mode) {
    viewer.dataset.mode = mode;
    const slides = mode === 'slider' || mode === 'onion';
    position.hidden = !slides && mode !== 'blink';
    range.parentElement.hidden = !slides;
    pause.hidden = mode !== 'blink';
    position.querySelector('span').textContent = mode === 'onion' ? `Opacity of ${whose}` : 'Position';
    stage.classList.remove('turned');
    place(50);
    blink(mode === 'blink' && !matchMedia('(prefers-reduced-motion: reduce)').matches);
  }

  function drag(event) {
    const box = stage.querySelector('.received .image').getBoundingClientRect();
    place(Math.round(Math.min(100, Math.max(0, (100 * (event.clientX - box.left)) / box.width))));
  }

  for (const radio of viewer.querySelectorAll('input[type=radio]'))
    radio.addEventListener('change', () => choose(radio.value));
  viewer.querySelector('select').addEventListener('change', ({ target }) => {
    const scale = Number(target.value);
    viewer.classList.toggle('sized', scale > 0);
    for (const image of images) {
      image.style.width = scale > 0 ? `${scale * Number(image.getAttribute('width'))}px` : '';
    }
  });
  range.addEventListener('input', () => place(Number(range.value)));
  pause.addEventListener('click', () => blink(pause.getAttribute('aria-pressed') === 'true'));
  stage.addEventListener('pointerdown', (event) => {
    if (viewer.dataset.mode !== 'slider') return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    drag(event);
  });
  stage.addEventListener('pointermove', (event) => {
    if (stage.hasPointerCapture(event.pointerId)) drag(event);
  });
}

export function showAllPictures() {
  for (const viewer of document.querySelectorAll('.pictures')) showPictures(viewer);
}
