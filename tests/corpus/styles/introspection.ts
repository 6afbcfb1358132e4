import { withByteOrderMark, withCarriageReturns, type Style } from './style.ts';

export const saliencyVariantsStyles: readonly Style[] = [
  {
    name: 'copies stacked and averaged, gathered outputs, where for the threshold',
    bodies: {
      saliencyVariant: `
  return tf.tidy(() => {
    const outputs = {
      logit: (s: tf.Tensor2D) => s,
      softmax: (s: tf.Tensor2D) => s.softmax(),
      'log-softmax': (s: tf.Tensor2D) => s.logSoftmax(),
    };
    const picked = (x: tf.Tensor) =>
      tf.gather(outputs[output](model.logits(x as tf.Tensor4D)), labels.expandDims(1), 1, 1).sum();
    const copies = smoothing
      ? Array.from({ length: smoothing.samples }, (_, k) => noisyCopy(images, k, smoothing))
      : [images];
    const g = tf.stack(copies.map((copy) => tf.grad(picked)(copy))).mean(0);
    const m = sign === 'signed' ? g.sum(-1) : g.abs().max(-1);
    const limit = m.abs().max([1, 2]).mul(threshold).reshape([-1, 1, 1]);
    return tf.where(m.abs().less(limit), tf.zerosLike(m), m) as tf.Tensor3D;
  });`,
    },
  },
  {
    name: 'valueAndGrads, image by image at the threshold, carriage returns',
    bodies: {
      saliencyVariant: `
  return tf.tidy(() => {
    const count = model.logits(images).shape[1];
    const mask = tf.oneHot(labels, count, 1, 0, 'float32');
    const f = (x: tf.Tensor) => {
      let y: tf.Tensor = model.logits(x as tf.Tensor4D);
      if (output !== 'logit') y = output === 'softmax' ? tf.softmax(y) : tf.logSoftmax(y);
      return tf.einsum('nc,nc->', y, mask);
    };
    let total: tf.Tensor = tf.zerosLike(images);
    const n = smoothing?.samples ?? 1;
    for (let k = 0; k < n; k += 1) {
      const at = smoothing ? noisyCopy(images, k, smoothing) : images;
      const { grads } = tf.valueAndGrads(f)([at]);
      total = tf.add(total, tf.div(grads[0], n));
    }
    const maps = sign === 'absolute' ? tf.max(tf.abs(total), 3) : tf.sum(total, 3);
    const kept = tf.unstack(maps).map((one) => {
      const size = tf.abs(one);
      return one.mul(tf.greaterEqual(size, size.max().mul(threshold)).toFloat());
    });
    return tf.stack(kept) as tf.Tensor3D;
  });`,
    },
    rewrite: withCarriageReturns,
  },
];

