import type { Value } from '@pare/graph';

/** A task loss with its options chosen: scalar mean for logits [batch, classes] and labels int32 [batch]. */
export type Loss = (logits: Value, labels: Value) => Value;
