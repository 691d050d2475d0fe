import { describe, expect, jest, test } from '@jest/globals';
import { grouped, familyOf } from './models/family.ts';
import { readTasks } from './models/task.ts';
import { pare, temporaryFolder } from './testing/run-pare.ts';

// Processes start in seconds where the machine is busy.
jest.setTimeout(180_000);

describe('pare models', () => {
  test('lists architectures with their sizes for images of MNIST, CIFAR-10 and ImageNet', async () => {
    const { code, stdout } = await pare(['models']);
    expect(stdout).toMatch(/28x28x1, 32x32x3, 224x224x3 and 10, 10, 1000 classes/);
    expect(stdout).toMatch(/model +28x28x1 +MACs +32x32x3 +MACs +224x224x3 +MACs\n/);
    expect(stdout).toMatch(/lenet-300-100 +267 k +266 k +953 k +953 k +45.3 M +45.3 M\n/);
    expect(stdout).toMatch(/\n@pare\/models\n/);
    expect(code).toBe(0);
  });

  test('lists exact sizes for images that are named, and "-" for what does not fit', async () => {
    const { stdout } = await pare(['models', '--image', '8x8x1', '--classes', '3']);
    // 64·300 + 300, 300·100 + 100 and 100·3 + 3; results of 300, 100 and 3 numbers.
    expect(stdout).toMatch(/lenet-300-100 +49,903 +49,500 +200 kB +1\.61 kB\n/);
    expect(stdout).toMatch(/lenet-5 +- +- +- +-\n/);
    expect(stdout).toContain('"pare models show <name> --image 8x8x1" says why.');
  });

  test('gives all of it to programs', async () => {
    const [result] = (await pare(['models', '--json', '--image', '28x28x1'])).lines();
    const { models } = result as unknown as { models: { name: string }[] };
    expect(models.find(({ name }) => name === 'lenet-5')).toMatchObject({
      owner: '@pare/models',
      description: expect.any(String),
      sizes: expect.arrayContaining([
        {
          imageShape: [28, 28, 1],
          classes: 10,
          parameters: 431_080,
          macs: 2_293_000,
          flops: expect.any(Number),
          bytes: 4 * 431_080,
          peakActivationBytes: expect.any(Number),
          activationBytes: 4 * (24 * 24 * 20 + 8 * 8 * 50 + 500 + 10),
        },
      ]),
    });
  });
});

describe('pare models show', () => {
  test('tells options, sizes and layers with their windows', async () => {
    const { code, stdout } = await pare(['models', 'show', 'lenet-5', '--image', '28x28x1']);
    expect(stdout).toMatch(/^lenet-5 \(@pare\/models\): /);
    expect(stdout).toMatch(/\n {2}dropout = 0\n {6}Dropout .*\n {6}takes number\n/);
    expect(stdout).toMatch(/\n28x28x1 +10 +431,080 +2,293,000 +1.72 MB\n/);
    expect(stdout).toMatch(/\nconv2 +conv2d +8 x 8 x 50 +25,050 +1,600,000 +5 x 5 +1\n/);
    expect(stdout).toMatch(/\nfc1 +matMul +500 +400,500 +400,000\n/);
    expect(stdout).toMatch(/\ntotal +431,080 +2,293,000\n/);
    expect(stdout).toMatch(/60.9 kB in the results of all layers/);
    expect(code).toBe(0);
  });

  test('shows options that are set beside their defaults', async () => {
    const settings = ['--set', 'dropout=0.25', '--set', 'dropout=0.5'];
    const { stdout } = await pare(['models', 'show', 'lenet-5', ...settings]);
    expect(stdout).toMatch(/\n {2}dropout = 0.5 \(default 0\)\n/);
    const [result] = (await pare(['models', 'show', 'lenet-5', ...settings, '--json'])).lines();
    expect(result).toMatchObject({
      model: {
        options: { dropout: 0.5 },
        defaults: { dropout: 0 },
      },
      task: { imageShape: [32, 32, 3], classes: 10 },
      cost: { layers: [{ layer: 'conv1', window: { size: [5, 5] } }, {}, {}, {}] },
    });
  });

  test('says why a model does not fit', async () => {
    const { code, stdout } = await pare(['models', 'show', 'lenet-5', '--image', '8x8x1']);
    expect(stdout).toMatch(/\n8x8x1: lenet-5: needs images of at least 16 x 16 pixels/);
    expect([code, stdout.includes('Layers')]).toEqual([0, false]);
  });

  test('tells the nearest name, and the nearest option', async () => {
    const name = await pare(['models', 'show', 'lenet5']);
    expect([name.code, name.stderr]).toEqual([3, expect.stringContaining('mean "lenet-5"?')]);
    const option = await pare(['models', 'show', 'lenet-5', '--set', 'dropuot=0.5']);
    expect([option.code, option.stderr]).toEqual([
      2,
      expect.stringMatching(/model "lenet-5": "dropuot" is not known. Did you mean "dropout"\?/),
    ]);
  });

  test('takes a configuration whose plugins bring the model', async () => {
    await using folder = await temporaryFolder({ 'x.yaml': 'plugins: [./absent.mjs]' });
    const { stderr } = await pare(['models', 'show', 'mine', 'x.yaml'], { cwd: folder.path });
    expect(stderr).toMatch(/absent\.mjs.*\[PLUGIN_/s);
  });
});

describe('models in groups', () => {
  test('are those whose names begin alike, in the order in which they come', () => {
    const names = ['vgg-16', 'resnet-18', 'vgg-19-bn', 'resnet20', 'linear'];
    expect(grouped(names, familyOf)).toEqual([
      ['vgg-16', 'vgg-19-bn'],
      ['resnet-18', 'resnet20'],
      ['linear'],
    ]);
  });

  test('get the classes that are named for every image', () => {
    expect(readTasks({ classes: '200' }).map(({ classes }) => classes)).toEqual([200, 200, 200]);
    expect(readTasks({ image: '64x64x3' })).toEqual([{ imageShape: [64, 64, 3], classes: 10 }]);
  });

  test.each(['32x32', '0x32x3', 'axbxc'])('are not looked at for the image "%s"', (image) => {
    expect(() => readTasks({ image })).toThrow(`received "${image}"`);
  });
});
