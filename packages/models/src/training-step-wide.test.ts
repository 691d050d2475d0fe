import { describeTrainingSteps } from './testing/describe-training-steps.ts';
import { trainingGroups } from './testing/training-groups.ts';

describeTrainingSteps(trainingGroups.wide);
