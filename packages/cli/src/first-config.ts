/** What `pare init` writes: a whole run with the settings that people change first. */
export const firstConfig = `# A run of Pare. "pare plan" shows what it will do, "pare run" does it.
# Editors complete and check this file with:  pare schema > pare.schema.json
# yaml-language-server: $schema=./pare.schema.json

# Name of the run; its folder is runs/<name>.
name: first

# The same seed on the same engine gives the same network.
seed: 1

# "auto" takes native TensorFlow where it is installed (pare engine install), else tfjs-wasm.
engine: auto

# "pare models" lists the architectures.
model: lenet-300-100

# Weights to start from, if the network is trained already: a run folder, or a .safetensors file from PyTorch.
# start: ../lenet.safetensors

# "pare plugins --kind dataset --options" lists the data sets and their options.
# "synthetic" is made up on the spot, which is handy for a first try.
dataset: mnist

# How the network gets small. Its package: npm install @pare/method-hoyer
method:
  name: hoyer
  regularizer: hoyer-square
  batchSize: 128
  # Train with a regularizer that makes weights small ...
  train:
    epochs: 10
    learningRate: 1e-3
  # ... set the small ones to 0 ...
  prune:
    rule: std-ratio
    sensitivity: 0.25
  # ... and train those that are left.
  finetune:
    epochs: 5

trainer:
  # Epochs between evaluations of the test images; 0: only after each stage.
  evaluateEvery: 1

# Packages or folders of further plugins, relative to this file.
plugins: []
`;
