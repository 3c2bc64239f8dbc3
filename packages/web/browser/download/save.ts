import { text } from '../text/index.ts';

/** Has the browser keep something as a file. */
export const save = (name: string, type: string, content: string | Blob): void => {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

/** Twice as many points are for screens that show them; a picture that is too large for it has less. */
const sharpnesses = [2, 1.5, 1] as const;

/** `null`: the browser has no canvas of that size. */
const drawn = (image: HTMLImageElement, sharpness: number): Promise<Blob | null> => {
  const canvas = document.createElement('canvas');
  canvas.width = image.width * sharpness;
  canvas.height = image.height * sharpness;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
};

/** A picture as points, as sharp as the browser can have it. @throws where that is not at all. */
export const asPng = async (svg: string): Promise<Blob> => {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    for (const sharpness of sharpnesses) {
      const blob = await drawn(image, sharpness);
      if (blob !== null) return blob;
    }
    throw new Error(text.download.tooLarge);
  } finally {
    URL.revokeObjectURL(url);
  }
};
