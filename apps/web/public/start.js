// Chooses the language of the page, so that nothing is ever shown in another one. Shows why the app does not run: its
// scripts could not be loaded, or this browser is too old for them.
// Not part of the build, and written for old browsers, so that it runs when nothing else does.
;(function () {
  var LATE_MS = 15000
  var RETRY_FIRST_MS = 2000
  var RETRY_MAX_MS = 30000
  var RELOADS_MAX = 3
  var RELOADS = 'conclave.start-reloads'
  // A language chosen in the menu is that of this browser; one in the address is that of this tab.
  var LANGUAGE = 'conclave.language'
  // By language: what is said below, its direction, and the file with everything else.
  var LANGUAGES = JSON.parse(document.getElementById('languages').textContent)
  var isShown = false
  var failures = 0
  var language = speak()
  var words = LANGUAGES[language].words

  document.addEventListener('DOMContentLoaded', function () {
    var trouble = document.getElementById('trouble')
    trouble.getElementsByTagName('h1')[0].textContent = words.notStarted
    trouble.getElementsByTagName('button')[0].textContent = words.again
  })

  if (!('noModule' in document.createElement('script'))) {
    document.addEventListener('DOMContentLoaded', function () {
      show(words.tooOld)
    })
    return
  }

  // The error of a script or style sheet that does not load does not bubble; it is seen only while capturing.
  window.addEventListener('error', onError, true)
  setTimeout(function () {
    if (hasStarted()) forgetReloads()
    else if (!isShown) waitForScripts(words.slow)
  }, LATE_MS)

  function onError(event) {
    var source = event.target
    if (source && source.rel === 'stylesheet') setTimeout(reloadStyles, RETRY_FIRST_MS, source)
    else if (hasStarted() || isShown) return
    else if (source && (source.tagName === 'SCRIPT' || source.rel === 'modulepreload'))
      waitForScripts(words.offline)
    else if (event.error) show(/SyntaxError/.test(event.error.name) ? words.tooOld : words.failed)
  }

  // Returns the language, and begins to load it.
  function speak() {
    var page = document.documentElement
    var preferred = navigator.languages || [navigator.language]
    var wanted = known(chosen())
    for (var i = 0; !wanted && i < preferred.length; i++) wanted = known(preferred[i])
    if (!wanted) wanted = 'en'
    // With the region of the person, which their dates and times follow.
    page.lang = wanted
    for (var j = preferred.length - 1; j >= 0; j--)
      if (preferred[j].split('-')[0] === wanted && isValid(preferred[j])) page.lang = preferred[j]
    page.dir = LANGUAGES[wanted].dir
    if (LANGUAGES[wanted].file) {
      var link = document.createElement('link')
      link.rel = 'modulepreload'
      link.href = LANGUAGES[wanted].file
      document.head.appendChild(link)
    }
    return wanted
  }

  // Chromium on Linux may say `en-US@posix`, which no format takes.
  function isValid(tag) {
    try {
      return Intl.getCanonicalLocales(tag).length
    } catch (error) {
      return !error
    }
  }

  function known(tag) {
    if (!tag || LANGUAGES.hasOwnProperty(tag)) return tag
    var base = tag.split('-')[0]
    return LANGUAGES.hasOwnProperty(base) && base
  }

  function chosen() {
    var asked = known((/[?&]lang=([\w-]+)/.exec(location.search) || [])[1])
    try {
      if (asked) sessionStorage.setItem(LANGUAGE, asked)
      return asked || sessionStorage.getItem(LANGUAGE) || localStorage.getItem(LANGUAGE)
    } catch (blocked) {
      return asked || (!blocked && null)
    }
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
        reloadOnceThere(
          LANGUAGES[language].file ? [script[1], LANGUAGES[language].file] : [script[1]],
        )
      })
    }, wait)
  }

  function reloadOnceThere(scripts) {
    get(scripts[0], function (code, type) {
      if (!/javascript/.test(type)) retry()
      else if (scripts.length > 1) reloadOnceThere(scripts.slice(1))
      else if (mayReload()) location.reload()
      else retry()
    })
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
