/** `outside`: how far a point is outside the shape, in pixels; negative inside. Nothing of it lies beyond its bounds. */
export interface Shape {
  outside(x: number, y: number): number
  left: number
  top: number
  right: number
  bottom: number
}

/** A flat picture being painted, shape by shape, with smooth edges. Colours are `#rrggbb`. */
export interface Canvas {
  rgb: Uint8Array
  fill(shape: Shape, colour: string): Canvas
}

export const WIDTH = 640
export const HEIGHT = 480

export function canvas(background: string): Canvas {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3)
  const base = channels(background)
  for (let at = 0; at < rgb.length; at++) rgb[at] = base[at % 3] ?? 0
  const self: Canvas = {
    rgb,
    fill(shape, colour) {
      paint(rgb, shape, channels(colour))
      return self
    },
  }
  return self
}

function paint(rgb: Uint8Array, shape: Shape, colour: number[]): void {
  const [left, right] = [Math.max(0, Math.floor(shape.left) - 1), Math.min(WIDTH, Math.ceil(shape.right) + 1)]
  const [top, bottom] = [Math.max(0, Math.floor(shape.top) - 1), Math.min(HEIGHT, Math.ceil(shape.bottom) + 1)]
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const cover = Math.min(1, 0.5 - shape.outside(x + 0.5, y + 0.5))
      if (cover <= 0) continue
      const at = (y * WIDTH + x) * 3
      for (let c = 0; c < 3; c++) rgb[at + c] = Math.round((rgb[at + c] ?? 0) * (1 - cover) + (colour[c] ?? 0) * cover)
    }
  }
}

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

export const circle = (cx: number, cy: number, radius: number): Shape => ({
  outside: (x, y) => Math.hypot(x - cx, y - cy) - radius,
  ...{ left: cx - radius, top: cy - radius, right: cx + radius, bottom: cy + radius },
})

/** A rectangle by its top left corner, with rounded corners. */
export function box(left: number, top: number, width: number, height: number, radius = 0): Shape {
  const [cx, cy, halfX, halfY] = [left + width / 2, top + height / 2, width / 2 - radius, height / 2 - radius]
  const outside = (x: number, y: number) => {
    const [dx, dy] = [Math.abs(x - cx) - halfX, Math.abs(y - cy) - halfY]
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
  }
  return { outside, left, top, right: left + width, bottom: top + height }
}

/** A stroke with round ends. */
export function stroke(x1: number, y1: number, x2: number, y2: number, thickness: number): Shape {
  const [dx, dy, half] = [x2 - x1, y2 - y1, thickness / 2]
  const outside = (x: number, y: number) => {
    const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
    return Math.hypot(x - x1 - along * dx, y - y1 - along * dy) - half
  }
  const [left, right, top, bottom] = [Math.min(x1, x2), Math.max(x1, x2), Math.min(y1, y2), Math.max(y1, y2)]
  return { outside, left: left - half, top: top - half, right: right + half, bottom: bottom + half }
}

/** A convex polygon, its corners clockwise on the screen. */
export function polygon(...corners: [x: number, y: number][]): Shape {
  const sides = corners.map(([x1, y1], index) => {
    const [x2, y2] = corners[(index + 1) % corners.length] ?? [x1, y1]
    const length = Math.hypot(x2 - x1, y2 - y1)
    return [x1, y1, (y2 - y1) / length, -(x2 - x1) / length] as const
  })
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return {
    outside: (x, y) => Math.max(...sides.map(([x1, y1, nx, ny]) => (x - x1) * nx + (y - y1) * ny)),
    ...{ left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) },
  }
}

/** What two shapes share. */
export const both = (a: Shape, b: Shape): Shape => ({
  ...a,
  outside: (x, y) => Math.max(a.outside(x, y), b.outside(x, y)),
})

/** The outline of a shape. Sharp corners grow by more than half the thickness, so the bounds leave room. */
export const outline = (shape: Shape, thickness: number): Shape => ({
  outside: (x, y) => Math.abs(shape.outside(x, y)) - thickness / 2,
  left: shape.left - thickness * 2,
  top: shape.top - thickness * 2,
  right: shape.right + thickness * 2,
  bottom: shape.bottom + thickness * 2,
})
