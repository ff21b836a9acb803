/** Text that is taller, wider or longer than its line. */
export const ZALGO_TABLE = [
  `up${'\u030D\u0352\u033E'.repeat(25)}`,
  `down${'\u0323\u0330\u034D'.repeat(25)}`,
  `Z${'\u0335\u0321\u034D\u030E'.repeat(12)}a${'\u0338\u0360\u0327'.repeat(8)}lgo`,
  `\u0E01${'\u0E47\u0E49'.repeat(35)}`,
  `\u0F40${'\u0F74\u0F72\u0F90'.repeat(20)}`,
  '\uFDFD\uFDFD\uFDFD\uFDFD\uFDFD\uFDFD\uFDFD\uFDFD',
  '\u{12219}\u{1242B}\u{12219}\u{1242B}',
  'w'.repeat(80),
  'no\u00A0break\u00A0'.repeat(7),
  '\u{1F469}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}'.repeat(7),
  '\u{1F1E6}'.repeat(39),
  'a\tb\tc\td\te\tf\tg\th',
  'one\ntwo\nthree\nfour\nfive',
]

/** The same, only for messages, which may be longer than a name. */
export const LONG_TABLE = [
  'x'.repeat(10_000),
  `Z${'\u0335\u0321\u034D'.repeat(1_600)}`,
  '\u{1F469}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}'.repeat(400),
  'https://example.com/'.padEnd(2_000, 'a'),
]
