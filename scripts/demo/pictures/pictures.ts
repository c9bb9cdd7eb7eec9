import { both, box, type Canvas, canvas, circle, HEIGHT, outline, polygon, stroke, WIDTH } from './canvas.ts'
import { encodePng } from './png.ts'

const INK = '#3b3a45'
const PAPER = '#fbf7f1'
const GREEN = '#5f8f78'
const RED = '#c8553d'
const SAND = '#d9c2a3'
const GOLD = '#e0a94a'
const BLUE = '#6f93b8'

/** A double-headed measure between two points. */
const measure = (page: Canvas, x1: number, y1: number, x2: number, y2: number): Canvas => {
  const [dx, dy] = x1 === x2 ? [10, 0] : [0, 10]
  return page
    .fill(stroke(x1, y1, x2, y2, 3), RED)
    .fill(stroke(x1 - dx, y1 - dy, x1 + dx, y1 + dy, 3), RED)
    .fill(stroke(x2 - dx, y2 - dy, x2 + dx, y2 + dy, 3), RED)
}

/** Lunch bags in two sizes with their measures. */
const sizes = () => {
  const page = canvas(PAPER)
    .fill(outline(box(150, 150, 90, 70, 30), 10), INK)
    .fill(box(110, 190, 170, 190, 16), GREEN)
    .fill(box(110, 190, 170, 46, 16), '#4d7863')
    .fill(outline(box(420, 90, 100, 80, 34), 10), INK)
    .fill(box(360, 130, 220, 250, 18), BLUE)
    .fill(box(360, 130, 220, 56, 18), '#587ca1')
  for (let spot = 0; spot < 9; spot++)
    page.fill(circle(405 + (spot % 3) * 65, 225 + Math.trunc(spot / 3) * 55, 11), PAPER)
  measure(page, 110, 415, 280, 415)
  measure(page, 80, 190, 80, 380)
  measure(page, 360, 415, 580, 415)
  return measure(page, 610, 130, 610, 380)
}

const giftBox = () =>
  canvas('#e9efe9')
    .fill(box(170, 210, 300, 200, 10), RED)
    .fill(box(150, 165, 340, 62, 10), '#b34830')
    .fill(box(296, 165, 48, 245), GOLD)
    .fill(outline(circle(268, 128, 38), 16), GOLD)
    .fill(outline(circle(372, 128, 38), 16), GOLD)
    .fill(circle(320, 155, 18), '#c8923a')
    .fill(box(120, 410, 400, 8, 4), '#cdd8cf')

/** Wash by hand, do not bleach, cool iron: the three signs on a kitchen textile. */
const care = () =>
  canvas(PAPER)
    .fill(outline(box(60, 130, 520, 220, 20), 5), SAND)
    .fill(polygon([100, 200], [230, 200], [212, 300], [118, 300]), BLUE)
    .fill(box(90, 186, 150, 20, 10), INK)
    .fill(stroke(140, 235, 190, 265, 10), PAPER)
    .fill(outline(polygon([320, 180], [385, 300], [255, 300]), 9), INK)
    .fill(stroke(262, 190, 378, 306, 9), RED)
    .fill(stroke(378, 190, 262, 306, 9), RED)
    .fill(polygon([430, 250], [470, 200], [550, 200], [550, 300], [410, 300]), GREEN)
    .fill(circle(490, 262, 9), PAPER)
    .fill(outline(box(455, 172, 90, 26, 13), 9), INK)

const coupon = () => {
  const page = canvas('#f6e7d4')
    .fill(box(80, 130, 480, 220, 18), RED)
    .fill(circle(80, 240, 26), '#f6e7d4')
    .fill(circle(560, 240, 26), '#f6e7d4')
    .fill(circle(190, 240, 62), GOLD)
    .fill(outline(circle(190, 240, 48), 5), '#fff3d9')
    .fill(stroke(170, 215, 190, 240, 9), '#fff3d9')
    .fill(stroke(210, 215, 190, 240, 9), '#fff3d9')
    .fill(stroke(190, 240, 190, 275, 9), '#fff3d9')
    .fill(stroke(168, 252, 212, 252, 8), '#fff3d9')
    .fill(box(340, 190, 170, 26, 13), '#fff3d9')
    .fill(box(340, 236, 120, 18, 9), '#e59a86')
    .fill(box(340, 272, 150, 18, 9), '#e59a86')
  for (let y = 150; y < 340; y += 24) page.fill(box(290, y, 6, 12, 3), '#e59a86')
  return page
}

