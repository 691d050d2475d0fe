// Installs a wheel in a process that a test may kill. Argument: the wheel and how long the compiler
// takes, as JSON. Prints a line for each event.
import type { FakeToolchainOptions } from './fake-toolchain.ts';
import { fakeToolchain } from './fake-toolchain.ts';
import type { PinnedWheel } from '../pinned-wheel.ts';
import { provisionFrom } from '../provision.ts';
import { createWheelSource } from '../sources/wheel.ts';

const [, , argument = ''] = process.argv;
const { wheel, ...tools } = JSON.parse(argument) as FakeToolchainOptions & { wheel: PinnedWheel };
const source = createWheelSource(wheel, fakeToolchain(tools));
await provisionFrom([source], {}, (event) => {
  process.stdout.write(`${event.type === 'step' ? event.message : event.type}\n`);
});
