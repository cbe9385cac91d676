// Makes a photo smaller before it is sent, and keeps what its camera wrote: the Exif segment of
// the original is put in front of the smaller picture, byte for byte, with the orientation set to
// upright, for the canvas has turned the picture already. So the server reads when and where it
// was taken from the file, as it does without this script.

const longEdge = 1600;
const small = 400 * 1024; // bytes; what is no larger is sent as it is

export async function shrink(file: File): Promise<Blob> {
  if (file.size <= small || !window.createImageBitmap) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" } as ImageBitmapOptions);
    const scale = Math.min(1, longEdge / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    const pen = canvas.getContext("2d");
    if (!pen) return file;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    const exif = exifOf(new DataView(await bytes(file.slice(0, 256 * 1024))));
    return exif ? new Blob([blob.slice(0, 2), exif, blob.slice(2)], { type: "image/jpeg" }) : blob;
  } catch (e) {
    return file; // a form this browser cannot draw: the server looks at it
  }
}

// Blob.arrayBuffer is younger than the oldest browsers that are used.
function bytes(blob: Blob): Promise<ArrayBuffer> {
  return new Promise((done, fail) => {
    const r = new FileReader();
    r.onload = () => done(r.result as ArrayBuffer);
    r.onerror = () => fail(r.error);
    r.readAsArrayBuffer(blob);
  });
}

// exifOf gives the Exif segment of a JPEG, its orientation set to 1; null when it has none.
export function exifOf(v: DataView): ArrayBuffer | null {
  if (v.byteLength < 4 || v.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 10 < v.byteLength; ) {
    if (v.getUint8(at) !== 0xff) return null;
    const marker = v.getUint8(at + 1);
    if (marker === 0xda) return null;
    const end = at + 2 + v.getUint16(at + 2);
    if (end > v.byteLength) return null;
    if (marker === 0xe1 && v.getUint32(at + 4) === 0x45786966) {
      const segment = v.buffer.slice(v.byteOffset + at, v.byteOffset + end) as ArrayBuffer;
      upright(new DataView(segment, 10));
      return segment;
    }
    at = end;
  }
  return null;
}

// upright finds the orientation in the first directory of an Exif block and sets it to 1.
function upright(t: DataView): void {
  if (t.byteLength < 8) return;
  const little = t.getUint16(0) === 0x4949;
  const first = t.getUint32(4, little);
  if (first + 2 > t.byteLength) return;
  const entries = t.getUint16(first, little);
  for (let i = 0; i < entries; i++) {
    const at = first + 2 + 12 * i;
    if (at + 12 > t.byteLength) return;
    if (t.getUint16(at, little) === 0x0112) t.setUint16(at + 8, 1, little);
  }
}
