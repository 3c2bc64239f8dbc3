/** How wide the mark is, in pixels. */
export const discSize = 26;

const middle = discSize / 2;
const ring = 12;

/** A share as a circle that is filled the more, the larger it is: told by the area, without colour. */
export const ShareDisc = ({ share }: { readonly share: number }) => (
  <>
    <circle class="ring" cx={middle} cy={middle} r={ring} />
    <circle class="share" cx={middle} cy={middle} r={Math.round(ring * Math.sqrt(share) * 100) / 100} />
  </>
);
