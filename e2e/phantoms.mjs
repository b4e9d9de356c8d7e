// Skin that is nobody's, of which the change is known: scans as PLY, and photographs drawn in a browser.

/** A number from 0 to 1 that is always the same here. */
const chance = (x, y, of) => {
  let bits = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(of, 0xc2b2ae3d);
  for (let round = 0; round < 2; round += 1) {
    bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
    bits ^= bits >>> 12;
  }
  return (bits >>> 0) / 0xffffffff;
};

const PITS = [[12, 12, 2.5, 0.5], [30, 14, 3, 0.45], [48, 12, 2.2, 0.55], [14, 34, 3.2, 0.4], [32, 33, 2.4, 0.6], [47, 36, 2.8, 0.5], [24, 24, 2.6, 0.45]];

/** A cheek of 60 by 48 mm, slightly bent, with seven bowls; all of them this many times as deep as at first. */
export function scan(deep, seed) {
  const step = 0.5, columns = 121, rows = 97, points = [], faces = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [x, y] = [column * step, row * step];
      // a face has shapes by which two scans of it are laid together
      let z = 90 - ((x - 30) ** 2) / 110 - ((y - 24) ** 2) / 160 + 1.6 * Math.sin(x / 9) * Math.cos(y / 11) + 0.8 * Math.sin((x + 2 * y) / 14);
      for (const [u, v, radius, depth] of PITS) {
        const far = Math.hypot(x - u, y - v) / radius;
        if (far < 1) z -= deep * depth * (1 - far * far) ** 2;
      }
      points.push(`${x} ${y} ${(z + 0.01 * (chance(column, row, seed) - 0.5)).toFixed(4)}`);
    }
  }
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const at = row * columns + column;
      faces.push(`3 ${at} ${at + 1} ${at + columns + 1}`, `3 ${at} ${at + columns + 1} ${at + columns}`);
    }
  }
  const head = ['ply', 'format ascii 1.0', 'comment units: mm', `element vertex ${points.length}`, 'property float x', 'property float y', 'property float z', `element face ${faces.length}`, 'property list uchar int vertex_indices', 'end_header'];
  return Buffer.from([...head, ...points, ...faces, ''].join('\n'));
}

/** A face of 720 by 900 pixels with red marks of a strength, as JPEG; the page only draws it. */
export async function photograph(page, strength, seed) {
  const drawn = await page.evaluate(([strength, seed, source]) => {
    const chance = new Function(`return ${source}`)();
    const smooth = (x, y, size) => {
      const [u, v] = [Math.floor(x / size), Math.floor(y / size)];
      const ease = part => part * part * (3 - 2 * part);
      const [a, b] = [ease(x / size - u), ease(y / size - v)];
      const at = (du, dv) => 2 * chance(u + du, v + dv, size) - 1;
      return (at(0, 0) * (1 - a) + at(1, 0) * a) * (1 - b) + (at(0, 1) * (1 - a) + at(1, 1) * a) * b;
    };
    const [width, height] = [720, 900];
    const places = Array.from({ length: 24 }, (_, at) => [170 + 380 * chance(at, 1, 7), 240 + 420 * chance(at, 2, 7)]);
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const sheet = canvas.getContext('2d');
    const image = sheet.createImageData(width, height);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const noise = 4 * (chance(x, y, 1000 + seed) - 0.5);
        let colour = [128 + noise, 128 + noise, 128 + noise];
        if (Math.hypot((x / width - 0.5) / 0.44, (y / height - 0.5) / 0.46) <= 1) {
          const texture = noise + 7 * smooth(x, y, 3) + 9 * smooth(x, y, 9) + 9 * smooth(x, y, 29) + 8 * smooth(x, y, 83);
          const mark = strength * places.reduce((most, [u, v]) => Math.max(most, Math.min(1, Math.max(0, 1 - (Math.hypot(x - u, y - v) - 6) / 3))), 0);
          colour = [202 - 14 * mark + texture, 152 - 40 * mark + texture, 128 - 34 * mark + texture];
        }
        image.data.set([...colour, 255], 4 * (y * width + x));
      }
    }
    sheet.putImageData(image, 0, 0);
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1];
  }, [strength, seed, chance.toString()]);
  return Buffer.from(drawn, 'base64');
}
