import type { Argument, Call } from '../../../grader/format/call-plan.ts';
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

export const camOfLayer = (pictures: Argument, model: Argument, layer: number): Call =>
  cam(`layer-${layer}`, pictures, model, layer);

export const guided = (pictures: Argument, model: Argument, options?: CallOptions): Call =>
  solution.call('guided', 'guidedBackprop', [pictures, { tensor: 'labels' }, model], options);
