import { SeededRandom, initializeNetwork } from '@pare/core';

import { writeFixture } from './fixture.mjs';
import { buildNetwork } from './networks.mjs';

// Child process: writes first weights and one batch of a network for both sides. Argument: JSON { network, batch, path }.
const job = JSON.parse(process.argv[2]);
const { network, task } = buildNetwork(job.network);
const random = new SeededRandom(20);
const values = initializeNetwork(network, random.fork('weights'));

const weights = network.parameters.map(({ name, layout, flattened }) => ({
  name,
  ...values.get(name),
  layout,
  flattened: flattened ?? null,
}));

const imageShape = [job.batch, ...task.imageShape];
const pixels = random.fork('images');
const images = {
  name: 'x',
  dtype: 'float32',
  shape: imageShape,
  layout: 'nhwc',
  data: Float32Array.from({ length: imageShape.reduce((a, b) => a * b, 1) }, () => pixels.normal()),
};

const classes = random.fork('labels');
const labels = {
  name: 'y',
  dtype: 'int32',
  shape: [job.batch],
  layout: 'vector',
  data: Int32Array.from({ length: job.batch }, () => classes.integer(task.classes)),
};

writeFixture(job.path, [...weights, images, labels]);
