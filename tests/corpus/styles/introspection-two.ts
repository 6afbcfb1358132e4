import { withByteOrderMark, withCarriageReturns, type Style } from './style.ts';

export const cleverHansStyles: readonly Style[] = [
  {
    name: 'interpolation, variables and variableGrads, dots',
    bodies: {
      addMark: `
  return tf.tidy(() => {
    const cover = tf.mul(markForm(kind, images.shape[1], images.shape[2]), strength);
    if (kind === 'lightness') return tf.minimum(tf.maximum(tf.add(images, cover), 0), 1) as tf.Tensor4D;
    const paint = tf.tensor([...markColours[kind]], [1, 1, 1, 3]);
    return tf.add(images.mul(tf.sub(1, cover)), paint.mul(cover)) as tf.Tensor4D;
  });`,
      trainClassifier: `
  const variables = new Map(Object.entries(initial).map(([name, value]) => [name, tf.variable(value)]));
  const speed = new Map(
    Object.entries(initial).map(([name, value]) => {
      const rest = tf.zerosLike(value);
      const v = tf.variable(rest);
      rest.dispose();
      return [name, v];
    }),
  );
  const losses: number[] = [];
  for (const batch of batches) {
    tf.tidy(() => {
      const x = tf.gather(data.images, batch);
      const y = tf.gather(data.labels, batch);
      const cost = () => {
        const s = smallNetwork(Object.fromEntries(variables)).logits(x as tf.Tensor4D);
        const right = tf.oneHot(y, s.shape[1], 1, 0, 'float32');
        return tf.sub(tf.logSumExp(s, 1), s.mul(right).sum(1)).mean() as tf.Scalar;
      };
      const list = [...variables.values()];
      const { value, grads } = tf.variableGrads(cost, list);
      for (const [name, variable] of variables) {
        const v = speed.get(name)!;
        v.assign(v.mul(momentum).add(grads[variable.name]));
        variable.assign(variable.sub(v.mul(learningRate)));
      }
      losses.push(value.arraySync());
    });
  }
  const weights = Object.fromEntries([...variables].map(([name, variable]) => [name, tf.tidy(() => variable.clone())]));
  tf.dispose([...variables.values(), ...speed.values()]);
  return { weights, losses };`,
      markReliance: `
  return tf.tidy(() => {
    const n = images.marked.shape[0];
    const maps = computeSaliencyMaps(images.marked, tf.fill([n], label, 'int32') as tf.Tensor1D, model);
    const flat = maps.reshape([n, -1]);
    const inside = flat.matMul(region.reshape([-1, 1])).squeeze([1]);
    const all = flat.sum(1);
    const share = tf.where(all.equal(0), tf.zerosLike(all), inside.div(tf.where(all.equal(0), tf.onesLike(all), all)));
    const [a, b] = [images.marked, images.unmarked].map((x) => model.logits(x).slice([0, label], [-1, 1]).flatten());
    return { maps, share: share as tf.Tensor1D, drop: a.sub(b) as tf.Tensor1D };
  });`,
    },
  },
  {
    name: 'grads in a class, picture by picture, carriage returns',
    helpers: `
class Momentum {
  readonly names: string[];
  w: tf.Tensor[];
  v: tf.Tensor[];
  constructor(private readonly options: TrainingOptions) {
    this.names = Object.keys(options.initial);
    this.w = this.names.map((name) => tf.clone(options.initial[name]));
    this.v = this.w.map((one) => tf.zeros(one.shape));
  }
  named(w: readonly tf.Tensor[]) {
    return Object.fromEntries(this.names.map((name, i) => [name, w[i]]));
  }
  step(images: tf.Tensor4D, labels: tf.Tensor1D) {
    const { momentum, learningRate } = this.options;
    const cost = (...w: tf.Tensor[]) => {
      const s = smallNetwork(this.named(w)).logits(images);
      return tf.losses.softmaxCrossEntropy(tf.oneHot(labels, s.shape[1]).toFloat(), s) as tf.Scalar;
    };
    const old = [...this.w, ...this.v];
    const { w, v, loss } = tf.tidy(() => {
      const loss = cost(...this.w).dataSync()[0];
      const g = tf.grads(cost)(this.w);
      const v = this.v.map((one, i) => one.mul(momentum).add(g[i]));
      return { w: this.w.map((one, i) => one.sub(v[i].mul(learningRate))), v, loss };
    });
    this.w = w;
    this.v = v;
    tf.dispose(old);
    return loss;
  }
}`,
    bodies: {
      trainClassifier: `
  const training = new Momentum(options);
  const losses: number[] = [];
  batches.forEach((batch) => {
    const [x, y] = tf.tidy(() => {
      const rows = tf.tensor1d(batch, 'int32');
      return [data.images.gather(rows), data.labels.gather(rows)];
    });
    losses.push(training.step(x as tf.Tensor4D, y as tf.Tensor1D));
    tf.dispose([x, y]);
  });
  tf.dispose(training.v);
  return { weights: training.named(training.w), losses };`,
      markReliance: `
  return tf.tidy(() => {
    const found = tf.unstack(images.marked).map((one, i) => {
      const marked = one.expandDims(0) as tf.Tensor4D;
      const map = computeSaliencyMaps(marked, tf.tensor1d([label], 'int32'), model);
      const score = (x: tf.Tensor4D) => model.logits(x).flatten().gather([label]);
      const plain = images.unmarked.slice([i], [1]) as tf.Tensor4D;
      return { map, share: map.mul(region).sum().divNoNan(map.sum()), drop: score(marked).sub(score(plain)) };
    });
    return {
      maps: tf.concat(found.map(({ map }) => map)) as tf.Tensor3D,
      share: tf.stack(found.map(({ share }) => share)) as tf.Tensor1D,
      drop: tf.concat(found.map(({ drop }) => drop)) as tf.Tensor1D,
    };
  });`,
    },
    rewrite: withCarriageReturns,
  },
  {
    name: 'einsum for the share, one-hot for the drop, stacked marks',
    bodies: {
      addMark: `
  return tf.tidy(() => {
    const form = markForm(kind, images.shape[1], images.shape[2]);
    return tf.stack(
      tf.unstack(images).map((one) => {
        if (kind === 'lightness') return one.add(form.mul(strength)).clipByValue(0, 1);
        const colour = tf.tensor1d([...markColours[kind]]);
        return one.add(tf.mul(form, strength).mul(tf.sub(colour, one)));
      }),
    ) as tf.Tensor4D;
  });`,
      markReliance: `
  return tf.tidy(() => {
    const { marked, unmarked } = images;
    const labels = tf.onesLike(tf.range(0, marked.shape[0], 1, 'int32')).mul(tf.scalar(label, 'int32'));
    const maps = computeSaliencyMaps(marked, labels.toInt() as tf.Tensor1D, model);
    const share = tf.divNoNan(tf.einsum('nhw,hw->n', maps, region), tf.einsum('nhw->n', maps));
    const change = model.logits(marked).sub(model.logits(unmarked));
    const drop = change.mul(tf.oneHot([label], change.shape[1]!)).sum(1);
    return { maps, share: share as tf.Tensor1D, drop: drop as tf.Tensor1D };
  });`,
    },
  },
];

