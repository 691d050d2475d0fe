const scalar = ({ data }) => data[0];

const levels = {
  structured: (feeds) => {
    const drawn = Object.keys(feeds).filter((name) => name.endsWith('.alpha'));
    const alphas = [0, 1, ...drawn.map((name) => scalar(feeds[name]))];
    return alphas.map((alpha) => ({ alpha, width: 0.25 + 0.75 * alpha }));
  },
  unstructured: (feeds, parameters) => {
    const zeros = parameters.flatMap(({ name, layer, shape }) => {
      const kept = feeds[`lcs.kept.${name}`];
      return kept ? [[layer, shape.reduce((a, b) => a * b, 1) - scalar(kept)]] : [];
    });
    return [{ alpha: scalar(feeds['lcs.alpha']), zeros: Object.fromEntries(zeros) }];
  },
  quantized: (feeds) => [
    { alpha: scalar(feeds['lcs.alpha']), bits: Math.log2(scalar(feeds['lcs.top']) + 1) },
  ],
};

/**
 * What each pass of a step is run at, in words that the other side understands: the point of the line (`alpha`), and the share of channels
 * (`width`), the number of zeros by layer (`zeros`) or `bits`.
 */
export const levelsOf = (setting, feeds, { parameters }) => levels[setting](feeds, parameters);
