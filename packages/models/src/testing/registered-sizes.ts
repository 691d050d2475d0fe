import type { ModelTask } from '@pare/core';

/** Parameters and multiply-adds of one image. */
export type Size = readonly [parameters: number, macs: number];

/** Sizes of networks with their default options for images and classes. */
export interface SizeTable {
  readonly task: ModelTask;
  readonly sizes: Readonly<Record<string, Size>>;
}

/**
 * Every registered network on the images that it was made for. A change here is another network than the one that was published,
 * or that stored weights were made for. The tests of the families say which numbers are published; all multiply-adds were
 * counted once more in PyTorch.
 */
export const registeredSizes: readonly SizeTable[] = [
  {
    task: { imageShape: [28, 28, 1], classes: 10 },
    sizes: {
      linear: [7_850, 7_840],
      'lenet-300-100': [266_610, 266_200],
      'lenet-5': [431_080, 2_293_000],
    },
  },
  {
    task: { imageShape: [32, 32, 3], classes: 10 },
    sizes: {
      nin: [966_986, 222_486_528],
      'alexnet-cifar': [2_472_266, 14_957_056],
      'resnet-cifar': [269_722, 40_551_040],
      'resnet-20': [269_722, 40_551_040],
      'resnet-32': [464_154, 68_862_592],
      'resnet-44': [658_586, 97_174_144],
      'resnet-56': [853_018, 125_485_696],
      'resnet-110': [1_727_962, 252_887_680],
      'resnet-1202': [19_421_274, 2_829_238_912],
      'resnet-164': [1_704_154, 247_646_720],
      'preact-resnet': [272_282, 40_813_184],
      'preact-resnet-20': [272_282, 40_813_184],
      'preact-resnet-32': [466_714, 69_124_736],
      'preact-resnet-44': [661_146, 97_436_288],
      'preact-resnet-56': [855_578, 125_747_840],
      'preact-resnet-110': [1_730_522, 253_149_824],
      'preact-resnet-164': [1_703_258, 247_646_720],
      'cpreresnet-20': [219_472, 33_737_216],
      'wide-resnet': [36_479_194, 5_243_328_768],
      'wrn-10-1': [77_850, 12_501_632],
      'wrn-16-4': [2_748_890, 392_612_352],
      'wrn-16-10': [17_116_634, 2_412_173_568],
      'wrn-28-1': [369_498, 54_968_960],
      'wrn-28-4': [5_849_050, 845_597_184],
      'wrn-28-10': [36_479_194, 5_243_328_768],
      'wrn-34-10': [46_160_474, 6_658_906_368],
      'wrn-40-2': [2_243_546, 327_599_360],
      resnext: [34_426_698, 5_387_266_048],
      'resnext-29-8x64d': [34_426_698, 5_387_266_048],
      'resnext-29-16x64d': [68_155_210, 10_688_866_304],
      'resnext-20': [211_850, 35_523_072],
      'resnext-164': [1_713_546, 251_005_440],
      densenet: [1_019_722, 264_812_928],
      'densenet-40': [1_019_722, 264_812_928],
      'densenet-bc-40-12': [176_122, 72_365_352],
      'densenet-bc-100-12': [769_162, 287_929_692],
      'densenet-bc-190-40': [25_624_430, 9_301_945_740],
      'vgg-11': [9_225_610, 152_769_536],
      'vgg-11-bn': [9_231_114, 152_769_536],
      'vgg-13': [9_410_122, 228_267_008],
      'vgg-13-bn': [9_416_010, 228_267_008],
      'vgg-16': [14_719_818, 313_201_664],
      'vgg-16-bn': [14_728_266, 313_201_664],
      'vgg-19': [20_029_514, 398_136_320],
      'vgg-19-bn': [20_040_522, 398_136_320],
    },
  },
  {
    task: { imageShape: [224, 224, 3], classes: 1000 },
    sizes: {
      alexnet: [61_100_840, 714_188_480],
      vgg: [138_357_544, 15_470_264_320],
      'vgg-11': [132_863_336, 7_609_090_048],
      'vgg-11-bn': [132_868_840, 7_609_090_048],
      'vgg-13': [133_047_848, 11_308_466_176],
      'vgg-13-bn': [133_053_736, 11_308_466_176],
      'vgg-16': [138_357_544, 15_470_264_320],
      'vgg-16-bn': [138_365_992, 15_470_264_320],
      'vgg-19': [143_667_240, 19_632_062_464],
      'vgg-19-bn': [143_678_248, 19_632_062_464],
      'resnet-18': [11_689_512, 1_814_073_344],
      'resnet-34': [21_797_672, 3_663_761_408],
      'resnet-50': [25_557_032, 4_089_184_256],
      'resnet-101': [44_549_160, 7_801_405_440],
      'resnet-152': [60_192_808, 11_513_626_624],
      'resnext-50-32x4d': [25_028_904, 4_230_479_872],
      'resnext-101-32x4d': [44_177_704, 7_969_996_800],
      'resnext-152-32x4d': [59_951_400, 11_709_513_728],
    },
  },
  {
    task: { imageShape: [227, 227, 3], classes: 1000 },
    sizes: {
      'alexnet-bn': [62_397_480, 1_139_124_224],
      'caffe-alexnet': [60_965_224, 724_406_816],
    },
  },
];
