import { StepError } from '../setup/step.mjs';

const tolerance = 1e-3;
const counted = (updates) => (updates === 1 ? 'one update' : `${updates} updates`);

/**
 * Throws StepError where the first losses (before training, and after an update or more) differ by more than 0.1 %: then the
 * sides do not train the same network.
 */
export function checkAgreement(network, pare, torch) {
  pare.losses.forEach((ours, i) => {
    const theirs = torch.losses[i];
    if (Math.abs(ours - theirs) <= tolerance * Math.abs(theirs)) return;
    const when = i === 0 ? 'before training' : `after ${counted(i)}`;
    throw new StepError(
      `bench: ${network} ${when} has the loss ${ours} in Pare and ${theirs} in PyTorch; they must agree to 0.1 %. ` +
        'The two sides do not train the same network, so their times cannot be compared.',
    );
  });
}
