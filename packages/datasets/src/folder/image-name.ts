/** Endings of files that are taken for images. */
export const imageExtensions = ['jpg', 'jpeg', 'png', 'webp'] as const;

const pattern = new RegExp(`\\.(?:${imageExtensions.join('|')})$`, 'i');

/** Whether a file is taken for an image: by its ending, in either case. */
export const isImageName = (name: string): boolean => pattern.test(name);