export const contrastiveStyles: readonly Style[] = [
  {
    name: 'a table of methods',
    bodies: {
      contrast: `
  const ways = {
    saliency: (y: tf.Tensor1D) => computeSaliencyMaps(image, y, model),
    smoothed: (y: tf.Tensor1D) => saliencyVariant(image, y, model, { smoothing }),
    'grad-cam': (y: tf.Tensor1D) => {
      const layer = options.layer === undefined ? model.features(image).length - 1 : options.layer;
      return gradCam(image, y, model, layer);
    },
  };
  return tf.tidy(() => {
    const [p, a] = [predicted, actual].map(ways[method]);
    return { predicted: p, actual: a, difference: tf.sub(p, a) as tf.Tensor3D };
  });`,
    },
  },
  {
    name: 'both classes as one batch, then split',
    bodies: {
      contrast: `
  return tf.tidy(() => {
    const n = image.shape[0];
    if (method === 'smoothed') {
      const p = saliencyVariant(image, predicted, model, { smoothing });
      const a = saliencyVariant(image, actual, model, { smoothing });
      return { predicted: p, actual: a, difference: p.sub(a) as tf.Tensor3D };
    }
    const twice = tf.concat([image, image]) as tf.Tensor4D;
    const labels = tf.concat([predicted, actual]) as tf.Tensor1D;
    const maps =
      method === 'saliency'
        ? computeSaliencyMaps(twice, labels, model)
        : gradCam(twice, labels, model, options.layer ?? model.features(image).length - 1);
    const [p, a] = tf.split(maps, [n, n]);
    return { predicted: p, actual: a, difference: tf.add(p, tf.neg(a)) } as Contrast;
  });`,
    },
  },
  {
    name: 'if and else without tidy, the features disposed of by hand',
    bodies: {
      contrast: `
  const explain = (labels: tf.Tensor1D): tf.Tensor3D => {
    if (method === 'saliency') return computeSaliencyMaps(image, labels, model);
    else if (method === 'smoothed') return saliencyVariant(image, labels, model, { ...options, smoothing });
    let { layer } = options;
    if (layer === undefined) {
      const features = model.features(image);
      layer = features.length - 1;
      features.forEach((one) => one.dispose());
    }
    return gradCam(image, labels, model, layer);
  };
  const result = { predicted: explain(predicted), actual: explain(actual) };
  return { ...result, difference: result.predicted.sub(result.actual) };`,
    },
    rewrite: withCarriageReturns,
  },
  {
    name: 'image by image, a byte order mark',
    bodies: {
      contrast: `
  return tf.tidy(() => {
    if (method === 'smoothed') {
      const maps = [predicted, actual].map((y) => saliencyVariant(image, y, model, { smoothing, output: 'logit', sign: 'absolute' }));
      return { predicted: maps[0], actual: maps[1], difference: tf.sub(maps[0], maps[1]) as tf.Tensor3D };
    }
    const last = model.features(image).length - 1;
    const one = (i: number, y: tf.Tensor1D) => {
      const picture = image.slice([i, 0, 0, 0], [1, -1, -1, -1]);
      const label = y.slice([i], [1]);
      return method === 'saliency'
        ? computeSaliencyMaps(picture, label, model)
        : gradCam(picture, label, model, options.layer ?? last);
    };
    const every = (y: tf.Tensor1D) => tf.concat(Array.from({ length: image.shape[0] }, (_, i) => one(i, y))) as tf.Tensor3D;
    const maps = { predicted: every(predicted), actual: every(actual) };
    return { ...maps, difference: maps.predicted.sub(maps.actual) as tf.Tensor3D };
  });`,
    },
    rewrite: withByteOrderMark,
  },
];

