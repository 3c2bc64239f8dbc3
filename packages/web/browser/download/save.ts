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

/** For screens that show twice as many points. */
const sharpness = 2;

/** A picture as points. @throws where the browser cannot show it, or has no memory for it. */
export const asPng = async (svg: string): Promise<Blob> => {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width * sharpness;
    canvas.height = image.height * sharpness;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('the browser has no canvas');
    context.scale(sharpness, sharpness);
    context.drawImage(image, 0, 0);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob === null ? reject(new Error('the picture is too large')) : resolve(blob)),
        'image/png',
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
};
