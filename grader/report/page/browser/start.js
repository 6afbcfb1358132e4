import { filterChecks, openTarget } from './filter.js';
import { followServer } from './live.js';
import { showAllPictures } from './picture-viewer.js';
import { showAllTensors } from './tensor-view.js';

function show() {
  filterChecks();
  showAllPictures();
  showAllTensors();
}

document.documentElement.classList.add('scripted');
show();
openTarget();
addEventListener('hashchange', openTarget);
followServer(show);