export const minimalChangeStyles: readonly Style[] = [
  {
    name: 'valueAndGrad, log-sum-exp, the best class by argMax and a comparison',
    bodies: {
      minimalChange: `
  const ways = (x: tf.Tensor4D) => tf.tidy(() => tf.softmax(model.logits(x)).gather([target], 1).dataSync()[0]);
  const lossOf = (x: tf.Tensor) => {
    const s = model.logits(x as tf.Tensor4D);
    const surprise = tf.logSumExp(s).sub(s.gather([target], 1).sum());
    return surprise.add(tf.squaredDifference(x, image).sum().mul(penalty)) as tf.Scalar;
  };
  let x = tf.clone(image);
  const probabilities = [ways(x)];
  for (let i = 0; i < steps; i++) {
    const old = x;
    x = tf.tidy(() => {
      const { grad } = tf.valueAndGrad(lossOf)(old);
      return clampToValid(tf.sub(old, tf.mul(grad, learningRate)));
    });
    old.dispose();
    probabilities.push(ways(x));
  }
  const reached = tf.tidy(() => {
    const s = model.logits(x).flatten();
    return s.gather([target]).greaterEqual(s.max()).dataSync()[0] === 1;
  });
  return { image: x, difference: x.sub(image), probabilities, reached };`,
    },
  },
  {
    name: 'the loss of the library, a list of pictures, carriage returns',
    bodies: {
      minimalChange: `
  const oneHot = tf.tidy(() => tf.oneHot([target], model.logits(image).shape[1]).toFloat());
  const slope = tf.grad((x) =>
    tf.losses
      .softmaxCrossEntropy(oneHot, model.logits(x as tf.Tensor4D))
      .add(x.sub(image).pow(2).sum().mul(penalty)),
  );
  const pictures = [image.clone()];
  while (pictures.length <= steps) {
    const x = pictures[pictures.length - 1];
    pictures.push(tf.tidy(() => clampToValid(x.add(slope(x).mul(-learningRate)) as tf.Tensor4D)));
  }
  const rows = pictures.map((x) => tf.tidy(() => model.logits(x).softmax().arraySync()[0]));
  const changed = pictures.pop()!;
  tf.dispose([oneHot, ...pictures]);
  const last = rows[rows.length - 1];
  return {
    image: changed,
    difference: tf.sub(changed, image),
    probabilities: rows.map((row) => row[target]),
    reached: !last.some((p) => p > last[target]),
  };`,
    },
    rewrite: withCarriageReturns,
  },
  {
    name: 'the gradient of the penalty by hand',
    bodies: {
      minimalChange: `
  const entropy = (x: tf.Tensor) => tf.neg(tf.logSoftmax(model.logits(x as tf.Tensor4D)).mul(tf.oneHot([target], model.classNames.length)).sum());
  const outlook = (x: tf.Tensor4D) => tf.tidy(() => model.logits(x).softmax().squeeze([0]).arraySync()) as number[];
  const one = (x: tf.Tensor4D) =>
    tf.tidy(() => {
      const pull = tf.grad(entropy)(x).add(x.sub(image).mul(2 * penalty));
      return clampToValid(x.sub(pull.mul(learningRate)) as tf.Tensor4D);
    });
  let [x, seen] = [image.clone(), outlook(image)];
  const probabilities = [seen[target]];
  for (const _ of Array(steps).keys()) {
    const next = one(x);
    x.dispose();
    [x, seen] = [next, outlook(next)];
    probabilities.push(seen[target]);
  }
  return { image: x, difference: x.sub(image), probabilities, reached: seen.every((p) => p <= seen[target]) };`,
    },
  },
];
