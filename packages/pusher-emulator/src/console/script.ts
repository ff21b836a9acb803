/** Runs in the browser. Everything is written as text, never as markup: frames are hostile input. */
export const CONSOLE_SCRIPT = `
const TAIL_ROWS = 60
const POLL_MS = 1000
let after = 0
let last = null

const element = (id) => document.getElementById(id)
const put = (id, value) => { element(id).textContent = value }

function cell(tag, text) {
  const node = document.createElement(tag)
  node.textContent = text
  return node
}

function showStats(stats, at) {
  for (const name of ['connections', 'users', 'deliveries', 'publishes']) put(name, stats[name].toLocaleString())
  put('fault', stats.fault)
  element('fault').dataset.fault = stats.fault
  if (last) put('rate', Math.max(0, Math.round((stats.deliveries - last.deliveries) / ((at - last.at) / 1000))).toLocaleString())
  last = { deliveries: stats.deliveries, at }
  element('no-channels').hidden = stats.channels.length > 0
  const rows = stats.channels.toSorted((a, b) => b.subscriptions - a.subscriptions).slice(0, 200)
  element('channels').replaceChildren(...rows.map((channel) => {
    const row = document.createElement('tr')
    row.append(cell('td', channel.name), cell('td', channel.subscriptions), cell('td', channel.members || ''))
    return row
  }))
}

function summary(entry) {
  if (entry.kind === 'publish') return entry.channels.join(', ') + '  ' + entry.event + '  to ' + entry.recipients + '  ' + entry.data
  if (entry.kind === 'http') return entry.method + ' ' + entry.path + '  ' + entry.status
  if (entry.kind === 'webhook') return entry.status + '  ' + entry.body
  if (entry.kind === 'closed') return entry.socketId + '  ' + entry.code
  return entry.frame ?? entry.socketId
}

function showEntry(entry) {
  const row = document.createElement('li')
  const text = summary(entry)
  row.append(cell('time', new Date(entry.at).toLocaleTimeString()), cell('b', entry.kind),
    cell('code', text.length > 400 ? text.slice(0, 400) + '...' : text))
  element('tail').prepend(row)
  while (element('tail').children.length > TAIL_ROWS) element('tail').lastChild.remove()
  element('no-tail').hidden = true
}

async function poll() {
  try {
    const stats = await fetch('/__emulator/stats').then((answer) => answer.json())
    showStats(stats, performance.now())
    const record = await fetch('/__emulator/record?limit=' + TAIL_ROWS + '&after=' + after).then((answer) => answer.json())
    after = record.total
    record.entries.forEach(showEntry)
    put('status', 'Live')
  } catch {
    put('status', 'The stand-in does not answer')
  }
  setTimeout(poll, POLL_MS)
}

void poll()
`
