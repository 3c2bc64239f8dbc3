/** Eight tables of 256 entries: what a byte adds to the checksum when it stands so many bytes before the last one read. */
const tables = (() => {
  const made = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0x82f63b78 : sum >>> 1;
    made[byte] = sum;
  }
  for (let index = 256; index < made.length; index += 1) {
    const before = made[index - 256] ?? 0;
    made[index] = (before >>> 8) ^ (made[before & 0xff] ?? 0);
  }
  return made;
})();

/** The CRC-32C (Castagnoli) of what stands from `start` up to `end`: eight bytes at a time. */
export function crc32c(bytes: Uint8Array, start: number, end: number): number {
  const byte = (at: number): number => bytes[at] as number;
  const entry = (table: number, index: number): number => tables[table * 256 + index] as number;
  let sum = -1;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    sum ^= byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24);
    sum =
      entry(7, sum & 0xff) ^
      entry(6, (sum >>> 8) & 0xff) ^
      entry(5, (sum >>> 16) & 0xff) ^
      entry(4, sum >>> 24) ^
      entry(3, byte(at + 4)) ^
      entry(2, byte(at + 5)) ^
      entry(1, byte(at + 6)) ^
      entry(0, byte(at + 7));
  }
  for (; at < end; at += 1) sum = (sum >>> 8) ^ entry(0, (sum ^ byte(at)) & 0xff);
  return ~sum >>> 0;
}
