// A thread that ends in the middle of a step.
export function answer() {
  process.exit(3);
}
