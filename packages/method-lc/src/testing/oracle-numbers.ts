const modulus = 2147483647;

/**
 * Nearly normal numbers that any language computes alike: four draws u of the generator s = 16807·s mod (2^31 - 1) give
 * fround((u₁ + u₂ + u₃ + u₄ - 2)·√3). The figures of the parity tests were made with them by the authors' code.
 */
export function oracleNumbers(seed: number, count: number): Float32Array {
  let state = seed;
  const draw = () => {
    state = (16807 * state) % modulus;
    return state / modulus;
  };
  return Float32Array.from(
    { length: count },
    () => (draw() + draw() + draw() + draw() - 2) * Math.sqrt(3),
  );
}

/** The vector of the parity tests. */
export const oracleVector = oracleNumbers(7, 64);

/** Their 8 x 6 matrix. */
export const oracleMatrix = oracleNumbers(11, 48);

/** Their weights of a convolution, [4, 3, 2, 3]. */
export const oracleConvolution = oracleNumbers(13, 72);
