import { defineUnary, unary } from './elementwise.ts';

/** Largest integer not above x. */
export const floorOp = defineUnary('floor', {});

/** Largest integer not above x. */
export const floor = unary(floorOp);
