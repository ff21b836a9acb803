/** The drawing is made for this size, and the canvas is four times as large. */
const DRAWN_PX = 16
const SCALE = 4
const DOOR = 'M2.5 7a5.5 5.5 0 0 1 11 0v7a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 14Z'
const HOLE = 'M8 4.75a2 2 0 0 0-1.05 3.7l-.7 3.3h3.5l-.7-3.3A2 2 0 0 0 8 4.75Z'
const LIGHT = { door: '#1d1b18', hole: '#e0b15a' }
const DARK = { door: '#e0b15a', hole: '#17161a' }
const BADGE = { behind: '#c0332b', text: '#ffffff' }

export interface Favicon {
  /** Shows a text on the icon, a dot for an empty one, and the icon as it was for none. */
  show: (text: string | undefined) => void
}

/**
 * The page's icon, with a badge. It is drawn here and not loaded: no browser agrees with another on how an SVG is drawn on a
 * canvas. The policy allows images of the page's own, as blobs.
 */
export function createFavicon(): Favicon {
  const original = [...document.head.querySelectorAll<HTMLLinkElement>('link[rel=icon]')]
  let shown: HTMLLinkElement | undefined
  let wanted: string | undefined

  function replace(icon: HTMLLinkElement | undefined): void {
    if (shown) URL.revokeObjectURL(shown.href)
    // Some browsers take the last icon, others the first: there is only one kind at a time.
    for (const link of [...original, shown]) link?.remove()
    document.head.append(...(icon ? [icon] : original))
    shown = icon
  }

  async function draw(text: string): Promise<void> {
    const url = await drawn(text)
    if (url === undefined) return
    // Another one is wanted by now.
    if (wanted !== text) return URL.revokeObjectURL(url)
    const icon = document.createElement('link')
    Object.assign(icon, { rel: 'icon', type: 'image/png', href: url })
    icon.dataset['badge'] = text
    replace(icon)
  }

  return {
    show: (text) => {
      if (text === wanted) return
      wanted = text
      if (text === undefined) replace(undefined)
      else void draw(text)
    },
  }
}

/** The address of the drawing; undefined where nothing can be drawn. */
async function drawn(text: string): Promise<string | undefined> {
  const canvas = document.createElement('canvas')
  canvas.width = DRAWN_PX * SCALE
  canvas.height = DRAWN_PX * SCALE
  const context = canvas.getContext('2d')
  if (!context) return undefined
  context.scale(SCALE, SCALE)
  const { door, hole } = matchMedia('(prefers-color-scheme: dark)').matches ? DARK : LIGHT
  drawPath(context, DOOR, door)
  drawPath(context, HOLE, hole)
  drawBadge(context, text)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return blob ? URL.createObjectURL(blob) : undefined
}

function drawPath(context: CanvasRenderingContext2D, path: string, color: string): void {
  const shape = new Path2D(path)
  context.fillStyle = color
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- It is no array.
  context.fill(shape)
}

function drawBadge(context: CanvasRenderingContext2D, text: string): void {
  context.fillStyle = BADGE.behind
  context.beginPath()
  if (text === '') context.arc(12, 4, 3.5, 0, 2 * Math.PI)
  else context.roundRect(text.length > 1 ? 2.5 : 6.5, 6.5, text.length > 1 ? 13.5 : 9.5, 9.5, 4.5)
  context.fill()
  context.fillStyle = BADGE.text
  context.font = `700 ${text.length > 2 ? 7 : 8.5}px sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(text, text.length > 1 ? 9.25 : 11.25, 11.6)
}
