/** Images [batch, h, w, c] of normal noise and random labels, as entries of a fixture. */
export function exampleBatch(random, batch, { imageShape, classes }) {
  const shape = [batch, ...imageShape];
  const pixels = random.fork('images');
  const labels = random.fork('labels');
  const size = shape.reduce((a, b) => a * b, 1);
  return [
    {
      name: 'x',
      dtype: 'float32',
      shape,
      layout: 'nhwc',
      data: Float32Array.from({ length: size }, () => pixels.normal()),
    },
    {
      name: 'y',
      dtype: 'int32',
      shape: [batch],
      layout: 'vector',
      data: Int32Array.from({ length: batch }, () => labels.integer(classes)),
    },
  ];
}