export const activationMaximizationStyles: readonly Style[] = [
  {
    name: 'a record of objectives, recursion over the steps',
    helpers: `
const objectives = {
  logit: (s: tf.Tensor) => s,
  softmax: (s: tf.Tensor) => tf.exp(tf.logSoftmax(s as tf.Tensor2D)),
  'log-softmax': (s: tf.Tensor) => s.sub(tf.logSumExp(s, 1, true)),
};`,
    bodies: {
      objectiveScore: `
  return tf.tidy(() => {
    const x = preprocess(pixels);
    if (objective.kind === 'class') {
      const outputs = objectives[objective.output](model.logits(x));
      return outputs.gather([objective.label], 1).reshape([]) as tf.Scalar;
    }
    const maps = model.features(x)[objective.layer];
    return maps.mean([0, 1, 2]).gather(objective.channel).reshape([]) as tf.Scalar;
  });`,
      maximizeActivation: `
  const sees = (z: tf.Tensor) => (parametrization === 'clip' ? z : z.sigmoid()) as tf.Tensor4D;
  const note = (z: tf.Tensor) => tf.tidy(() => objectiveScore(sees(z), objective, model).arraySync());
  const scores: number[] = [];
  const from = parametrization === 'clip' ? start.clone() : inverseSigmoid(start);
  const walk = (z: tf.Tensor4D, state: OptimizerState, t: number): tf.Tensor4D => {
    scores.push(note(z));
    if (t === steps) {
      tf.dispose([state.first, state.second]);
      return z;
    }
    const { z: next, state: later } = tf.tidy(() => {
      const f = (v: tf.Tensor) => {
        const penalty = regularizationPenalty(sees(v), regularizers);
        return objectiveScore(jitter(sees(v), offsets[t][0], offsets[t][1]), objective, model).sub(penalty);
      };
      const step = optimizerStep(tf.grad(f)(z) as tf.Tensor4D, state, optimizer);
      let y = z.add(step.change) as tf.Tensor4D;
      if (parametrization === 'clip') y = y.clipByValue(0, 1);
      if (regularizers.blur && (t + 1) % regularizers.blur.every === 0) y = blur(y, regularizers.blur.sigma);
      return { z: y, state: step.state };
    });
    tf.dispose([z, state.first, state.second]);
    return walk(next, later, t + 1);
  };
  const end = walk(from, { step: 0, first: tf.zerosLike(start), second: tf.zerosLike(start) }, 0);
  const image = tf.tidy(() => sees(end).clone());
  end.dispose();
  return { image, scores };`,
    },
  },
  {
    name: 'masks for the objective, optimizers as functions in a table',
    helpers: `
const moments = {
  ascent: (g, s, o) => ({ change: tf.mul(g, o.learningRate), first: s.first.clone(), second: s.second.clone() }),
  momentum: (g, s, o) => {
    const first = tf.add(tf.mul(s.first, o.momentum), g);
    return { change: tf.mul(first, o.learningRate), first, second: s.second.clone() };
  },
  adam: (g, s, o) => {
    const first = s.first.add(g.sub(s.first).mul(1 - o.beta1));
    const second = s.second.add(tf.square(g).sub(s.second).mul(1 - o.beta2));
    const t = s.step + 1;
    const up = tf.div(first, 1 - Math.pow(o.beta1, t));
    const down = tf.sqrt(tf.div(second, 1 - Math.pow(o.beta2, t))).add(o.epsilon);
    return { change: tf.div(up, down).mul(o.learningRate), first, second };
  },
};`,
    bodies: {
      objectiveScore: `
  return tf.tidy(() => {
    const x = preprocess(pixels);
    if (objective.kind !== 'class') {
      const a = model.features(x)[objective.layer];
      const channel = tf.oneHot(objective.channel, a.shape[3]);
      return a.mul(channel).sum().div(a.shape[1] * a.shape[2]) as tf.Scalar;
    }
    const raw = model.logits(x);
    const row = { logit: raw, softmax: raw.softmax(), 'log-softmax': raw.logSoftmax() }[objective.output];
    return tf.sum(tf.mul(row, tf.oneHot([objective.label], raw.shape[1]))) as tf.Scalar;
  });`,
      optimizerStep: `
  return tf.tidy(() => {
    const { change, first, second } = moments[optimizer.kind](gradient, state, optimizer);
    return { change, state: { step: state.step + 1, first, second } };
  });`,
    },
  },
  {
    name: 'a class that climbs, a byte order mark',
    helpers: `
class Climber {
  z: tf.Tensor4D;
  state: OptimizerState;
  scores: number[] = [];
  constructor(private readonly f: (pixels: tf.Tensor4D) => tf.Scalar, private readonly options: MaximizationOptions) {
    const { start, parametrization } = options;
    this.z = parametrization === 'sigmoid' ? inverseSigmoid(start) : tf.clone(start);
    this.state = { step: 0, first: tf.zerosLike(start), second: tf.zerosLike(start) };
    this.note();
  }
  pixels(z: tf.Tensor = this.z) {
    return (this.options.parametrization === 'sigmoid' ? tf.sigmoid(z) : z) as tf.Tensor4D;
  }
  note() {
    this.scores.push(tf.tidy(() => this.f(this.pixels()).dataSync()[0]));
  }
  step([down, right]: readonly [number, number]) {
    const { regularizers = {}, optimizer, parametrization } = this.options;
    const old = [this.z, this.state.first, this.state.second];
    const made = tf.tidy(() => {
      const goal = (z: tf.Tensor) =>
        this.f(jitter(this.pixels(z), down, right)).sub(regularizationPenalty(this.pixels(z), regularizers));
      const { grad } = tf.valueAndGrad(goal)(this.z);
      const { change, state } = optimizerStep(grad as tf.Tensor4D, this.state, optimizer);
      const moved = tf.add(this.z, change) as tf.Tensor4D;
      const valid = parametrization === 'clip' ? (tf.minimum(tf.maximum(moved, 0), 1) as tf.Tensor4D) : moved;
      const due = regularizers.blur !== undefined && state.step % regularizers.blur.every === 0;
      return { z: due ? blur(valid, regularizers.blur!.sigma) : valid, state };
    });
    this.z = made.z;
    this.state = made.state;
    tf.dispose(old);
    this.note();
  }
  end() {
    const image = tf.tidy(() => this.pixels().clone());
    tf.dispose([this.z, this.state.first, this.state.second]);
    return { image, scores: this.scores };
  }
}`,
    bodies: {
      maximizeActivation: `
  const climber = new Climber((pixels) => objectiveScore(pixels, objective, model), { ...options, regularizers });
  for (const offset of offsets) climber.step(offset);
  return climber.end();`,
    },
    rewrite: withByteOrderMark,
  },
  {
    name: 'penalties by convolution-free reshapes, switch statements',
    bodies: {
      regularizationPenalty: `
  return tf.tidy(() => {
    const x = preprocess(pixels);
    const [, h, w] = x.shape;
    const rows = tf.unstack(x, 1);
    const columns = tf.unstack(x, 2);
    const between = (list: tf.Tensor[]) =>
      list.length < 2 ? tf.scalar(0) : tf.squaredDifference(tf.stack(list.slice(1)), tf.stack(list.slice(0, -1))).sum();
    const roughness = h * w === 0 ? tf.scalar(0) : between(rows).add(between(columns));
    return tf.addN([x.square().sum().mul(l2), roughness.mul(tv)]) as tf.Scalar;
  });`,
      optimizerStep: `
  const { change, first, second } = tf.tidy(() => {
    let m = state.first.clone();
    let v = state.second.clone();
    let d: tf.Tensor = gradient;
    switch (optimizer.kind) {
      case 'momentum':
        m = m.mul(optimizer.momentum).add(gradient);
        d = m;
        break;
      case 'adam': {
        m = tf.addN([m.mul(optimizer.beta1), gradient.mul(1 - optimizer.beta1)]) as tf.Tensor4D;
        v = tf.addN([v.mul(optimizer.beta2), gradient.mul(gradient).mul(1 - optimizer.beta2)]) as tf.Tensor4D;
        const [b1, b2] = [optimizer.beta1, optimizer.beta2].map((b) => 1 - b ** (state.step + 1));
        d = m.div(b1).div(v.div(b2).sqrt().add(optimizer.epsilon));
      }
    }
    return { change: d.mul(optimizer.learningRate) as tf.Tensor4D, first: m, second: v };
  });
  return { change, state: { step: state.step + 1, first, second } };`,
    },
  },
];

