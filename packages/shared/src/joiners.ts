/**
 * Where the zero-width joiner and non-joiner change what is shown, so that names need them: the rules of RFC 5892,
 * appendices A.1 and A.2, with the letter after a non-joiner that UAX #31 section 2.3 asks for. Anywhere else they are
 * invisible, so that two different names would look the same.
 */
const NON_JOINER = '\\u200c'
const JOINER = '\\u200d'

// DerivedCombiningClass.txt: class 9 (Virama), without the ones that join nothing (Thai, Lao, Tibetan, Tifinagh).
const VIRAMA =
  '[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u1039\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\ua806\\ua8c4\\ua9c0\\uaaf6\\u{110b9}\\u{11133}\\u{111c0}\\u{1134d}\\u{11442}\\u{114c2}\\u{1163f}\\u{116b6}\\u{11839}\\u{119e0}\\u{11d45}\\u{11d97}]'

// DerivedJoiningType.txt, for the scripts that names are written in today. First the letters that join the next one,
// then the letters that join the one before.
const REACHES_ON =
  '[\\u0620\\u0626\\u0628\\u062a-\\u062e\\u0633-\\u063f\\u0641-\\u0647\\u0649\\u064a\\u066e\\u066f\\u0678-\\u0687\\u069a-\\u06bf\\u06c1\\u06c2\\u06cc\\u06ce\\u06d0\\u06d1\\u06fa-\\u06fc\\u06ff\\u0712-\\u0714\\u071a-\\u071d\\u071f-\\u0727\\u0729\\u072b\\u072d\\u072e\\u074e-\\u0758\\u075c-\\u076a\\u076d-\\u0770\\u0772\\u0775-\\u0777\\u077a-\\u077f\\u07ca-\\u07ea\\u0841-\\u0845\\u0848\\u084a-\\u0853\\u0855\\u0860\\u0862-\\u0865\\u0868\\u0886\\u0889-\\u088d\\u08a0-\\u08a9\\u08af\\u08b0\\u08b3-\\u08b8\\u08ba-\\u08c8\\u1807\\u1820-\\u1878\\u1887-\\u18a8\\u18aa\\ua840-\\ua872\\u{10d00}-\\u{10d21}\\u{10d23}\\u{1e900}-\\u{1e943}]'
const REACHES_BACK =
  '[\\u0620\\u0622-\\u063f\\u0641-\\u064a\\u066e\\u066f\\u0671-\\u0673\\u0675-\\u06d3\\u06d5\\u06ee\\u06ef\\u06fa-\\u06fc\\u06ff\\u0710\\u0712-\\u072f\\u074d-\\u077f\\u07ca-\\u07ea\\u0840-\\u0858\\u0860\\u0862-\\u0865\\u0867-\\u086a\\u0870-\\u0882\\u0886\\u0889-\\u088e\\u08a0-\\u08ac\\u08ae-\\u08c8\\u1807\\u1820-\\u1878\\u1887-\\u18a8\\u18aa\\ua840-\\ua871\\u{10d00}-\\u{10d23}\\u{1e900}-\\u{1e943}]'
const MARKS = '[\\p{Mn}\\p{Me}]*'

const PICTURE = '\\p{Extended_Pictographic}'

/** A regular expression for one joiner or non-joiner where it is needed. */
export const NEEDED_JOINER = [
  `(?<=${VIRAMA})${NON_JOINER}(?=(?!\\p{Default_Ignorable_Code_Point})\\p{L})`,
  `(?<=${REACHES_ON}${MARKS})${NON_JOINER}(?=${MARKS}${REACHES_BACK})`,
  `(?<=${VIRAMA})${JOINER}`,
  // The Unicode Standard, section 12.2: ra with ya-phalaa in Bengali and Assamese.
  `(?<=[\\u09b0\\u09f0])${JOINER}(?=\\u09cd\\u09af)`,
  // Emoji of several pictures.
  `(?<=${PICTURE}\\ufe0f?|\\p{Emoji_Modifier})${JOINER}(?=${PICTURE})`,
].join('|')
