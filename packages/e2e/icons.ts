import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '@conclave/browser/launch'

/** `pnpm icons`: makes the icon files for browsers and phones from the drawing of the logo. */
const folder = fileURLToPath(new URL('../../apps/web/public/', import.meta.url))
const mark = readFileSync(`${folder}favicon.svg`, 'utf8')
const PAPER = '#fbfaf7'
const ICO_SIZES = [16, 32, 48]

const browser = await launchBrowser()
const page = await browser.newPage({ colorScheme: 'light' })
// A phone rounds the corners itself and paints transparent parts black, so the logo gets paper around it.
writeFileSync(`${folder}apple-touch-icon.png`, await drawn(180, { inset: 22, paper: PAPER }))
const images: { size: number; png: Buffer }[] = []
for (const size of ICO_SIZES) {
  images.push({ size, png: await drawn(size, { inset: 0, paper: 'transparent' }) })
}
writeFileSync(`${folder}favicon.ico`, ico(images))
await browser.close()

async function drawn(
  size: number,
  { inset, paper }: { inset: number; paper: string },
): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>body{margin:0;padding:${inset}px;background:${paper}}svg{display:block;width:${size - 2 * inset}px}</style>${mark}`,
  )
  return page.screenshot({ omitBackground: true })
}

/** An ICO file with PNG images, which every browser since 2007 accepts. */
function ico(images: { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  for (const [index, { size, png }] of images.entries()) {
    const at = 6 + 16 * index
    head.writeUInt8(size, at)
    head.writeUInt8(size, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)])
}
