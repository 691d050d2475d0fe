/**
 * How a tensor is stored. `dense`: every element. `bitmap`: one bit for each element (lowest bit first), then the elements
 * whose bit is set. `gaps8`, `gaps16`: for each such element the number of zeros before it; the largest number
 * (255, 65535) stands for that many zeros and no element. With `-codebook` the elements are codes of a few bits into a list of the
 * different ones.
 */
export type TensorEncoding = (typeof encodings)[number];

/** Where elements are. */
export const places = ['dense', 'bitmap', 'gaps8', 'gaps16'] as const;
/** All of them. */
export const encodings = [
  ...places,
  'dense-codebook',
  'bitmap-codebook',
  'gaps8-codebook',
  'gaps16-codebook',
] as const;

/** Which elements there are: all, or those that an index names. */
export type Places = (typeof places)[number];

/** Types of dense tensors in the file. */
export const denseTypes = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const;
