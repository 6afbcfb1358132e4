import type { Style } from './style.ts';

export const contentLossStyles: readonly Style[] = [
  {
    name: 'the squared norm of a flat row',
    bodies: {
      contentLoss: `
  return tf.tidy(() => {
    const row = tf.reshape(tf.sub(original, current), [1, -1]);
    return tf.matMul(row, row, false, true).reshape([]).mul(weight) as tf.Scalar;
  });`,
    },
  },
];

export const styleLossStyles: readonly Style[] = [
  {
    name: 'einsum, and a loss added up in a loop',
    bodies: {
      gramMatrix: `
  return tf.tidy(() => {
    const [n, h, w, c] = features.shape;
    const flat = features.reshape([n, h * w, c]);
    const gram = tf.einsum('npi,npj->nij', flat, flat) as tf.Tensor3D;
    return gram.mul(normalize ? 1 / (h * w * c) : 1) as tf.Tensor3D;
  });`,
      styleLoss: `
  return tf.tidy(() => {
    let total = tf.scalar(0);
    for (let i = 0; i < layers.length; i++) {
      const term = tf.squaredDifference(gramMatrix(features[layers[i]], true), targets[i]);
      total = total.add(term.sum().mul(weights[i]));
    }
    return total as tf.Scalar;
  });`,
    },
  },
  {
    name: 'a transposed product, and a reduce',
    bodies: {
      gramMatrix: `
  return tf.tidy(() => {
    const c = features.shape[3];
    const channels = tf.transpose(features, [0, 3, 1, 2]).reshape([features.shape[0], c, -1]);
    const g = channels.matMul(channels, false, true);
    if (!normalize) return g as tf.Tensor3D;
    return g.div(channels.shape[1]! * channels.shape[2]!) as tf.Tensor3D;
  });`,
      styleLoss: `
  return tf.tidy(
    () =>
      layers.reduce((sum: tf.Tensor, layer, i) => {
        const d = gramMatrix(features[layer]).sub(targets[i]);
        return sum.add(d.mul(d).sum().mul(weights[i]));
      }, tf.scalar(0)) as tf.Scalar,
  );`,
    },
  },
];

export const tvLossStyles: readonly Style[] = [
  {
    name: 'gathered rows and columns',
    bodies: {
      tvLoss: `
  return tf.tidy(() => {
    const along = (axis: 1 | 2) => {
      const last = image.shape[axis] - 1;
      if (last === 0) return tf.scalar(0);
      const next = tf.gather(image, tf.range(1, last + 1, 1, 'int32'), axis);
      const here = tf.gather(image, tf.range(0, last, 1, 'int32'), axis);
      return tf.squaredDifference(next, here).sum();
    };
    return tf.mul(weight, tf.add(along(1), along(2))) as tf.Scalar;
  });`,
    },
  },
];

export const styleTransferStyles: readonly Style[] = [
  {
    name: 'method chains, grad and the loss apart',
    bodies: {
      styleTransferTargets: `
  return tf.tidy(() => {
    const grams = [];
    const all = model.features(style);
    for (const layer of options.styleLayers) grams.push(gramMatrix(all[layer], true));
    return { content: model.features(content)[options.contentLayer], styles: grams };
  });`,
      styleTransferLoss: `
  return tf.tidy(() => {
    const f = model.features(image);
    return contentLoss(options.contentWeight, f[options.contentLayer], targets.content)
      .add(styleLoss(f, options.styleLayers, targets.styles, options.styleWeights))
      .add(tvLoss(image, options.tvWeight)) as tf.Scalar;
  });`,
      styleTransferStep: `
  const { schedule } = options;
  return tf.tidy(() => {
    let x = state.image;
    if (step < schedule.clampUntil) x = x.clipByValue(-schedule.limit, schedule.limit);
    const loss = styleTransferLoss(x, targets, model, options);
    const gradient = tf.grad((y) => styleTransferLoss(y as tf.Tensor4D, targets, model, options))(x);
    const rate = [schedule.learningRate, schedule.decayedRate][Number(step >= schedule.decayFrom)];
    const moved = adamStep(x, gradient as tf.Tensor4D, { state: state.adam, rate });
    return { image: moved.x, adam: moved.state, loss };
  });`,
    },
  },
  {
    name: 'valueAndGrads, minimum and maximum, addN',
    bodies: {
      styleTransferLoss: `
  return tf.tidy(() => {
    const features = model.features(image);
    const terms = [
      contentLoss(options.contentWeight, features[options.contentLayer], targets.content),
      styleLoss(features, options.styleLayers, targets.styles, options.styleWeights),
      tvLoss(image, options.tvWeight),
    ];
    return tf.addN(terms) as tf.Scalar;
  });`,
      styleTransferStep: `
  return tf.tidy(() => {
    const s = options.schedule;
    const clipped = tf.minimum(tf.maximum(state.image, -s.limit), s.limit);
    const x = (s.clampUntil > step ? clipped : state.image.clone()) as tf.Tensor4D;
    const { value: loss, grads: [g] } = tf.valueAndGrads((y) => styleTransferLoss(y as tf.Tensor4D, targets, model, options))([x]);
    const { x: image, state: adam } = adamStep(x, g as tf.Tensor4D, {
      state: state.adam,
      rate: step >= s.decayFrom ? s.decayedRate : s.learningRate,
    });
    return { image, adam, loss };
  });`,
    },
  },
];