const shopFront = () => {
  const page = canvas('#dfe8ee')
    .fill(box(0, 400, WIDTH, 80), '#c9bfb1')
    .fill(box(100, 110, 440, 300, 6), PAPER)
    .fill(box(100, 80, 440, 50, 6), INK)
    .fill(box(260, 97, 120, 16, 8), GOLD)
    .fill(box(130, 220, 210, 150, 6), '#b9d3d8')
    .fill(box(390, 210, 110, 200, 6), '#8a6a4f')
    .fill(box(406, 228, 78, 90, 4), '#b9d3d8')
    .fill(circle(404, 345, 6), GOLD)
    .fill(box(160, 310, 50, 60, 4), RED)
    .fill(box(180, 310, 10, 60), GOLD)
    .fill(box(240, 290, 14, 80, 4), SAND)
    .fill(circle(247, 280, 12), GOLD)
    .fill(polygon([310, 280], [336, 370], [284, 370]), GREEN)
  for (let strip = 0; strip < 8; strip++) {
    page.fill(both(box(100 + strip * 55, 130, 55, 56), circle(127.5 + strip * 55, 150, 36)), strip % 2 ? PAPER : RED)
  }
  return page
}

const parcel = () =>
  canvas('#eaf0f4')
    .fill(box(0, 380, WIDTH, 100), '#d5dde3')
    .fill(box(90, 150, 320, 210, 12), BLUE)
    .fill(box(410, 210, 140, 150, 16), '#587ca1')
    .fill(box(440, 230, 84, 60, 8), '#dfeaf2')
    .fill(box(180, 200, 140, 110, 8), SAND)
    .fill(box(238, 200, 24, 110), '#c2a67f')
    .fill(circle(180, 368, 42), INK)
    .fill(circle(180, 368, 18), PAPER)
    .fill(circle(460, 368, 42), INK)
    .fill(circle(460, 368, 18), PAPER)
    .fill(stroke(30, 200, 70, 200, 7), '#b7c6d2')
    .fill(stroke(14, 250, 70, 250, 7), '#b7c6d2')
    .fill(stroke(40, 300, 70, 300, 7), '#b7c6d2')

/** A heart-shaped T-light holder with its flame. */
const candle = () =>
  canvas('#2f3440')
    .fill(circle(320, 240, 190), '#3b4150')
    .fill(circle(320, 240, 130), '#4a4f5c')
    .fill(circle(262, 260, 76), PAPER)
    .fill(circle(378, 260, 76), PAPER)
    .fill(polygon([196, 298], [320, 245], [444, 298], [320, 430]), PAPER)
    .fill(box(284, 240, 72, 62, 8), SAND)
    .fill(stroke(320, 240, 320, 222, 5), INK)
    .fill(circle(320, 190, 24), GOLD)
    .fill(polygon([320, 126], [341, 180], [299, 180]), GOLD)
    .fill(circle(320, 196, 11), '#fff3d9')

const cakeStand = () =>
  canvas('#f4e9ea')
    .fill(box(310, 90, 20, 310, 8), SAND)
    .fill(box(120, 330, 400, 22, 11), PAPER)
    .fill(box(180, 230, 280, 20, 10), PAPER)
    .fill(box(240, 140, 160, 18, 9), PAPER)
    .fill(outline(circle(320, 76, 18), 8), SAND)
    .fill(box(220, 398, 200, 18, 9), SAND)
    .fill(box(150, 280, 80, 50, 12), '#d98fa0')
    .fill(box(260, 290, 60, 40, 10), '#8a6a4f')
    .fill(box(400, 276, 90, 54, 14), GREEN)
    .fill(circle(230, 205, 25), GOLD)
    .fill(circle(400, 205, 25), RED)
    .fill(circle(280, 122, 18), '#d98fa0')
    .fill(circle(360, 122, 18), GOLD)

const PICTURES = {
  '尺寸对照.png': sizes,
  '礼盒包装.png': giftBox,
  '洗涤说明.png': care,
  '会员券.png': coupon,
  '门店外景.png': shopFront,
  '发货.png': parcel,
  '心形烛台.png': candle,
  '蛋糕架.png': cakeStand,
} satisfies Record<string, () => Canvas>

export type PictureName = keyof typeof PICTURES
export const PICTURE_NAMES = Object.keys(PICTURES) as PictureName[]

/** Draws one of the shop's pictures, 640 × 480, always the same bytes. */
export const drawPicture = (name: PictureName): Buffer => encodePng(WIDTH, HEIGHT, PICTURES[name]().rgb)
