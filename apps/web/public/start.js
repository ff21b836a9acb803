// Says it in plain words when the app does not come to run: its scripts are away, or this browser is too old for them.
// Not a part of the build, and in the language of old browsers, so that it runs when nothing else does.
;(function () {
  var LATE_MS = 15000
  var AGAIN_FIRST_MS = 2000
  var AGAIN_MAX_MS = 30000
  var RELOADS_MAX = 3
  var RELOADS = 'conclave.start-reloads'
  var OFFLINE = 'This device is offline, or the server is away. It is tried again by itself.'
  var TOO_OLD = 'This browser is too old for Conclave. Update it, or use another one.'
  var isTold = false
  var failures = 0

  if (!('noModule' in document.createElement('script'))) {
    document.addEventListener('DOMContentLoaded', function () {
      tell(TOO_OLD)
    })
    return
  }

  // A script or a style sheet that does not load tells only here, on its way down.
  window.addEventListener('error', onError, true)
  setTimeout(function () {
    if (hasStarted()) forgetReloads()
    else if (!isTold) missing('Conclave is slow to load. It is tried again by itself.')
  }, LATE_MS)

  function onError(event) {
    var source = event.target
    if (source && source.rel === 'stylesheet') setTimeout(again, AGAIN_FIRST_MS, source)
    else if (hasStarted() || isTold) return
    else if (source && source.tagName === 'SCRIPT') missing(OFFLINE)
    else if (event.error)
      tell(/SyntaxError/.test(event.error.name) ? TOO_OLD : 'Conclave could not start.')
  }

  function again(link) {
    link.parentNode.replaceChild(link.cloneNode(), link)
  }

  function missing(text) {
    tell(text)
    look()
  }

  function hasStarted() {
    return document.documentElement.hasAttribute('data-started')
  }

  function tell(text) {
    isTold = true
    var trouble = document.getElementById('trouble')
    if (!trouble) return document.addEventListener('DOMContentLoaded', tell.bind(null, text))
    trouble.getElementsByTagName('p')[0].textContent = text
    trouble.getElementsByTagName('button')[0].addEventListener('click', function () {
      if (!hasStarted()) location.reload()
    })
    trouble.hidden = false
  }

  // Reloads only once the server has the scripts of its page, and not again and again.
  function look() {
    var wait = Math.min(AGAIN_FIRST_MS * Math.pow(2, failures), AGAIN_MAX_MS)
    failures += 1
    setTimeout(function () {
      if (hasStarted()) return
      ask('/', function (page) {
        // The last one is the largest.
        var script = /.*<script type="module"[^>]* src="([^"]+)"/.exec(page.replace(/\n/g, ' '))
        if (!script) return look()
        ask(script[1], function (code, type) {
          if (/javascript/.test(type) && mayReload()) location.reload()
          else look()
        })
      })
    }, wait)
  }

  function ask(address, onAnswer) {
    var request = new XMLHttpRequest()
    request.open('GET', address)
    request.timeout = 10000
    request.setRequestHeader('Cache-Control', 'no-cache')
    request.addEventListener('loadend', function () {
      if (request.status !== 200) return look()
      onAnswer(request.responseText, request.getResponseHeader('Content-Type') || '')
    })
    request.send()
  }

  // Where nothing is kept there is no counting, and so no reload but by hand.
  function mayReload() {
    try {
      var reloads = Number(sessionStorage.getItem(RELOADS)) + 1
      sessionStorage.setItem(RELOADS, String(reloads))
      return reloads <= RELOADS_MAX
    } catch (blocked) {
      return !blocked
    }
  }

  function forgetReloads() {
    try {
      sessionStorage.removeItem(RELOADS)
    } catch (blocked) {
      return blocked
    }
  }
})()