export const attributionStyles: readonly Style[] = [
  {
    name: 'the saliency map of another part, gathered scores',
    imports: `import { computeSaliencyMaps } from '../visualizers/saliency-map.ts';`,
    bodies: {
      attribute: `
  return tf.tidy(() => computeSaliencyMaps(images.mul(scale) as tf.Tensor4D, labels, model));`,
      integratedGradients: `
  const slope = tf.grad((x) => tf.gather(model.logits(x as tf.Tensor4D), labels.reshape([-1, 1]), 1, 1).sum());
  return tf.tidy(() => {
    const from = baseline ?? tf.zeros([1, ...images.shape.slice(1)]);
    const gradients = Array.from({ length: steps }, (_, i) => {
      const a = (i + 0.5) / steps;
      return tf.tidy(() => slope(from.mul(1 - a).add(images.mul(a))));
    });
    const mean = tf.addN(gradients).div(steps);
    return images.sub(from).mul(mean) as tf.Tensor4D;
  });`,
    },
  },
  {
    name: 'image by image, running mean, carriage returns',
    bodies: {
      attribute: `
  return tf.tidy(() => {
    const ids = labels.arraySync();
    const maps = ids.map((id, i) => {
      const x = images.slice([i, 0, 0, 0], [1, -1, -1, -1]).mul(scale);
      const g = tf.grad((t) => model.logits(t as tf.Tensor4D).slice([0, id], [1, 1]).squeeze())(x);
      return tf.maximum(g, tf.neg(g)).max(3);
    });
    return tf.concat(maps, 0) as tf.Tensor3D;
  });`,
      integratedGradients: `
  const ids = Array.from(labels.dataSync());
  return tf.tidy(() => {
    const all = ids.map((id, i) =>
      tf.tidy(() => {
        const image = images.slice([i], [1]);
        const origin = baseline ? baseline : tf.zerosLike(image);
        const path = tf.sub(image, origin);
        let mean: tf.Tensor = tf.zerosLike(image);
        for (let k = 1; k <= steps; k++) {
          const x = tf.add(origin, path.mul((k - 0.5) / steps));
          const g = tf.grad((t) => model.logits(t as tf.Tensor4D).gather([id], 1).sum())(x);
          mean = mean.add(g.sub(mean).div(k));
        }
        return tf.mul(path, mean);
      }),
    );
    return tf.concat(all) as tf.Tensor4D;
  });`,
    },
    rewrite: withCarriageReturns,
  },
  {
    name: 'valueAndGrad, masks, all points as one batch a few at a time',
    bodies: {
      attribute: `
  return tf.tidy(() => {
    const mask = tf.oneHot(labels, model.logits(images).shape[1], 1, 0, 'float32');
    const { grad } = tf.valueAndGrad((x) => tf.dot(model.logits(x as tf.Tensor4D).flatten(), mask.flatten()) as tf.Scalar)(tf.mul(scale, images));
    return tf.sqrt(grad.square().max(-1)) as tf.Tensor3D;
  });`,
      integratedGradients: `
  return tf.tidy(() => {
    const n = images.shape[0];
    const start = tf.broadcastTo(baseline ?? tf.zeros([1, 1, 1, 1]), images.shape);
    const delta = images.sub(start);
    let sum: tf.Tensor = tf.zerosLike(images);
    for (let k = 0; k < steps; k += 2) {
      const scales = [k, k + 1].filter((one) => one < steps).map((one) => (one + 0.5) / steps);
      sum = tf.tidy(() => {
        const points = tf.concat(scales.map((a) => start.add(delta.mul(a))));
        const repeated = tf.tile(labels, [scales.length]) as tf.Tensor1D;
        const g = tf.grad((x) => {
          const s = model.logits(x as tf.Tensor4D);
          return s.mul(tf.oneHot(repeated, s.shape[1])).sum();
        })(points);
        return g.reshape([scales.length, n, ...images.shape.slice(1)]).sum(0).add(sum);
      });
    }
    return delta.mul(sum).mul(1 / steps) as tf.Tensor4D;
  });`,
    },
  },
  {
    name: 'a generator of points, where for the labels',
    helpers: `
function* points(steps: number) {
  for (let k = 1; k <= steps; k++) yield (2 * k - 1) / (2 * steps);
}
function picked(scores: tf.Tensor2D, labels: tf.Tensor1D) {
  const classes = tf.range(0, scores.shape[1], 1, 'int32');
  return tf.where(labels.expandDims(1).equal(classes), scores, tf.zerosLike(scores)).sum();
}`,
    bodies: {
      integratedGradients: `
  return tf.tidy(() => {
    const base = baseline ?? tf.zerosLike(images.slice([0], [1]));
    const differentiate = tf.grad((x) => picked(model.logits(x as tf.Tensor4D), labels));
    const all: tf.Tensor[] = [];
    for (const a of points(steps)) {
      all.push(tf.tidy(() => differentiate(tf.add(base, tf.mul(a, tf.sub(images, base))))));
    }
    return tf.mul(tf.sub(images, base), tf.mean(tf.stack(all), 0)) as tf.Tensor4D;
  });`,
    },
  },
];
