import { withByteOrderMark, withCarriageReturns, type Style } from './style.ts';

export const saliencyMapStyles: readonly Style[] = [
  {
    name: 'gather with batch dimensions, and valueAndGrad',
    bodies: {
      computeSaliencyMaps: `
  return tf.tidy(() => {
    const columns = labels.expandDims(1);
    const f = (x: tf.Tensor4D) => tf.gather(model.logits(x), columns, 1, 1).squeeze([1]).sum() as tf.Scalar;
    const { grad: slope } = tf.valueAndGrad(f)(images);
    return tf.max(tf.abs(slope), 3) as tf.Tensor3D;
  });`,
    },
  },
  {
    name: 'named imports, carriage returns, and max over unstacked channels',
    imports: `import { grad, maximum, tidy, unstack } from '@tensorflow/tfjs';`,
    bodies: {
      computeSaliencyMaps: `
  return tidy(() => {
    const slopes = grad((x) => model.logits(x as tf.Tensor4D).mul(tf.oneHot(labels, model.classNames.length)).sum())(images);
    return unstack(slopes.abs(), -1).reduce((a, b) => maximum(a, b)) as tf.Tensor3D;
  });`,
    },
    rewrite: withCarriageReturns,
  },
];

export const gradCamStyles: readonly Style[] = [
  {
    name: 'where for the ReLU, a mask for the zero map, unstacked images',
    bodies: {
      gradCam: `
  return tf.tidy(() => {
    const ids = labels.dataSync();
    const maps = tf.unstack(images).map((image, i) =>
      tf.tidy(() => {
        const one = image.expandDims(0) as tf.Tensor4D;
        const a = model.features(one)[layer];
        const g = tf.grad((t) => model.fromFeatures(t as tf.Tensor4D, layer).slice([0, ids[i]], [1, 1]).sum())(a);
        const alpha = g.mean([0, 1, 2]);
        const cam = a.mul(alpha).sum(-1).expandDims(-1) as tf.Tensor4D;
        const positive = tf.where(cam.greater(0), cam, tf.zerosLike(cam)) as tf.Tensor4D;
        const large = tf.image.resizeBilinear(positive, [images.shape[1], images.shape[2]], false, true);
        const top = large.max();
        return large.div(tf.where(top.equal(0), tf.onesLike(top), top)).squeeze([0, 3]);
      }),
    );
    return tf.stack(maps) as tf.Tensor3D;
  });`,
      guidedBackprop: `
  return tf.tidy(() => {
    const relu = tf.customGrad((x, save) => {
      save([x]);
      return {
        value: x.relu(),
        gradFunc: (dy, saved) =>
          tf.where(tf.logicalAnd(saved[0].greater(0), dy.greater(0)), dy, tf.zerosLike(dy)),
      };
    });
    const picked = (x) => tf.gather(model.logits(x, { relu }), labels.reshape([-1, 1]), 1, 1).sum();
    return tf.grad(picked)(images) as tf.Tensor4D;
  });`,
    },
  },
  {
    name: 'matrix products, arrow functions as helpers, a byte order mark',
    helpers: `
const pick = (scores: tf.Tensor, labels: tf.Tensor1D) => scores.mul(tf.oneHot(labels, scores.shape[1]!)).sum();
const gate = (x: tf.Tensor) => x.step(0);
const guided = () =>
  tf.customGrad((x, save) => {
    save([x]);
    return { value: tf.maximum(x, 0), gradFunc: (dy, [kept]) => dy.mul(gate(dy)).mul(gate(kept)) };
  });`,
    bodies: {
      gradCam: `
  return tf.tidy(() => {
    const [n, height, width] = images.shape;
    const a = model.features(images)[layer];
    const [, h, w, k] = a.shape;
    const g = tf.grad((t) => pick(model.fromFeatures(t as tf.Tensor4D, layer), labels))(a);
    const alpha = g.reshape([n, h * w, k]).mean(1).reshape([n, k, 1]);
    const raw = tf.matMul(a.reshape([n, h * w, k]), alpha).reshape([n, h, w, 1]);
    const up = tf.image.resizeBilinear(tf.relu(raw) as tf.Tensor4D, [height, width], false, true).reshape([n, height * width]);
    return tf.divNoNan(up, up.max(1, true)).reshape([n, height, width]) as tf.Tensor3D;
  });`,
      guidedBackprop: `
  return tf.tidy(() => tf.grad((x) => pick(model.logits(x as tf.Tensor4D, { relu: guided() }), labels))(images) as tf.Tensor4D);`,
    },
    rewrite: withByteOrderMark,
  },
];

export const classVisualizationStyles: readonly Style[] = [
  {
    name: 'euclidean norm, minus the step down, nested tidy',
    bodies: {
      classVisualizationStep: `
  return tf.tidy(() => {
    const loss = (x: tf.Tensor4D) => {
      const scores = tf.gather(model.logits(x), [target], 1);
      return tf.tidy(() => tf.sum(tf.mul(tf.square(x), l2Reg)).sub(tf.sum(scores))) as tf.Scalar;
    };
    const { grad } = tf.valueAndGrad(loss)(image);
    const length = tf.norm(grad, 'euclidean');
    const unit = tf.where(length.greater(0), grad.div(length.add(tf.cast(length.equal(0), 'float32'))), tf.zerosLike(grad));
    return image.sub(unit.mul(learningRate)) as tf.Tensor4D;
  });`,
      createClassVisualization: `
  let t = 0;
  while (t < iterations) {
    const before = image;
    image = tf.tidy(() => {
      const [dy, dx] = offsets[t];
      let x = jitter(before, dy, dx);
      x = classVisualizationStep(x, target, model, { l2Reg: settings.l2Reg, learningRate: settings.learningRate });
      x = jitter(x, -dy, -dx);
      x = clampToValid(x);
      if (t % blurEvery === 0) x = blur(x, blurSigma);
      return x;
    });
    tf.dispose(before);
    if (onIteration) onIteration(image, t);
    t += 1;
  }
  return image;`,
    },
  },
  {
    name: 'the norm as a number, scopes instead of tidy',
    bodies: {
      classVisualizationStep: `
  tf.engine().startScope();
  const row = tf.oneHot(tf.tensor1d([target], 'int32'), model.logits(image).shape[1]);
  const slope = tf.grad((x) => tf.dot(model.logits(x as tf.Tensor4D).flatten(), row.flatten().toFloat()).sub(x.mul(x).sum().mul(l2Reg)))(image);
  const [length] = tf.sqrt(tf.sum(slope.square())).dataSync();
  const result = length > 0 ? image.add(slope.mul(learningRate / length)) : image.clone();
  tf.engine().endScope(result);
  return result as tf.Tensor4D;`,
    },
  },
];
