import { describe, expect, test } from '@jest/globals';
import { halfOfEachClass } from './half-of-each-class.ts';
import { labelImages } from './label-images.ts';
import { readAnnotations } from './read-annotations.ts';
import { readClassList } from './read-class-list.ts';

const label = (images: string[], annotations: string, classes = ['n1', 'n2']) =>
  labelImages({
    images,
    annotations: readAnnotations(annotations, 'notes.txt'),
    classes,
    path: 'notes.txt',
  });

const failure = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};

describe('annotations', () => {
  test('give each image its class number, whatever their order and line ends', () => {
    const text = 'b.JPEG\tn1\t0\t32\t44\t62\r\na.JPEG\tn2\t1\t2\t3\t4\r\nc.JPEG\tn1\n';
    expect([...label(['a.JPEG', 'b.JPEG', 'c.JPEG'], text)]).toEqual([1, 0, 0]);
  });

  test.each([
    [
      'an image that is not there',
      ['a'],
      'a\tn1\nb\tn1\nc\tn2',
      /b is labelled, but not there; .* 2\./,
    ],
    [
      'an image without a label',
      ['a', 'b', 'c'],
      'c\tn1',
      /a has no label; such images in all: 2\./,
    ],
    [
      'an unknown class',
      ['a', 'b'],
      'a\tn7\nb\tn1',
      /a \(n7\) has a class that is not in wnids\.txt; .* 1\./,
    ],
    ['two labels', ['a'], 'a\tn1\na\tn2', /a is labelled more than once; such labels in all: 1\./],
  ])('with %s are refused', (_what, images, text, message) => {
    expect(failure(() => label(images, text))).toMatchObject({
      code: 'DATASET_LABEL_MISMATCH',
      message: expect.stringMatching(message),
    });
  });

  test.each(['a n1 0 1', '\tn1', 'a\t', ''])('with the line %j are refused', (line) => {
    expect(failure(() => readAnnotations(`x\tn1\n${line}\ny\tn1\n`, 'notes.txt'))).toMatchObject({
      code: 'DATASET_BAD_ANNOTATION',
      message: expect.stringMatching(/^notes\.txt: line 2 must be a file name, a tab, and a class/),
    });
  });
});

describe('the list of classes', () => {
  test('is sorted: the place is the class number', () => {
    expect(readClassList('n3\nn1\r\n\nn2', 'wnids.txt')).toEqual(['n1', 'n2', 'n3']);
  });

  test.each([
    ['', /found 0 classes/],
    ['n1\n', /found 1 classes/],
    ['n1\nn2\nn1', /found "n1" more than once/],
  ])('%j is refused', (text, message) => {
    expect(failure(() => readClassList(text, 'wnids.txt'))).toMatchObject({
      code: 'DATASET_BAD_CLASS_LIST',
      message: expect.stringMatching(message),
    });
  });
});

test('half of each class is the first half of its images in the order given', () => {
  const { first, second } = halfOfEachClass(Int32Array.of(1, 0, 1, 0, 1, 0, 0, 1), 2);
  expect([...first]).toEqual([0, 1, 2, 3]);
  expect([...second]).toEqual([4, 5, 6, 7]);
  const uneven = halfOfEachClass(Int32Array.of(1, 1, 1, 0, 1), 2);
  expect([[...uneven.first], [...uneven.second]]).toEqual([
    [0, 1],
    [2, 3, 4],
  ]);
});
