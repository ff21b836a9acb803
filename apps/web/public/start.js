// Shows why the app does not run: its scripts could not be loaded, or this browser is too old for them.
// Not part of the build, and written for old browsers, so that it runs when nothing else does.
;(function () {
  var LATE_MS = 15000
  var RETRY_FIRST_MS = 2000
  var RETRY_MAX_MS = 30000
  var RELOADS_MAX = 3
  var RELOADS = 'conclave.start-reloads'
  var OFFLINE = 'This device is offline, or the server is unavailable. Retrying automatically.'
  var TOO_OLD = 'This browser is too old for Conclave. Update it, or use another one.'
  var isShown = false
  var failures = 0

  if (!('noModule' in document.createElement('script'))) {
    document.addEventListener('DOMContentLoaded', function () {
      show(TOO_OLD)
    })
    return
  }

  // The error of a script or style sheet that does not load does not bubble; it is seen only while capturing.
  window.addEventListener('error', onError, true)
  setTimeout(function () {
    if (hasStarted()) forgetReloads()
    else if (!isShown) waitForScripts('Conclave is slow to load. Retrying automatically.')
  }, LATE_MS)

  function onError(event) {
    var source = event.target
    if (source && source.rel === 'stylesheet') setTimeout(reloadStyles, RETRY_FIRST_MS, source)
    else if (hasStarted() || isShown) return
    else if (source && source.tagName === 'SCRIPT') waitForScripts(OFFLINE)
    else if (event.error)
      show(/SyntaxError/.test(event.error.name) ? TOO_OLD : 'Conclave could not start.')
  }

  function reloadStyles(link) {
    link.parentNode.replaceChild(link.cloneNode(), link)
  }

  function waitForScripts(text) {
    show(text)
    retry()
  }

  function hasStarted() {
    return document.documentElement.hasAttribute('data-started')
  }

  function show(text) {
    isShown = true
    var trouble = document.getElementById('trouble')
    if (!trouble) return document.addEventListener('DOMContentLoaded', show.bind(null, text))
    trouble.getElementsByTagName('p')[0].textContent = text
    trouble.getElementsByTagName('button')[0].addEventListener('click', function () {
      if (!hasStarted()) location.reload()
    })
    trouble.hidden = false
  }

  // Reloads only once the server has the page's scripts, and only a few times.
  function retry() {
    var wait = Math.min(RETRY_FIRST_MS * Math.pow(2, failures), RETRY_MAX_MS)
    failures += 1
    setTimeout(function () {
      if (hasStarted()) return
      get('/', function (page) {
        // The last one is the largest.
        var script = /.*<script type="module"[^>]* src="([^"]+)"/.exec(page.replace(/\n/g, ' '))
        if (!script) return retry()
        get(script[1], function (code, type) {
          if (/javascript/.test(type) && mayReload()) location.reload()
          else retry()
        })
      })
    }, wait)
  }

  function get(address, onAnswer) {
    var request = new XMLHttpRequest()
    request.open('GET', address)
    request.timeout = 10000
    request.setRequestHeader('Cache-Control', 'no-cache')
    request.addEventListener('loadend', function () {
      if (request.status !== 200) return retry()
      onAnswer(request.responseText, request.getResponseHeader('Content-Type') || '')
    })
    request.send()
  }

  // Without storage the reloads cannot be counted, so the person reloads by hand.
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
