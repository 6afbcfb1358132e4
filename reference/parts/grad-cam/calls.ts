import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import { nameIn } from '../../cases/groups.ts';
import type { CallOptions } from '../../cases/template-module.ts';
import { gradCam } from './names.ts';

const { solution } = gradCam;

/** The images of a case, where they are its inputs. */
export const images: Argument = { tensor: 'images' };

/** Grad-CAM of the classes in `labels`. */
export const cam = (
  id: string,
  pictures: Argument,
  model: Argument,
  layer: number,
  { labels = 'labels', ...options }: CallOptions & { readonly labels?: string } = {},
): Call => solution.call(id, 'gradCam', [pictures, { tensor: labels }, model, { number: layer }], options);

export const camOfLayer = (pictures: Argument, model: Argument, layer: number, batch = 0): Call =>
  cam(nameIn(`layer-${layer}`, batch), pictures, model, layer, { labels: nameIn('labels', batch) });

export const guided = (pictures: Argument, model: Argument, options?: CallOptions, batch = 0): Call =>
  solution.call(
    nameIn('guided', batch),
    'guidedBackprop',
    [pictures, { tensor: nameIn('labels', batch) }, model],
    options,
  );
