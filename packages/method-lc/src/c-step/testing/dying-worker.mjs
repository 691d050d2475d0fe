// A thread that ends in the middle of a step.
export default function answer() {
  process.exit(3);
}
